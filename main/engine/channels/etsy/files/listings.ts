import { createHash } from 'node:crypto';
import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { Poison, RemoteProduct, Table } from '../../contract.ts';
import { roundToMinor } from '../../kit/decimal.ts';
import { rowsOf, sameText, type Row } from './table.ts';

const IMAGES = 10;
const VARIATIONS = [1, 2, 3];

export interface ReadListings {
  readonly products: readonly RemoteProduct[];
  readonly quarantined: readonly Poison[];
  readonly currency: string | null;
}

/**
 * Etsy's download of everything on sale, a row a listing. It names no listing
 * by its number, so a listing is known by its SKU when that is unique, by its
 * first picture when that is, and by its title otherwise: the first two stay
 * when a title is changed. Variants share a row, with one price and the sum of
 * their stock, so such a listing is one row here, too.
 */
export function readListings(table: Table, atMs: number): ReadListings {
  const rows = rowsOf(table);
  const skus = counts(rows.map((row) => row.text('SKU')));
  const pictures = counts(rows.map((row) => row.text('IMAGE1')));
  const products: RemoteProduct[] = [];
  const quarantined: Poison[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row, skus, pictures);
    const read = toProduct(row, key, atMs);
    if (typeof read === 'string' || seen.has(key)) {
      const reason =
        typeof read === 'string'
          ? read
          : 'another listing has the same title, and neither has a SKU of its own';
      quarantined.push({ externalId: key, reason: `row ${row.number}: ${reason}`, raw: rawOf(row) });
      continue;
    }
    seen.add(key);
    products.push(read);
  }
  return { products, quarantined, currency: rows[0]?.text('CURRENCY_CODE') || null };
}

function keyOf(row: Row, skus: ReadonlyMap<string, number>, pictures: ReadonlyMap<string, number>): string {
  const sku = row.text('SKU');
  if (sku !== '' && skus.get(sku) === 1) return `sku:${sku}`;
  const picture = row.text('IMAGE1');
  if (picture !== '' && pictures.get(picture) === 1) return `image:${digest(picture)}`;
  return `title:${digest(sameText(decodeEntities(row.text('TITLE'))))}`;
}

/** A product, or what is wrong with its row. */
function toProduct(row: Row, externalId: string, atMs: number): RemoteProduct | string {
  const title = decodeEntities(row.text('TITLE'));
  if (title === '') return 'it has no title';
  const currency = row.text('CURRENCY_CODE');
  if (!/^[A-Z]{3}$/.test(currency)) return `"${currency}" is no currency`;
  const price = roundToMinor(row.text('PRICE').replace(',', '.'), currency);
  if (price === null) return `"${row.text('PRICE')}" is no price`;
  const quantity = Number(row.text('QUANTITY') || '0');
  if (!Number.isSafeInteger(quantity) || quantity < 0) return `"${row.text('QUANTITY')}" is no quantity`;
  const images = Array.from({ length: IMAGES }, (_image, index) => row.text(`IMAGE${index + 1}`)).filter(
    Boolean,
  );
  const variant = VARIATIONS.map((n) => row.text(`VARIATION ${n} VALUES`))
    .filter((values) => values !== '')
    .join(' / ');
  return {
    externalId,
    kind: 'simple',
    url: null,
    modifiedAtMs: atMs,
    raw: rawOf(row),
    fields: {
      title,
      description: decodeEntities(row.text('DESCRIPTION')) || null,
      status: 'publish',
      tags: canonicalTags(listOf(row.text('TAGS'))),
      materials: canonicalTags(listOf(row.text('MATERIALS'))),
      images: canonicalImages(images.map((src) => ({ src, alt: '', externalId: '' }))),
    },
    variants: [
      {
        externalId: null,
        variant: decodeEntities(variant),
        fields: { sku: row.text('SKU') || null, price, quantity },
        raw: '{}',
      },
    ],
  };
}

/** Tags and materials are joined by commas; in the download their spaces may be underlines. */
function listOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => decodeEntities(part.replaceAll('_', ' ')).trim())
    .filter((part) => part !== '');
}

function counts(values: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

const COLUMNS = ['TITLE', 'PRICE', 'CURRENCY_CODE', 'QUANTITY', 'SKU'] as const;

function rawOf(row: Row): string {
  return JSON.stringify(Object.fromEntries(COLUMNS.map((column) => [column, row.text(column)])));
}
