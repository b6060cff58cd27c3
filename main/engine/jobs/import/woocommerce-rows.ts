import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { readExact, withExact } from './exact-cells.ts';
import { cellAt, EXACT_HEADER, Header, ID_HEADER, isBlank, restOf, skuText } from './header.ts';
import type {
  AdapterContext,
  ColumnTarget,
  FieldText,
  FieldTexts,
  ImportedVariant,
  ProductKind,
  ProductOption,
  RowAdapter,
  RowSink,
} from './imported-product.ts';

/** Names of the exporter's columns, English first, then as a German shop writes them. */
const COLUMNS = {
  id: ['ID'],
  type: ['Type', 'Typ'],
  sku: ['SKU', 'Artikelnummer'],
  gtin: ['GTIN, UPC, EAN, or ISBN', 'GTIN, UPC, EAN oder ISBN'],
  title: ['Name'],
  published: ['Published', 'Veröffentlicht'],
  shortDescription: ['Short description', 'Kurzbeschreibung'],
  description: ['Description', 'Beschreibung'],
  saleFrom: ['Date sale price starts', 'Datum, an dem Angebotspreis beginnt'],
  saleTo: ['Date sale price ends', 'Datum, an dem Angebotspreis endet'],
  inStock: ['In stock?', 'Vorrätig?', 'Auf Lager?'],
  stock: ['Stock', 'Bestand', 'Lager'],
  backorders: ['Backorders allowed?', 'Lieferrückstände erlaubt?'],
  salePrice: ['Sale price', 'Angebotspreis'],
  price: ['Regular price', 'Regulärer Preis'],
  categories: ['Categories', 'Kategorien'],
  tags: ['Tags', 'Schlagwörter'],
  images: ['Images', 'Bilder'],
  parent: ['Parent', 'Übergeordnetes Produkt'],
  position: ['Position'],
} as const;
type Column = keyof typeof COLUMNS;

const TARGETS: Partial<Record<Column, string>> = {
  id: 'externalId',
  type: 'kind',
  published: 'status',
  inStock: 'stockStatus',
  stock: 'quantity',
  parent: 'product',
};

const KINDS = new Map<string, ProductKind>([
  ['simple', 'simple'],
  ['variable', 'variable'],
  ['grouped', 'grouped'],
  ['external', 'external'],
  // Older exports and extensions.
  ['variable-subscription', 'variable'],
  ['subscription', 'simple'],
  ['bundle', 'simple'],
]);
/** Words that stand beside the type and are kept with the product. */
const MODIFIERS = new Set(['virtual', 'downloadable', 'featured']);

const PUBLISHED = new Map<string, string>([
  ['1', 'publish'],
  ['0', 'private'],
  ['-1', 'draft'],
  ['0.5', 'draft'],
  ['true', 'publish'],
  ['yes', 'publish'],
  ['false', 'private'],
  ['no', 'private'],
  ['publish', 'publish'],
  ['private', 'private'],
  ['draft', 'draft'],
  ['pending', 'pending'],
]);

export function isWooCommerceHeader(header: Header): boolean {
  return (
    header.find(...COLUMNS.type) >= 0 &&
    header.find(...COLUMNS.title) >= 0 &&
    (header.find(...COLUMNS.price) >= 0 ||
      header.find(...COLUMNS.parent) >= 0 ||
      header.find(...COLUMNS.published) >= 0)
  );
}

interface Attribute {
  readonly name: number;
  readonly values: number;
}

/**
 * WooCommerce's product export: one row a product, and one a variation that
 * names its parent by SKU or as `id:NN`, in any order.
 */
export class WooCommerceRows implements RowAdapter {
  readonly columns: readonly ColumnTarget[];
  private readonly header: Header;
  private readonly at: Record<Column, number>;
  private readonly weight: number;
  private readonly weightUnit: string | null;
  private readonly attributes: readonly Attribute[];
  private readonly ownId: number;
  private readonly exact: number;
  private readonly taken: ReadonlySet<number>;
  /** Taken on variations: what belongs to the product as a whole stays with the variation's row. */
  private readonly variationTaken: ReadonlySet<number>;
  private readonly context: AdapterContext;

