import type { ListingFieldName, StoredValue } from '../listing-fields.ts';
import { listingField } from '../listing-fields.ts';
import { utf8Bytes } from '../listing-rules-amazon.ts';
import { currencyExponent } from '../money.ts';
import { entriesOf, imagesOf, isFilled, textOf, type ListingFacts } from './facts.ts';
import type { RuleCheck } from './rule-pack.ts';
import { densestWord, holdsPhrase, plainText, readabilityOf, stemsOf, wordsOf } from './text-measures.ts';

/** How a value stands to a rule: 1 = fully, 0 = not at all. */
export interface CheckResult {
  readonly ok: boolean;
  readonly score: number;
  /** What was found: a count, a sign, a word. */
  readonly found: string | number | null;
}

const PASS: CheckResult = { ok: true, score: 1, found: null };
const fail = (found: CheckResult['found'], score = 0): CheckResult => ({ ok: false, score, found });
const pass = (found: CheckResult['found']): CheckResult => ({ ok: true, score: 1, found });

type Run<K extends RuleCheck['kind']> = (
  check: Extract<RuleCheck, { kind: K }>,
  field: ListingFieldName,
  value: StoredValue,
  facts: ListingFacts,
) => CheckResult | null;

/** Null where a rule has nothing to say about the value. */
const RUNS: { readonly [K in RuleCheck['kind']]: Run<K> } = {
  filled: (_check, _field, value) => (isFilled(value) ? PASS : fail(null)),
  length: (check, field, value) => {
    const measure = check.unit === 'bytes' ? utf8Bytes : (text: string): number => text.length;
    if (check.of === 'value') return isFilled(value) ? banded(measure(textOf(value)), check) : null;
    const lengths = entriesOf(field, value).map(measure);
    if (lengths.length === 0) return null;
    if (check.of === 'total')
      return banded(
        lengths.reduce((sum, length) => sum + length, 0),
        check,
      );
    const results = lengths.map((length) => banded(length, check));
    const bad = results.filter(({ ok }) => !ok);
    return bad[0] ? fail(bad[0].found, 1 - bad.length / results.length) : pass(lengths.length);
  },
  count: (check, field, value) => banded(entriesOf(field, value).length, check),
  forbidden: ({ pattern }, field, value) => {
    const expression = compiled(pattern);
    for (const text of textsOf(field, value)) {
      const [found] = expression.exec(text) ?? [];
      if (found !== undefined) return fail(found);
    }
    return isFilled(value) ? PASS : null;
  },
  phrases: ({ phrases }, field, value) => {
    if (!isFilled(value)) return null;
    const text = ` ${textsOf(field, value)
      .flatMap((part) => wordsOf(plainText(part)))
      .join(' ')} `;
    const found = phrases.find((phrase) => text.includes(` ${wordsOf(phrase).join(' ')} `));
    return found === undefined ? PASS : fail(found);
  },
  repeats: ({ most, free }, _field, value) => {
    if (!isFilled(value)) return null;
    const counts = new Map<string, number>();
    for (const word of wordsOf(textOf(value))) {
      const times = (counts.get(word) ?? 0) + 1;
      if (times > most && !free.includes(word)) return fail(word);
      counts.set(word, times);
    }
    return PASS;
  },
  signs: ({ signs, most }, _field, value) => {
    if (!isFilled(value)) return null;
    const found = signs.find((sign) => textOf(value).split(sign).length - 1 > most);
    return found === undefined ? PASS : fail(found);
  },
  unique: (_check, field, value) => {
    const seen = new Set<string>();
    for (const entry of textsOf(field, value).map((text) => text.toLowerCase())) {
      if (seen.has(entry)) return fail(entry);
      seen.add(entry);
    }
    return seen.size > 0 ? PASS : null;
  },
  number: ({ min, above, max, currencies }, field, value, { currency }) => {
    if (!isFilled(value) || (currencies && !currencies.includes(currency))) return null;
    const number = amountOf(field, value, currency);
    if (!Number.isFinite(number)) return fail(String(value));
    const ok = (min === undefined || number >= min) && (above === undefined || number > above);
    return ok && (max === undefined || number <= max) ? pass(number) : fail(number);
  },
  below: ({ other, needed }, field, value, { values, currency }) => {
    if (!isFilled(value)) return null;
    const limit = values[other];
    if (!isFilled(limit)) return needed ? fail(null) : null;
    const mine = amountOf(field, value, currency);
    return mine < amountOf(other, limit ?? null, currency) ? pass(mine) : fail(mine);
  },
  oneOf: ({ values }, _field, value) =>
    isFilled(value) ? (values.includes(String(value)) ? PASS : fail(String(value))) : null,
  gtin: (_check, _field, value) =>
    isFilled(value) ? (isGtin(textOf(value)) ? PASS : fail(textOf(value))) : null,
  imageAlt: ({ max, needed }, _field, value) => {
    const images = imagesOf(value);
    if (images.length === 0) return null;
    const bad = images.filter(
      ({ alt }) => (needed && alt.trim() === '') || (max !== undefined && alt.length > max),
    ).length;
    return bad === 0 ? PASS : fail(bad, 1 - bad / images.length);
  },
  readable: ({ min }, _field, value) => {
    const readability = readabilityOf(textOf(value));
    if (readability === null) return null;
    const found = `${readability.formula} ${readability.value}`;
    return readability.value >= min ? pass(found) : fail(found, Math.max(0, readability.value / min));
  },
  coverage: ({ min }, _field, _value, facts) => {
    if (facts.keywords.length === 0) return null;
    const stems = keywordStems(facts);
    const covered = facts.keywords.filter((keyword) => holdsPhrase(stems, keyword)).length;
    const share = covered / facts.keywords.length;
    const found = `${covered}/${facts.keywords.length}`;
    return share >= min ? pass(found) : fail(found, min === 0 ? 1 : share / min);
  },
  lead: ({ within }, _field, value, { keywords }) => {
    if (keywords.length === 0 || !isFilled(value)) return null;
    const stems = new Set(stemsOf(textOf(value).slice(0, within)));
    const found = keywords.find((keyword) => holdsPhrase(stems, keyword));
    return found === undefined ? fail(null) : pass(found);
  },
  density: ({ max, fromWords }, _field, value) => {
    const densest = densestWord(textOf(value));
    if (densest === null || densest.words < fromWords) return null;
    const found = `${densest.word} ${Math.round(densest.share * 100)} %`;
    return densest.share <= max ? pass(found) : fail(found, Math.max(0, 1 - (densest.share - max) / max));
  },
  rival: ({ over }, _field, value, { rivalMinor }) => {
    if (rivalMinor === null || rivalMinor <= 0 || typeof value !== 'number') return null;
    const more = value / rivalMinor - 1;
    const found = `${more >= 0 ? '+' : ''}${Math.round(more * 100)} %`;
    // Whole minor units decide: a product of fractions would miss its own boundary.
    return value <= Math.floor(rivalMinor * (1 + over) + 1e-6)
      ? pass(found)
      : fail(found, Math.max(0, 1 - (more - over)));
  },
};

