import { readGmt, readLocal } from './local-time.ts';
import { checkBody, type Params } from './params.ts';
import { slugOf } from './render-product.ts';
import type { AttributeRow, ImageRow, MetaRow, ProductRow, Sellable, VariationRow } from './rows.ts';
import type { Store } from './store.ts';
import { WpError } from './wp-error.ts';

export type Body = Readonly<Record<string, unknown>>;

const STATES = ['draft', 'pending', 'private', 'publish'];
const SELLABLE: Params = {
  description: { type: 'string' },
  sku: { type: 'string' },
  global_unique_id: { type: 'string' },
  regular_price: { type: 'string' },
  sale_price: { type: 'string' },
  date_on_sale_from: { type: 'nullableString' },
  date_on_sale_from_gmt: { type: 'nullableString' },
  date_on_sale_to: { type: 'nullableString' },
  date_on_sale_to_gmt: { type: 'nullableString' },
  virtual: { type: 'boolean' },
  tax_status: { type: 'string', enum: ['taxable', 'shipping', 'none'] },
  manage_stock: { type: 'boolean' },
  stock_quantity: { type: 'integer' },
  stock_status: { type: 'string', enum: ['instock', 'outofstock', 'onbackorder'] },
  backorders: { type: 'string', enum: ['no', 'notify', 'yes'] },
  low_stock_amount: { type: 'nullableInteger' },
  weight: { type: 'string' },
  attributes: { type: 'objects' },
  menu_order: { type: 'integer' },
  meta_data: { type: 'objects' },
};
const PRODUCT: Params = {
  ...SELLABLE,
  name: { type: 'string' },
  slug: { type: 'string' },
  type: { type: 'string', enum: ['simple', 'grouped', 'external', 'variable'] },
  status: { type: 'string', enum: [...STATES, 'future', 'auto-draft', 'trash'] },
  featured: { type: 'boolean' },
  catalog_visibility: { type: 'string', enum: ['visible', 'catalog', 'search', 'hidden'] },
  short_description: { type: 'string' },
  categories: { type: 'objects' },
  tags: { type: 'objects' },
  images: { type: 'objects' },
};
const VARIATION: Params = {
  ...SELLABLE,
  status: { type: 'string', enum: STATES },
  image: { type: 'object' },
};

export function createProduct(store: Store, body: Body): ProductRow {
  checkBody(body, PRODUCT);
  const name = textIn(body, 'name') ?? '';
  const row: ProductRow = {
    kind: 'product',
    ...emptySellable(store),
    type: 'simple',
    name,
    slug: '',
    shortDescription: '',
    featured: false,
    visibility: 'visible',
    categories: [...store.categories.keys()].slice(0, 1),
    tags: [],
    images: [],
    attributes: [],
    variations: [],
    totalSales: 0,
    trashedFrom: null,
  };
  const change = {
    name: 'Product',
    slug: freeSlug(store, slugOf(name), row.id),
    ...productChange(store, row, body),
  };
  Object.assign(row, change);
  store.addProduct(row);
  return row;
}

export function updateProduct(store: Store, row: ProductRow, body: Body): ProductRow {
  checkBody(body, PRODUCT);
  store.touch(row, productChange(store, row, body));
  store.writes.set(row.id, (store.writes.get(row.id) ?? 0) + 1);
  return row;
}

export function createVariation(store: Store, parent: ProductRow, body: Body): VariationRow {
  checkBody(body, VARIATION);
  const row: VariationRow = {
    kind: 'variation',
    ...emptySellable(store),
    parent: parent.id,
    options: [],
    image: null,
  };
  Object.assign(row, variationChange(store, row, body));
  store.addVariation(row);
  return row;
}

export function updateVariation(store: Store, row: VariationRow, body: Body): VariationRow {
  checkBody(body, VARIATION);
  store.touch(row, variationChange(store, row, body));
  store.writes.set(row.id, (store.writes.get(row.id) ?? 0) + 1);
  return row;
}

function emptySellable(store: Store): Sellable {
  return {
    id: store.newId(),
    sku: '',
    gtin: '',
    description: '',
    regularPrice: '',
    salePrice: '',
    saleFrom: null,
    saleTo: null,
    manageStock: false,
    stock: null,
    stockStatus: 'instock',
    backorders: 'no',
    lowStock: null,
    weight: '',
    status: 'publish',
    virtual: false,
    taxStatus: 'taxable',
    menuOrder: 0,
    meta: [],
    created: store.second,
    modified: store.second,
  };
}

