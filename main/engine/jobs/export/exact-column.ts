import { LISTING_FIELDS, type StoredValue } from '#shared/domain/listing-fields.ts';
import { canonicalImages } from '#shared/domain/field-values.ts';
import type { ImageValue } from '#shared/domain/listing-fields.ts';
import { exactText, type ExactCells } from '../import/exact-cells.ts';
import { EXACT_HEADER, Header } from '../import/header.ts';
import type { FieldTexts, ImportedProduct, RowAdapter } from '../import/imported-product.ts';
import { toPlainNumber } from '../import/number-style.ts';
import { ShopifyRows } from '../import/shopify-rows.ts';
import { toStoredFields } from '../import/stored-fields.ts';
import { WooCommerceRows } from '../import/woocommerce-rows.ts';
import { fieldText, type ExportProduct, type StoredByField } from './export-product.ts';

/**
 * Reads the rows of a product back as the importer would, and notes in the
 * column `Quayside exact` each field that the format cannot say: so an export
 * proves itself, and what the format lacks is not lost.
 */
export class ExactColumn {
  private readonly adapter: RowAdapter;
  private readonly position: number;

  constructor(format: 'woocommerce' | 'shopify', headers: readonly string[]) {
    const header = new Header(headers);
    const context = { number: (text: string) => toPlainNumber(text, '.') };
    this.adapter =
      format === 'woocommerce' ? new WooCommerceRows(header, context) : new ShopifyRows(header, context);
    this.position = headers.indexOf(EXACT_HEADER);
  }

  /** Fills the column in `rows`, whose cells are in the file's final form. */
  fill(product: ExportProduct, rows: string[][]): void {
    const parts: ImportedProduct[] = [];
    const sink = { product: (part: ImportedProduct) => parts.push(part), problem: () => undefined };
    for (const [index, cells] of rows.entries()) this.adapter.push(index, cells, sink);
    this.adapter.end(sink);
    const exact = new Map<number, ExactCells>();
    const note = (row: number, cells: ExactCells): void => {
      exact.set(row, { ...exact.get(row), ...cells });
    };
    const [main] = parts;
    if (main) note(main.row, missing(main.fields, product.fields, product.currency, 'product'));
    const variants = parts.flatMap((part) => part.variants);
    for (const listing of product.listings) {
      const read = variants.find((variant) => variant.listingId === listing.id);
      if (!read) continue;
      const { sku: _sku, ...stored } = listing.fields;
      note(read.row, missing(read.fields, stored, product.currency, 'listing'));
    }
    for (const [row, cells] of exact) {
      const line = rows[row];
      if (line) line[this.position] = exactText(cells);
    }
  }
}

function missing(
  read: FieldTexts,
  stored: StoredByField,
  currency: string,
  entity: 'product' | 'listing',
): ExactCells {
  const { fields } = toStoredFields(read, { platform: null, currency, timeZone: 'UTC' });
  const exact: ExactCells = {};
  for (const field of LISTING_FIELDS) {
    if (field.entity !== entity || !(field.name in stored)) continue;
    const mine = comparable(field.type, stored[field.name] ?? null);
    if (comparable(field.type, fields[field.name] ?? null) === mine) continue;
    // Not counting stock is what a blank means to everybody.
    if (field.name === 'manageStock' && mine === 0 && fields.manageStock === undefined) continue;
    exact[field.name] = [read[field.name] ?? null, fieldText(field, stored[field.name], currency)];
  }
  return exact;
}

/** Images compare by address and text: their ids belong to one shop. */
function comparable(type: string, value: StoredValue): StoredValue {
  if (type !== 'images' || typeof value !== 'string') return value;
  return canonicalImages((JSON.parse(value) as ImageValue[]).map(({ src, alt }) => ({ src, alt })));
}
