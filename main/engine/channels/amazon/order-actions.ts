import { formatMinor } from '#shared/domain/money.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ChannelContext, ShipmentProof } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { roundToMinor } from '../kit/decimal.ts';
import type {
  CancelReason,
  OrderActionResult,
  OrderActions,
  OrderCancellation,
  OrderRefund,
  RefundProof,
} from '../order-actions.ts';
import type { AmazonClient } from './client.ts';
import { allNotes, feedOnce, noteUnpaid, readNote } from './feed-once.ts';
import { lookAtFeed, readFeedResult } from './feeds.ts';
import type { OrderRecord } from './records.ts';
import { lookUpOrder } from './ship.ts';

const CANCEL_FEED = 'POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA';
const REFUND_FEED = 'POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA';
/** Looks at a feed before the answer is "accepted"; later ones are the engine's to verify. */
const LOOKS = 8;
const LOOK_MS = 15_000;

const CANCEL_REASONS: Readonly<Record<CancelReason, string>> = {
  customer: 'BuyerCanceled',
  inventory: 'NoInventory',
  fraud: 'RiskAssessmentInformationNotValid',
  declined: 'GeneralAdjustment',
  staff: 'GeneralAdjustment',
  other: 'GeneralAdjustment',
};

/** Amazon cancels and refunds by feeds; nothing of both is a call of its own. */
export function orderActions(open: (context: ChannelContext) => AmazonClient): OrderActions {
  return {
    // Amazon itself mails the buyer; nobody was charged for what never left.
    abilities: { restockOnCancel: 'always', refundOnCancel: 'never', notify: 'shop' },
    cancel: async (context, request) => cancel(open(context), request),
    verifyCancellation: async (context, request) => verifyCancellation(open(context), request),
    refund: async (context, request) => refund(open(context), request),
    verifyRefund: async (context, request) => verifyRefund(open(context), request),
  };
}

async function cancel(client: AmazonClient, request: OrderCancellation): Promise<OrderActionResult> {
  const order = await lookUpOrder(client, request.orderExternalId);
  if (order === null) return gone(request.orderExternalId);
  const status = order.fulfillment?.fulfillmentStatus ?? '';
  if (status === 'CANCELLED') return { outcome: 'accepted' };
  const left = order.packages.length > 0 || status === 'SHIPPED' || status === 'PARTIALLY_SHIPPED';
  if (left) {
    const message = `A part of order ${order.orderId} has left already; it cannot be cancelled`;
    return rejected('CHANNEL_CONFLICT', message);
  }
  const reason = CANCEL_REASONS[request.reason];
  const lines = order.orderItems.map((item) => [order.orderId, reason, item.orderItemId]);
  const head = ['order-id', 'cancellation-reason-code', 'amazon-order-item-code'];
  const key = `cancel ${request.cancellationId}`;
  return settled(client, CANCEL_FEED, { key, orderId: order.orderId, amounts: {}, text: table(head, lines) });
}

async function verifyCancellation(client: AmazonClient, request: OrderCancellation): Promise<ShipmentProof> {
  const order = await lookUpOrder(client, request.orderExternalId);
  if (order === null) {
    return { confirmed: false, detail: `Amazon has no order ${request.orderExternalId}` };
  }
  const status = order.fulfillment?.fulfillmentStatus ?? 'without a status';
  return { confirmed: status === 'CANCELLED', detail: `Order ${order.orderId} is ${status}` };
}

async function refund(client: AmazonClient, request: OrderRefund): Promise<OrderActionResult> {
  const order = await lookUpOrder(client, request.orderExternalId);
  if (order === null) return gone(request.orderExternalId);
  if (request.shipping || request.money === 'by_hand') {
    const message = request.shipping
      ? 'Shipping is refunded in Seller Central; Quayside refunds items'
      : 'Amazon pays refunds itself; one by hand cannot be recorded there';
    return rejected('CHANNEL_INVALID', message);
  }
  const key = `refund ${request.refundId}`;
  const note = await readNote(client, key);
  // What was noted is what was sent, whatever the order says by now.
  const amounts = note?.amounts ?? (await amountsOf(client, order, request));
  if (amounts === null) {
    return rejected('CHANNEL_INVALID', `This is more than is left to refund of order ${order.orderId}`);
  }
  const reason = request.lines.some((line) => line.restock === 'returned')
    ? 'CustomerReturn'
    : 'GeneralAdjustment';
  const lines = Object.entries(amounts).map(([item, minor]) => [
    order.orderId,
    item,
    reason,
    request.currency,
    formatMinor(minor, request.currency),
  ]);
  const head = ['order-id', 'order-item-id', 'adjustment-reason-code', 'currency', 'item-price-adj'];
  return settled(client, REFUND_FEED, { key, orderId: order.orderId, amounts, text: table(head, lines) });
}

