import { z } from 'zod';
import type { ListingPush, PushResult } from '../contract.ts';
import type { ShopifyClient } from './client.ts';
import { ACTIVATE_INVENTORY, SET_QUANTITIES } from './documents.ts';
import { accepted, again, rejected, unknown } from './push-results.ts';
import { userErrorSchema, type UserError } from './records.ts';
import { indexIn, textOf } from './user-errors.ts';

export const QUANTITIES_A_WRITE = 250;

/** One absolute quantity at the location, and the one it is to replace. */
export interface StockItem {
  readonly op: ListingPush;
  readonly inventoryItemId: string;
  readonly quantity: number;
  /** What the shop had when it was decided to send; null = the item is not stocked at the location yet. */
  readonly from: number | null;
}

const setSchema = z.object({
  inventorySetQuantities: z
    .object({
      inventoryAdjustmentGroup: z.object({ id: z.string() }).nullable(),
      userErrors: z.array(userErrorSchema),
    })
    .nullable(),
});
const activateSchema = z.object({
  inventoryActivate: z
    .object({ inventoryLevel: z.object({ id: z.string() }).nullable(), userErrors: z.array(userErrorSchema) })
    .nullable(),
});

/**
 * Sets quantities by compare and set: where a sale came between, nothing is
 * written and the op is read and merged again. Shopify refuses the whole call
 * when one quantity is wrong, so the wrong ones are taken out and the rest is
 * sent again at once.
 */
export async function setQuantities(
  client: ShopifyClient,
  locationId: string,
  items: readonly StockItem[],
): Promise<PushResult[]> {
  if (items.length === 0) return [];
  const errors = await sendQuantities(client, locationId, items);
  if (errors.length === 0) return items.map((item) => accepted(item.op));
  const wrong = new Map<number, UserError>();
  for (const error of errors) {
    const index = indexIn(error, 'quantities');
    if (index !== null && index < items.length) wrong.set(index, error);
  }
  const [first] = errors;
  if (wrong.size === 0 && first) {
    if (items.length === 1 || isOfTheCall(first)) return items.map((item) => refusal(item.op, first));
    return inHalves(client, locationId, items);
  }
  const results = [...wrong].flatMap(([index, error]) => {
    const item = items[index];
    return item ? [refusal(item.op, error)] : [];
  });
  const rest = items.filter((_item, index) => !wrong.has(index));
  return [...results, ...(await restSent(client, locationId, rest))];
}

/** The answers before it are settled already: a failure of the rest must not lose them. */
async function restSent(
  client: ShopifyClient,
  locationId: string,
  items: readonly StockItem[],
): Promise<PushResult[]> {
  try {
    return await setQuantities(client, locationId, items);
  } catch {
    // Whether it was applied shows when it is read; the reading comes first for unknown ones.
    return items.map((item) =>
      unknown(item.op, 'CHANNEL_TRANSIENT', 'The shop did not answer for this quantity'),
    );
  }
}

async function inHalves(
  client: ShopifyClient,
  locationId: string,
  items: readonly StockItem[],
): Promise<PushResult[]> {
  const half = Math.ceil(items.length / 2);
  const first = await setQuantities(client, locationId, items.slice(0, half));
  return [...first, ...(await restSent(client, locationId, items.slice(half)))];
}

async function sendQuantities(
  client: ShopifyClient,
  locationId: string,
  items: readonly StockItem[],
): Promise<readonly UserError[]> {
  const quantities = items.map((item) => ({
    inventoryItemId: item.inventoryItemId,
    locationId,
    quantity: item.quantity,
    // Required since 2026-04 although the schema calls it optional.
    changeFromQuantity: item.from,
  }));
  const key = client.newKey(JSON.stringify(quantities));
  const input = {
    name: 'available',
    reason: 'correction',
    // Shown in the shop's inventory history.
    referenceDocumentUri: `gid://quayside/Publish/${key}`,
    quantities,
  };
  const { inventorySetQuantities } = await client.send(SET_QUANTITIES, { input, key }, setSchema);
  return inventorySetQuantities?.userErrors ?? [];
}

/** Begins to stock an item at the location, with its first quantity. */
export async function activate(
  client: ShopifyClient,
  locationId: string,
  item: StockItem,
): Promise<PushResult[]> {
  const variables = {
    inventoryItemId: item.inventoryItemId,
    locationId,
    available: item.quantity,
  };
  const key = client.newKey(JSON.stringify(variables));
  const { inventoryActivate } = await client.send(ACTIVATE_INVENTORY, { ...variables, key }, activateSchema);
  const [error] = inventoryActivate?.userErrors ?? [];
  return [error ? rejected(item.op, textOf(error), 'quantity') : accepted(item.op)];
}

/** Not about one quantity, and cutting the list would not help. */
function isOfTheCall(error: UserError): boolean {
  const code = error.code ?? '';
  return (
    code.startsWith('IDEMPOTENCY_') || ['INVALID_NAME', 'INVALID_REASON', 'INVALID_LOCATION'].includes(code)
  );
}

/** What a refused quantity means for a job that is over: a stale one and one in doubt are read again. */
export function refusalCode(error: UserError): string {
  switch (error.code) {
    case 'CHANGE_FROM_QUANTITY_STALE':
    case 'COMPARE_QUANTITY_STALE':
      return 'CHANNEL_CONFLICT';
    case 'IDEMPOTENCY_CONCURRENT_REQUEST':
    case 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH':
    case 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED':
      return 'CHANNEL_UNKNOWN';
    case 'INVALID_INVENTORY_ITEM':
      return 'CHANNEL_GONE';
    default:
      return 'CHANNEL_INVALID';
  }
}

function refusal(op: ListingPush, error: UserError): PushResult {
  switch (error.code) {
    case 'CHANGE_FROM_QUANTITY_STALE':
    case 'COMPARE_QUANTITY_STALE':
      return again(
        op,
        'CHANNEL_CONFLICT',
        'The stock changed in the shop meanwhile; it is read and compared again',
        'quantity',
      );
    case 'IDEMPOTENCY_CONCURRENT_REQUEST':
      return unknown(op, 'CHANNEL_TRANSIENT', textOf(error));
    case 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH':
    case 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED':
      return again(op, 'CHANNEL_TRANSIENT', textOf(error), 'quantity');
    case 'INVALID_INVENTORY_ITEM':
      return rejected(op, textOf(error), 'quantity', 'CHANNEL_GONE');
    default:
      return rejected(op, textOf(error), 'quantity');
  }
}
