import { createHash } from 'node:crypto';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { PushResult, ShipmentProof, ShipmentPush } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import { readList } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { stripTags } from './html-text.ts';
import { explain, noteSchema, orderSchema, type NoteRecord, type OrderRecord } from './records.ts';

/** Where the shipments that were confirmed are written down in the order itself. */
export const SHIPMENTS_KEY = '_quayside_shipments';

/** Orders in these states are not shipped any more; to complete one would take money for nothing. */
const CALLED_OFF = new Set(['cancelled', 'refunded', 'failed', 'trash']);

const shipmentEntry = z.looseObject({ id: z.string() });
type ShipmentEntry = z.output<typeof shipmentEntry>;

interface OrderState {
  readonly order: OrderRecord;
  readonly notes: readonly NoteRecord[];
  readonly entries: readonly ShipmentEntry[];
  readonly metaId: number | undefined;
}

/**
 * Confirms a shipment: the order's record of it together with the status in one
 * write, then the note to the customer. WooCommerce knows no idempotency key,
 * so both are looked for first and each is written only when it is missing.
 */
export async function pushShipment(client: WooClient, shipment: ShipmentPush): Promise<PushResult> {
  const { opId } = shipment;
  const state = await lookUp(client, shipment.orderExternalId);
  if (state === null)
    return rejected(opId, 'CHANNEL_GONE', `The shop has no order ${shipment.orderExternalId}`);
  if (CALLED_OFF.has(state.order.status) && !isConfirmed(state, shipment)) {
    const message = `Order ${state.order.number} is ${state.order.status} in the shop; the shipment was not confirmed`;
    return rejected(opId, 'CHANNEL_CONFLICT', message);
  }
  try {
    if (!isOnOrder(state, shipment)) await writeOrder(client, state, shipment);
    if (!isNoted(state, shipment)) await writeNote(client, shipment);
    return { opId, outcome: 'accepted' };
  } catch (error) {
    return shipmentFailure(opId, error);
  }
}

/** Whether order, status and note are all as they should be after {@link pushShipment}. */
export async function verifyShipment(client: WooClient, shipment: ShipmentPush): Promise<ShipmentProof> {
  const state = await lookUp(client, shipment.orderExternalId);
  if (state === null) {
    return { confirmed: false, detail: `The shop has no order ${shipment.orderExternalId}` };
  }
  const { number, status } = state.order;
  const missing = [
    isRecorded(state, shipment) ? null : 'its record of this shipment',
    isStatusDone(state, shipment) ? null : `the status completed (it is ${status})`,
    isNoted(state, shipment) ? null : 'the note with the tracking to the customer',
  ].filter((part) => part !== null);
  if (missing.length > 0)
    return { confirmed: false, detail: `Order ${number} lacks ${missing.join(' and ')}` };
  const note = needsNote(shipment) ? `; the customer was told ${describe(shipment)}` : '';
  return { confirmed: true, detail: `Order ${number} is ${status} and has the shipment${note}` };
}

async function lookUp(client: WooClient, orderId: string): Promise<OrderState | null> {
  if (!/^\d+$/.test(orderId)) return null;
  const path = `orders/${orderId}`;
  try {
    const answer = await client.get(path);
    const parsed = orderSchema.safeParse(answer.body);
    if (!parsed.success) {
      throw callFailed('CHANNEL_UNKNOWN', `Order ${orderId} cannot be read: ${explain(parsed.error)}`, {
        method: 'GET',
        path,
      });
    }
    const list = readList(await client.get(`${path}/notes`, { type: 'customer' }), `${path}/notes`);
    const notes = list.records.flatMap((raw) => {
      const note = noteSchema.safeParse(raw);
      return note.success ? [note.data] : [];
    });
    const meta = parsed.data.meta_data.find((entry) => entry.key === SHIPMENTS_KEY);
    return { order: parsed.data, notes, entries: readEntries(meta?.value), metaId: meta?.id };
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return null;
    throw error;
  }
}