export function runCheck(check: RuleCheck, field: ListingFieldName, facts: ListingFacts): CheckResult | null {
  const run = RUNS[check.kind] as Run<RuleCheck['kind']>;
  return run(check, field, facts.values[field] ?? null, facts);
}

/** Inside the band all of it; outside less, the farther the less. */
function banded(
  found: number,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): CheckResult {
  if (min !== undefined && found < min) return fail(found, found / min);
  if (max !== undefined && found > max)
    return fail(found, max === 0 ? 0 : Math.max(0, 1 - (found - max) / max));
  return pass(found);
}

function amountOf(field: ListingFieldName, value: StoredValue, currency: string): number {
  const number = Number(value);
  return listingField(field)?.type === 'money' ? number / 10 ** currencyExponent(currency) : number;
}

const LISTS: ReadonlySet<ListingFieldName> = new Set([
  'bullets',
  'tags',
  'materials',
  'images',
  'categories',
]);

function textsOf(field: ListingFieldName, value: StoredValue): string[] {
  return LISTS.has(field) ? entriesOf(field, value) : [textOf(value)];
}

const EXPRESSIONS = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let expression = EXPRESSIONS.get(pattern);
  if (!expression) EXPRESSIONS.set(pattern, (expression = new RegExp(pattern, 'iu')));
  return expression;
}

/** Stems of everything that buyers search in. */
export function keywordStems({ values }: ListingFacts): Set<string> {
  const texts = [values.title, values.bullets, values.searchTerms, values.description].map((value) =>
    plainText(textOf(value)),
  );
  return new Set(stemsOf([...texts, ...entriesOf('tags', values.tags)].join(' ')));
}

/** GTIN-8, -12, -13 or -14 with the right check digit. */
export function isGtin(text: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return false;
  const digits = Array.from(text, Number);
  const check = digits.pop() ?? 0;
  const sum = digits
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check;
}
