import { createHash } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { PushResult, ShipmentProof, ShipmentPush } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { carrierOf } from './carriers.ts';
import type { AmazonClient } from './client.ts';
import { remember } from './memory.ts';
import { getOrderSchema, type OrderRecord, type PackageRecord } from './records.ts';

/** How long an order may take to show a package that Amazon took. */
const SHOWS_LATE_MS = 30 * 60_000;

/**
 * Confirms a shipment. It looks first whether the order has the package; the
 * package's number follows from the shipment, so that a repetition whose first
 * answer was lost edits the same package and never makes a second one.
 */
export async function pushShipment(client: AmazonClient, shipment: ShipmentPush): Promise<PushResult> {
  const { opId } = shipment;
  const order = await lookUpOrder(client, shipment.orderExternalId);
  if (order === null)
    return rejected(opId, 'CHANNEL_GONE', `Amazon has no order ${shipment.orderExternalId}`);
  if (packageOf(order, shipment) || justTaken(client, shipment)) return { opId, outcome: 'accepted' };
  const problem = problemOf(order, shipment);
  if (problem !== null) return rejected(opId, problem.code, problem.message);
  try {
    await client.send({
      operation: 'confirmShipment',
      method: 'POST',
      path: `orders/v0/orders/${encodeURIComponent(order.orderId)}/shipmentConfirmation`,
      body: {
        marketplaceId: client.seller.marketplaceId,
        packageDetail: {
          packageReferenceId: packageReference(shipment.shipmentId),
          ...carrierOf(shipment.carrier),
          trackingNumber: shipment.tracking.trim(),
          shipDate: new Date(shipment.shippedAtMs).toISOString(),
          orderItems: shipment.lines.map((line) => ({
            orderItemId: line.externalId,
            quantity: line.quantity,
          })),
        },
      },
    });
    remember(client.memory.shipped, client.key(shipment.shipmentId), client.context.clock.now());
    return { opId, outcome: 'accepted' };
  } catch (error) {
    return failure(opId, error);
  }
}

export async function verifyShipment(client: AmazonClient, shipment: ShipmentPush): Promise<ShipmentProof> {
  const order = await lookUpOrder(client, shipment.orderExternalId);
  if (order === null) return { confirmed: false, detail: `Amazon has no order ${shipment.orderExternalId}` };
  const status = order.fulfillment?.fulfillmentStatus ?? 'without a status';
  const found = packageOf(order, shipment);
  if (!found) {
    return {
      confirmed: false,
      detail: `Order ${order.orderId} is ${status} and does not show the package yet`,
    };
  }
  return {
    confirmed: true,
    detail: `Order ${order.orderId} is ${status} and has package ${found.packageReferenceId} with ${found.carrier} ${found.trackingNumber}`,
  };
}

export async function lookUpOrder(client: AmazonClient, orderId: string): Promise<OrderRecord | null> {
  try {
    const { order } = await client.read(
      {
        operation: 'getOrder',
        method: 'GET',
        path: `orders/2026-01-01/orders/${encodeURIComponent(orderId)}`,
        query: { includedData: ['FULFILLMENT', 'PACKAGES', 'PROCEEDS'] },
      },
      getOrderSchema,
    );
    return order;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return null;
    throw error;
  }
}

/** This shipment's package: by our number for it, or by its tracking number with at least these units. */
export function packageOf(order: OrderRecord, shipment: ShipmentPush): PackageRecord | undefined {
  const number = normalised(shipment.tracking);
  const live = order.packages.filter((entry) => entry.packageStatus?.status !== 'CANCELLED');
  const own = live.find((entry) => entry.packageReferenceId === packageReference(shipment.shipmentId));
  if (own && normalised(own.trackingNumber) === number) return own;
  return live.find(
    (entry) => number !== '' && normalised(entry.trackingNumber) === number && holds(entry, shipment),
  );
}

function holds(entry: PackageRecord, shipment: ShipmentPush): boolean {
  // Amazon leaves the contents out now and then; the number alone has to do then.
  if (entry.packageItems.length === 0) return true;
  const units = new Map(entry.packageItems.map((item) => [item.orderItemId, item.quantity]));
  return shipment.lines.every((line) => (units.get(line.externalId) ?? 0) >= line.quantity);
}

function normalised(number: string): string {
  return number.replace(/\s+/g, '').toUpperCase();
}

/** A positive number below 2^47, the same for the same shipment. */
export function packageReference(shipmentId: string): string {
  const hex = createHash('sha256').update(shipmentId).digest('hex').slice(0, 7);
  return String(Number.parseInt(hex, 16) + 1);
}

function justTaken(client: AmazonClient, shipment: ShipmentPush): boolean {
  const at = client.memory.shipped.get(client.key(shipment.shipmentId));
  return at !== undefined && client.context.clock.now() - at < SHOWS_LATE_MS;
}

interface Problem {
  readonly code: string;
  readonly message: string;
}

/** Why the shipment cannot be confirmed as it is; null when it can. */
export function problemOf(order: OrderRecord, shipment: ShipmentPush): Problem | null {
  const conflict = (message: string): Problem => ({ code: 'CHANNEL_CONFLICT', message });
  const status = order.fulfillment?.fulfillmentStatus ?? '';
  if (['CANCELLED', 'UNFULFILLABLE'].includes(status)) {
    return conflict(`Order ${order.orderId} is ${status} at Amazon; the shipment was not confirmed`);
  }
  if (order.fulfillment?.fulfilledBy === 'AMAZON') {
    return conflict(`Order ${order.orderId} is sent by Amazon itself`);
  }
  if (shipment.tracking.trim() === '') {
    return {
      code: 'CHANNEL_INVALID',
      message:
        'Amazon takes no shipment without a tracking number; enter the number, or confirm it in Seller Central',
    };
  }
  for (const line of shipment.lines) {
    const item = order.orderItems.find((candidate) => candidate.orderItemId === line.externalId);
    if (!item) return conflict(`Order ${order.orderId} has no item ${line.externalId}`);
    const open = item.fulfillment?.quantityUnfulfilled;
    if (open !== undefined && open < line.quantity) {
      return conflict(
        `Only ${open} of ${line.quantity} units of item ${line.externalId} are still to be sent; somebody confirmed them in Seller Central`,
      );
    }
  }
  return null;
}

function rejected(opId: string, code: string, message: string): PushResult {
  return { opId, outcome: 'rejected', code, message, field: null };
}

/** A refusal of this one shipment is its result; everything else is the engine's to wait for. */
function failure(opId: string, error: unknown): PushResult {
  if (!(error instanceof CodedError)) throw error;
  const { reason, status } = failureOf(error) ?? {};
  const final =
    error.code === 'CHANNEL_INVALID' || error.code === 'CHANNEL_GONE' || error.code === 'CHANNEL_CONFLICT';
  if (!final || reason !== undefined || status === undefined) throw error;
  return rejected(opId, error.code, error.message);
}