/** Plugins hand meta values on as JSON text now and then. */
function readEntries(value: unknown): ShipmentEntry[] {
  const list: unknown = typeof value === 'string' ? parseOrNull(value) : value;
  const items = Array.isArray(list)
    ? (list as unknown[])
    : typeof list === 'object' && list !== null
      ? Object.values(list)
      : [];
  return items.flatMap((item) => {
    const parsed = shipmentEntry.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

async function writeOrder(client: WooClient, state: OrderState, shipment: ShipmentPush): Promise<void> {
  const entry = {
    id: shipment.shipmentId,
    carrier: shipment.carrier,
    tracking: shipment.tracking,
    shipped_at: new Date(shipment.shippedAtMs).toISOString(),
    lines: shipment.lines.map((line) => ({ id: line.externalId, quantity: line.quantity })),
  };
  const entries = isRecorded(state, shipment) ? state.entries : [...state.entries, entry];
  const meta = {
    ...(state.metaId === undefined ? {} : { id: state.metaId }),
    key: SHIPMENTS_KEY,
    value: entries,
  };
  const body = {
    meta_data: [meta],
    ...(isStatusDone(state, shipment) ? {} : { status: 'completed' }),
  };
  await client.send({ method: 'PUT', path: `orders/${shipment.orderExternalId}`, body });
}

/**
 * A note whose answer was lost may be there all the same; a second one would
 * mail the customer again. The time-out is longer than PHP lives on any host,
 * so what is not there by then will not come.
 */
async function writeNote(client: WooClient, shipment: ShipmentPush): Promise<void> {
  const path = `orders/${shipment.orderExternalId}/notes`;
  try {
    await client.send({ method: 'POST', path, body: { note: noteText(shipment), customer_note: true } });
  } catch (error) {
    if (failureOf(error)?.applied !== 'unknown' || client.context.signal?.aborted) throw error;
    let state: OrderState | null;
    try {
      state = await lookUp(client, shipment.orderExternalId);
    } catch {
      throw error;
    }
    if (state === null || !isNoted(state, shipment)) throw error;
  }
}

function shipmentFailure(opId: string, error: unknown): PushResult {
  if (!(error instanceof CodedError)) throw error;
  const { code, message } = toErrorShape(error);
  const { applied, retryAfterMs, reason } = failureOf(error) ?? {};
  if (applied === 'unknown' && retryAfterMs === undefined) {
    return { opId, outcome: 'unknown', code, message, field: null };
  }
  if (code === 'CHANNEL_GONE' || code === 'CHANNEL_CONFLICT') return rejected(opId, code, message);
  if (code === 'CHANNEL_INVALID' && reason === undefined) return rejected(opId, code, message);
  throw error;
}

function isConfirmed(state: OrderState, shipment: ShipmentPush): boolean {
  return isOnOrder(state, shipment) && isNoted(state, shipment);
}

function isOnOrder(state: OrderState, shipment: ShipmentPush): boolean {
  return isRecorded(state, shipment) && isStatusDone(state, shipment);
}

function isRecorded(state: OrderState, shipment: ShipmentPush): boolean {
  return state.entries.some((entry) => entry.id === shipment.shipmentId);
}

/** A completed order that was refunded later had been confirmed. */
function isStatusDone({ order }: OrderState, shipment: ShipmentPush): boolean {
  if (!shipment.complete || order.status === 'completed') return true;
  return order.status === 'refunded' && order.date_completed_gmt !== null;
}

function isNoted(state: OrderState, shipment: ShipmentPush): boolean {
  if (!needsNote(shipment)) return true;
  const reference = referenceOf(shipment.shipmentId);
  return state.notes.some((note) => {
    if (!note.customer_note) return false;
    const text = stripTags(note.note);
    if (text.includes(reference)) return true;
    // Somebody told the customer by hand.
    const { carrier, tracking } = shipment;
    return tracking !== '' && !/Ref\. QS-/.test(text) && text.includes(tracking) && text.includes(carrier);
  });
}

function needsNote(shipment: ShipmentPush): boolean {
  return shipment.tracking !== '' || shipment.carrier !== '';
}

/** What the customer reads. The reference tells one shipment's note from another's. */
export function noteText(shipment: ShipmentPush): string {
  return `Your order was shipped ${describe(shipment)}. Ref. ${referenceOf(shipment.shipmentId)}`;
}

function describe({ carrier, tracking }: ShipmentPush): string {
  const by = carrier === '' ? '' : `with ${carrier}`;
  const number = tracking === '' ? '' : `tracking number ${tracking}`;
  return [by, number].filter((part) => part !== '').join(', ');
}

function referenceOf(shipmentId: string): string {
  return `QS-${createHash('sha256').update(shipmentId).digest('hex').slice(0, 10).toUpperCase()}`;
}

function rejected(opId: string, code: string, message: string): PushResult {
  return { opId, outcome: 'rejected', code, message, field: null };
}
