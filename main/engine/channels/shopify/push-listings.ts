import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import { chunk, runAll } from '../kit/parallel.ts';
import type { ShopifyClient } from './client.ts';
import { toVariantWrite } from './from-domain.ts';
import { isNumericId } from './gid.ts';
import { stockLocation } from './location.ts';
import { pushProduct } from './push-products.ts';
import { PushTally, rejected } from './push-results.ts';
import { activate, QUANTITIES_A_WRITE, setQuantities, type StockItem } from './push-stock.ts';
import { pushVariants, VARIANTS_A_WRITE, type VariantItem } from './push-variants.ts';
import { PARALLEL, readVariants, variantKey } from './read-listings.ts';

/**
 * Sends changed fields and answers for every op: products first, then the
 * variants of each product, then stock, since a quantity may need a variant
 * that has become tracked just before.
 */
export async function pushListings(
  client: ShopifyClient,
  ops: readonly ListingPush[],
): Promise<PushResult[]> {
  const tally = new PushTally();
  const { products, variants, strange } = sortOps(ops);
  tally.results.push(
    ...strange.map((op) => rejected(op, 'The shop has no such record', null, 'CHANNEL_GONE')),
  );
  const plan = await planVariants(client, variants);
  tally.results.push(...plan.refused);
  await runAll(products, PARALLEL, (group) => tally.attempt(group, () => pushProduct(client, group)));
  const writes = [...Map.groupBy(plan.writes, (item) => item.op.ref.productExternalId)].flatMap(
    ([productId, items]) => chunk(items, VARIANTS_A_WRITE).map((part) => ({ productId, part })),
  );
  await runAll(writes, PARALLEL, ({ productId, part }) =>
    tally.attempt(
      part.map((item) => item.op),
      () => pushVariants(client, productId, part),
    ),
  );
  await pushStock(client, tally, plan.stock);
  return tally.finish();
}

/** Ops by what they change: one group a product, variants one by one, and those that can be nobody's. */
export function sortOps(ops: readonly ListingPush[]): {
  products: ListingPush[][];
  variants: ListingPush[];
  strange: ListingPush[];
} {
  const products = new Map<string, ListingPush[]>();
  const variants: ListingPush[] = [];
  const strange: ListingPush[] = [];
  for (const op of ops) {
    const { productExternalId, variantExternalId } = op.ref;
    if (![productExternalId, variantExternalId ?? '0'].every(isNumericId)) {
      strange.push(op);
    } else if (variantExternalId === null) {
      const group = products.get(productExternalId) ?? [];
      group.push(op);
      products.set(productExternalId, group);
    } else {
      variants.push(op);
    }
  }
  return { products: [...products.values()], variants, strange };
}

export interface VariantPlan {
  readonly writes: readonly VariantItem[];
  readonly stock: readonly StockItem[];
  readonly refused: readonly PushResult[];
}

/** What each variant's change comes to, after a look at what the shop has. */
export async function planVariants(client: ShopifyClient, ops: readonly ListingPush[]): Promise<VariantPlan> {
  const writes: VariantItem[] = [];
  const stock: StockItem[] = [];
  const refused: PushResult[] = [];
  const read = await readWhatIsMissing(client, ops);
  for (const op of ops) {
    const variantId = op.ref.variantExternalId ?? '';
    const known = client.memory.variants.get(variantKey(client, variantId));
    const seen = op.seen ?? read.get(variantId)?.fields;
    if (!known || !seen) {
      refused.push(rejected(op, 'The shop no longer has this variant', null, 'CHANNEL_GONE'));
      continue;
    }
    const written = toVariantWrite(op.fields, seen, op.currency);
    if (!written.ok) {
      refused.push(rejected(op, written.message, written.field));
      continue;
    }
    const { input, available } = written.value;
    if (Object.keys(input).length > 0) writes.push({ variantId, op, input });
    if (available === undefined) continue;
    // What was decided on is compared with, not what was read most recently.
    const from = typeof seen.quantity === 'number' ? seen.quantity : known.available;
    stock.push({ op, inventoryItemId: known.inventoryItemId, quantity: available, from });
  }
  return { writes, stock, refused };
}

/** The engine reads before it sends, so that as a rule everything is known. */
async function readWhatIsMissing(
  client: ShopifyClient,
  ops: readonly ListingPush[],
): Promise<Map<string, { fields: FieldValues }>> {
  const missing = ops.flatMap((op) => {
    const variantId = op.ref.variantExternalId;
    if (variantId === null) return [];
    return op.seen && client.memory.variants.has(variantKey(client, variantId)) ? [] : [variantId];
  });
  return readVariants(client, missing);
}

async function pushStock(
  client: ShopifyClient,
  tally: PushTally,
  planned: readonly StockItem[],
): Promise<void> {
  // A variant that was refused as a whole keeps its stock as well.
  const items = planned.filter((item) => !isRefused(tally, item.op));
  if (items.length === 0) return;
  const location = await stockLocation(client);
  const sets = chunk(
    items.filter((item) => item.from !== null),
    QUANTITIES_A_WRITE,
  );
  await runAll(sets, 1, (part) =>
    tally.attempt(
      part.map((item) => item.op),
      () => setQuantities(client, location, part),
    ),
  );
  const firsts = items.filter((item) => item.from === null);
  await runAll(firsts, PARALLEL, (item) => tally.attempt([item.op], () => activate(client, location, item)));
}

function isRefused(tally: PushTally, op: ListingPush): boolean {
  return tally.results.some((result) => result.opId === op.opId && result.outcome !== 'accepted');
}
