/** Measures of texts: words, stems, readability. All of it is arithmetic on the text alone. */
export type TextLanguage = 'en' | 'de';

const WORD = /[\p{L}\p{N}]+/gu;
const COMMON: Readonly<Record<TextLanguage, ReadonlySet<string>>> = {
  en: new Set('the and of to in is it for with that this on are as your you be from an or at by'.split(' ')),
  de: new Set('der die das und ist ein eine für mit auf den von zu im nicht sich dem des aus bei'.split(' ')),
};

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** HTML as a reader sees it: tags become blanks, the usual entities their signs. */
export function plainText(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_entity, name: string) => ENTITIES[name] ?? ' ');
}
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The language by its commonest words; null when neither prevails. */
export function languageOf(text: string): TextLanguage | null {
  const hits = { en: 0, de: 0 };
  for (const word of wordsOf(text)) {
    if (COMMON.en.has(word)) hits.en += 1;
    if (COMMON.de.has(word)) hits.de += 1;
  }
  if (hits.en === hits.de) return null;
  return hits.en > hits.de ? 'en' : 'de';
}

export function isCommonWord(word: string): boolean {
  return COMMON.en.has(word) || COMMON.de.has(word);
}

export interface Readability {
  /** flesch: Flesch Reading Ease for English. amstad: its constants for German. */
  readonly formula: 'flesch' | 'amstad';
  /** About 0 (hard) to 100 (easy); may lie outside. */
  readonly value: number;
  readonly words: number;
  readonly sentences: number;
}

/** Shorter texts say nothing about how they read. */
const FEWEST_WORDS = 20;

/** null for short texts and for languages without a formula here. */
export function readabilityOf(html: string): Readability | null {
  const text = plainText(html);
  const language = languageOf(text);
  const words = wordsOf(text);
  if (language === null || words.length < FEWEST_WORDS) return null;
  const sentences = Math.max(
    1,
    text.split(/[.!?]+(?:\s|$)|\n+/).filter((part) => /\p{L}/u.test(part)).length,
  );
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word, language), 0);
  const perSentence = words.length / sentences;
  const perWord = syllables / words.length;
  const value =
    language === 'en' ? 206.835 - 1.015 * perSentence - 84.6 * perWord : 180 - perSentence - 58.5 * perWord;
  return {
    formula: language === 'en' ? 'flesch' : 'amstad',
    value: Math.round(value * 10) / 10,
    words: words.length,
    sentences,
  };
}

/** Groups of vowels; a silent e at the end of an English word does not count. */
export function syllablesOf(word: string, language: TextLanguage): number {
  if (language === 'de')
    return Math.max(1, word.match(/au|äu|eu|ei|ai|ie|aa|ee|oo|[aeiouäöüy]/g)?.length ?? 0);
  const spoken = word.replace(/(?<=[^l])e$|es$|ed$/u, '');
  return Math.max(1, spoken.match(/[aeiouyäöü]+/g)?.length ?? 0);
}

/** A light stem: endings that English and German put on for number, case and tense. */
export function stemOf(word: string): string {
  const lower = word.toLowerCase();
  for (const ending of ['ings', 'ing', 'ern', 'ies', 'en', 'er', 'es', 'em', 'ed', 'e', 's', 'n']) {
    if (lower.length - ending.length >= 3 && lower.endsWith(ending)) {
      const stem = lower.slice(0, -ending.length);
      return ending === 'ies' ? `${stem}y` : stem;
    }
  }
  return lower;
}

/** Stems of a text in their order. */
export function stemsOf(text: string): string[] {
  return wordsOf(text).map(stemOf);
}

/** Whether all words of a phrase are among the stems of a text. */
export function holdsPhrase(stems: ReadonlySet<string>, phrase: string): boolean {
  const wanted = stemsOf(phrase);
  return wanted.length > 0 && wanted.every((stem) => stems.has(stem));
}

/** The word that takes most of a text, common words apart; null without words. */
export function densestWord(text: string): { word: string; share: number; words: number } | null {
  const words = wordsOf(plainText(text));
  const counts = new Map<string, number>();
  for (const word of words) {
    if (word.length < 3 || isCommonWord(word)) continue;
    const stem = stemOf(word);
    counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  let best: { word: string; share: number; words: number } | null = null;
  for (const [word, times] of counts) {
    const share = times / words.length;
    if (best === null || share > best.share) best = { word, share, words: words.length };
  }
  return best;
}

/** Titles that differ only in case, signs, accents and the order of words have the same key; '' without words. */
export function titleKey(title: string): string {
  return wordsOf(title.normalize('NFKD').replace(/\p{M}/gu, '')).toSorted().join(' ');
}
