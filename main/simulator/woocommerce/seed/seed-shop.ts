import { Random } from '../../kit/random.ts';
import type { StoreContent } from '../store.ts';
import { seedCatalogue } from './catalogue.ts';
import { seedOrders } from './order-book.ts';

const FIRST_ID = 100;

export interface ShopSeed {
  readonly seed: number;
  /** Sellable variants. */
  readonly listings: number;
  readonly orders: number;
  /** The moment that all dates are counted back from, epoch ms. */
  readonly baseMs: number;
  readonly currency: string;
  readonly timeZone: string;
}

/** The first content of a shop. The same seed gives the same goods, ids and customers. */
export function seedShop(shape: ShopSeed): StoreContent {
  const base = Math.floor(shape.baseMs / 1_000);
  let nextId = FIRST_ID;
  const newId = (): number => {
    nextId += 1;
    return nextId - 1;
  };
  const catalogue = seedCatalogue(new Random(shape.seed), shape.listings, base, newId);
  const orders = seedOrders({
    random: new Random(shape.seed + 7_919),
    count: shape.orders,
    base,
    timeZone: shape.timeZone,
    currency: shape.currency,
    products: catalogue.products,
    variations: catalogue.variations,
    newId,
  });
  return { ...catalogue, orders, nextId };
}