function productChange(store: Store, row: ProductRow, body: Body): Partial<ProductRow> {
  const name = textIn(body, 'name');
  const slug = textIn(body, 'slug');
  const type = textIn(body, 'type') as ProductRow['type'] | undefined;
  return {
    ...sellableChange(store, row, body),
    ...given('name', name === undefined ? undefined : name === '' ? 'Product' : name),
    ...given(
      'slug',
      slug === undefined ? undefined : freeSlug(store, slugOf(slug || (name ?? row.name)), row.id),
    ),
    ...given('type', type),
    ...given('shortDescription', textIn(body, 'short_description')),
    ...given('featured', flagIn(body, 'featured')),
    ...given('visibility', textIn(body, 'catalog_visibility')),
    ...given(
      'categories',
      listIn(body, 'categories')?.map((item) => Number(item['id'])),
    ),
    ...given(
      'tags',
      listIn(body, 'tags')?.map((item) => tagId(store, item)),
    ),
    ...given(
      'images',
      listIn(body, 'images')?.map((item) => imageOf(store, row, item)),
    ),
    ...given('attributes', listIn(body, 'attributes')?.map(attributeOf)),
  };
}

function variationChange(store: Store, row: VariationRow, body: Body): Partial<VariationRow> {
  const image = body['image'];
  return {
    ...sellableChange(store, row, body),
    ...given(
      'options',
      listIn(body, 'attributes')?.map((item) => ({
        name: textIn(item, 'name') ?? '',
        option: textIn(item, 'option') ?? '',
      })),
    ),
    ...(typeof image === 'object' && image !== null ? { image: imageOf(store, row, image as Body) } : {}),
  };
}

/** What the shop makes of the fields that products and variations share; much of it in silence. */
function sellableChange(store: Store, row: ProductRow | VariationRow, body: Body): Partial<Sellable> {
  const regular = decimalIn(body, 'regular_price');
  const sale = decimalIn(body, 'sale_price');
  const price = { regularPrice: regular ?? row.regularPrice, salePrice: sale ?? row.salePrice };
  // A sale price that is none disappears.
  if (price.salePrice !== '' && Number(price.salePrice) >= Number(price.regularPrice)) price.salePrice = '';
  const weight = textIn(body, 'weight');
  return {
    ...given('sku', skuIn(store, row, body)),
    ...given('gtin', textIn(body, 'global_unique_id')?.trim()),
    ...given('description', textIn(body, 'description')),
    ...(regular === undefined && sale === undefined ? {} : price),
    ...given('saleFrom', dateIn(store, body, 'date_on_sale_from')),
    ...given('saleTo', dateIn(store, body, 'date_on_sale_to')),
    ...stockChange(row, body),
    ...given('weight', weight === undefined ? undefined : decimal(weight)),
    ...given('status', textIn(body, 'status')),
    ...given('virtual', flagIn(body, 'virtual')),
    ...given('taxStatus', textIn(body, 'tax_status')),
    ...given('menuOrder', numberIn(body, 'menu_order')),
    ...given('meta', metaIn(store, row.meta, body)),
  };
}

/** A quantity counts only while stock is managed, and then it decides about the status. */
function stockChange(row: ProductRow | VariationRow, body: Body): Partial<Sellable> {
  const manageStock = flagIn(body, 'manage_stock') ?? row.manageStock;
  const stockStatus =
    (textIn(body, 'stock_status') as Sellable['stockStatus'] | undefined) ?? row.stockStatus;
  if (!manageStock) return { manageStock, stock: null, backorders: 'no', lowStock: null, stockStatus };
  const backorders = (textIn(body, 'backorders') as Sellable['backorders'] | undefined) ?? row.backorders;
  const delta = numberIn(body, 'inventory_delta') ?? 0;
  const stock = numberIn(body, 'stock_quantity') ?? (row.stock ?? 0) + delta;
  const low = body['low_stock_amount'];
  return {
    manageStock,
    stock,
    backorders,
    stockStatus: statusOfStock(stock, backorders),
    ...(low === undefined ? {} : { lowStock: low === null || low === '' ? null : Number(low) }),
  };
}

export function statusOfStock(stock: number, backorders: Sellable['backorders']): Sellable['stockStatus'] {
  if (stock > 0) return 'instock';
  return backorders === 'no' ? 'outofstock' : 'onbackorder';
}

function skuIn(store: Store, row: ProductRow | VariationRow, body: Body): string | undefined {
  const sku = textIn(body, 'sku')?.trim();
  if (sku === undefined || sku === '' || sku === row.sku) return sku;
  const owner = store.skuOwner(sku);
  if (owner === undefined || owner === row.id) return sku;
  const holder = store.sellable(owner);
  const trashed = holder?.kind === 'product' && holder.trashedFrom !== null;
  const product = holder?.kind === 'variation' ? store.products.get(holder.parent) : holder;
  if (trashed || product?.trashedFrom) {
    throw new WpError(
      'woocommerce_rest_product_not_created',
      `The product with SKU (${sku}) you are trying to insert is already present in the lookup table`,
      400,
    );
  }
  throw new WpError('product_invalid_sku', 'Invalid or duplicated SKU.', 400, {
    resource_id: owner,
    unique_sku: store.freeSku(sku),
  });
}

