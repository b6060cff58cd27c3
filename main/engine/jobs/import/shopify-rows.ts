import type { ImageValue, ListingFieldName } from '#shared/domain/listing-fields.ts';
import { readExact, withExact } from './exact-cells.ts';
import { cellAt, EXACT_HEADER, Header, ID_HEADER, isBlank, restOf, skuText } from './header.ts';
import type {
  AdapterContext,
  ColumnTarget,
  FieldTexts,
  ImportedProduct,
  ImportedVariant,
  ProductOption,
  RowAdapter,
  RowSink,
} from './imported-product.ts';
import { fromGrams } from './weight-units.ts';

/** Names of the columns: as today's exports write them, and as they did until 2025. */
const COLUMNS = {
  handle: ['URL handle', 'Handle'],
  title: ['Title'],
  description: ['Description', 'Body (HTML)', 'Body HTML'],
  type: ['Type', 'Product type', 'Custom product type'],
  tags: ['Tags'],
  published: ['Published on online store', 'Published', 'Published status'],
  status: ['Status'],
  sku: ['SKU', 'Variant SKU'],
  barcode: ['Barcode', 'Barcodes', 'Variant Barcode', 'Variant Barcodes'],
  price: ['Price', 'Variant Price'],
  compareAt: ['Compare-at price', 'Variant Compare At Price', 'Compare at price'],
  tracker: ['Inventory tracker', 'Variant Inventory Tracker'],
  quantity: ['Inventory quantity', 'Variant Inventory Qty'],
  policy: ['Continue selling when out of stock', 'Variant Inventory Policy'],
  grams: ['Weight value (grams)', 'Variant Grams'],
  weightUnit: ['Weight unit for display', 'Variant Weight Unit'],
  image: ['Product image URL', 'Image Src'],
  imagePosition: ['Image position'],
  imageAlt: ['Image alt text'],
} as const;
type Column = keyof typeof COLUMNS;

const TARGETS: Partial<Record<Column, string>> = {
  handle: 'product',
  type: 'categories',
  published: 'status',
  barcode: 'gtin',
  compareAt: 'price',
  tracker: 'manageStock',
  policy: 'backorders',
  grams: 'weight',
  weightUnit: 'weight',
  image: 'images',
  imagePosition: 'images',
  imageAlt: 'images',
};

export function isShopifyHeader(header: Header): boolean {
  return (
    header.find(...COLUMNS.handle) >= 0 &&
    (header.find('Option1 Name') >= 0 ||
      header.find('Variant Price') >= 0 ||
      header.find('Compare-at price') >= 0)
  );
}

interface PlacedImage {
  readonly image: ImageValue;
  readonly position: number;
}

/** The product whose rows are being read. */
interface OpenProduct {
  readonly handle: string;
  readonly row: number;
  readonly title: string;
  readonly productId: string | null;
  readonly fields: FieldTexts;
  readonly exact: ReturnType<typeof readExact>;
  readonly variants: ImportedVariant[];
  readonly images: PlacedImage[];
  readonly rest: Record<string, string>;
  optionNames: readonly string[];
}

/**
 * Shopify's product file: the first row of a handle has the product, further
 * rows bring variants, images, or both. `Compare-at price` is the regular
 * price of a variant on sale, `Price` what a buyer pays.
 */
export class ShopifyRows implements RowAdapter {
  readonly columns: readonly ColumnTarget[];
  private readonly header: Header;
  private readonly at: Record<Column, number>;
  private readonly options: readonly { readonly name: number; readonly value: number }[];
  private readonly ownId: number;
  private readonly exact: number;
  private readonly variantColumns: readonly number[];
  private readonly taken: ReadonlySet<number>;
  private readonly context: AdapterContext;
  private open: OpenProduct | null = null;

