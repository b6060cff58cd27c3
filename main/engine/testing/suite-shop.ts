import type {
  ChannelConnector,
  ChannelContext,
  ListingPush,
  ListingRef,
  RemoteOrder,
} from '../channels/contract.ts';

/** What can go wrong with one exchange; a simulator brings about each of them. */
export const SUITE_FAULTS = [
  'rate-limit',
  'unavailable',
  'server-error',
  'drop',
  'truncated',
  'html',
  'timeout-after-apply',
  'gateway-timeout',
] as const;
export type SuiteFault = (typeof SUITE_FAULTS)[number];

/** A simulated shop as the suite sees it: what a person in the shop could see and do. */
export interface SuiteShop {
  readonly connector: ChannelConnector;
  readonly context: ChannelContext;
  /** The same shop with keys that it refuses. */
  readonly strangerContext: ChannelContext;
  /** Listings on sale now. */
  readonly listings: () => number;
  readonly orders: () => number;
  /** Some listings that can be written, at least six, of at least four products. */
  readonly refs: () => readonly ListingRef[];
  /** Minor units of the regular price that the shop has stored. */
  readonly priceOf: (ref: ListingRef) => number;
  /** Somebody in the shop sets a price. */
  readonly setPrice: (ref: ListingRef, minor: number) => void;
  /** Somebody in the shop deletes the product for good. */
  readonly remove: (productExternalId: string) => void;
  /** A record becomes unreadable for a program, although it exists. */
  readonly spoil: (productExternalId: string) => void;
  /** Changes of a listing that the shop refuses. */
  readonly refused: (ref: ListingRef) => ListingPush['fields'];
  /** How often this listing was written by requests. */
  readonly writesOf: (ref: ListingRef) => number;
  /** Shipped, and how often the customer was told of this tracking number. */
  readonly shipped: (
    orderExternalId: string,
    tracking: string,
  ) => { readonly done: boolean; readonly told: number };
  /** What became of an order, for connectors that cancel and refund. */
  readonly orderIn?: (orderExternalId: string) => OrderInShop;
  /** The next `times` reads or writes that fit do this. */
  readonly fault: (
    fault: SuiteFault,
    on: 'read' | 'write',
    options?: { skip?: number; times?: number },
  ) => void;
  /** The next list answers come twice, or with their records the other way round. */
  readonly scramble: (how: 'duplicate-page' | 'reordered-page') => void;
  readonly close: () => Promise<void>;
}

export interface OrderInShop {
  readonly cancelled: boolean;
  /** Minor units that went back to the customer, a refund each. */
  readonly refunds: readonly number[];
  /** Units of everything that was ordered that the shop has on its shelf. */
  readonly stock: number;
}

const MOST_PAGES = 2_000;

/** Reads all orders of the shop through its connector. */
export async function readOrders(shop: SuiteShop): Promise<RemoteOrder[]> {
  const orders: RemoteOrder[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await shop.connector.pullOrders(shop.context, cursor);
    orders.push(...answer.orders);
    if (answer.done) return orders;
    cursor = answer.cursor;
  }
  throw new Error('Reading does not come to an end');
}
