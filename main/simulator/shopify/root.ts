import { GraphQLError } from 'graphql';
import type { BulkOperations, Execute } from './bulk.ts';
import { pageOf, type PageArgs } from './connection.ts';
import { gid, iso, numberOf } from './gid.ts';
import { orderView, parcelView, partView } from './order-views.ts';
import { productView, variantView, type View, type ViewContext } from './product-views.ts';
import type { LocationRow, OrderRow, ProductRow } from './rows.ts';
import { matcher } from './search.ts';
import { fulfillmentCreate, trackingUpdate } from './write-fulfilment.ts';
import { orderCancel, refundCreate } from './write-order.ts';
import { productUpdate, variantsBulkUpdate } from './write-product.ts';
import { activate, setQuantities } from './write-stock.ts';

type ListArgs = PageArgs & { readonly query?: string | null; readonly sortKey?: string | null };

export interface RootContext extends ViewContext {
  readonly scopes: readonly string[];
  readonly bulk: BulkOperations;
  /** Runs another document, for bulk operations. */
  readonly execute: Execute;
  /** The key of the mutation that runs; answers of keys that were used before are given again. */
  idempotent<T>(name: string, args: unknown, run: () => T): T;
}

/** Fields of QueryRoot and Mutation as functions of their arguments. */
export function rootOf(context: RootContext): Readonly<Record<string, unknown>> {
  const { store } = context;
  const once =
    <A>(name: string, run: (context: ViewContext, args: A) => unknown) =>
    (args: A): unknown =>
      context.idempotent(name, args, () => run(context, args));
  return {
    shop: {
      id: gid('Shop', 1),
      name: store.settings.name,
      currencyCode: store.settings.currency,
      ianaTimezone: store.settings.timeZone,
      myshopifyDomain: 'sample.myshopify.com',
    },
    currentAppInstallation: {
      __typename: 'AppInstallation',
      id: gid('AppInstallation', 1),
      accessScopes: context.scopes.map((handle) => ({ handle, description: handle })),
    },
    location: ({ id }: { id?: string | null }) => {
      const row =
        id == null ? store.location : store.locations.find((entry) => gid('Location', entry.id) === id);
      return row ? locationView(row) : null;
    },
    locations: (args: PageArgs & { includeInactive?: boolean | null }) =>
      pageOf(
        store.locations.filter((row) => row.active || args.includeInactive),
        args,
        locationView,
      ),
    product: ({ id }: { id: string }) => nodeOf(context, id, 'Product'),
    order: ({ id }: { id: string }) => nodeOf(context, id, 'Order'),
    fulfillment: ({ id }: { id: string }) => nodeOf(context, id, 'Fulfillment'),
    fulfillmentOrder: ({ id }: { id: string }) => nodeOf(context, id, 'FulfillmentOrder'),
    node: ({ id }: { id: string }) => nodeOf(context, id),
    nodes: ({ ids }: { ids: readonly string[] }) => ids.map((id) => nodeOf(context, id)),
    products: (args: ListArgs) =>
      list(context, 'products', args, (row) => productView(context, row as ProductRow)),
    orders: (args: ListArgs) => list(context, 'orders', args, (row) => orderView(context, row as OrderRow)),
    events: (args: ListArgs) => events(context, args),
    productsCount: ({ limit }: { limit?: number | null }) => {
      const count = Math.min(store.products.size, limit ?? 10_000);
      return { count, precision: count < store.products.size ? 'AT_LEAST' : 'EXACT' };
    },
    bulkOperation: ({ id }: { id: string }) => context.bulk.look(numberOf('BulkOperation', id) ?? -1),
    bulkOperations: (args: ListArgs) => context.bulk.list(args),
    bulkOperationRunQuery: ({ query }: { query: string }) => context.bulk.runQuery(query, context.execute),
    bulkOperationRunMutation: (args: { mutation: string; stagedUploadPath: string }) =>
      context.bulk.runMutation(args, context.execute),
    stagedUploadsCreate: (args: Parameters<typeof context.bulk.staged.create>[0]) =>
      context.bulk.staged.create(args),
    productUpdate: (args: Parameters<typeof productUpdate>[1]) => productUpdate(context, args),
    productVariantsBulkUpdate: (args: Parameters<typeof variantsBulkUpdate>[1]) =>
      variantsBulkUpdate(context, args),
    inventorySetQuantities: once('inventorySetQuantities', setQuantities),
    inventoryActivate: once('inventoryActivate', activate),
    fulfillmentCreate: (args: Parameters<typeof fulfillmentCreate>[1]) => fulfillmentCreate(context, args),
    fulfillmentTrackingInfoUpdate: (args: Parameters<typeof trackingUpdate>[1]) =>
      trackingUpdate(context, args),
    orderCancel: (args: Parameters<typeof orderCancel>[1]) => orderCancel(context, args),
    refundCreate: once('refundCreate', refundCreate),
  };
}

function list(
  { store }: RootContext,
  table: 'products' | 'orders',
  args: ListArgs,
  view: (row: ProductRow | OrderRow) => View,
): unknown {
  const byTime = args.sortKey === 'UPDATED_AT';
  const fits = matcher<ProductRow | OrderRow>(args.query, {
    updated_at: (row) => row.updatedAt,
    created_at: (row) => row.createdAt,
    id: (row) => row.id,
  });
  const rows = store.sorted(table, byTime ? 'updatedAt' : 'id').filter(fits);
  return pageOf(rows, args, view, byTime ? (row) => row.updatedAt : (row) => row.id);
}

function events({ store }: RootContext, args: ListArgs): unknown {
  const fits = matcher<(typeof store.events)[number]>(args.query, {
    action: (row) => row.action,
    subject_type: (row) => row.subject,
    created_at: (row) => row.createdAt,
    id: (row) => row.id,
  });
  return pageOf(store.events.filter(fits), args, (row) => ({
    __typename: 'BasicEvent',
    id: gid('BasicEvent', row.id),
    action: row.action,
    createdAt: iso(row.createdAt),
    message: row.action === 'destroy' ? 'It was deleted.' : 'It was created.',
    subjectId: gid(row.subject === 'PRODUCT' ? 'Product' : 'ProductVariant', row.subjectId),
    subjectType: row.subject,
  }));
}

function locationView(row: LocationRow): View {
  return { __typename: 'Location', id: gid('Location', row.id), name: row.name, isActive: row.active };
}

function nodeOf(context: RootContext, id: string, only?: string): View | null {
  const { store } = context;
  const type = /^gid:\/\/shopify\/([A-Za-z]+)\/\d+$/.exec(id)?.[1];
  if (!type || (only && type !== only)) {
    throw new GraphQLError(`Invalid global id '${id}'`, {
      extensions: { code: 'argumentLiteralsIncompatible' },
    });
  }
  const number = numberOf(type, id) ?? -1;
  switch (type) {
    case 'Product': {
      const row = store.products.get(number);
      return row ? productView(context, row) : null;
    }
    case 'ProductVariant': {
      const row = store.variants.get(number);
      return row ? variantView(context, row) : null;
    }
    case 'Order': {
      const row = store.orders.get(number);
      return row ? orderView(context, row) : null;
    }
    default:
      return partOfOrder(context, number);
  }
}

function partOfOrder(context: RootContext, number: number): View | null {
  for (const order of context.store.orders.values()) {
    const parcel = order.parcels.find((row) => row.id === number);
    if (parcel) return parcelView(context, order, parcel);
    const part = order.parts.find((row) => row.id === number);
    if (part) return partView(context, order, part);
  }
  return null;
}