  constructor(header: Header, context: AdapterContext) {
    this.header = header;
    this.context = context;
    const at = Object.fromEntries(
      Object.entries(COLUMNS).map(([name, names]) => [name, header.find(...names)]),
    ) as Record<Column, number>;
    this.at = at;
    this.ownId = header.find(ID_HEADER);
    this.exact = header.find(EXACT_HEADER);
    this.options = [1, 2, 3].map((n) => ({
      name: header.find(`Option${n} name`),
      value: header.find(`Option${n} value`),
    }));
    const optionColumns = this.options.flatMap(({ name, value }) => [name, value]);
    this.variantColumns = [
      at.sku,
      at.barcode,
      at.price,
      at.compareAt,
      at.quantity,
      at.grams,
      this.ownId,
      ...this.options.map(({ value }) => value),
    ];
    this.taken = new Set([...Object.values(at), ...optionColumns, this.ownId, this.exact]);
    const targets = new Map<number, string>();
    for (const [name, position] of Object.entries(at)) targets.set(position, TARGETS[name as Column] ?? name);
    for (const position of optionColumns) targets.set(position, 'variant');
    targets.set(this.ownId, 'listingId');
    targets.set(this.exact, 'exact');
    this.columns = header.names.map((name, position) => ({
      header: name,
      target: targets.get(position) ?? null,
    }));
  }

  numbersOf(cells: readonly string[]): string[] {
    return [this.at.price, this.at.compareAt].map((position) => cellAt(cells, position)).filter(Boolean);
  }

  push(row: number, cells: readonly string[], sink: RowSink): void {
    const handle = this.text(cells, 'handle');
    const title = cellAt(cells, this.at.title);
    const sku = skuText(cellAt(cells, this.at.sku), this.ownId >= 0);
    // A second title under one handle is a second product that Shopify would merge; the plan says so.
    if (!this.open || (handle !== '' && handle !== this.open.handle) || (handle === '' && !isBlank(title))) {
      this.close(sink);
      if (handle === '' && isBlank(title) && sku === null) {
        sink.problem({
          kind: 'skip',
          row,
          sku,
          code: 'NO_PRODUCT',
          message: 'The row names no product: it has no handle, no title and no SKU',
        });
        return;
      }
      this.open = this.begin(row, handle, title, cells, sku, sink);
    }
    const open = this.open;
    this.addImage(open, cells);
    if (this.isVariant(cells, open)) this.addVariant(open, row, cells, sku, sink);
  }

  end(sink: RowSink): void {
    this.close(sink);
  }

  private begin(
    row: number,
    handle: string,
    title: string,
    cells: readonly string[],
    sku: string | null,
    sink: RowSink,
  ): OpenProduct {
    const fields: FieldTexts = {};
    if (!isBlank(title)) fields.title = title;
    const description = cellAt(cells, this.at.description);
    if (!isBlank(description)) fields.description = description;
    const type = cellAt(cells, this.at.type);
    if (!isBlank(type)) fields.categories = [type];
    const tags = splitShopifyTags(cellAt(cells, this.at.tags));
    if (tags.length > 0) fields.tags = tags;
    const status = this.status(row, cells, sku, sink);
    if (status) fields.status = status;
    const names = this.options.map(({ name }) => cellAt(cells, name).trim());
    return {
      handle,
      row,
      title,
      productId: null,
      fields,
      exact: readExact(cellAt(cells, this.exact), row, sku, sink),
      variants: [],
      images: [],
      rest: restOf(this.header, cells, this.taken),
      optionNames: names,
    };
  }

  private addImage(open: OpenProduct, cells: readonly string[]): void {
    const src = this.text(cells, 'image');
    if (src === '') return;
    const position = Number(this.text(cells, 'imagePosition'));
    open.images.push({
      image: { src, alt: cellAt(cells, this.at.imageAlt) },
      position: Number.isFinite(position) && position > 0 ? position : open.images.length + 1,
    });
  }

  private isVariant(cells: readonly string[], open: OpenProduct): boolean {
    return (
      this.variantColumns.some((position) => !isBlank(cellAt(cells, position))) ||
      // The first row of a product is a variant even when it has nothing but a title.
      (open.variants.length === 0 && !isBlank(cellAt(cells, this.at.title)))
    );
  }

