import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { EXACT_HEADER, ID_HEADER } from '../import/header.ts';
import {
  cellText,
  imageValues,
  listValues,
  type ExportListing,
  type ExportProduct,
} from './export-product.ts';
import { withRest, type CellRow, type FileLayout, type Survey } from './file-layout.ts';

const HEADERS = [
  'ID',
  'Type',
  'SKU',
  'GTIN, UPC, EAN, or ISBN',
  'Name',
  'Published',
  'Short description',
  'Description',
  'Date sale price starts',
  'Date sale price ends',
  'In stock?',
  'Stock',
  'Backorders allowed?',
] as const;
const MORE_HEADERS = [
  'Sale price',
  'Regular price',
  'Categories',
  'Tags',
  'Images',
  'Parent',
  'Position',
] as const;

const PUBLISHED: Readonly<Record<string, string>> = {
  publish: '1',
  private: '0',
  draft: '-1',
  pending: '-1',
};
const IN_STOCK: Readonly<Record<string, string>> = {
  instock: '1',
  outofstock: '0',
  onbackorder: 'backorder',
};
const BACKORDERS: Readonly<Record<string, string>> = { yes: '1', no: '0', notify: 'notify' };

/** The columns of WooCommerce's own exporter, so that its importer reads the file. */
export function wooCommerceLayout(survey: Survey): FileLayout {
  // Weights are kept as they came; a file can only name one unit for all of them.
  const weight = `Weight (${survey.weightUnits.size === 1 ? [...survey.weightUnits][0] : 'kg'})`;
  const attributes = Array.from({ length: Math.max(1, survey.options) }, (_, n) => n + 1);
  const own: string[] = [
    ...HEADERS,
    weight,
    ...MORE_HEADERS,
    ...attributes.flatMap((n) => [
      `Attribute ${n} name`,
      `Attribute ${n} value(s)`,
      `Attribute ${n} visible`,
      `Attribute ${n} global`,
    ]),
  ];
  return {
    headers: [...own, ...[...survey.rest].filter((header) => !own.includes(header)), ID_HEADER, EXACT_HEADER],
    numeric: new Set(['Stock', weight, 'Sale price', 'Regular price', 'Position', 'ID', 'Published']),
    rows: (product) => rowsOf(product, weight),
  };
}

function rowsOf(product: ExportProduct, weight: string): CellRow[] {
  const rest = product.format === 'woocommerce' ? product.rest : {};
  const [only] = product.listings;
  if (only && product.listings.length === 1 && product.kind !== 'variable' && only.variant === '') {
    const row: CellRow = {
      ...productCells(product),
      ...listingCells(product, only, weight),
      ID: product.externalId ?? '',
      Type: typeOf(product.kind, rest),
      [ID_HEADER]: only.id,
    };
    return [withRest(row, rest)];
  }
  const parentSku =
    product.parentSku ?? (product.externalId === null ? (product.handle ?? `product-${product.id}`) : '');
  const parent: CellRow = {
    ...productCells(product),
    ID: product.externalId ?? '',
    Type: typeOf('variable', rest),
    SKU: parentSku,
    Position: '0',
    [ID_HEADER]: product.id,
    ...attributeCells(parentOptions(product.listings)),
  };
  return [
    withRest(parent, rest),
    ...product.listings.map((listing) =>
      withRest(
        {
          ...listingCells(product, listing, weight),
          ...attributeCells(listing.options.map(({ name, value }) => ({ name, values: [value] }))),
          ID: listing.externalId ?? '',
          Type: 'variation',
          Name: `${cellText(product.fields, 'title', product.currency)} - ${
            listing.options
              .map(({ value }) => value)
              .filter(Boolean)
              .join(', ') || listing.variant
          }`,
          Parent: parentSku === '' ? `id:${product.externalId ?? ''}` : parentSku,
          [ID_HEADER]: listing.id,
        },
        product.format === 'woocommerce' ? listing.rest : {},
      ),
    ),
  ];
}

/** The type with the words that stood beside it, such as "simple, virtual". */
function typeOf(kind: string, rest: Readonly<Record<string, string>>): string {
  const kept = rest.Type ?? rest.Typ ?? '';
  return kept.split(',').some((word) => word.trim().toLowerCase() === kind) ? kept : kind;
}

function productCells(product: ExportProduct): CellRow {
  const { fields, currency } = product;
  const text = (name: ListingFieldName): string => cellText(fields, name, currency);
  return {
    Name: text('title'),
    Published: PUBLISHED[text('status')] ?? '',
    'Short description': toWooText(text('shortDescription')),
    Description: toWooText(text('description')),
    Categories: joinWooList(listValues(fields, 'categories')),
    Tags: joinWooList(listValues(fields, 'tags')),
    Images: joinWooList(imageValues(fields).map(({ src }) => src)),
  };
}

function listingCells(product: ExportProduct, listing: ExportListing, weight: string): CellRow {
  const { fields } = listing;
  const text = (name: ListingFieldName): string => cellText(fields, name, product.currency);
  return {
    SKU: text('sku'),
    'GTIN, UPC, EAN, or ISBN': text('gtin'),
    'Date sale price starts': text('saleFrom'),
    'Date sale price ends': text('saleTo'),
    'In stock?': IN_STOCK[text('stockStatus')] ?? '',
    Stock: fields.manageStock === 1 ? text('quantity') : '',
    'Backorders allowed?': BACKORDERS[text('backorders')] ?? '',
    [weight]: text('weight'),
    'Sale price': text('salePrice'),
    'Regular price': text('price'),
    Position: String(listing.position),
  };
}

function parentOptions(listings: readonly ExportListing[]): { name: string; values: string[] }[] {
  const options = new Map<string, Set<string>>();
  for (const { name, value } of listings.flatMap((listing) => listing.options)) {
    const values = options.get(name) ?? new Set<string>();
    options.set(name, values);
    if (value !== '') values.add(value);
  }
  return [...options].map(([name, values]) => ({ name, values: [...values] }));
}

function attributeCells(
  options: readonly { readonly name: string; readonly values: readonly string[] }[],
): CellRow {
  return Object.fromEntries(
    options.flatMap(({ name, values }, index) => [
      [`Attribute ${index + 1} name`, name],
      [`Attribute ${index + 1} value(s)`, joinWooList(values)],
    ]),
  );
}

/** WooCommerce reads `\n` as a line break, so those two characters are written `\\n`; real breaks stay. */
export function toWooText(text: string): string {
  return text.replaceAll('\\n', '\\\\n');
}

export function joinWooList(items: readonly string[]): string {
  return items.map((item) => item.replaceAll(',', '\\,')).join(', ');
}
