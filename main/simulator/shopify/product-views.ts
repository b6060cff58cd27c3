import { pageOf, type PageArgs } from './connection.ts';
import { gid, iso, numberOf } from './gid.ts';
import type { ProductRow, VariantRow } from './rows.ts';
import type { Store } from './store.ts';

/** What resolvers hand to the executor: plain fields, and functions for fields with arguments. */
export type View = { readonly __typename: string } & Readonly<Record<string, unknown>>;

export interface ViewContext {
  readonly store: Store;
  /** Address of this server, for pictures. */
  readonly url: () => string;
}

export function productView(context: ViewContext, row: ProductRow): View {
  const { store } = context;
  return {
    __typename: 'Product',
    id: gid('Product', row.id),
    title: row.title,
    handle: row.handle,
    descriptionHtml: row.descriptionHtml,
    vendor: row.vendor,
    productType: row.productType,
    tags: row.tags.toSorted((a, b) => a.localeCompare(b)),
    status: row.status,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    onlineStoreUrl: row.status === 'ACTIVE' ? `${context.url()}/products/${row.handle}` : null,
    hasOnlyDefaultVariant: row.onlyDefault,
    category: row.category
      ? {
          __typename: 'TaxonomyCategory',
          id: gid('TaxonomyCategory', 1),
          name: row.category,
          fullName: row.category,
        }
      : null,
    media: (args: PageArgs) =>
      pageOf(row.images, args, (image) => ({
        __typename: 'MediaImage',
        id: gid('MediaImage', image.id),
        alt: image.alt,
        mediaContentType: 'IMAGE',
        image: { id: gid('ImageSource', image.id), altText: image.alt, url: `${context.url()}${image.path}` },
      })),
    variants: (args: PageArgs) =>
      pageOf(
        store.variantsOf(row),
        args,
        (variant) => variantView(context, variant),
        (variant) => variant.position,
      ),
  };
}

export function variantView(context: ViewContext, row: VariantRow): View {
  const { store } = context;
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', row.id),
    title: titleOf(row),
    sku: row.sku === '' ? null : row.sku,
    barcode: row.barcode === '' ? null : row.barcode,
    price: row.price,
    compareAtPrice: row.compareAtPrice,
    inventoryPolicy: row.policy,
    position: row.position,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    selectedOptions: row.options,
    inventoryItem: itemView(row),
    product: () => {
      const product = store.products.get(row.productId);
      return product ? productView(context, product) : null;
    },
  };
}

export function titleOf(row: VariantRow): string {
  return row.options.map((option) => option.value).join(' / ');
}

function itemView(row: VariantRow): View {
  return {
    __typename: 'InventoryItem',
    id: gid('InventoryItem', row.itemId),
    sku: row.sku === '' ? null : row.sku,
    tracked: row.tracked,
    measurement: {
      __typename: 'InventoryItemMeasurement',
      id: gid('InventoryItemMeasurement', row.itemId),
      weight: row.weight,
    },
    inventoryLevel: ({ locationId }: { locationId: string }) => {
      const location = numberOf('Location', locationId) ?? 0;
      return row.levels.has(location) ? levelView(row, location) : null;
    },
  };
}

export function levelView(row: VariantRow, location: number): View {
  const available = row.levels.get(location) ?? 0;
  return {
    __typename: 'InventoryLevel',
    id: `gid://shopify/InventoryLevel/${location}?inventory_item_id=${row.itemId}`,
    updatedAt: iso(row.updatedAt),
    quantities: ({ names }: { names: readonly string[] }) =>
      names.map((name) => ({
        id: `gid://shopify/InventoryQuantity/${row.itemId}?name=${name}`,
        name,
        quantity: name === 'available' || name === 'on_hand' ? available : 0,
      })),
  };
}
