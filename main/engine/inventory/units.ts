import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { itemOfCode, requireItem, skuOfCode, type StockItem } from './places.ts';
import { createRecord, removeRecord, writeRecord } from './record-log.ts';

interface StoredUnit {
  rid: number;
  id: string;
  name: string;
  factor: number;
  barcode: string | null;
}

const unitsOf = sql<{ item: number }, StoredUnit>(
  `SELECT rid, id, name, factor, barcode FROM stock_unit WHERE item_rid = :item AND removed_at_ms IS NULL ORDER BY factor`,
  { hot: true },
);
const byBarcode = sql<{ code: string }, StockItem & { factor: number }>(
  `SELECT i.rid, i.id, i.sku, u.factor FROM stock_unit u JOIN stock_item i ON i.rid = u.item_rid
   WHERE u.barcode = :code AND u.removed_at_ms IS NULL LIMIT 1`,
  { hot: true },
);
const MAX_UNITS = 100_000_000;

/** The item of a scanned code and the single units that one scan is: a pack's barcode stands for all in it. */
export function itemOfScan(
  scope: CommandScope,
  ports: InventoryDeps['ports'],
  code: string,
): { readonly item: StockItem; readonly factor: number } {
  const pack =
    skuOfCode(scope.db, code) === null ? scope.db.get(byBarcode, { code: code.trim() }) : undefined;
  if (!pack) return { item: itemOfCode(scope, ports, code), factor: 1 };
  return { item: { rid: pack.rid, id: pack.id, sku: pack.sku }, factor: pack.factor };
}

/** Single units in `quantity` of a pack of the item; without a pack it is the quantity. Unknown packs are refused. */
export function singleUnits(
  db: Database,
  item: Pick<StockItem, 'rid' | 'sku'>,
  quantity: number,
  unit: string | undefined,
): number {
  const name = unit?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'each') return quantity;
  const units = db.all(unitsOf, { item: item.rid });
  const found = units.find((one) => one.name.toLowerCase() === name);
  if (!found) {
    const known = units.map((one) => one.name).join(', ');
    throw new CodedError(
      'NOT_FOUND',
      `${item.sku} has no unit "${unit ?? ''}"${known === '' ? '; add it to the item first' : `; it has: ${known}`}`,
      { sku: item.sku, unit: unit ?? '' },
    );
  }
  const single = quantity * found.factor;
  if (single > MAX_UNITS) {
    throw new CodedError('INVALID_VALUE', `${quantity} ${found.name} are more than ${MAX_UNITS} units`, {
      sku: item.sku,
    });
  }
  return single;
}

export function itemUnits(db: Database, itemRid: number): Result<'inventory.item'>['units'] {
  return db.all(unitsOf, { item: itemRid }).map(({ id, name, factor, barcode }) => ({
    unitId: id,
    name,
    factor,
    barcode,
  }));
}

/** Adds a unit of an item or changes the one with this name; a factor of null takes it away. */
export function saveUnit(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.saveUnit'>,
  call: InventoryCall,
): Result<'inventory.saveUnit'> {
  const { sku } = requireItem(journal.db, input.itemId);
  const { commandId } = journal.run(
    {
      method: 'inventory.saveUnit',
      label: `Change units of ${sku}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = requireItem(scope.db, input.itemId);
      if (input.name.toLowerCase() === 'each') {
        throw new CodedError('INVALID_VALUE', '"each" is the single unit; choose another name', {
          field: 'name',
        });
      }
      const known = scope.db
        .all(unitsOf, { item: item.rid })
        .find(({ name }) => name.toLowerCase() === input.name.toLowerCase());
      if (input.factor === null) {
        if (known) removeRecord(scope, 'stock_unit', known.rid);
        return {};
      }
      const barcode = input.barcode === undefined ? undefined : input.barcode || null;
      const taken = barcode
        ? (skuOfCode(scope.db, barcode) ?? scope.db.get(byBarcode, { code: barcode }))
        : null;
      if (taken && barcode !== known?.barcode) {
        throw new CodedError('INVALID_VALUE', `"${barcode}" is the SKU or barcode of an item already`, {
          field: 'barcode',
        });
      }
      if (known) writeRecord(scope, 'stock_unit', known.rid, { factor: input.factor, barcode });
      else {
        createRecord(scope, ports, 'stock_unit', {
          item_rid: item.rid,
          name: input.name,
          factor: input.factor,
          barcode: barcode ?? null,
        });
      }
      return {};
    },
  );
  return { commandId };
}
