import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import { chunk } from '../kit/parallel.ts';
import { toWooItem, type WooItem } from './from-domain.ts';

/** One product or variation and all that was asked of it. */
export interface PushItem {
  readonly id: number;
  readonly item: WooItem;
  readonly ops: readonly ListingPush[];
}

export interface BatchRequest {
  readonly path: string;
  readonly items: readonly PushItem[];
}

export interface PushPlan {
  /** Products go first; a variation's write also touches its product. */
  readonly products: readonly BatchRequest[];
  readonly variations: readonly BatchRequest[];
  /** Ops that are refused before anything is sent. */
  readonly refused: readonly PushResult[];
}

/** Groups ops into batch requests of at most `size` items; several ops for one object become one item. */
export function planPush(ops: readonly ListingPush[], size: number): PushPlan {
  const refused: PushResult[] = [];
  const products: PushItem[] = [];
  const variations = new Map<string, PushItem[]>();
  const groups = Map.groupBy(ops, (op) => `${op.ref.productExternalId} ${op.ref.variantExternalId ?? ''}`);
  for (const group of groups.values()) {
    const first = group[0];
    if (!first) continue;
    const { productExternalId, variantExternalId } = first.ref;
    const id = Number(variantExternalId ?? productExternalId);
    if (![id, Number(productExternalId)].every((number) => Number.isSafeInteger(number) && number > 0)) {
      refused.push(
        ...group.map((op) => rejected(op, 'CHANNEL_GONE', `The shop has no product ${productExternalId}`)),
      );
      continue;
    }
    const fields: FieldValues = Object.assign({}, ...group.map((op) => op.fields)) as FieldValues;
    const written = toWooItem(fields, first.currency, variantExternalId === null ? 'product' : 'variation');
    if (!written.ok) {
      refused.push(...group.map((op) => refusedFor(op, written.field, written.message)));
      continue;
    }
    const item: PushItem = { id, item: { id, ...written.item }, ops: group };
    if (variantExternalId === null) {
      products.push(item);
    } else {
      const siblings = variations.get(productExternalId) ?? [];
      siblings.push(item);
      variations.set(productExternalId, siblings);
    }
  }
  return {
    products: chunk(products, size).map((items) => ({ path: 'products/batch', items })),
    variations: [...variations].flatMap(([productId, items]) =>
      chunk(items, size).map((part) => ({ path: `products/${productId}/variations/batch`, items: part })),
    ),
    refused,
  };
}

/** The op that carries the refused field is at fault; its neighbours go again without it. */
function refusedFor(op: ListingPush, field: keyof FieldValues, message: string): PushResult {
  if (field in op.fields)
    return { opId: op.opId, outcome: 'rejected', code: 'CHANNEL_INVALID', message, field };
  return { opId: op.opId, outcome: 'retry', code: 'CHANNEL_INVALID', message, field: null };
}

function rejected(op: ListingPush, code: string, message: string): PushResult {
  return { opId: op.opId, outcome: 'rejected', code, message, field: null };
}
