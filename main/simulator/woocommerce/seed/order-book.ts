import type { Random } from '../../kit/random.ts';
import { zoneOffset } from '../local-time.ts';
import { priceNow } from '../render-product.ts';
import type { ImageRow, NoteRow, OrderLineRow, OrderRow, ProductRow, VariationRow } from '../rows.ts';
import { person } from './people.ts';

const HOUR = 3_600;
const DAY = 86_400;

export interface OrderSeed {
  readonly random: Random;
  readonly count: number;
  /** Epoch seconds that everything is counted back from. */
  readonly base: number;
  readonly timeZone: string;
  readonly currency: string;
  readonly products: readonly ProductRow[];
  readonly variations: readonly VariationRow[];
  readonly newId: () => number;
}

interface Plan {
  readonly status: string;
  readonly placed: number;
}

/**
 * Orders of the last weeks, oldest first. About two fifths are still to be
 * shipped: some of them late, some due today, some placed today.
 */
export function seedOrders(seed: OrderSeed): OrderRow[] {
  const parents = new Map(seed.products.map((product) => [product.id, product]));
  const sellable = [
    ...seed.variations.filter((row) => parents.get(row.parent)?.status === 'publish'),
    ...seed.products.filter((row) => row.type === 'simple' && row.status === 'publish'),
  ];
  if (sellable.length === 0) return [];
  const plans = Array.from({ length: seed.count }, () => plan(seed)).sort((a, b) => a.placed - b.placed);
  return plans.map((entry) => makeOrder(seed, entry, sellable, parents));
}

function plan({ random, base, timeZone }: OrderSeed): Plan {
  const chance = random.next();
  // Before the cut-off of the last working day: due today.
  if (chance < 0.16) return { status: 'processing', placed: workday(base, timeZone, 1, random) };
  if (chance < 0.24)
    return { status: 'processing', placed: workday(base, timeZone, random.int(2, 4), random) };
  if (chance < 0.38) return { status: 'processing', placed: base - random.int(300, 8 * HOUR) };
  if (chance < 0.43) return { status: 'on-hold', placed: base - random.int(HOUR, 4 * DAY) };
  if (chance < 0.47) return { status: 'pending', placed: base - random.int(900, DAY) };
  const placed = base - random.int(3 * DAY, 42 * DAY);
  if (chance < 0.91) return { status: 'completed', placed };
  if (chance < 0.95) return { status: 'cancelled', placed };
  if (chance < 0.98) return { status: 'refunded', placed };
  return { status: 'failed', placed };
}

/** A moment between 8:00 and 15:30 of the shop's nth working day before today. */
function workday(base: number, timeZone: string, back: number, random: Random): number {
  const today = Math.floor((base + zoneOffset(base, timeZone)) / DAY);
  let day = today;
  for (let left = back; left > 0;) {
    day -= 1;
    // Day 0 was a Thursday.
    const weekday = (day + 4) % 7;
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  const local = day * DAY + random.int(8 * HOUR, Math.round(15.5 * HOUR));
  return local - zoneOffset(local, timeZone);
}

function makeOrder(
  seed: OrderSeed,
  { status, placed }: Plan,
  sellable: readonly (ProductRow | VariationRow)[],
  parents: ReadonlyMap<number, ProductRow>,
): OrderRow {
  const { random, newId } = seed;
  const id = newId();
  const count = random.chance(0.55) ? 1 : random.int(2, 4);
  const lines = Array.from({ length: count }, () => makeLine(seed, random.pick(sellable), parents));
  const paid = status === 'pending' || status === 'failed' || status === 'on-hold' ? null : placed + 60;
  const completed =
    status === 'completed' || status === 'refunded' ? placed + random.int(8 * HOUR, 40 * HOUR) : null;
  const modified = Math.min(seed.base - 120, completed ?? placed + random.int(60, 600));
  const billing = person(random);
  const express = random.chance(0.12);
  const [paymentMethod, paymentTitle] = random.pick([
    ['stripe', 'Credit card'],
    ['paypal', 'PayPal'],
    ['bacs', 'Bank transfer'],
  ] as const);
  return {
    kind: 'order',
    id,
    status,
    currency: seed.currency,
    created: placed,
    modified: Math.max(modified, placed),
    paid,
    completed,
    customerNote: random.chance(0.08)
      ? random.pick([
          'Please wrap it as a gift.',
          'Leave it with the neighbour at number 4.',
          'No plastic, please.',
        ])
      : '',
    billing,
    shipping: random.chance(0.1) ? { ...person(random), email: '' } : { ...billing, email: '' },
    paymentMethod,
    paymentTitle,
    transactionId: paid === null ? '' : `txn_${random.hex(16)}`,
    createdVia: 'checkout',
    shippingTitle: express ? 'Express' : 'Parcel',
    shippingTotal: express ? '12.90' : '4.90',
    lines,
    meta: [],
    notes: notesOf(status, placed, completed, newId),
    refunds: [],
    key: `wc_order_${random.hex(13)}`,
    stockReduced: ['processing', 'completed', 'on-hold', 'refunded'].includes(status),
    trashedFrom: null,
  };
}

function makeLine(
  { random, newId }: OrderSeed,
  sold: ProductRow | VariationRow,
  parents: ReadonlyMap<number, ProductRow>,
): OrderLineRow {
  const parent = sold.kind === 'variation' ? parents.get(sold.parent) : undefined;
  const product = sold.kind === 'product' ? sold : parent;
  const options = sold.kind === 'variation' ? sold.options : [];
  const image: ImageRow | null = product?.images[0] ?? null;
  const name = product?.name ?? '';
  return {
    id: newId(),
    name: parent ? `${name} - ${options.map(({ option }) => option).join(', ')}` : name,
    parentName: parent?.name ?? null,
    product: product?.id ?? 0,
    variation: parent ? sold.id : 0,
    quantity: random.chance(0.75) ? 1 : random.int(2, 5),
    price: priceNow(sold, Number.MAX_SAFE_INTEGER) || '10.00',
    sku: sold.sku,
    options,
    image,
    restocked: 0,
  };
}

function notesOf(status: string, placed: number, completed: number | null, newId: () => number): NoteRow[] {
  const note = (text: string, created: number, customerNote = false): NoteRow => ({
    id: newId(),
    note: text,
    customerNote,
    author: 'WooCommerce',
    created,
  });
  const notes: NoteRow[] = [];
  if (status !== 'pending' && status !== 'failed') {
    notes.push(note('Order status changed from Pending payment to Processing.', placed + 60));
  }
  if (completed !== null) {
    notes.push(note('Your order was shipped with DHL.', completed, true));
    notes.push(note('Order status changed from Processing to Completed.', completed));
  }
  return notes;
}
