import { entriesAt, numberOf, offerAt, textOf } from './attribute-values.ts';
import { invalidInput } from './api-error.ts';
import type { Entry, ListingRow } from './rows.ts';

export interface PatchBody {
  readonly productType: string;
  readonly patches: readonly {
    readonly op: string;
    readonly path: string;
    readonly value?: readonly Entry[];
  }[];
}

export interface Issue {
  readonly code: string;
  readonly message: string;
  readonly severity: 'ERROR' | 'WARNING';
  readonly attributeNames: readonly string[];
  readonly categories: readonly string[];
}

export function readPatchBody(text: string): PatchBody {
  let body: Partial<PatchBody> | null = null;
  try {
    body = JSON.parse(text) as Partial<PatchBody> | null;
  } catch {
    throw invalidInput('The body is no JSON');
  }
  const { productType, patches } = body ?? {};
  if (typeof productType !== 'string' || !Array.isArray(patches) || patches.length === 0) {
    throw invalidInput('productType and patches are required');
  }
  for (const patch of patches as PatchBody['patches']) {
    if (!['add', 'replace', 'merge', 'delete'].includes(patch.op))
      throw invalidInput(`Unknown op ${patch.op}`);
    if (!/^\/attributes\/[a-z0-9_]+$/.test(patch.path)) {
      throw invalidInput('Only top-level attributes can be patched');
    }
  }
  return { productType, patches };
}

const SELECTORS = ['marketplace_id', 'language_tag', 'audience', 'fulfillment_channel_code'];

/** Applies patches to attributes. A replacement drops everything that it does not carry. */
export function patched(attributes: ListingRow['attributes'], body: PatchBody): ListingRow['attributes'] {
  const next: Record<string, readonly Entry[]> = { ...attributes };
  for (const { op, path, value = [] } of body.patches) {
    const name = path.slice('/attributes/'.length);
    const before = next[name] ?? [];
    if (op === 'replace') next[name] = value;
    else if (op === 'add') next[name] = [...before, ...value];
    else if (op === 'merge') next[name] = merged(before, value);
    else {
      const kept = before.filter((entry) => !value.some((selector) => matches(entry, selector)));
      if (kept.length === 0) delete next[name];
      else next[name] = kept;
    }
  }
  return next;
}

function merged(before: readonly Entry[], value: readonly Entry[]): Entry[] {
  const rest = value.filter((entry) => !before.some((old) => sameSelectors(old, entry)));
  return [...before.map((old) => ({ ...old, ...value.find((entry) => sameSelectors(old, entry)) })), ...rest];
}

function sameSelectors(a: Entry, b: Entry): boolean {
  return SELECTORS.every((name) => a[name] === undefined || b[name] === undefined || a[name] === b[name]);
}

function matches(entry: Entry, selector: Entry): boolean {
  return Object.entries(selector).every(
    ([name, value]) => JSON.stringify(entry[name]) === JSON.stringify(value),
  );
}

/** What Amazon finds wrong with the attributes that a patch touched. */
export function issuesOf(
  row: ListingRow,
  attributes: ListingRow['attributes'],
  body: PatchBody,
  titleLimit: number,
): Issue[] {
  const touched = new Set(body.patches.map((patch) => patch.path.slice('/attributes/'.length)));
  const after = { attributes };
  const issues: Issue[] = [];
  const fail = (name: string, message: string, category: string): void =>
    void issues.push({
      code: category === 'MISSING_ATTRIBUTE' ? '90220' : '90000900',
      message,
      severity: 'ERROR',
      attributeNames: [name],
      categories: [category],
    });
  if (body.productType !== row.productType && body.productType !== 'PRODUCT') {
    fail('product_type', `The product type of this SKU is ${row.productType}.`, 'INVALID_ATTRIBUTE');
  }
  if (touched.has('item_name')) {
    const [title] = entriesAt(after, 'item_name');
    const text = textOf(title?.['value']);
    if (text === '') fail('item_name', "'item_name' is required but not supplied.", 'MISSING_ATTRIBUTE');
    if (text.length > titleLimit) {
      const message = `The value of item_name exceeds the maximum length of ${titleLimit}.`;
      fail('item_name', message, 'INVALID_ATTRIBUTE');
    }
  }
  if (touched.has('purchasable_offer')) {
    const price = numberOf(offerAt(after, 'our_price')?.['value_with_tax']);
    if (price === null)
      fail('purchasable_offer', "'our_price' is required but not supplied.", 'MISSING_ATTRIBUTE');
    else if (price <= 0) fail('purchasable_offer', 'The price must be greater than zero.', 'INVALID_PRICE');
  }
  if (touched.has('fulfillment_availability')) {
    const quantities = entriesAt(after, 'fulfillment_availability').map((entry) => entry['quantity']);
    if (quantities.some((quantity) => typeof quantity === 'number' && quantity < 0)) {
      fail('fulfillment_availability', 'The quantity must not be negative.', 'INVALID_ATTRIBUTE');
    }
  }
  return issues;
}

/** Search terms of 250 bytes and more are dropped as a whole. */
export function withoutIgnored(attributes: ListingRow['attributes']): ListingRow['attributes'] {
  const terms = attributes['generic_keyword'] ?? [];
  const bytes = terms.reduce((sum, entry) => sum + Buffer.byteLength(textOf(entry['value']), 'utf8'), 0);
  if (bytes < 250) return attributes;
  const { generic_keyword: _ignored, ...rest } = attributes;
  return rest;
}