  constructor(header: Header, context: AdapterContext) {
    this.header = header;
    this.context = context;
    const at = Object.fromEntries(
      Object.entries(COLUMNS).map(([name, names]) => [name, header.find(...names)]),
    ) as Record<Column, number>;
    this.at = at;
    const weight = header.match(/^(?:weight|gewicht)(?: \((.+)\))?$/);
    this.weight = weight?.position ?? -1;
    this.weightUnit = weight?.match[1] ?? null;
    this.ownId = header.find(ID_HEADER);
    this.exact = header.find(EXACT_HEADER);
    this.attributes = attributesOf(header);
    const own = [this.weight, this.ownId, this.exact];
    this.taken = new Set([...Object.values(at), ...own]);
    this.variationTaken = new Set([
      ...Object.entries(at)
        .filter(
          ([name]) =>
            !['description', 'shortDescription', 'images', 'published', 'categories', 'tags'].includes(name),
        )
        .map(([, position]) => position),
      ...own,
      ...this.attributes.flatMap(({ name, values }) => [name, values]),
    ]);
    const targets = new Map<number, string>();
    for (const [name, position] of Object.entries(at)) targets.set(position, TARGETS[name as Column] ?? name);
    targets.set(this.weight, 'weight');
    targets.set(this.ownId, 'listingId');
    targets.set(this.exact, 'exact');
    for (const { name, values } of this.attributes) {
      targets.set(name, 'variant');
      targets.set(values, 'variant');
    }
    this.columns = header.names.map((name, position) => ({
      header: name,
      target: targets.get(position) ?? null,
    }));
  }

  numbersOf(cells: readonly string[]): string[] {
    return [this.at.price, this.at.salePrice, this.weight]
      .map((position) => cellAt(cells, position))
      .filter(Boolean);
  }

