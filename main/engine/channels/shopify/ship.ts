import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { PushResult, ShipmentProof, ShipmentPush } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { CREATE_FULFILMENT, UPDATE_TRACKING } from './documents.ts';
import { readFulfilment, type Fulfilment, type Parcel } from './fulfilment.ts';
import { userErrorSchema } from './records.ts';
import { allocate, parcelToLabel, progressOf, type PartLines, type Progress } from './ship-plan.ts';
import { textOf } from './user-errors.ts';

const payload = z
  .object({ fulfillment: z.object({ id: z.string() }).nullable(), userErrors: z.array(userErrorSchema) })
  .nullable();
const createSchema = z.object({ fulfillmentCreate: payload });
const labelSchema = z.object({ fulfillmentTrackingInfoUpdate: payload });

/**
 * Tells the shop that a parcel has left. Shopify knows no key of idempotency
 * for it, so the order's parcels are looked at first and only what no parcel
 * holds yet is confirmed; after a refusal they are looked at once more.
 */
export async function pushShipment(client: ShopifyClient, shipment: ShipmentPush): Promise<PushResult> {
  const { opId } = shipment;
  const state = await readFulfilment(client, shipment.orderExternalId);
  if (state === null)
    return rejected(opId, 'CHANNEL_GONE', `The shop has no order ${shipment.orderExternalId}`);
  const progress = currentProgress(client, state, shipment);
  if (progress.missing.size === 0) return confirmed(client, shipment, progress.own);
  if (state.cancelled) {
    const message = `Order ${state.number} is cancelled in the shop; the shipment was not confirmed`;
    return rejected(opId, 'CHANNEL_CONFLICT', message);
  }
  try {
    return await confirmMissing(client, state, shipment, progress);
  } catch (error) {
    return shipmentFailure(opId, error);
  }
}

/** Whether parcels with the shipment's number hold all its units. */
export async function verifyShipment(client: ShopifyClient, shipment: ShipmentPush): Promise<ShipmentProof> {
  const state = await readFulfilment(client, shipment.orderExternalId);
  if (state === null) {
    return { confirmed: false, detail: `The shop has no order ${shipment.orderExternalId}` };
  }
  const { missing, own } = currentProgress(client, state, shipment);
  if (missing.size > 0) {
    const units = [...missing.values()].reduce((sum, count) => sum + count, 0);
    return {
      confirmed: false,
      detail: `Order ${state.number} lacks ${units} units of this shipment in its parcels`,
    };
  }
  claim(client, shipment, own);
  const number =
    shipment.tracking === '' ? '' : ` with ${shipment.carrier || 'tracking'} ${shipment.tracking}`;
  return { confirmed: true, detail: `Order ${state.number} is ${state.status} and has the parcel${number}` };
}

async function confirmMissing(
  client: ShopifyClient,
  state: Fulfilment,
  shipment: ShipmentPush,
  progress: Progress,
): Promise<PushResult> {
  const { parcels, short } = allocate(state.parts, progress.missing);
  if (short.size > 0) {
    const unlabelled = progress.own.length === 0 ? parcelToLabel(state, shipment) : null;
    if (unlabelled) return label(client, shipment, unlabelled);
    return rejected(shipment.opId, 'CHANNEL_CONFLICT', whyShort(state));
  }
  for (const lines of parcels) {
    const refusal = await create(client, shipment, lines);
    if (refusal === null) continue;
    const after = await readFulfilment(client, shipment.orderExternalId);
    const now = after && currentProgress(client, after, shipment);
    if (now?.missing.size === 0) return confirmed(client, shipment, now.own);
    return rejected(shipment.opId, 'CHANNEL_INVALID', refusal);
  }
  return { opId: shipment.opId, outcome: 'accepted' };
}

/** null when the shop took it, otherwise why not. */
async function create(
  client: ShopifyClient,
  shipment: ShipmentPush,
  lines: readonly PartLines[],
): Promise<string | null> {
  const fulfillment = {
    lineItemsByFulfillmentOrder: lines,
    notifyCustomer: mayNotify(client),
    ...trackingOf(shipment),
  };
  const { fulfillmentCreate } = await client.send(CREATE_FULFILMENT, { fulfillment }, createSchema);
  const [error] = fulfillmentCreate?.userErrors ?? [];
  if (error) return textOf(error);
  const id = fulfillmentCreate?.fulfillment?.id;
  if (id) client.memory.parcels.set(parcelKey(client, id), shipment.shipmentId);
  return null;
}

async function label(client: ShopifyClient, shipment: ShipmentPush, parcel: Parcel): Promise<PushResult> {
  const variables = {
    id: parcel.id,
    tracking: trackingOf(shipment).trackingInfo ?? {},
    notify: mayNotify(client),
  };
  const answer = await client.send(UPDATE_TRACKING, variables, labelSchema);
  const [error] = answer.fulfillmentTrackingInfoUpdate?.userErrors ?? [];
  if (error) return rejected(shipment.opId, 'CHANNEL_INVALID', textOf(error));
  return confirmed(client, shipment, [parcel]);
}

function trackingOf({ carrier, tracking }: ShipmentPush): { trackingInfo?: Record<string, string> } {
  if (carrier === '' && tracking === '') return {};
  return {
    trackingInfo: {
      ...(carrier === '' ? {} : { company: carrier }),
      ...(tracking === '' ? {} : { number: tracking }),
    },
  };
}

/** Customers are told unless the account's setting says "no". */
function mayNotify(client: ShopifyClient): boolean {
  return !/^(no|false|0|off)$/i.test(client.context.credentials['notifyCustomers']?.trim() ?? '');
}

function whyShort(state: Fulfilment): string {
  const held = state.parts.find((part) => part.status === 'ON_HOLD' || part.status === 'SCHEDULED');
  if (held) return `Order ${state.number} is on hold or scheduled in the shop; release it there first`;
  const numbers = state.parcels.flatMap((parcel) => parcel.numbers);
  const by = numbers.length > 0 ? ` with ${numbers.join(', ')}` : '';
  if (state.parcels.length > 0) return `Order ${state.number} was sent in the shop already${by}`;
  return `Order ${state.number} has nothing open that this app may confirm as sent`;
}

function currentProgress(client: ShopifyClient, state: Fulfilment, shipment: ShipmentPush): Progress {
  return progressOf(state, shipment, (id) => client.memory.parcels.get(parcelKey(client, id)));
}

function confirmed(client: ShopifyClient, shipment: ShipmentPush, own: readonly Parcel[]): PushResult {
  claim(client, shipment, own);
  return { opId: shipment.opId, outcome: 'accepted' };
}

function claim(client: ShopifyClient, shipment: ShipmentPush, own: readonly Parcel[]): void {
  for (const parcel of own) client.memory.parcels.set(parcelKey(client, parcel.id), shipment.shipmentId);
}

function parcelKey(client: ShopifyClient, parcelId: string): string {
  return `${client.context.accountId} ${parcelId}`;
}

function shipmentFailure(opId: string, error: unknown): PushResult {
  if (!(error instanceof CodedError)) throw error;
  const { code, message } = toErrorShape(error);
  const { applied, reason } = failureOf(error) ?? {};
  if (applied === 'unknown') return { opId, outcome: 'unknown', code, message, field: null };
  if (code === 'CHANNEL_INVALID' && reason === undefined) return rejected(opId, code, message);
  throw error;
}

function rejected(opId: string, code: string, message: string): PushResult {
  return { opId, outcome: 'rejected', code, message, field: null };
}
