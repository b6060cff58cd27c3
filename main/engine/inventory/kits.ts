import { cycleThrough, leavesOf, type Kit } from '#shared/domain/inventory/kits.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { itemOfCode, requireItem } from './places.ts';
import { createRecord, removeRecord, writeRecord } from './record-log.ts';

interface StoredPart {
  kit_rid: number;
  kit_item: number;
  kind: 'virtual' | 'built';
  part_rid: number;
  part: number;
  quantity: number;
}

const allParts = sql<Record<string, never>, StoredPart>(
  `SELECT k.rid AS kit_rid, k.item_rid AS kit_item, k.kind, p.rid AS part_rid, p.item_rid AS part, p.quantity
   FROM stock_kit k JOIN stock_kit_part p ON p.kit_rid = k.rid
   WHERE k.removed_at_ms IS NULL AND p.removed_at_ms IS NULL ORDER BY k.rid, p.rid`,
);
const kitOf = sql<{ item: number }, { rid: number; kind: 'virtual' | 'built' }>(
  'SELECT rid, kind FROM stock_kit WHERE item_rid = :item AND removed_at_ms IS NULL',
  { hot: true },
);
const partsOf = sql<
  { kit: number },
  { rid: number; item: number; item_id: string; sku: string; quantity: number }
>(
  `SELECT p.rid, p.item_rid AS item, i.id AS item_id, i.sku, p.quantity
   FROM stock_kit_part p JOIN stock_item i ON i.rid = p.item_rid
   WHERE p.kit_rid = :kit AND p.removed_at_ms IS NULL ORDER BY p.rid`,
  { hot: true },
);
const dropLeaves = sql('DELETE FROM stock_kit_leaf');
const insertLeaf = sql<{ item: number; part: number; quantity: number }>(
  'INSERT INTO stock_kit_leaf (item_rid, part_rid, quantity) VALUES (:item, :part, :quantity)',
);
const skuOf = sql<{ item: number }, { sku: string }>('SELECT sku FROM stock_item WHERE rid = :item', {
  hot: true,
});
const stockOf = sql<{ item: number }, { n: number }>(
  'SELECT coalesce(sum(abs(quantity)), 0) AS n FROM stock_level WHERE item_rid = :item',
  { hot: true },
);

export interface StoredKit {
  readonly rid: number;
  readonly kind: 'virtual' | 'built';
  readonly parts: readonly { rid: number; item: number; item_id: string; sku: string; quantity: number }[];
}

export function findKit(db: Database, itemRid: number): StoredKit | null {
  const kit = db.get(kitOf, { item: itemRid });
  return kit ? { ...kit, parts: db.all(partsOf, { kit: kit.rid }) } : null;
}

function allKits(db: Database): Map<number, Kit> {
  const kits = new Map<number, { virtual: boolean; parts: { item: number; quantity: number }[] }>();
  for (const { kit_item: item, kind, part, quantity } of db.all(allParts, {})) {
    const kit = kits.get(item) ?? { virtual: kind === 'virtual', parts: [] };
    kit.parts.push({ item: part, quantity });
    kits.set(item, kit);
  }
  return kits;
}

/**
 * Works out again what every virtual kit takes from the shelf, and refuses
 * kits that contain themselves: after every change of kits, undo included.
 */
export function settleKits(scope: CommandScope): void {
  const { db } = scope;
  const kits = allKits(db);
  db.run(dropLeaves, {});
  for (const [item, kit] of kits) {
    const cycle = cycleThrough(kits, item);
    if (cycle) {
      const names = cycle.map((rid) => db.get(skuOf, { item: rid })?.sku ?? '').join(' → ');
      throw new CodedError('INVALID_VALUE', `A kit cannot contain itself: ${names}`, { cycle: names });
    }
    if (!kit.virtual) continue;
    for (const leaf of leaves(kits, item)) {
      db.run(insertLeaf, { item, part: leaf.item, quantity: leaf.quantity });
    }
  }
  scope.touch('inventory');
}

function leaves(kits: ReadonlyMap<number, Kit>, item: number): ReturnType<typeof leavesOf> {
  try {
    return leavesOf(kits, item);
  } catch (error) {
    throw new CodedError(
      'INVALID_VALUE',
      'This kit would need more than 100,000,000 units of a part',
      {},
      {
        cause: error,
      },
    );
  }
}

export function saveKit(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.saveKit'>,
  call: InventoryCall,
): Result<'inventory.saveKit'> {
  const { sku } = requireItem(journal.db, input.itemId);
  const { commandId } = journal.run(
    {
      method: 'inventory.saveKit',
      label: `Change the kit ${sku}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = requireItem(scope.db, input.itemId);
      const known = findKit(scope.db, item.rid);
      const wanted = new Map<number, number>();
      for (const { code, quantity } of input.parts) {
        const part = itemOfCode(scope, ports, code);
        wanted.set(part.rid, (wanted.get(part.rid) ?? 0) + quantity);
      }
      if (input.kind === 'virtual' && wanted.size > 0) assertNoStock(scope.db, item);
      if (wanted.size === 0) {
        for (const part of known?.parts ?? []) removeRecord(scope, 'stock_kit_part', part.rid);
        if (known) removeRecord(scope, 'stock_kit', known.rid);
      } else {
        const rid =
          known?.rid ?? createRecord(scope, ports, 'stock_kit', { item_rid: item.rid, kind: input.kind }).rid;
        writeRecord(scope, 'stock_kit', rid, { kind: input.kind });
        for (const part of known?.parts ?? []) {
          const quantity = wanted.get(part.item);
          if (quantity === undefined) removeRecord(scope, 'stock_kit_part', part.rid);
          else writeRecord(scope, 'stock_kit_part', part.rid, { quantity });
          wanted.delete(part.item);
        }
        for (const [part, quantity] of wanted) {
          createRecord(scope, ports, 'stock_kit_part', { kit_rid: rid, item_rid: part, quantity });
        }
      }
      settleKits(scope);
      return {};
    },
  );
  return { commandId };
}

/** A virtual kit is nowhere: units of its own would be sold twice. */
function assertNoStock(db: Database, item: { rid: number; sku: string }): void {
  if ((db.get(stockOf, { item: item.rid })?.n ?? 0) > 0) {
    throw new CodedError(
      'INVALID_STATE',
      `Units of ${item.sku} are in stock; a virtual kit has none of its own. Set them to 0, or make it a built kit`,
      { sku: item.sku },
    );
  }
}

/** Refuses to put units of a virtual kit anywhere. */
export function assertKept(db: Database, item: { readonly rid: number; readonly sku: string }): void {
  if (db.get(kitOf, { item: item.rid })?.kind !== 'virtual') return;
  throw new CodedError(
    'INVALID_STATE',
    `${item.sku} is a virtual kit and has no stock of its own; book its parts`,
    {
      sku: item.sku,
    },
  );
}
