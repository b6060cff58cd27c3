import { checkBody, type Params } from './params.ts';
import { totalOf } from './render-order.ts';
import { priceNow } from './render-product.ts';
import type { AddressRow, NoteRow, OrderLineRow, OrderRow, RefundRow } from './rows.ts';
import type { Store } from './store.ts';
import { flagIn, listIn, metaIn, numberIn, statusOfStock, textIn, type Body } from './write-product.ts';
import { WpError } from './wp-error.ts';

const ORDER: Params = {
  status: {
    type: 'string',
    enum: [
      'auto-draft',
      'pending',
      'processing',
      'on-hold',
      'completed',
      'cancelled',
      'refunded',
      'failed',
      'checkout-draft',
    ],
  },
  currency: { type: 'string' },
  customer_note: { type: 'string' },
  billing: { type: 'object' },
  shipping: { type: 'object' },
  payment_method: { type: 'string' },
  payment_method_title: { type: 'string' },
  transaction_id: { type: 'string' },
  line_items: { type: 'objects' },
  shipping_lines: { type: 'objects' },
  meta_data: { type: 'objects' },
  set_paid: { type: 'boolean' },
};

const EMPTY_ADDRESS: AddressRow = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
  email: '',
  phone: '',
};

const TAKES_STOCK = new Set(['processing', 'completed', 'on-hold']);
const GIVES_STOCK_BACK = new Set(['cancelled', 'pending']);
const PAID = new Set(['processing', 'completed']);

const NAMES: Readonly<Record<string, string>> = {
  pending: 'Pending payment',
  processing: 'Processing',
  'on-hold': 'On hold',
  completed: 'Completed',
  cancelled: 'Cancelled',
  refunded: 'Refunded',
  failed: 'Failed',
};

/** Takes an order without asking whether there is enough in stock, like the real one. */
export function createOrder(store: Store, body: Body): OrderRow {
  checkBody(body, ORDER);
  const shippingLine = listIn(body, 'shipping_lines')?.[0];
  const row: OrderRow = {
    kind: 'order',
    id: store.newId(),
    status: 'pending',
    currency: textIn(body, 'currency') ?? store.settings.currency,
    created: store.second,
    modified: store.second,
    paid: null,
    completed: null,
    customerNote: textIn(body, 'customer_note') ?? '',
    billing: { ...EMPTY_ADDRESS, ...(body['billing'] as Partial<AddressRow> | undefined) },
    shipping: { ...EMPTY_ADDRESS, ...(body['shipping'] as Partial<AddressRow> | undefined) },
    paymentMethod: textIn(body, 'payment_method') ?? '',
    paymentTitle: textIn(body, 'payment_method_title') ?? '',
    transactionId: textIn(body, 'transaction_id') ?? '',
    createdVia: 'rest-api',
    shippingTitle: shippingLine ? (textIn(shippingLine, 'method_title') ?? '') : '',
    shippingTotal: shippingLine ? Number(shippingLine['total'] ?? 0).toFixed(2) : '0.00',
    lines: (listIn(body, 'line_items') ?? []).map((item) => lineOf(store, item)),
    meta: metaIn(store, [], body) ?? [],
    notes: [],
    refunds: [],
    key: `wc_order_${store.newId().toString(36)}`,
    stockReduced: false,
    trashedFrom: null,
  };
  store.addOrder(row);
  const status = textIn(body, 'status') ?? (flagIn(body, 'set_paid') ? 'processing' : 'pending');
  if (status !== 'pending') changeStatus(store, row, status);
  return row;
}

export function updateOrder(store: Store, row: OrderRow, body: Body): OrderRow {
  checkBody(body, ORDER);
  const meta = metaIn(store, row.meta, body);
  const note = textIn(body, 'customer_note');
  store.touch(row, {
    ...(meta ? { meta } : {}),
    ...(note === undefined ? {} : { customerNote: note }),
    billing: { ...row.billing, ...(body['billing'] as Partial<AddressRow> | undefined) },
    shipping: { ...row.shipping, ...(body['shipping'] as Partial<AddressRow> | undefined) },
    transactionId: textIn(body, 'transaction_id') ?? row.transactionId,
  });
  const status =
    textIn(body, 'status') ?? (flagIn(body, 'set_paid') && row.paid === null ? 'processing' : row.status);
  if (status !== row.status) changeStatus(store, row, status);
  return row;
}

