import type { ListingPush, PushResult } from '../contract.ts';
import { chunk } from '../kit/parallel.ts';
import { runsOf, type BulkKind, type BulkLayout } from './bulk-layout.ts';
import { toProductInput } from './from-domain.ts';
import { toGid } from './gid.ts';
import { rejected } from './push-results.ts';
import type { StockItem } from './push-stock.ts';
import { VARIANTS_A_WRITE, type VariantItem } from './push-variants.ts';

export interface BulkFile {
  readonly kind: BulkKind;
  /** Variables of one call each. */
  readonly lines: readonly object[];
}

export interface BulkFiles {
  /** Those with lines, in the order in which they run. */
  readonly files: readonly BulkFile[];
  readonly layout: BulkLayout;
  readonly messages: readonly { readonly message: number; readonly opId: string }[];
  readonly results: readonly PushResult[];
}

/** What becomes of one variant; at least one of the two. */
interface VariantChange {
  readonly op: ListingPush;
  readonly write: VariantItem | undefined;
  readonly stock: StockItem | undefined;
}

/** Where a variant stands in the files: see BulkLayout. */
function segmentOf({ write, stock }: VariantChange): number {
  if (!stock) return 2;
  const first = stock.from === null;
  if (write) return first ? 1 : 3;
  return first ? 0 : 4;
}

/**
 * Changes -> files of variables, and which message each op is. `keyFor` makes a
 * key of idempotency for one quantity.
 */
export function bulkFiles(
  products: readonly (readonly ListingPush[])[],
  plan: { readonly writes: readonly VariantItem[]; readonly stock: readonly StockItem[] },
  locationId: string,
  keyFor: (content: string) => string,
): BulkFiles {
  const messages: { message: number; opId: string }[] = [];
  const results: PushResult[] = [];
  const productLines: object[] = [];
  for (const group of products) {
    const [first] = group;
    const fields = Object.assign({}, ...group.map((op) => op.fields)) as ListingPush['fields'];
    const written = toProductInput(fields);
    if (!first || !written.ok) {
      const { message, field } = written.ok ? { message: '', field: null } : written;
      results.push(...group.map((op) => rejected(op, message, field)));
      continue;
    }
    const id = toGid('Product', first.ref.productExternalId);
    productLines.push({ product: { id, ...written.value } });
    messages.push(...group.map(({ opId }) => ({ message: productLines.length, opId })));
  }
  const changes = variantChanges(plan);
  const first = productLines.length + 1;
  messages.push(...changes.map(({ op }, index) => ({ message: first + index, opId: op.opId })));
  const variantLines = linesOfVariants(changes.flatMap(({ write }) => write ?? []));
  const rangeOf = (fits: (change: VariantChange) => boolean): { from: number; count: number } => {
    const at = changes.findIndex(fits);
    return { from: first + Math.max(0, at), count: changes.filter(fits).length };
  };
  const activates = ({ stock }: VariantChange): boolean => stock?.from === null;
  const sets = ({ stock }: VariantChange): boolean => stock !== undefined && stock.from !== null;
  const stockOf = (fits: (change: VariantChange) => boolean): StockItem[] =>
    changes.filter(fits).flatMap(({ stock }) => stock ?? []);
  const files: BulkFile[] = [
    { kind: 'products', lines: productLines },
    { kind: 'variants', lines: variantLines.map(({ line }) => line) },
    { kind: 'activations', lines: stockOf(activates).map((item) => activation(item, locationId, keyFor)) },
    { kind: 'stock', lines: stockOf(sets).map((item) => quantity(item, locationId, keyFor)) },
  ];
  const layout: BulkLayout = {
    products: { from: 1, count: productLines.length },
    variants: {
      from: rangeOf(({ write }) => write !== undefined).from,
      lines: runsOf(variantLines.map(({ length }) => length)),
    },
    activations: rangeOf(activates),
    stock: rangeOf(sets),
  };
  return { files: files.filter(({ lines }) => lines.length > 0), layout, messages, results };
}

function variantChanges(plan: {
  readonly writes: readonly VariantItem[];
  readonly stock: readonly StockItem[];
}): VariantChange[] {
  const writes = new Map(plan.writes.map((item) => [item.op, item]));
  const stocks = new Map(plan.stock.map((item) => [item.op, item]));
  const ops = new Set([...writes.keys(), ...stocks.keys()]);
  return [...ops]
    .map((op) => ({ op, write: writes.get(op), stock: stocks.get(op) }))
    .toSorted(
      (a, b) =>
        segmentOf(a) - segmentOf(b) || compare(a.op.ref.productExternalId, b.op.ref.productExternalId),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Neighbours of one product share a line. */
function linesOfVariants(items: readonly VariantItem[]): { line: object; length: number }[] {
  const runs: VariantItem[][] = [];
  for (const item of items) {
    const last = runs.at(-1);
    if (last?.[0]?.op.ref.productExternalId === item.op.ref.productExternalId) last.push(item);
    else runs.push([item]);
  }
  return runs
    .flatMap((run) => chunk(run, VARIANTS_A_WRITE))
    .map((part) => ({
      length: part.length,
      line: {
        productId: toGid('Product', part[0]?.op.ref.productExternalId ?? ''),
        variants: part.map((item) => ({ id: toGid('ProductVariant', item.variantId), ...item.input })),
      },
    }));
}

function activation(item: StockItem, locationId: string, keyFor: (content: string) => string): object {
  const { inventoryItemId, quantity: available } = item;
  return { inventoryItemId, locationId, available, key: keyFor(`${inventoryItemId} ${available}`) };
}

/** A line each: Shopify refuses a whole call when one quantity of it is wrong. */
function quantity(item: StockItem, locationId: string, keyFor: (content: string) => string): object {
  const { inventoryItemId, quantity: wanted, from: changeFromQuantity } = item;
  const key = keyFor(`${inventoryItemId} ${wanted}`);
  return {
    key,
    input: {
      name: 'available',
      reason: 'correction',
      referenceDocumentUri: `gid://quayside/Publish/${key}`,
      quantities: [{ inventoryItemId, locationId, quantity: wanted, changeFromQuantity }],
    },
  };
}
