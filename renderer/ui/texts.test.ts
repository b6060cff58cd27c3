import { describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { ageOf } from './age-steps.ts';
import { errorFacts } from './error-facts.ts';
import { keyParts } from './key-parts.ts';
import { moneyText } from './MoneyText.tsx';

const MINUTE = 60_000;

describe('age', () => {
  it('rounds down to the coarsest unit that tells something', () => {
    expect(ageOf(MINUTE - 1)).toEqual({ unit: 'now', count: 0 });
    expect(ageOf(14 * MINUTE + 59_000)).toEqual({ unit: 'minutes', count: 14 });
    expect(ageOf(47 * 60 * MINUTE)).toEqual({ unit: 'hours', count: 47 });
    expect(ageOf(48 * 60 * MINUTE)).toEqual({ unit: 'days', count: 2 });
  });

  it('is now when the clock went back', () => {
    expect(ageOf(-5 * MINUTE)).toEqual({ unit: 'now', count: 0 });
  });
});

describe('keys', () => {
  it('are named for the system', () => {
    expect(keyParts('mod+shift+p', false)).toEqual([
      { text: 'ctrl', word: true },
      { text: 'shift', word: true },
      { text: 'P', word: false },
    ]);
    expect(keyParts('mod+ArrowLeft', true).map(({ text }) => text)).toEqual(['⌘', '←']);
  });
});

describe('money', () => {
  it('has the digits of its currency, all of them', () => {
    expect(moneyText({ minor: 1250, currency: 'EUR' }, 'de')).toBe('12,50\u00a0€');
    expect(moneyText({ minor: 1250, currency: 'JPY' }, 'en')).toBe('¥1,250');
    expect(moneyText({ minor: 1250, currency: 'KWD' }, 'en')).toBe('KWD\u00a01.250');
    expect(moneyText({ minor: 9_007_199_254_740_991, currency: 'EUR' }, 'en')).toBe('€90,071,992,547,409.91');
  });
});

describe('facts of an error', () => {
  it('leave out what the bridge puts before the message', () => {
    const error = new Error("Error invoking remote method 'quayside:restore': Error: There is no file /x.db");
    expect(errorFacts(error)).toMatchObject({ code: 'INTERNAL', message: 'There is no file /x.db' });
  });

  it('are those of a coded error', () => {
    expect(errorFacts(new CodedError('DISK_FULL', 'No space'))).toMatchObject({ code: 'DISK_FULL' });
  });
});
