import { writableFields } from '#shared/domain/channel-fields.ts';
import type {
  ChannelConnector,
  ChannelContext,
  ListingPush,
  ProductPage,
  PushResult,
  ReadListing,
  Table,
} from '../../contract.ts';
import { callFailed } from '../../kit/failures.ts';
import { equivalent } from '../equivalent.ts';
import { readListings, type ReadListings } from './listings.ts';
import { readOrders } from './orders.ts';
import { downloadKind } from './table.ts';

/** Nothing shows by itself: the next download does, whenever a person brings it. */
const NEVER_MS = 10 * 365 * 86_400_000;

const LIMITS: ChannelConnector['capabilities']['limits'] = [
  {
    capability: 'byHand',
    reason:
      'This shop has no access to Etsy’s API: listings and orders come from Etsy’s downloads, and changes are made by you in Shop Manager, from a list; a change is proven by the next download',
  },
  {
    capability: 'variants',
    reason:
      'Etsy’s download has one price and one stock for all variants of a listing, so they are one row here',
  },
  {
    capability: 'activeOnly',
    reason:
      'The download holds what is on sale; a listing that is missing in it counts as gone until it comes back',
  },
  {
    capability: 'cancelOrder',
    reason: 'Cancel orders in Shop Manager; the next download of sold items shows it',
  },
  { capability: 'refundOrder', reason: 'Refund in Shop Manager' },
];

/** Shops whose address is their public one have no access to the API. */
export const etsyByFiles = {
  applies: (baseUrl: string): boolean => /^https:\/\/(www\.)?etsy\.com(\/|$)/i.test(baseUrl),
  kindOf: (header: readonly string[]) => downloadKind(header),
  connector: filesConnector(),
};

/**
 * Etsy for sellers whose API key was refused. What the shop has is what its
 * newest download says; what is published goes onto a list for a person, and is
 * verified when a later download shows it.
 */
function filesConnector(): ChannelConnector {
  return {
    platform: 'etsy',
    byHand: true,
    credentialKeys: [],
    optionalCredentialKeys: [],
    capabilities: {
      writable: writableFields('etsy'),
      maxBatch: 500,
      maxRead: 5_000,
      overlapMs: 0,
      settling: { pollMs: NEVER_MS, giveUpMs: NEVER_MS },
      limits: LIMITS,
    },
    probe: async (context) => {
      const table = context.files?.listings ?? null;
      const currency = table === null ? null : readListings(table.table, table.atMs).currency;
      return { version: null, currency, timeZone: null, canWrite: null };
    },
    pullProducts: async (context, cursor) => {
      // Sold items may come first.
      if (!context.files?.listings && context.files?.orders) return NOTHING;
      const { read, stamp } = download(context);
      if (cursor === stamp) return { products: [], quarantined: [], cursor: stamp, done: true, total: null };
      const { products, quarantined } = read;
      return { products, quarantined, cursor: stamp, done: true, total: products.length };
    },
    pullOrders: async (context) => {
      const table = context.files?.orders ?? null;
      const read = table === null ? { orders: [], quarantined: [] } : readOrders(table);
      return { ...read, cursor: String(context.clock.now()), done: true, total: null };
    },
    pullIds: async (context) => ({ products: idsIn(context), cursor: '', done: true }),
    readListings: async (context, refs) => {
      const products = new Map(
        download(context).read.products.map((product) => [product.externalId, product]),
      );
      return refs.flatMap((ref): ReadListing[] => {
        const product = products.get(ref.productExternalId);
        if (!product) return [];
        const fields = { ...product.fields, ...product.variants[0]?.fields };
        return [{ ref, fields, modifiedAtMs: product.modifiedAtMs }];
      });
    },
    pushListings: async (_context, ops) => ops.map(onTheList),
    pushShipment: async (context, { opId, orderExternalId }) => {
      if (isSent(context.files?.orders, orderExternalId)) return { opId, outcome: 'accepted' };
      throw callFailed(
        'CHANNEL_CONFLICT',
        `Enter the tracking number of order ${orderExternalId} in Shop Manager; the next download of sold items confirms it`,
        { method: 'GET', path: 'orders.csv', applied: 'no', retryAfterMs: NEVER_MS },
      );
    },
    verifyShipment: async (context, { orderExternalId }) => {
      const confirmed = isSent(context.files?.orders, orderExternalId);
      const detail = confirmed
        ? `The download shows order ${orderExternalId} as sent`
        : `The download does not show order ${orderExternalId} as sent yet`;
      return { confirmed, detail };
    },
    equivalent,
  };
}

const NOTHING: ProductPage = { products: [], quarantined: [], cursor: 'none', done: true, total: null };

/** A row that cannot be read is there all the same. */
function idsIn(context: ChannelContext): { externalId: string; variants: string[] }[] {
  if (!context.files?.listings) return [];
  const { products, quarantined } = download(context).read;
  return [...products, ...quarantined].flatMap(({ externalId }) =>
    externalId === null ? [] : { externalId, variants: [] },
  );
}

function download(context: ChannelContext): { read: ReadListings; stamp: string } {
  const file = context.files?.listings ?? null;
  if (file === null) {
    throw callFailed(
      'CHANNEL_INVALID',
      'Nothing was read from this shop yet: download "Currently for sale listings" in Shop Manager under Settings, Options, Download data, and import the file',
      { method: 'GET', path: 'listings.csv' },
    );
  }
  return { read: readListings(file.table, file.atMs), stamp: `file ${file.atMs}` };
}

function onTheList({ opId, fields }: ListingPush): PushResult {
  if (!('sku' in fields)) return { opId, outcome: 'accepted' };
  const message =
    'Without the API a listing is known by its SKU; change the SKU in Shop Manager and import the download';
  return { opId, outcome: 'rejected', code: 'CHANNEL_INVALID', message, field: 'sku' };
}

function isSent(table: Table | null | undefined, orderId: string): boolean {
  if (!table) return false;
  const order = readOrders(table).orders.find(({ externalId }) => externalId === orderId);
  return order?.disposition === 'shipped';
}
