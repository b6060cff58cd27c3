import { ROW_TARGETS } from '#shared/domain/import-targets.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import {
  LISTING_FIELDS,
  listingField,
  type ImageValue,
  type ListingField,
  type ListingFieldName,
} from '#shared/domain/listing-fields.ts';
import { cellAt, Header, ID_HEADER, isBlank, restOf, skuText } from './header.ts';
import type {
  AdapterContext,
  ColumnTarget,
  FieldText,
  FieldTexts,
  RowAdapter,
  RowSink,
} from './imported-product.ts';

type GenericTarget = ListingFieldName | (typeof ROW_TARGETS)[number];

/** Header of the column that says which rows are variants of one product. */
export const PRODUCT_HEADER = 'Quayside product';

const SYNONYMS: Readonly<Record<GenericTarget, readonly string[]>> = {
  listingId: [ID_HEADER, 'listing id'],
  product: [PRODUCT_HEADER, 'product', 'product id', 'parent', 'parent sku', 'produkt', 'produkt-id'],
  variant: ['variant', 'variant title', 'variation', 'option', 'options', 'variante', 'ausführung'],
  sku: [
    'sku',
    'variant sku',
    'seller sku',
    'item number',
    'article number',
    'artikelnummer',
    'artikelnr',
    'artikelnr.',
    'art.-nr.',
    'article',
    'part number',
    'mpn',
  ],
  title: [
    'title',
    'name',
    'product name',
    'product title',
    'item name',
    'titel',
    'produktname',
    'artikelname',
    'bezeichnung',
    'artikelbezeichnung',
  ],
  price: [
    'price',
    'regular price',
    'list price',
    'unit price',
    'preis',
    'verkaufspreis',
    'vk',
    'vk brutto',
    'regulärer preis',
    'variant price',
  ],
  salePrice: [
    'sale price',
    'saleprice',
    'special price',
    'offer price',
    'angebotspreis',
    'aktionspreis',
    'sonderpreis',
  ],
  quantity: [
    'quantity',
    'qty',
    'stock',
    'stock quantity',
    'inventory',
    'on hand',
    'menge',
    'bestand',
    'lagerbestand',
    'anzahl',
  ],
  status: ['status', 'state', 'published', 'veröffentlicht'],
  description: ['description', 'long description', 'body', 'body (html)', 'beschreibung', 'langbeschreibung'],
  shortDescription: ['short description', 'shortdescription', 'summary', 'kurzbeschreibung'],
  slug: ['slug', 'handle', 'url handle', 'url key'],
  tags: ['tags', 'tag', 'keywords', 'schlagwörter', 'schlagworte'],
  categories: ['categories', 'category', 'product type', 'type', 'kategorie', 'kategorien', 'warengruppe'],
  images: ['images', 'image', 'image url', 'image src', 'picture', 'bilder', 'bild', 'bild-url'],
  gtin: ['gtin', 'ean', 'upc', 'isbn', 'barcode', 'strichcode'],
  manageStock: ['managestock', 'manage stock', 'track stock', 'bestand führen'],
  stockStatus: ['stockstatus', 'stock status', 'availability', 'lagerstatus'],
  backorders: ['backorders', 'lieferrückstände'],
  weight: ['weight', 'gewicht'],
  saleFrom: ['salefrom', 'sale from', 'sale start', 'angebot ab', 'angebot von'],
  saleTo: ['saleto', 'sale to', 'sale end', 'angebot bis'],
  brand: ['brand', 'vendor', 'manufacturer', 'marke', 'hersteller'],
  productType: ['product type', 'producttype', 'type', 'produkttyp'],
  bullets: ['bullets', 'bullet points', 'highlights', 'aufzählungspunkte'],
  searchTerms: ['searchterms', 'search terms', 'keywords', 'suchbegriffe'],
  materials: ['materials', 'material', 'materialien'],
  typeAttributes: ['type attributes', 'produkttyp-attribute'],
};