/** Existing media by id, anything else is fetched and kept under an address of the shop's own. */
function imageOf(store: Store, row: ProductRow | VariationRow, item: Body): ImageRow {
  const alt = textIn(item, 'alt');
  const id = Number(item['id'] ?? 0);
  if (id > 0) {
    const own = row.kind === 'product' ? row.images : row.image ? [row.image] : [];
    const known = [...own, ...allImages(store)].find((image) => image.id === id);
    if (!known)
      throw new WpError('woocommerce_product_invalid_image_id', `#${id} is an invalid image ID.`, 400);
    return { ...known, ...given('alt', alt), ...given('name', textIn(item, 'name')) };
  }
  const src = textIn(item, 'src') ?? '';
  const url = URL.canParse(src) ? new URL(src) : null;
  const file = url?.pathname.split('/').at(-1) ?? '';
  const reachable = url !== null && /^https?:$/.test(url.protocol) && !url.hostname.endsWith('.invalid');
  if (!reachable || !/\.(png|jpe?g|gif|webp)$/i.test(file)) {
    throw new WpError(
      'woocommerce_product_image_upload_error',
      `Error getting remote image ${src}. Error: A valid URL was not provided.`,
      400,
    );
  }
  const stem = file.replace(/\.[a-z]+$/i, '');
  const mediaId = store.newId();
  return {
    id: mediaId,
    path: `/wp-content/uploads/${mediaId}/${file}`,
    name: textIn(item, 'name') ?? stem,
    alt: alt ?? '',
  };
}

function* allImages(store: Store): Iterable<ImageRow> {
  for (const product of store.products.values()) yield* product.images;
  for (const variation of store.variations.values()) if (variation.image) yield variation.image;
}

function attributeOf(item: Body): AttributeRow {
  const options = Array.isArray(item['options']) ? item['options'].map(String) : [];
  return { name: textIn(item, 'name') ?? '', options };
}

function tagId(store: Store, item: Body): number {
  const id = Number(item['id'] ?? 0);
  return id > 0 ? id : store.tagNamed(textIn(item, 'name') ?? '').id;
}

/** Meta entries are found by id, then by key; a null value removes one. */
export function metaIn(store: Store, before: readonly MetaRow[], body: Body): readonly MetaRow[] | undefined {
  const items = listIn(body, 'meta_data');
  if (!items) return undefined;
  let rows = [...before];
  for (const item of items) {
    const key = textIn(item, 'key') ?? '';
    const value = item['value'];
    const id = Number(item['id'] ?? 0);
    const at = rows.findIndex((row) => (id > 0 ? row.id === id : row.key === key));
    const known = rows[at];
    if (value === null) rows = rows.filter((row) => row !== known);
    else if (known) rows[at] = { ...known, key: key === '' ? known.key : key, value };
    else rows.push(store.meta(key, value));
  }
  return rows;
}

/** Cut at 200 characters and made unique. */
function freeSlug(store: Store, wanted: string, id: number): string {
  const base = wanted.slice(0, 200) || String(id);
  const taken = new Set<string>();
  for (const product of store.products.values()) if (product.id !== id) taken.add(product.slug);
  let slug = base;
  for (let suffix = 2; taken.has(slug); suffix += 1) slug = `${base.slice(0, 197)}-${suffix}`;
  return slug;
}

/** What is left of a number after the shop has tidied it: "12,50" becomes "1250", "abc" nothing. */
function decimal(text: string): string {
  const kept = text.replace(/[^\d.-]/g, '');
  return /\d/.test(kept) ? kept : '';
}

function decimalIn(body: Body, name: string): string | undefined {
  const text = textIn(body, name);
  return text === undefined ? undefined : decimal(text);
}

/** undefined keeps, null clears. The GMT name wins. */
function dateIn(store: Store, body: Body, name: string): number | null | undefined {
  const gmt = body[`${name}_gmt`];
  if (gmt !== undefined) return typeof gmt === 'string' && gmt !== '' ? readGmt(gmt) : null;
  const local = body[name];
  if (local === undefined) return undefined;
  return typeof local === 'string' && local !== '' ? readLocal(local, store.settings.timeZone) : null;
}

export function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  return typeof value === 'string' ? value : undefined;
}

export function flagIn(body: Body, name: string): boolean | undefined {
  const value = body[name];
  return value === undefined ? undefined : value === true || value === 'true' || value === 1 || value === '1';
}

export function numberIn(body: Body, name: string): number | undefined {
  const value = body[name];
  return value === undefined || value === null || value === '' ? undefined : Number(value);
}

export function listIn(body: Body, name: string): Body[] | undefined {
  const value = body[name];
  return Array.isArray(value) ? (value as Body[]) : undefined;
}

function given<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { [key in K]?: V };
}
