import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { EXACT_HEADER, ID_HEADER } from '../import/header.ts';
import { toGrams } from '../import/weight-units.ts';
import {
  cellText,
  imageValues,
  listValues,
  type ExportListing,
  type ExportProduct,
} from './export-product.ts';
import { withRest, type CellRow, type FileLayout, type Survey } from './file-layout.ts';

const HEADERS: readonly string[] = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Type',
  'Tags',
  'Published',
  'Status',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Weight Unit',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
];
const MAX_OPTIONS = 3;
const UNITS = new Set(['g', 'kg', 'oz', 'lb']);

/** Shopify's product file: the first row of a handle has the product, more rows its variants and images. */
export function shopifyLayout(survey: Survey): FileLayout {
  const used = new Set<string>();
  return {
    headers: [
      ...HEADERS,
      ...[...survey.rest].filter((header) => !HEADERS.includes(header)),
      ID_HEADER,
      EXACT_HEADER,
    ],
    numeric: new Set([
      'Variant Grams',
      'Variant Inventory Qty',
      'Variant Price',
      'Variant Compare At Price',
      'Image Position',
    ]),
    rows: (product) => rowsOf(product, freeHandle(product, used)),
  };
}

/** Rows with one handle are one product, so no two products may share one. */
function freeHandle(product: ExportProduct, used: Set<string>): string {
  const wanted =
    (product.handle ?? cellText(product.fields, 'slug', product.currency)).trim() || `product-${product.id}`;
  const handle = used.has(wanted) ? `${wanted}-${product.id}` : wanted;
  used.add(handle);
  return handle;
}

function rowsOf(product: ExportProduct, handle: string): CellRow[] {
  const same = product.format === 'shopify';
  const images = imageValues(product.fields).filter(({ src }) => src.trim() !== '');
  const rows: CellRow[] = [];
  for (let n = 0; n < Math.max(product.listings.length, images.length); n += 1) {
    const row: CellRow = { Handle: handle };
    const listing = product.listings[n];
    const image = images[n];
    if (n === 0) Object.assign(row, productCells(product));
    if (listing) Object.assign(row, listingCells(product, listing));
    if (image)
      Object.assign(row, {
        'Image Src': image.src,
        'Image Position': String(n + 1),
        'Image Alt Text': image.alt,
      });
    if (same && listing) withRest(row, listing.rest);
    if (same && n === 0) withRest(row, product.rest);
    rows.push(row);
  }
  return rows;
}

function productCells(product: ExportProduct): CellRow {
  const text = (name: ListingFieldName): string => cellText(product.fields, name, product.currency);
  const status = text('status');
  return {
    Title: text('title'),
    'Body (HTML)': text('description'),
    Type: listValues(product.fields, 'categories')[0] ?? '',
    Tags: listValues(product.fields, 'tags').join(', '),
    Published: status === 'publish' ? 'true' : 'false',
    // Private is active but in no shop window.
    Status: status === 'publish' || status === 'private' ? 'active' : 'draft',
  };
}

function listingCells(product: ExportProduct, listing: ExportListing): CellRow {
  const { fields } = listing;
  const text = (name: ListingFieldName): string => cellText(fields, name, product.currency);
  const onSale =
    typeof fields.salePrice === 'number' &&
    typeof fields.price === 'number' &&
    fields.salePrice < fields.price;
  const unit = UNITS.has(product.weightUnit ?? '')
    ? (product.weightUnit ?? 'kg')
    : product.weightUnit === 'lbs'
      ? 'lb'
      : 'kg';
  const weight = text('weight');
  const backorders = text('backorders');
  return {
    ...optionCells(listing),
    'Variant SKU': text('sku'),
    'Variant Grams': weight === '' ? '' : (toGrams(weight, unit) ?? ''),
    'Variant Weight Unit': weight === '' ? '' : unit,
    'Variant Inventory Tracker': fields.manageStock === 1 ? 'shopify' : '',
    'Variant Inventory Qty': text('quantity'),
    'Variant Inventory Policy': backorders === '' ? '' : backorders === 'no' ? 'deny' : 'continue',
    'Variant Price': onSale ? text('salePrice') : text('price'),
    'Variant Compare At Price': onSale ? text('price') : '',
    'Variant Barcode': text('gtin'),
    [ID_HEADER]: listing.id,
  };
}

/** Shopify has three options; what goes beyond joins the third. */
function optionCells(listing: ExportListing): CellRow {
  const filled = listing.options.filter(({ value }) => value !== '');
  if (filled.length === 0) return { 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' };
  const row: CellRow = {};
  for (const [n, { name, value }] of filled.entries()) {
    const slot = Math.min(n + 1, MAX_OPTIONS);
    const key = `Option${slot} Value`;
    row[`Option${slot} Name`] ??= name;
    row[key] = row[key] === undefined ? value : `${row[key]} / ${value}`;
  }
  return row;
}
