import type { ListingFieldName, StoredValue } from './listing-fields.ts';
import type { RuleCode, RuleFinding } from './listing-rules.ts';
import { parseAttributes } from './type-attributes.ts';

/** A rule of Amazon for one field, with the time from which it holds. */
interface AmazonRule {
  readonly field: ListingFieldName;
  readonly code: RuleCode;
  /** `error` is what Amazon refuses or drops, `warning` what it may shorten, hide or exempt. */
  readonly severity: RuleFinding['severity'];
  /** Epoch ms; absent = since ever. */
  readonly validFromMs?: number;
  /** What is wrong with the value; null when nothing is. */
  readonly check: (text: string) => string | null;
}

const TITLE_MOST = 200;
const SHORT_TITLE_MOST = 75;
const SHORT_TITLES_FROM_MS = Date.UTC(2026, 6, 27);
const REPEATS_FROM_MS = Date.UTC(2025, 0, 21);
const MOST_REPEATS = 2;
const BULLETS = { fewest: 3, most: 5, shortest: 10, longest: 255, together: 999 };
const SEARCH_TERM_BYTES = 249;
const DESCRIPTION_MOST = 2_000;
const IMAGES_MOST = 9;

/** Words that may come as often as they like. */
const FREE_WORDS = new Set(
  'a an the and or but nor for with of in on at by to from as der die das ein eine und oder aber für mit von im in an auf bei zu aus als'.split(
    ' ',
  ),
);