const STATUSES = new Map<string, string>([
  ['active', 'publish'],
  ['aktiv', 'publish'],
  ['published', 'publish'],
  ['veröffentlicht', 'publish'],
  ['online', 'publish'],
  ['true', 'publish'],
  ['yes', 'publish'],
  ['ja', 'publish'],
  ['1', 'publish'],
  ['entwurf', 'draft'],
  ['inactive', 'private'],
  ['inaktiv', 'private'],
  ['archived', 'private'],
  ['hidden', 'private'],
  ['false', 'private'],
  ['no', 'private'],
  ['nein', 'private'],
  ['0', 'private'],
]);

/** Header -> target, learned from names; a target is given once, to the first header that fits best. */
export function learnMapping(header: Header): Record<string, string> {
  const mapping: Record<string, string> = {};
  for (const target of Object.keys(SYNONYMS) as GenericTarget[]) {
    const position = header.find(target, ...SYNONYMS[target]);
    const found = position >= 0 ? position : (priced(header, target) ?? -1);
    const name = header.names[found];
    if (name !== undefined && !(name in mapping)) mapping[name] = target;
  }
  return mapping;
}

/** `Price (EUR)`, `Preis in €`, `Weight (kg)`. */
function priced(header: Header, target: GenericTarget): number | null {
  if (target !== 'price' && target !== 'salePrice' && target !== 'weight') return null;
  for (const name of SYNONYMS[target]) {
    const escaped = name.replace(/[.()]/g, '\\$&');
    const found = header.match(new RegExp(`^${escaped}(?: in)?[ \\[(]+[^a-z]*[a-z€$£]{0,4}[\\])]?$`));
    if (found) return found.position;
  }
  return null;
}

/** One row a listing; columns by a mapping of header to target, '' or '-' leaves a column out. */
export class GenericRows implements RowAdapter {
  readonly columns: readonly ColumnTarget[];
  private readonly header: Header;
  private readonly context: AdapterContext;
  private readonly at = new Map<GenericTarget, number>();
  private readonly fields: readonly { readonly field: ListingField; readonly position: number }[];
  private readonly taken: ReadonlySet<number>;

  constructor(
    header: Header,
    context: AdapterContext,
    mapping: Readonly<Record<string, string>> | undefined,
  ) {
    this.header = header;
    this.context = context;
    const chosen = mapping ?? learnMapping(header);
    for (const [name, target] of Object.entries(chosen)) {
      const position = header.find(name);
      if (position < 0)
        throw new CodedError('BAD_INPUT', `The file has no column "${name.slice(0, 80)}"`, { column: name });
      if (target === '' || target === '-') continue;
      if (!isTarget(target)) {
        throw new CodedError(
          'UNKNOWN_FIELD',
          `There is no field "${target.slice(0, 60)}" to read "${name.slice(0, 80)}" into`,
          { field: target },
        );
      }
      if (this.at.has(target)) {
        throw new CodedError('BAD_INPUT', `Two columns are read into ${target}; choose one`, {
          field: target,
        });
      }
      this.at.set(target, position);
    }
    if (!['sku', 'title', 'listingId'].some((target) => this.at.has(target as GenericTarget))) {
      throw new CodedError(
        'FILE_FORMAT',
        `No column of the file names a product: choose the column with the SKU or the title. Found: ${header.names.slice(0, 12).join(', ').slice(0, 300)}`,
        { columns: header.names.slice(0, 100) },
      );
    }
    this.fields = LISTING_FIELDS.flatMap((field) => {
      const position = this.at.get(field.name);
      return position === undefined || field.name === 'sku' ? [] : [{ field, position }];
    });
    const byPosition = new Map([...this.at].map(([target, position]) => [position, target]));
    this.taken = new Set(byPosition.keys());
    this.columns = header.names.map((name, position) => ({
      header: name,
      target: byPosition.get(position) ?? null,
    }));
  }

  numbersOf(cells: readonly string[]): string[] {
    return (['price', 'salePrice'] as const).map((name) => this.cell(cells, name)).filter(Boolean);
  }

