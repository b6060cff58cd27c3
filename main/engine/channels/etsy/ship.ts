import { plainTracking } from '#shared/domain/tracking-number.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { PushResult, ShipmentProof, ShipmentPush } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { carrierName } from './carriers.ts';
import type { EtsyClient } from './client.ts';
import { receiptSchema, type ReceiptRecord } from './records.ts';

const NO_NUMBER =
  'Etsy tells the parcels of an order apart by their tracking numbers only. Ship this part with its number, or confirm it with the last parcel';

/**
 * Tells Etsy that an order has left. Every number that is sent mails the buyer,
 * and Etsy knows no key of idempotency, so the receipt is looked at first and
 * again after a refusal; a number that it has is never sent twice. The first
 * of several parcels marks the whole order as sent there; what is left stays
 * open here (see `RemoteOrder.parcels`).
 */
export async function pushShipment(client: EtsyClient, shipment: ShipmentPush): Promise<PushResult> {
  const { opId } = shipment;
  const receipt = await readReceipt(client, shipment.orderExternalId);
  if (receipt === null)
    return rejected(opId, 'CHANNEL_GONE', `Etsy has no order ${shipment.orderExternalId}`);
  // Without a number the mark of the whole order would be taken for this parcel's.
  if (!shipment.complete && trackingOf(shipment) === '')
    return rejected(opId, 'CHANNEL_NOT_SUPPORTED', NO_NUMBER);
  if (isThere(receipt, shipment)) return { opId, outcome: 'accepted' };
  const status = receipt.status.toLowerCase();
  if (status === 'canceled' || status === 'fully refunded') {
    const message = `Order ${receipt.receipt_id} is ${status} on Etsy; the shipment was not confirmed`;
    return rejected(opId, 'CHANNEL_CONFLICT', message);
  }
  try {
    await confirm(client, shipment);
    return { opId, outcome: 'accepted' };
  } catch (error) {
    return afterFailure(client, shipment, error);
  }
}

/** Whether the receipt has the number, or is marked as sent when there is none. */
export async function verifyShipment(client: EtsyClient, shipment: ShipmentPush): Promise<ShipmentProof> {
  const id = shipment.orderExternalId;
  const receipt = await readReceipt(client, id);
  if (receipt === null) return { confirmed: false, detail: `Etsy has no order ${id}` };
  if (!isThere(receipt, shipment)) {
    const what =
      trackingOf(shipment) === '' ? 'is not marked as sent' : `lacks the number ${shipment.tracking}`;
    return { confirmed: false, detail: `Order ${id} ${what}` };
  }
  const number = trackingOf(shipment) === '' ? '' : ` and has the number ${shipment.tracking}`;
  return { confirmed: true, detail: `Order ${id} is ${receipt.status}${number}` };
}

async function confirm(client: EtsyClient, shipment: ShipmentPush): Promise<void> {
  const path = `${await client.shopPath()}/receipts/${shipment.orderExternalId}`;
  const tracking = trackingOf(shipment);
  if (tracking === '') {
    await client.send({ method: 'PUT', path, body: { was_shipped: true }, kind: 'now' });
    return;
  }
  const form = { tracking_code: tracking, carrier_name: carrierName(shipment.carrier) };
  await client.send({ method: 'POST', path: `${path}/tracking`, form, kind: 'now' });
}

async function afterFailure(client: EtsyClient, shipment: ShipmentPush, error: unknown): Promise<PushResult> {
  if (!(error instanceof CodedError)) throw error;
  const { opId } = shipment;
  const { code, message } = toErrorShape(error);
  const { applied, channelCode } = failureOf(error) ?? {};
  if (applied === 'unknown') return { opId, outcome: 'unknown', code, message, field: null };
  const refused = ['CHANNEL_INVALID', 'CHANNEL_CONFLICT', 'CHANNEL_GONE'].includes(code);
  if (!refused || channelCode === undefined) throw error;
  const receipt = await readReceipt(client, shipment.orderExternalId);
  if (receipt !== null && isThere(receipt, shipment)) return { opId, outcome: 'accepted' };
  return rejected(opId, code, message);
}

async function readReceipt(client: EtsyClient, id: string): Promise<ReceiptRecord | null> {
  if (!/^\d+$/.test(id)) return null;
  const path = `${await client.shopPath()}/receipts/${id}`;
  try {
    return await client.get(path, {}, receiptSchema, 'now');
  } catch (error) {
    const gone = error instanceof CodedError && error.code === 'CHANNEL_GONE';
    if (gone && failureOf(error)?.channelCode !== undefined) return null;
    throw error;
  }
}

function isThere(receipt: ReceiptRecord, shipment: ShipmentPush): boolean {
  const wanted = plainTracking(shipment.tracking);
  if (wanted === '') return receipt.is_shipped;
  return (receipt.shipments ?? []).some((parcel) => plainTracking(parcel.tracking_code) === wanted);
}

function trackingOf({ tracking }: ShipmentPush): string {
  return tracking.trim();
}

function rejected(opId: string, code: string, message: string): PushResult {
  return { opId, outcome: 'rejected', code, message, field: null };
}