  push(row: number, cells: readonly string[], sink: RowSink): void {
    const types = this.text(cells, 'type')
      .toLowerCase()
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean);
    const sku = skuText(cellAt(cells, this.at.sku), this.ownId >= 0);
    if (types.includes('variation') || types.includes('product_variation'))
      this.pushVariation(row, cells, sku, sink);
    else this.pushProduct(row, cells, sku, types, sink);
  }

  end(): void {
    // Every row stands for itself.
  }

  private pushVariation(row: number, cells: readonly string[], sku: string | null, sink: RowSink): void {
    const parent = this.text(cells, 'parent');
    const options = this.options(cells);
    sink.product({
      // A variation without parent can still be an existing listing, found by its SKU.
      key: parent === '' ? `row:${row}` : parentKey(parent),
      row,
      aliases: [],
      kind: null,
      productId: null,
      handle: null,
      sourceId: null,
      parentSku: null,
      fields: {},
      variants: [
        this.variant(row, cells, sku, options, restOf(this.header, cells, this.variationTaken), sink),
      ],
      rest: {},
      weightUnit: this.weightUnit,
    });
  }

  private pushProduct(
    row: number,
    cells: readonly string[],
    sku: string | null,
    types: readonly string[],
    sink: RowSink,
  ): void {
    const named = types.filter((word) => !MODIFIERS.has(word));
    const kind = KINDS.get(named[0] ?? 'simple');
    if (kind === undefined) {
      sink.problem({
        kind: 'warn',
        row,
        sku,
        code: 'KIND_UNKNOWN',
        message: `The type "${named[0] ?? ''}" is not known; the product is taken as a simple one`,
      });
    }
    const id = this.text(cells, 'id') || null;
    const own = cellAt(cells, this.ownId).trim() || null;
    const keys = [own ? `own:${own}` : '', id ? `id:${id}` : '', sku ? `sku:${sku}` : ''].filter(
      (key) => key !== '',
    );
    const sold = kind !== 'variable';
    const rest = restOf(this.header, cells, this.taken);
    if (types.length > named.length)
      rest[this.header.names[this.at.type] ?? 'Type'] = this.text(cells, 'type');
    sink.product({
      key: keys[0] ?? `row:${row}`,
      row,
      aliases: keys.slice(1),
      kind: kind ?? 'simple',
      productId: sold ? null : own,
      handle: null,
      sourceId: id,
      parentSku: sold ? null : sku,
      fields: withExact(
        this.productFields(row, cells, sku, sink),
        readExact(cellAt(cells, this.exact), row, sku, sink),
        'product',
      ),
      variants: sold ? [this.variant(row, cells, sku, [], {}, sink)] : [],
      rest,
      weightUnit: this.weightUnit,
    });
  }

  private variant(
    row: number,
    cells: readonly string[],
    sku: string | null,
    options: readonly ProductOption[],
    rest: Record<string, string>,
    sink: RowSink,
  ): ImportedVariant {
    const position = Number(this.text(cells, 'position'));
    return {
      row,
      listingId: cellAt(cells, this.ownId).trim() || null,
      sku,
      sourceId: this.text(cells, 'id') || null,
      variant: options
        .map((option) => option.value)
        .filter((value) => value !== '')
        .join(' / '),
      options,
      position: Number.isSafeInteger(position) ? position : 0,
      fields: withExact(
        this.listingFields(cells),
        readExact(cellAt(cells, this.exact), row, sku, sink),
        'listing',
      ),
      sellingPriceOnly: false,
      countsStock: false,
      rest,
    };
  }

  private productFields(
    row: number,
    cells: readonly string[],
    sku: string | null,
    sink: RowSink,
  ): FieldTexts {
    const fields: FieldTexts = {};
    this.put(fields, 'title', cells, 'title');
    this.put(fields, 'description', cells, 'description', fromWooText);
    this.put(fields, 'shortDescription', cells, 'shortDescription', fromWooText);
    this.put(fields, 'categories', cells, 'categories', splitWooList);
    this.put(fields, 'tags', cells, 'tags', splitWooList);
    this.put(fields, 'images', cells, 'images', (text) =>
      splitWooList(text).map((src) => ({ src, alt: '' })),
    );
    const published = this.text(cells, 'published').toLowerCase();
    if (published !== '') {
      const status = PUBLISHED.get(published);
      if (status) fields.status = status;
      else {
        sink.problem({
          kind: 'warn',
          row,
          sku,
          code: 'STATUS_UNKNOWN',
          message: `"${published.slice(0, 40)}" is not a state that WooCommerce knows (1, 0 or -1); the state is left as it is`,
        });
      }
    }
    return fields;
  }

  private listingFields(cells: readonly string[]): FieldTexts {
    const fields: FieldTexts = {};
    this.put(fields, 'gtin', cells, 'gtin', (text) => text.trim());
    this.put(fields, 'price', cells, 'price', this.context.number);
    this.put(fields, 'salePrice', cells, 'salePrice', this.context.number);
    this.put(fields, 'saleFrom', cells, 'saleFrom', (text) => text.trim());
    this.put(fields, 'saleTo', cells, 'saleTo', (text) => text.trim());
    const weight = cellAt(cells, this.weight);
    if (!isBlank(weight)) fields.weight = this.context.number(weight);
    const stock = this.text(cells, 'stock');
    // `parent`: the variation shares the stock of its product and counts none of its own.
    if (stock !== '' && stock !== 'parent') {
      fields.quantity = this.context.number(stock).replace(/\.0+$/, '');
      fields.manageStock = 'true';
    }
    const inStock = this.text(cells, 'inStock').toLowerCase();
    if (inStock === 'backorder' || inStock === 'onbackorder') fields.stockStatus = 'onbackorder';
    else if (/^(1|yes|true|instock|ja)$/.test(inStock)) fields.stockStatus = 'instock';
    else if (/^(0|no|false|outofstock|nein)$/.test(inStock)) fields.stockStatus = 'outofstock';
    const backorders = this.text(cells, 'backorders').toLowerCase();
    if (backorders === 'notify') fields.backorders = 'notify';
    else if (/^(1|yes|true|ja)$/.test(backorders)) fields.backorders = 'yes';
    else if (/^(0|no|false|nein)$/.test(backorders)) fields.backorders = 'no';
    return fields;
  }

  private options(cells: readonly string[]): ProductOption[] {
    return this.attributes
      .map(({ name, values }) => ({
        name: cellAt(cells, name).trim(),
        value: splitWooList(cellAt(cells, values))[0] ?? '',
      }))
      .filter((option) => option.name !== '' || option.value !== '');
  }

  private text(cells: readonly string[], column: Column): string {
    return cellAt(cells, this.at[column]).trim();
  }

  private put(
    fields: FieldTexts,
    field: ListingFieldName,
    cells: readonly string[],
    column: Column,
    read: (text: string) => FieldText = (text) => text,
  ): void {
    const text = cellAt(cells, this.at[column]);
    if (!isBlank(text)) fields[field] = read(text);
  }
}

/** `id:45` stays; anything else is a SKU. */
function parentKey(parent: string): string {
  const id = /^id:\s*(\S+)$/i.exec(parent);
  return id ? `id:${id[1] ?? ''}` : `sku:${parent}`;
}

function attributesOf(header: Header): Attribute[] {
  const attributes: Attribute[] = [];
  for (let n = 1; ; n += 1) {
    const name = header.find(`Attribute ${n} name`, `Attribut ${n} Name`, `Name des Attributs ${n}`);
    const values = header.find(
      `Attribute ${n} value(s)`,
      `Attribut ${n} Wert(e)`,
      `Wert(e) des Attributs ${n}`,
    );
    if (name < 0 && values < 0) return attributes;
    attributes.push({ name, values });
  }
}

/** WooCommerce writes a line break as `\n` and the two characters `\n` as `\\n`. */
export function fromWooText(text: string): string {
  return text
    .split('\\\\n')
    .map((part) => part.replaceAll('\\n', '\n'))
    .join('\\n');
}

/** A comma within an item is written `\,`. */
export function splitWooList(text: string): string[] {
  return text
    .split(/(?<!\\),/)
    .map((item) => item.replaceAll('\\,', ',').trim())
    .filter((item) => item !== '');
}