  push(row: number, cells: readonly string[], sink: RowSink): void {
    const own = this.cell(cells, 'listingId').trim() || null;
    const sku = skuText(this.cell(cells, 'sku'), own !== null);
    const title = this.cell(cells, 'title');
    if (own === null && sku === null && isBlank(title)) {
      sink.problem({
        kind: 'skip',
        row,
        sku,
        code: 'NO_PRODUCT',
        message: 'The row names no product: it has no SKU and no title',
      });
      return;
    }
    const product: FieldTexts = {};
    const listing: FieldTexts = {};
    for (const { field, position } of this.fields) {
      const text = cellAt(cells, position);
      if (isBlank(text)) continue;
      (field.entity === 'product' ? product : listing)[field.name] = this.read(field, text);
    }
    const variant = this.cell(cells, 'variant');
    const group = this.cell(cells, 'product').trim();
    const key =
      group !== ''
        ? `product:${group}`
        : isBlank(variant) || isBlank(title)
          ? `row:${row}`
          : `title:${title}`;
    const rest = restOf(this.header, cells, this.taken);
    const grouped = !key.startsWith('row:');
    sink.product({
      row,
      key,
      aliases: [],
      kind: isBlank(title) ? null : isBlank(variant) ? 'simple' : 'variable',
      productId: group || null,
      handle: null,
      sourceId: null,
      parentSku: null,
      fields: product,
      variants: [
        {
          row,
          listingId: own,
          sku,
          sourceId: null,
          variant: isBlank(variant) ? '' : variant,
          options: [],
          position: row,
          fields: listing,
          sellingPriceOnly: false,
          countsStock: true,
          rest: grouped ? rest : {},
        },
      ],
      rest: grouped ? {} : rest,
      weightUnit: null,
    });
  }

  end(): void {
    // Every row stands for itself.
  }

  private cell(cells: readonly string[], target: GenericTarget): string {
    return cellAt(cells, this.at.get(target) ?? -1);
  }

  private read(field: ListingField, text: string): FieldText {
    switch (field.type) {
      case 'money':
      case 'decimal':
        return this.context.number(text);
      case 'integer':
        return this.context.number(text).replace(/\.0+$/, '');
      case 'tags':
        return fromListText(text);
      case 'images':
        return fromImagesText(text);
      case 'enum':
        return field.name === 'status'
          ? (STATUSES.get(text.trim().toLowerCase()) ?? text.trim().toLowerCase())
          : text.trim();
      case 'boolean':
      case 'dateTime':
        return text.trim();
      default:
        return text;
    }
  }
}

function isTarget(target: string): target is GenericTarget {
  return listingField(target) !== undefined || (ROW_TARGETS as readonly string[]).includes(target);
}

/** `a, b` or, when an item itself has a comma, a JSON list. */
export function fromListText(text: string): string[] {
  const json = jsonList(text);
  if (json?.every((item) => typeof item === 'string')) return json;
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export function toListText(items: readonly string[]): string {
  const text = items.join(', ');
  return JSON.stringify(fromListText(text)) === JSON.stringify(items) ? text : JSON.stringify(items);
}

export function fromImagesText(text: string): ImageValue[] {
  const json = jsonList(text);
  if (
    json?.every(
      (item) => typeof item === 'object' && item !== null && 'src' in item && typeof item.src === 'string',
    )
  ) {
    return (json as ImageValue[]).map(({ src, alt }) => ({ src, alt: typeof alt === 'string' ? alt : '' }));
  }
  return fromListText(text).map((src) => ({ src, alt: '' }));
}

export function toImagesText(images: readonly ImageValue[]): string {
  const plain = images.map(({ src, alt }) => ({ src, alt }));
  const text = toListText(plain.map(({ src }) => src));
  return JSON.stringify(fromImagesText(text)) === JSON.stringify(plain) ? text : JSON.stringify(plain);
}

function jsonList(text: string): unknown[] | null {
  if (!text.trimStart().startsWith('[')) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as unknown[]) : null;
  } catch {
    return null;
  }
}