/** Moves an order on, with what a shop does on the way: stock, times, an internal note. */
export function changeStatus(store: Store, row: OrderRow, status: string): void {
  const before = row.status;
  store.touch(row, {
    status,
    ...(PAID.has(status) && row.paid === null ? { paid: store.second } : {}),
    ...(status === 'completed' ? { completed: store.second } : {}),
  });
  if (TAKES_STOCK.has(status) && !row.stockReduced) moveStock(store, row, -1);
  if (GIVES_STOCK_BACK.has(status) && row.stockReduced) moveStock(store, row, 1);
  const from = NAMES[before] ?? before;
  addNote(store, row, `Order status changed from ${from} to ${NAMES[status] ?? status}.`, {
    customerNote: false,
    author: 'WooCommerce',
  });
}

export function addNote(
  store: Store,
  row: OrderRow,
  note: string,
  options: { readonly customerNote: boolean; readonly author: string },
): NoteRow {
  const added: NoteRow = { id: store.newId(), note, ...options, created: store.second };
  // A note leaves the order's own time alone.
  row.notes = [...row.notes, added];
  store.noteChanged(row);
  return added;
}

/** A refund of the given lines; more than is left is refused with a plain number as `data`. */
export function createRefund(store: Store, row: OrderRow, body: Body): RefundRow {
  const lines = (listIn(body, 'line_items') ?? []).flatMap((item) => {
    const line = row.lines.find((candidate) => candidate.id === Number(item['id']));
    const quantity = numberIn(item, 'quantity') ?? 0;
    if (!line) return [];
    const total = numberIn(item, 'refund_total') ?? Number(line.price) * quantity;
    return [{ line: line.id, quantity, total: total.toFixed(2) }];
  });
  const asked = textIn(body, 'amount') ?? String(lines.reduce((sum, line) => sum + Number(line.total), 0));
  const amount = Number(asked);
  const refunded = row.refunds.reduce((sum, refund) => sum + Number(refund.amount), 0);
  if (!(amount >= 0) || amount > Number(totalOf(row)) - refunded + 0.000_1) {
    throw new WpError('woocommerce_rest_cannot_create_order_refund', 'Invalid refund amount.', 500, 'number');
  }
  const refund: RefundRow = {
    id: store.newId(),
    amount: amount.toFixed(2),
    reason: textIn(body, 'reason') ?? '',
    created: store.second,
    lines,
    meta: metaIn(store, [], body) ?? [],
  };
  store.touch(row, { refunds: [...row.refunds, refund] });
  if (flagIn(body, 'api_restock') ?? true) {
    for (const { line, quantity } of lines) {
      const of = row.lines.find((candidate) => candidate.id === line);
      if (!of || !row.stockReduced) continue;
      of.restocked += quantity;
      changeStock(store, of, quantity);
    }
  }
  const all = row.refunds.reduce((sum, entry) => sum + Number(entry.amount), 0);
  if (all >= Number(totalOf(row)) && row.status !== 'refunded') changeStatus(store, row, 'refunded');
  return refund;
}

function moveStock(store: Store, row: OrderRow, direction: 1 | -1): void {
  for (const line of row.lines) changeStock(store, line, direction * (line.quantity - line.restocked));
  row.stockReduced = direction === -1;
}

function changeStock(store: Store, line: OrderLineRow, by: number): void {
  const sold = store.sellable(line.variation > 0 ? line.variation : line.product);
  if (!sold) return;
  // A variation without stock of its own draws from its product.
  const holder = sold.kind === 'variation' && !sold.manageStock ? store.products.get(sold.parent) : sold;
  if (!holder?.manageStock || by === 0) return;
  const stock = (holder.stock ?? 0) + by;
  store.touch(holder, { stock, stockStatus: statusOfStock(stock, holder.backorders) });
}

function lineOf(store: Store, item: Body): OrderLineRow {
  const id = Number(item['variation_id'] ?? 0) || Number(item['product_id'] ?? 0);
  const sold = store.sellable(id);
  const parent = sold?.kind === 'variation' ? store.products.get(sold.parent) : undefined;
  const product = sold?.kind === 'product' ? sold : parent;
  const options = sold?.kind === 'variation' ? sold.options : [];
  const quantity = numberIn(item, 'quantity') ?? 1;
  const total = numberIn(item, 'total');
  const price = total === undefined ? Number(sold ? priceNow(sold, store.second) : 0) : total / quantity;
  const name = textIn(item, 'name') ?? product?.name ?? '';
  return {
    id: store.newId(),
    name: parent ? `${name} - ${options.map(({ option }) => option).join(', ')}` : name,
    parentName: parent?.name ?? null,
    product: product?.id ?? Number(item['product_id'] ?? 0),
    variation: parent ? id : 0,
    quantity,
    price: price.toFixed(2),
    sku: sold?.sku ?? '',
    options,
    image: sold ? store.pictureOf(sold) : null,
    restocked: 0,
  };
}
