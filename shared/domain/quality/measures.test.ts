import { describe, expect, test } from 'vitest';
import { rankCorrelation, ranksOf } from './rank-correlation.ts';
import { isGtin } from './run-check.ts';
import { densestWord, languageOf, readabilityOf, stemOf, syllablesOf, titleKey } from './text-measures.ts';

describe('readability', () => {
  test('Flesch of a text that was counted by hand', () => {
    // 24 words, 4 sentences, 24 syllables: 206.835 - 1.015 * 6 - 84.6 * 1.
    const text =
      'The cat sat on the mat. The dog ran to the park. The man is in the house. The cup is on the shelf.';
    expect(readabilityOf(text)).toEqual({ formula: 'flesch', value: 116.1, words: 24, sentences: 4 });
  });

  test('German is measured by Amstad, and neither language by nothing', () => {
    const text =
      'Der Hund ist auf der Bank. Die Frau ist in dem Haus und der Mann ist auf dem Feld. Das Kind ist nicht da.';
    expect(languageOf(text)).toBe('de');
    expect(readabilityOf(text)?.formula).toBe('amstad');
    expect(readabilityOf('lorem ipsum dolor sit amet '.repeat(8))).toBeNull();
    expect(readabilityOf('The cat is on the mat.')).toBeNull();
  });

  test('syllables', () => {
    expect(['mug', 'table', 'coffee', 'make'].map((word) => syllablesOf(word, 'en'))).toEqual([1, 2, 2, 1]);
    expect(['haus', 'kaffee', 'tasse', 'zeile'].map((word) => syllablesOf(word, 'de'))).toEqual([1, 2, 2, 2]);
  });
});

describe('words', () => {
  test('stems join the forms of a word', () => {
    expect(new Set(['mug', 'mugs'].map(stemOf)).size).toBe(1);
    expect(new Set(['Tasse', 'Tassen'].map(stemOf)).size).toBe(1);
  });

  test('a title’s key forgets order, case, signs and accents, never words', () => {
    expect(titleKey('Café-Mug, BLUE!')).toBe(titleKey('blue cafe mug'));
    expect(titleKey('blue mug')).not.toBe(titleKey('blue mug 2'));
    expect(titleKey('–')).toBe('');
  });

  test('density counts forms of a word together and common words not at all', () => {
    expect(densestWord('the the the mug and mugs')).toMatchObject({ word: 'mug', words: 6, share: 2 / 6 });
    expect(densestWord('')).toBeNull();
  });

  test('check digits', () => {
    expect(['4006381333931', '96385074', '036000291452'].map(isGtin)).toEqual([true, true, true]);
    expect(['4006381333930', '9638507', ''].map(isGtin)).toEqual([false, false, false]);
  });
});

describe('rank correlation', () => {
  const up = Array.from({ length: 20 }, (_unused, index) => index);

  test('ties share the mean of their ranks', () => {
    expect(ranksOf([10, 20, 20, 30])).toEqual([1, 2.5, 2.5, 4]);
  });

  test('order is all that counts, and the interval lies around it', () => {
    const same = rankCorrelation(
      up,
      up.map((value) => value ** 3),
    );
    expect(same?.rho).toBeCloseTo(1, 9);
    expect(rankCorrelation(up, up.toReversed())?.rho).toBeCloseTo(-1, 9);
    const shuffled = rankCorrelation(
      up,
      up.map((value) => (value * 7) % 20),
    );
    expect(shuffled?.low).toBeLessThan(0);
    expect(shuffled?.high).toBeGreaterThan(0);
  });

  test('a textbook value with its interval', () => {
    // Ranks 1..10 against 2 1 4 3 6 5 8 7 10 9: 1 - 6 * 10 / 990.
    const found = rankCorrelation([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [2, 1, 4, 3, 6, 5, 8, 7, 10, 9]);
    expect(found?.rho).toBeCloseTo(1 - 60 / 990, 9);
    const half = 1.96 * Math.sqrt(1.06 / 7);
    expect(found?.low).toBeCloseTo(Math.tanh(Math.atanh(1 - 60 / 990) - half), 3);
  });

  test('too few, or all alike, say nothing', () => {
    expect(rankCorrelation(up.slice(0, 9), up.slice(0, 9))).toBeNull();
    expect(
      rankCorrelation(
        up,
        up.map(() => 1),
      ),
    ).toBeNull();
  });
});