async function verifyRefund(client: AmazonClient, request: OrderRefund): Promise<RefundProof> {
  const note = await readNote(client, `refund ${request.refundId}`);
  const not = (detail: string): RefundProof => ({ confirmed: false, detail, amountMinor: null });
  if (!note?.feedId) return not('Amazon was not asked to pay it');
  const state = await lookAtFeed(client, note.feedId);
  if (state.state === 'waiting') return not(`Amazon works on it (feed ${note.feedId})`);
  if (state.state === 'failed') return not(`Amazon ended the feed ${note.feedId} (${state.status})`);
  const problem =
    state.documentId === null ? null : problemIn(await readFeedResult(client, state.documentId));
  if (problem !== null) return not(problem);
  const amountMinor = Object.values(note.amounts).reduce((sum, minor) => sum + minor, 0);
  return { confirmed: true, detail: `Amazon worked the refund off (feed ${note.feedId})`, amountMinor };
}

/** What goes back for each item; null when it is more than is left of them. */
async function amountsOf(
  client: AmazonClient,
  order: OrderRecord,
  request: OrderRefund,
): Promise<Record<string, number> | null> {
  const before = new Map<string, number>();
  for (const note of await allNotes(client)) {
    if (note.orderId !== order.orderId) continue;
    for (const [item, minor] of Object.entries(note.amounts))
      before.set(item, (before.get(item) ?? 0) + minor);
  }
  const priceOf = new Map(
    order.orderItems.map((item) => {
      const unit = item.product.price?.unitPrice?.amount;
      return [item.orderItemId, unit === undefined ? 0 : (roundToMinor(unit, request.currency) ?? 0)];
    }),
  );
  const leftOf = new Map(
    order.orderItems.map((item) => {
      const paid = (priceOf.get(item.orderItemId) ?? 0) * item.quantityOrdered;
      return [item.orderItemId, paid - (before.get(item.orderItemId) ?? 0)];
    }),
  );
  const wanted = request.lines.length > 0 ? request.lines.map((line) => line.externalId) : [...leftOf.keys()];
  const amounts: Record<string, number> = {};
  if (request.amountMinor === null) {
    for (const line of request.lines) {
      const minor = (priceOf.get(line.externalId) ?? 0) * line.quantity;
      if (minor <= 0 || minor > (leftOf.get(line.externalId) ?? 0)) return null;
      amounts[line.externalId] = minor;
    }
    return request.lines.length > 0 ? amounts : null;
  }
  let open = request.amountMinor;
  for (const item of wanted) {
    const minor = Math.min(open, leftOf.get(item) ?? 0);
    if (minor > 0) amounts[item] = minor;
    open -= Math.max(0, minor);
  }
  return open === 0 && request.amountMinor > 0 ? amounts : null;
}

/** Sends a feed once and waits for its end for a while. */
async function settled(
  client: AmazonClient,
  feedType: string,
  request: Omit<Parameters<typeof feedOnce>[1], 'feedType'>,
): Promise<OrderActionResult> {
  let feedId: string;
  try {
    feedId = await feedOnce(client, { ...request, feedType });
  } catch (error) {
    if (!(error instanceof CodedError) || failureOf(error)?.applied !== 'unknown') throw error;
    const { code, message } = toErrorShape(error);
    return { outcome: 'unknown', code, message };
  }
  const { clock, signal } = client.context;
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await clock.sleep(LOOK_MS, signal);
    const state = await lookAtFeed(client, feedId);
    if (state.state === 'failed') {
      const message = `Amazon ended the feed ${feedId} (${state.status}); look at the order in Seller Central`;
      return rejected('CHANNEL_CONFLICT', message);
    }
    if (state.state === 'waiting') continue;
    const report = state.documentId === null ? '' : await readFeedResult(client, state.documentId);
    const problem = problemIn(report);
    if (problem === null) return { outcome: 'accepted' };
    // Of several items some may be paid; of one nothing is.
    if (Object.keys(request.amounts).length === 1) await noteUnpaid(client, request.key);
    return rejected('CHANNEL_INVALID', problem);
  }
  return { outcome: 'accepted' };
}

/** The first error of a tab-separated report; null when every record was taken. */
export function problemIn(report: string): string | null {
  const lines = report.split(/\r?\n/).map((line) => line.split('\t'));
  const head = lines.findIndex((cells) => cells.includes('error-message'));
  if (head < 0) return null;
  const names = lines[head] ?? [];
  const problems = lines.slice(head + 1).flatMap((cells) => {
    const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
    const isError = cell('error-type').toLowerCase() === 'error';
    return isError ? [`${cell('error-message')} (${cell('error-code')})`] : [];
  });
  return problems[0] ?? null;
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [head, ...lines].map((cells) => cells.join('\t')).join('\r\n');
}

function gone(orderId: string): OrderActionResult {
  return rejected('CHANNEL_GONE', `Amazon has no order ${orderId}`);
}

function rejected(code: string, message: string): OrderActionResult {
  return { outcome: 'rejected', code, message };
}
