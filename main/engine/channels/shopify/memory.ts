import type { BucketPlan } from '../kit/token-bucket.ts';

/** What stock needs to know of a variant beside its fields. */
export interface VariantStock {
  readonly inventoryItemId: string;
  readonly tracked: boolean;
  /** Units available at the location; null = it is not stocked there. */
  readonly available: number | null;
}

/**
 * What was learnt about shops while this process lives. Nothing here is truth:
 * losing it costs a request or a cautious first minute.
 */
export interface ShopMemory {
  /** The bucket as the shop last described it, by account. */
  readonly plans: Map<string, BucketPlan>;
  /** What an operation was charged in advance the last time, by its name and sizes. */
  readonly costs: Map<string, number>;
  /** Pages are this many times smaller, because the shop found a query too expensive. */
  readonly shrink: Map<string, number>;
  /** A token that is being asked for, by account: one request at a time. */
  readonly renewals: Map<string, Promise<string>>;
  /** The location whose stock is kept, by account and wish. */
  readonly locations: Map<string, string>;
  /** By account and variant id. */
  readonly variants: Map<string, VariantStock>;
  /** Parcels that were recognised as a shipment's, by account and parcel: another shipment cannot be the same. */
  readonly parcels: Map<string, string>;
  /** Ids of bulk mutations that were started, by account and name: the shop's list may lag by moments. */
  readonly bulkMutations: Map<string, string>;
  /** Makes keys of idempotency differ although clock and chance stand still. */
  calls: number;
}

export function newShopMemory(): ShopMemory {
  return {
    plans: new Map(),
    costs: new Map(),
    shrink: new Map(),
    renewals: new Map(),
    locations: new Map(),
    variants: new Map(),
    parcels: new Map(),
    bulkMutations: new Map(),
    calls: 0,
  };
}

/** Enough for the largest shops a person works in; the oldest are forgotten first. */
const MOST_VARIANTS = 200_000;

export function rememberVariant(memory: ShopMemory, key: string, stock: VariantStock): void {
  memory.variants.delete(key);
  memory.variants.set(key, stock);
  if (memory.variants.size > MOST_VARIANTS) {
    const [oldest] = memory.variants.keys();
    if (oldest !== undefined) memory.variants.delete(oldest);
  }
}
