import { gmtText, localText } from './local-time.ts';
import type { ImageRow, MetaRow, ProductRow, Sellable, TermRow, VariationRow } from './rows.ts';
import type { Store } from './store.ts';

export interface RenderContext {
  readonly store: Store;
  /** Address of the shop, without a slash at its end. */
  readonly url: string;
}

type Wire = Record<string, unknown>;

/** A product as the REST API shows it. */
export function renderProduct(row: ProductRow, { store, url }: RenderContext): Wire {
  const children = row.type === 'variable' ? store.variationsOf(row) : [];
  const price = row.type === 'variable' ? lowestPrice(children, store.second) : priceNow(row, store.second);
  const onSale =
    row.type === 'variable'
      ? children.some((child) => isOnSale(child, store.second))
      : isOnSale(row, store.second);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    permalink: `${url}/product/${row.slug}/`,
    ...dates(row, store),
    type: row.type,
    status: row.trashedFrom === null ? row.status : 'trash',
    featured: row.featured,
    catalog_visibility: row.visibility,
    description: row.description,
    short_description: row.shortDescription,
    sku: row.sku,
    price,
    ...prices(row, store, onSale),
    purchasable: row.status === 'publish' && price !== '',
    total_sales: row.totalSales,
    ...digital(row),
    external_url: '',
    button_text: '',
    ...tax(row),
    ...stock(row),
    sold_individually: false,
    ...parcel(row),
    shipping_required: !row.virtual,
    shipping_taxable: !row.virtual,
    shipping_class: '',
    shipping_class_id: 0,
    reviews_allowed: true,
    average_rating: '0.00',
    rating_count: 0,
    upsell_ids: [],
    cross_sell_ids: [],
    parent_id: 0,
    purchase_note: '',
    categories: terms(row.categories, store.categories),
    brands: [],
    tags: terms(row.tags, store.tags).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    images: row.images.map((image) => renderImage(image, row, { store, url })),
    attributes: row.attributes.map((attribute, position) => ({
      id: 0,
      name: attribute.name,
      slug: attribute.name,
      position,
      visible: true,
      variation: row.type === 'variable',
      options: attribute.options,
    })),
    default_attributes: [],
    variations: row.variations,
    grouped_products: [],
    menu_order: row.menuOrder,
    price_html:
      price === '' ? '' : `<span class="woocommerce-Price-amount amount"><bdi>${price}</bdi></span>`,
    related_ids: [],
    meta_data: row.meta.map(renderMeta),
    stock_status: row.stockStatus,
    has_options: row.type === 'variable',
    post_password: '',
    global_unique_id: row.gtin,
    _links: {
      self: self(`${url}/wp-json/wc/v3/products/${row.id}`),
      collection: [{ href: `${url}/wp-json/wc/v3/products` }],
    },
  };
}

/** A variation as the REST API shows it. */
export function renderVariation(row: VariationRow, { store, url }: RenderContext): Wire {
  const parent = store.products.get(row.parent);
  const inherits = !row.manageStock && parent?.manageStock === true;
  const query = row.options.map(
    ({ name, option }) => `attribute_${slugOf(name)}=${encodeURIComponent(option)}`,
  );
  const price = priceNow(row, store.second);
  const base = `${url}/wp-json/wc/v3/products/${row.parent}`;
  return {
    id: row.id,
    type: 'variation',
    ...dates(row, store),
    description: row.description,
    permalink: `${url}/product/${parent?.slug ?? ''}/?${query.join('&')}`,
    sku: row.sku,
    global_unique_id: row.gtin,
    price,
    ...prices(row, store, isOnSale(row, store.second)),
    status: row.status,
    purchasable: row.status === 'publish' && price !== '',
    ...digital(row),
    ...tax(row),
    ...(inherits && parent ? { ...stock(parent), manage_stock: 'parent' } : stock(row)),
    stock_status: inherits && parent ? parent.stockStatus : row.stockStatus,
    ...parcel(row),
    shipping_class: '',
    shipping_class_id: 0,
    image: row.image === null ? null : renderImage(row.image, row, { store, url }),
    attributes: row.options.map(({ name, option }) => ({ id: 0, name, slug: slugOf(name), option })),
    menu_order: row.menuOrder,
    meta_data: row.meta.map(renderMeta),
    name: row.options.map(({ option }) => option).join(', '),
    parent_id: row.parent,
    _links: {
      self: self(`${base}/variations/${row.id}`),
      collection: [{ href: `${base}/variations` }],
      up: [{ href: base }],
    },
  };
}

