import { Random } from '../../kit/random.ts';
import type { Store } from '../store.ts';
import { seedOrders } from './order-book.ts';

const DAY = 86_400;
const A_DAY = 5;
const AT_MOST = 60;

/**
 * Customers do not wait while a sample store is closed: for each day since its
 * newest order some have come in, at moments of those days. Returns how many.
 */
export function takeOrdersSince(store: Store, seed: number): number {
  const { second } = store;
  const newest = Math.max(0, ...[...store.orders.values()].map((order) => order.created));
  const days = Math.floor((second - newest) / DAY);
  if (days < 1) return 0;
  const orders = seedOrders({
    random: new Random(seed + Math.floor(second / DAY)),
    count: Math.min(AT_MOST, days * A_DAY) * 2,
    base: second,
    timeZone: store.settings.timeZone,
    currency: store.settings.currency,
    products: [...store.products.values()].filter((row) => row.trashedFrom === null),
    variations: [...store.variations.values()],
    newId: () => store.newId(),
  });
  const fresh = orders.filter((order) => order.created > newest).slice(-AT_MOST);
  // Changed now, or a program that reads what changed since its last look would miss them.
  for (const order of fresh) store.addOrder({ ...order, modified: second });
  return fresh.length;
}
