import type { ListingFieldName, StoredValue } from './listing-fields.ts';
import type { RuleCode, RuleFinding } from './listing-rules.ts';
import { currencyExponent, formatMinor } from './money.ts';

const MOST_TAGS = 13;
const MOST_MATERIALS = 13;
const MOST_STOCK = 999;
const HIGHEST_PRICE = 50_000;
const LOWEST_PRICE = 0.2;
/** Signs that a title may have once each. */
const ONCE = ['%', ':', '&', '+'];
const NOT_IN_TITLE = /[^\p{L}\p{Nd}\p{P}\p{Sm}\p{Zs}™©®]|[$^`]/u;
const NOT_IN_TAG = /[^\p{L}\p{Nd}\p{Zs}\-'™©®]/u;
const NOT_IN_MATERIAL = /[^\p{L}\p{Nd}\p{Zs}]/u;

const error = (code: RuleCode, message: string): RuleFinding => ({ code, severity: 'error', message });
const warning = (code: RuleCode, message: string): RuleFinding => ({ code, severity: 'warning', message });

/**
 * What Etsy refuses beside the lengths of listing-rules.ts. Facts that are only
 * said to hold are warnings, so that they never stand in the way.
 */
export function etsyFinding(
  field: ListingFieldName,
  value: StoredValue,
  currency: string,
): RuleFinding | null {
  switch (field) {
    case 'title':
      return titleFinding(String(value ?? ''));
    case 'description':
      return descriptionFinding(value);
    case 'price':
      return priceFinding(value, currency);
    case 'quantity':
      return quantityFinding(value);
    case 'weight':
      if (value !== null && Number(value) > 0) return null;
      return error('WEIGHT_ZERO', 'A weight on Etsy has to be above zero, and cannot be taken away');
    case 'tags':
      return tagsFinding(textsOf(value));
    case 'materials':
      return materialsFinding(textsOf(value));
    default:
      return null;
  }
}

function titleFinding(title: string): RuleFinding | null {
  const [bad] = NOT_IN_TITLE.exec(title) ?? [];
  if (bad !== undefined) return error('TITLE_CHARACTERS', `Etsy allows no "${bad}" in a title`);
  const twice = ONCE.find((sign) => title.split(sign).length > 2);
  return twice === undefined
    ? null
    : error('TITLE_REPEATED_SIGN', `Etsy allows "${twice}" once in a title only`);
}

function descriptionFinding(value: StoredValue): RuleFinding | null {
  if (typeof value !== 'string' || value.trim() === '') {
    return error('DESCRIPTION_EMPTY', 'Etsy keeps no listing without a description');
  }
  return /<\/?[a-z][^<>]*>/i.test(value)
    ? warning('DESCRIPTION_MARKUP', 'Etsy shows plain text; buyers would see the markup')
    : null;
}

function priceFinding(value: StoredValue, currency: string): RuleFinding | null {
  if (value === null) return error('PRICE_EMPTY', 'Etsy keeps no listing without a price');
  const minor = Number(value);
  const price = minor / 10 ** currencyExponent(currency);
  const shown = formatMinor(minor, currency);
  if (price <= 0) return error('PRICE_TOO_LOW', 'A price on Etsy has to be above zero');
  if (price > HIGHEST_PRICE) {
    const message = `${shown} is above the highest price on Etsy, 50,000 US dollars`;
    if (currency === 'USD') return error('PRICE_TOO_HIGH', message);
    // Whether it is depends on the day's rate.
    return currencyExponent(currency) === 2
      ? warning('PRICE_TOO_HIGH', `${shown} may be above the highest price on Etsy, 50,000 US dollars`)
      : null;
  }
  return price < LOWEST_PRICE ? warning('PRICE_TOO_LOW', `${shown} may be below Etsy’s lowest price`) : null;
}

function quantityFinding(value: StoredValue): RuleFinding | null {
  if (value === null) return error('QUANTITY_EMPTY', 'Etsy keeps no listing without a stock');
  if (Number(value) > MOST_STOCK) {
    return error('QUANTITY_TOO_LARGE', `A stock of ${value} is too large; ${MOST_STOCK} is the most`);
  }
  return Number(value) === 0
    ? warning(
        'QUANTITY_ZERO',
        'Etsy keeps no listing that has nothing left in any variant; deactivate the listing instead',
      )
    : null;
}

function tagsFinding(tags: readonly string[]): RuleFinding | null {
  if (tags.length > MOST_TAGS) {
    return error('TOO_MANY_TAGS', `There are ${tags.length} tags; ${MOST_TAGS} are allowed`);
  }
  for (const tag of tags) {
    const [bad] = NOT_IN_TAG.exec(tag) ?? [];
    if (bad !== undefined) return error('TAG_CHARACTERS', `Etsy allows no "${bad}" in the tag "${tag}"`);
    if (/^[-']/.test(tag)) return error('TAG_CHARACTERS', `The tag "${tag}" begins with a sign`);
  }
  const seen = new Set<string>();
  for (const tag of tags) {
    const key = tag.toLowerCase();
    if (seen.has(key)) return error('TAG_TWICE', `The tag "${tag}" is there twice`);
    seen.add(key);
  }
  return null;
}

function materialsFinding(materials: readonly string[]): RuleFinding | null {
  for (const material of materials) {
    const [bad] = NOT_IN_MATERIAL.exec(material) ?? [];
    if (bad !== undefined) {
      return error('MATERIAL_CHARACTERS', `Etsy allows only letters, digits and spaces in "${material}"`);
    }
  }
  return materials.length > MOST_MATERIALS
    ? warning(
        'TOO_MANY_MATERIALS',
        `There are ${materials.length} materials; Etsy may keep ${MOST_MATERIALS}`,
      )
    : null;
}

function textsOf(value: StoredValue): string[] {
  if (typeof value !== 'string') return [];
  const parsed: unknown = JSON.parse(value);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}