  private addVariant(
    open: OpenProduct,
    row: number,
    cells: readonly string[],
    sku: string | null,
    sink: RowSink,
  ): void {
    const names = this.options.map(
      ({ name }, n) => cellAt(cells, name).trim() || (open.optionNames[n] ?? ''),
    );
    open.optionNames = names;
    const options = this.options
      .map(({ value }, n): ProductOption => ({ name: names[n] ?? '', value: cellAt(cells, value).trim() }))
      .filter(({ value }) => value !== '' && value !== 'Default Title');
    const first = open.variants.length === 0 && row === open.row;
    const exact = first ? open.exact : readExact(cellAt(cells, this.exact), row, sku, sink);
    const { fields, sellingPriceOnly } = this.listingFields(cells);
    const real = withExact(fields, exact, 'listing');
    open.variants.push({
      row,
      listingId: cellAt(cells, this.ownId).trim() || null,
      sku,
      sourceId: null,
      variant: options.map(({ value }) => value).join(' / '),
      options,
      position: open.variants.length,
      fields: real,
      sellingPriceOnly: sellingPriceOnly && real.price === fields.price && real.salePrice === undefined,
      countsStock: false,
      rest: first ? {} : restOf(this.header, cells, this.taken),
    });
  }

  private listingFields(cells: readonly string[]): { fields: FieldTexts; sellingPriceOnly: boolean } {
    const fields: FieldTexts = {};
    const barcode = this.text(cells, 'barcode').replace(/^'/, '');
    if (barcode !== '') fields.gtin = barcode;
    const price = this.number(cells, 'price');
    const compareAt = this.number(cells, 'compareAt');
    let sellingPriceOnly = false;
    if (price !== '' && compareAt !== '' && Number(compareAt) > Number(price)) {
      fields.price = compareAt;
      fields.salePrice = price;
    } else if (price !== '') {
      fields.price = price;
      sellingPriceOnly = true;
    } else if (compareAt !== '') fields.price = compareAt;
    const quantity = this.number(cells, 'quantity');
    if (quantity !== '') fields.quantity = quantity.replace(/\.0+$/, '');
    if (this.text(cells, 'tracker') !== '') fields.manageStock = 'true';
    const policy = this.text(cells, 'policy').toLowerCase();
    if (/^(continue|true|yes|1)$/.test(policy)) fields.backorders = 'yes';
    else if (/^(deny|false|no|0)$/.test(policy)) fields.backorders = 'no';
    const grams = this.number(cells, 'grams');
    if (grams !== '') fields.weight = fromGrams(grams, this.text(cells, 'weightUnit')) ?? grams;
    return { fields, sellingPriceOnly };
  }

  private status(row: number, cells: readonly string[], sku: string | null, sink: RowSink): string | null {
    const status = this.text(cells, 'status').toLowerCase();
    const published = this.text(cells, 'published').toLowerCase();
    if (status === 'draft') return 'draft';
    if (status === 'archived' || status === 'unlisted') return 'private';
    if (status !== '' && status !== 'active') {
      sink.problem({
        kind: 'warn',
        row,
        sku,
        code: 'STATUS_UNKNOWN',
        message: `"${status.slice(0, 40)}" is not a state that Shopify knows (active, draft or archived); the state is left as it is`,
      });
      return null;
    }
    if (/^(false|no|0)$/.test(published)) return 'private';
    if (/^(true|yes|1)$/.test(published) || status === 'active') return 'publish';
    return null;
  }

  private close(sink: RowSink): void {
    const open = this.open;
    this.open = null;
    if (!open) return;
    const images = open.images.toSorted((a, b) => a.position - b.position).map(({ image }) => image);
    const fields = images.length > 0 ? { ...open.fields, images } : open.fields;
    const labelled = open.variants.some(({ variant }) => variant !== '');
    sink.product({
      row: open.row,
      key: open.handle === '' ? `row:${open.row}` : `handle:${open.handle}`,
      aliases: [],
      kind: isBlank(open.title) ? null : labelled ? 'variable' : 'simple',
      productId: null,
      handle: open.handle || null,
      sourceId: null,
      parentSku: null,
      fields: withExact(fields, open.exact, 'product'),
      variants: open.variants,
      rest: open.rest,
      weightUnit: null,
    } satisfies ImportedProduct);
  }

  private text(cells: readonly string[], column: Column): string {
    return cellAt(cells, this.at[column]).trim();
  }

  private number(
    cells: readonly string[],
    column: Extract<ListingFieldName, Column> | 'compareAt' | 'grams',
  ): string {
    const text = this.text(cells, column);
    return text === '' ? '' : this.context.number(text);
  }
}

export function splitShopifyTags(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