const RULES: readonly AmazonRule[] = [
  {
    field: 'title',
    code: 'TITLE_TOO_LONG',
    severity: 'error',
    check: (title) => longer('The title', title, TITLE_MOST),
  },
  {
    field: 'title',
    code: 'TITLE_SHORTENED',
    severity: 'warning',
    validFromMs: SHORT_TITLES_FROM_MS,
    check: (title) =>
      title.length > SHORT_TITLE_MOST
        ? `The title has ${title.length} characters; Amazon shows ${SHORT_TITLE_MOST} of them, except for media`
        : null,
  },
  {
    field: 'title',
    code: 'TITLE_CHARACTERS',
    severity: 'warning',
    check: (title) => characters('The title', title, /[!$?_{}^¬¦~#<>*]/u),
  },
  {
    field: 'title',
    code: 'TITLE_REPEATED_WORD',
    severity: 'warning',
    validFromMs: REPEATS_FROM_MS,
    check: (title) => {
      const word = repeatedWord(title);
      return word === null ? null : `The title has "${word}" more than twice; Amazon may hide the listing`;
    },
  },
  { field: 'bullets', code: 'BULLET_CHARACTERS', severity: 'warning', check: bulletCharacters },
  {
    field: 'bullets',
    code: 'BULLET_COUNT',
    severity: 'warning',
    check: (text) => {
      const count = linesOf(text).length;
      return count > 0 && (count < BULLETS.fewest || count > BULLETS.most)
        ? `There are ${count} bullets; Amazon wants ${BULLETS.fewest} to ${BULLETS.most}`
        : null;
    },
  },
  {
    field: 'bullets',
    code: 'BULLET_LENGTH',
    severity: 'warning',
    check: (text) => {
      const bullet = linesOf(text).find(
        (line) => line.length < BULLETS.shortest || line.length > BULLETS.longest,
      );
      return bullet === undefined
        ? null
        : `A bullet has ${bullet.length} characters; Amazon wants ${BULLETS.shortest} to ${BULLETS.longest}`;
    },
  },
  {
    field: 'bullets',
    code: 'BULLETS_TOO_LONG',
    severity: 'warning',
    check: (text) => {
      const sum = linesOf(text).reduce((total, line) => total + line.length, 0);
      return sum > BULLETS.together
        ? `The bullets have ${sum} characters together; Amazon wants fewer than ${BULLETS.together + 1}`
        : null;
    },
  },
  {
    field: 'searchTerms',
    code: 'SEARCH_TERMS_TOO_LONG',
    severity: 'error',
    check: (text) => {
      const bytes = utf8Bytes(text);
      return bytes > SEARCH_TERM_BYTES
        ? `The search terms have ${bytes} bytes; above ${SEARCH_TERM_BYTES} Amazon ignores all of them`
        : null;
    },
  },
  {
    field: 'description',
    code: 'DESCRIPTION_MARKUP',
    severity: 'warning',
    check: (text) => {
      const tag = /<(?!br\s*\/?>)\/?[a-z][^>]*>/i.exec(text)?.[0];
      return tag === undefined ? null : `Amazon takes line breaks only, not ${tag}`;
    },
  },
  {
    field: 'description',
    code: 'TEXT_TOO_LONG',
    severity: 'warning',
    check: (text) => longer('The description', text, DESCRIPTION_MOST),
  },
  {
    field: 'typeAttributes',
    code: 'ATTRIBUTES_FORM',
    severity: 'error',
    check: (text) =>
      parseAttributes(text) === null ? 'Attributes are JSON: an object with a list of entries by name' : null,
  },
  {
    field: 'images',
    code: 'TOO_MANY_IMAGES',
    severity: 'error',
    check: (text) => {
      const count = sourcesOf(text).length;
      return count > IMAGES_MOST ? `There are ${count} images; Amazon takes ${IMAGES_MOST}` : null;
    },
  },
  {
    field: 'images',
    code: 'IMAGE_FORMAT',
    severity: 'warning',
    check: (text) => {
      const bad = sourcesOf(text).find((src) => /\.(webp|svg|avif)([?#]|$)/i.test(src));
      return bad === undefined ? null : `Amazon takes JPEG, PNG, TIFF and GIF, not ${bad}`;
    },
  },
];

/** The first rule of Amazon that a value breaks at this time, refusals before warnings. */
export function amazonFinding(field: ListingFieldName, value: StoredValue, atMs: number): RuleFinding | null {
  if (field === 'quantity' && value === null) {
    return {
      code: 'QUANTITY_EMPTY',
      severity: 'error',
      message: 'Amazon keeps no stock without a number; 0 stops selling',
    };
  }
  if (typeof value !== 'string') return null;
  const held = RULES.filter((rule) => rule.field === field && (rule.validFromMs ?? 0) <= atMs);
  for (const severity of ['error', 'warning'] as const) {
    for (const { code, check } of held.filter((rule) => rule.severity === severity)) {
      const message = check(value);
      if (message !== null) return { code, severity, message };
    }
  }
  return null;
}

/** Length in UTF-8; a lone surrogate counts as the mark that replaces it. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function longer(what: string, text: string, most: number): string | null {
  return text.length > most ? `${what} has ${text.length} characters; ${most} are allowed` : null;
}

function characters(what: string, text: string, forbidden: RegExp): string | null {
  const found = forbidden.exec(text)?.[0];
  return found === undefined ? null : `${what} has "${found}", which Amazon allows in brand names only`;
}

function repeatedWord(title: string): string | null {
  const counts = new Map<string, number>();
  for (const word of title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (FREE_WORDS.has(word)) continue;
    const count = (counts.get(word) ?? 0) + 1;
    if (count > MOST_REPEATS) return word;
    counts.set(word, count);
  }
  return null;
}

function bulletCharacters(text: string): string | null {
  const found = /[™®€…†‡¢£¥©±~]|\p{Extended_Pictographic}/u.exec(text)?.[0];
  return found === undefined ? null : `A bullet has "${found}", which Amazon does not allow`;
}

function linesOf(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function sourcesOf(text: string): string[] {
  const list: unknown = JSON.parse(text);
  if (!Array.isArray(list)) return [];
  return (list as { src?: unknown }[]).map(({ src }) => (typeof src === 'string' ? src : ''));
}
