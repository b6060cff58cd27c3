import type { ListingFieldName, StoredValue } from '../listing-fields.ts';
import { currencyExponent } from '../money.ts';
import type { Platform } from '../platforms.ts';
import { marketplaceOf, type ListingFacts } from './facts.ts';
import type { CaseValue, QualityRule, RuleCase } from './rule-pack.ts';

/** A case's value in full. */
export function caseValue(value: CaseValue): StoredValue {
  if (value === null || typeof value !== 'object') return value;
  if ('repeat' in value) return value.repeat.repeat(value.times);
  if ('lines' in value) return value.lines.map((length) => 'b'.repeat(length)).join('\n');
  if ('entries' in value) {
    return JSON.stringify(
      Array.from({ length: value.entries }, (_unused, index) => String(index).padStart(value.length, 't')),
    );
  }
  return JSON.stringify(
    Array.from({ length: value.images }, (_unused, index) => ({
      src: `https://shop.test/${index}.${value.ending}`,
      alt: 'a'.repeat(value.alt),
    })),
  );
}

/** The listing that a case is about. */
export function caseFacts(platform: Platform, { field }: QualityRule, tested: RuleCase): ListingFacts {
  const currency = tested.currency ?? 'USD';
  const values: Partial<Record<ListingFieldName, StoredValue>> = { [field]: caseValue(tested.value) };
  for (const [name, value] of Object.entries(tested.with ?? {})) {
    if (value !== undefined) values[name as ListingFieldName] = caseValue(value);
  }
  if (tested.productType !== undefined) values.productType = tested.productType;
  return {
    platform,
    currency,
    marketplace: tested.marketplace ?? marketplaceOf(platform, currency),
    values,
    keywords: tested.keywords ?? [],
    rivalMinor:
      tested.rival === undefined ? null : Math.round(tested.rival * 10 ** currencyExponent(currency)),
  };
}
