import { textOf } from './attribute-values.ts';
import type { OrderRow } from './rows.ts';
import type { Store } from './store.ts';

export const CANCEL_FEED = 'POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA';
export const REFUND_FEED = 'POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA';
export const ORDER_FEEDS: readonly string[] = [CANCEL_FEED, REFUND_FEED];

type Line = Readonly<Record<string, string>>;

/** Works a tab-separated feed about orders off; the report is tab-separated text as well. */
export function orderFeedReport(type: string, text: string, store: Store): string {
  const lines = linesOf(text);
  const problems: string[] = [];
  let done = 0;
  for (const [index, line] of lines.entries()) {
    const problem = type === CANCEL_FEED ? cancel(line, store) : refund(line, store);
    if (problem === null) done += 1;
    else problems.push([String(index + 1), line['order-id'] ?? '', '18028', 'Error', problem].join('\t'));
  }
  return [
    'Feed Processing Summary:',
    `\tNumber of records processed\t\t${lines.length}`,
    `\tNumber of records successful\t\t${done}`,
    '',
    ...(problems.length === 0
      ? []
      : ['original-record-number\torder-id\terror-code\terror-type\terror-message', ...problems]),
  ].join('\r\n');
}

function linesOf(text: string): Line[] {
  const [head = '', ...rest] = text.split(/\r?\n/).filter((line) => line !== '');
  const names = head.split('\t');
  return rest.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
}

const REASONS = [
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
];

function cancel(line: Line, store: Store): string | null {
  const order = store.orders.get(line['order-id'] ?? '');
  if (!order) return 'The order ID is unknown.';
  if (!REASONS.includes(line['cancellation-reason-code'] ?? '')) return 'The reason code is invalid.';
  if (order.packages.length > 0) return 'A shipped order cannot be cancelled.';
  store.touchOrder(order, { status: 'CANCELLED' });
  return null;
}

function refund(line: Line, store: Store): string | null {
  const order = store.orders.get(line['order-id'] ?? '');
  const item = order?.items.find((candidate) => candidate.id === line['order-item-id']);
  if (!order || !item) return 'The order item is unknown.';
  if (!REASONS.includes(line['adjustment-reason-code'] ?? '')) return 'The reason code is invalid.';
  const minor = Math.round(Number(textOf(line['item-price-adj'])) * 100);
  if (!Number.isInteger(minor) || minor <= 0) return 'The adjustment has to be more than zero.';
  const paid = Math.round(Number(item.unitPrice) * 100) * item.quantity;
  if (refundedOf(order, item.id) + minor > paid) return 'The adjustment is more than was paid.';
  (order.refunds ??= []).push({ itemId: item.id, minor });
  store.touchOrder(order, {});
  return null;
}

function refundedOf(order: OrderRow, itemId: string): number {
  return (order.refunds ?? [])
    .filter((entry) => entry.itemId === itemId)
    .reduce((sum, entry) => sum + entry.minor, 0);
}