export function renderMeta(meta: MetaRow): Wire {
  return { id: meta.id, key: meta.key, value: meta.value };
}

export function self(href: string): Wire[] {
  return [{ href, targetHints: { allow: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] } }];
}

export function slugOf(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** On sale: a sale price below the regular one, within its dates. */
export function isOnSale(row: Sellable, second: number): boolean {
  if (row.salePrice === '' || Number(row.salePrice) >= Number(row.regularPrice)) return false;
  return (row.saleFrom === null || row.saleFrom <= second) && (row.saleTo === null || row.saleTo >= second);
}

export function priceNow(row: Sellable, second: number): string {
  return isOnSale(row, second) ? row.salePrice : row.regularPrice;
}

function lowestPrice(children: readonly VariationRow[], second: number): string {
  let lowest = '';
  for (const child of children) {
    const price = priceNow(child, second);
    if (price !== '' && (lowest === '' || Number(price) < Number(lowest))) lowest = price;
  }
  return lowest;
}

function dates(row: Sellable, store: Store): Wire {
  const { timeZone } = store.settings;
  return {
    date_created: localText(row.created, timeZone),
    date_created_gmt: gmtText(row.created),
    date_modified: localText(row.modified, timeZone),
    date_modified_gmt: gmtText(row.modified),
  };
}

function prices(row: Sellable, store: Store, onSale: boolean): Wire {
  const { timeZone } = store.settings;
  const local = (second: number | null): string | null =>
    second === null ? null : localText(second, timeZone);
  const gmt = (second: number | null): string | null => (second === null ? null : gmtText(second));
  return {
    regular_price: row.regularPrice,
    sale_price: row.salePrice,
    date_on_sale_from: local(row.saleFrom),
    date_on_sale_from_gmt: gmt(row.saleFrom),
    date_on_sale_to: local(row.saleTo),
    date_on_sale_to_gmt: gmt(row.saleTo),
    on_sale: onSale,
  };
}

function digital(row: Sellable): Wire {
  return {
    virtual: row.virtual,
    downloadable: false,
    downloads: [],
    download_limit: -1,
    download_expiry: -1,
  };
}

function tax(row: Sellable): Wire {
  return { tax_status: row.taxStatus, tax_class: '' };
}

function stock(row: Sellable): Wire {
  return {
    manage_stock: row.manageStock,
    stock_quantity: row.manageStock ? row.stock : null,
    stock_status: row.stockStatus,
    backorders: row.backorders,
    backorders_allowed: row.backorders !== 'no',
    backordered: row.stockStatus === 'onbackorder',
    low_stock_amount: row.lowStock,
  };
}

function parcel(row: Sellable): Wire {
  return { weight: row.weight, dimensions: { length: '', width: '', height: '' } };
}

function renderImage(image: ImageRow, row: Sellable, { store, url }: RenderContext): Wire {
  return {
    id: image.id,
    date_created: localText(row.created, store.settings.timeZone),
    date_created_gmt: gmtText(row.created),
    date_modified: localText(row.created, store.settings.timeZone),
    date_modified_gmt: gmtText(row.created),
    src: `${url}${image.path}`,
    name: image.name,
    alt: image.alt,
  };
}

function terms(ids: readonly number[], known: ReadonlyMap<number, TermRow>): TermRow[] {
  return ids.flatMap((id) => known.get(id) ?? []);
}
