import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { countedPlaces, countFigures, type CountedPlace } from '#shared/domain/inventory/counting.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import { STOCK_HALF, type InventoryCall, type InventoryDeps } from './caller.ts';
import { insertCount, insertEntry, listItem } from './count-rows.ts';
import {
  binNames,
  countEntries,
  countScope,
  expectedAt,
  itemNames,
  requireCount,
  requireOpenCount,
  toCount,
  type StoredCount,
} from './count-store.ts';
import { addDocument } from './documents.ts';
import { post, type Posting } from './ledger.ts';
import { spreadPostings } from './levels.ts';
import { assertKept } from './kits.ts';
import { ensureBin, itemOfCode, requireLocation, type StockItem } from './places.ts';
import { itemOfScan, singleUnits } from './units.ts';

const entryById = sql<{ id: string }, { item_rid: number; quantity: number; bin_rid: number }>(
  'SELECT item_rid, quantity, bin_rid FROM stock_count_entry WHERE id = :id',
  { hot: true },
);
const closeCount = sql<{ rid: number; at: number; command: number }>(
  'UPDATE stock_count SET finished_at_ms = :at, finished_by_rid = :command, reopened_by_rid = NULL WHERE rid = :rid',
);
const reopen = sql<{ target: number; undo: number }>(
  'UPDATE stock_count SET finished_at_ms = NULL, reopened_by_rid = :undo WHERE finished_by_rid = :target AND finished_at_ms IS NOT NULL',
  { hot: true },
);
const closeAgain = sql<{ target: number; at: number }>(
  'UPDATE stock_count SET finished_at_ms = :at, reopened_by_rid = NULL WHERE reopened_by_rid = :target',
  { hot: true },
);
const withdraw = sql<{ target: number; undo: number }>(
  'UPDATE stock_count_entry SET withdrawn_by_rid = :undo WHERE command_rid = :target AND withdrawn_by_rid IS NULL',
  { hot: true },
);
const giveBack = sql<{ target: number }>(
  'UPDATE stock_count_entry SET withdrawn_by_rid = NULL WHERE withdrawn_by_rid = :target',
  { hot: true },
);
const closedCountOf = sql<{ command: number }, { n: number }>(
  `SELECT count(*) AS n FROM stock_count_entry e JOIN stock_count c ON c.rid = e.count_rid
   WHERE e.command_rid = :command AND c.finished_at_ms IS NOT NULL`,
  { hot: true },
);

export function startCount(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.startCount'>,
  call: InventoryCall,
): Result<'inventory.startCount'> {
  const { result } = journal.run(
    {
      method: 'inventory.startCount',
      label: `Start count ${input.name}`,
      actor: call.actor,
      requestId: call.requestId,
      // No stock changes; an unwanted count is finished without entries.
      reversible: false,
    },
    (scope) => {
      const location = requireLocation(scope.db, input.locationId);
      const id = ports.newId();
      const { rid } = scope.db.run(insertCount, {
        id,
        name: input.name,
        location: location.rid,
        blind: input.blind ? 1 : 0,
        scope: input.codes ? 'list' : 'full',
        at: scope.atMs,
      });
      for (const code of input.codes ?? []) {
        scope.db.run(listItem, { count: rid, item: itemOfCode(scope, ports, code).rid });
      }
      scope.note(1);
      scope.touch('inventory');
      return { countId: id };
    },
  );
  return result;
}

/** Takes entries of a device. What cannot be taken is named and the rest goes in; a known id is passed over. */
export function recordCount(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.recordCount'>,
  call: InventoryCall,
): Result<'inventory.recordCount'> {
  const { result } = journal.run(
    {
      method: 'inventory.recordCount',
      label: `Count ${input.entries.length} entries`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope): Result<'inventory.recordCount'> => {
      const count = requireOpenCount(scope.db, input.countId);
      const rejected: { entryId: string; code: string; message: string }[] = [];
      let recorded = 0;
      let repeated = 0;
      for (const entry of input.entries) {
        if (scope.db.get(entryById, { id: entry.entryId })) {
          repeated += 1;
          continue;
        }
        const found = countable(scope, ports, entry);
        if (found instanceof CodedError) {
          rejected.push({ entryId: entry.entryId, code: found.code, message: found.message });
          continue;
        }
        const bin = ensureBin(scope, ports, { rid: count.location_rid }, entry.bin);
        scope.db.run(insertEntry, {
          id: entry.entryId,
          count: count.rid,
          item: found.item.rid,
          bin: bin?.rid ?? 0,
          quantity: found.units,
          // A device whose clock runs ahead must not compare with movements that come later.
          at: Math.min(entry.countedAt ?? scope.atMs, scope.atMs),
          actor: call.actor,
          command: scope.rid,
        });
        recorded += 1;
      }
      scope.note(recorded);
      scope.touch('inventory');
      return { commandId: recorded > 0 ? scope.id : null, recorded, repeated, rejected };
    },
  );
  return result;
}

type Entry = ParsedParams<'inventory.recordCount'>['entries'][number];

/** Item and single units of an entry, or why it cannot be counted. */
export function countable(
  scope: CommandScope,
  ports: InventoryDeps['ports'],
  entry: Entry,
): { readonly item: StockItem; readonly units: number } | CodedError {
  try {
    const { item, factor } = itemOfScan(scope, ports, entry.code);
    assertKept(scope.db, item);
    return { item, units: factor * singleUnits(scope.db, item, entry.quantity, entry.unit) };
  } catch (error) {
    if (error instanceof CodedError) return error;
    throw error;
  }
}

export interface Variance extends CountedPlace {
  readonly expected: number;
}

/** What was counted at each place of a count, with what the ledger said then. */
export function variances(db: Database, count: StoredCount): Variance[] {
  return countedPlaces(countEntries(db, count)).map((place) => ({
    ...place,
    expected: expectedAt(db, { ...place, location: count.location_rid }, place.at),
  }));
}

/**
 * Posts counted - expected for every counted place. Expected is what the
 * ledger said when the place was last counted, so that what was booked
 * meanwhile stays booked, and devices that join in another order post the same.
 */
export function finishCount(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.finishCount'>,
  call: InventoryCall,
): Result<'inventory.finishCount'> {
  const { name } = requireCount(journal.db, input.countId);
  const { result } = journal.run(
    {
      method: 'inventory.finishCount',
      label: `Finish count ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope): Result<'inventory.finishCount'> => {
      const count = requireOpenCount(scope.db, input.countId);
      const location = requireLocation(scope.db, count.location_id);
      const found = variances(scope.db, count);
      const missed = input.uncounted === 'zero' ? uncounted(scope.db, count, found) : [];
      const items = itemNames(scope.db, [...new Set([...found, ...missed].map(({ item }) => item))]);
      const codes = binNames(scope.db, location.rid);
      const note = count.name;
      const document = addDocument(scope, ports, 'count', { reference: count.name });
      let posted = 0;
      for (const { item: itemRid, bin, counted, expected } of [...found, ...missed]) {
        const item: StockItem | undefined = items.get(itemRid);
        if (!item || counted === expected) continue;
        const delta = counted - expected;
        const postings: Posting[] =
          bin === null
            ? spreadPostings(scope, item, location, delta, { reason: 'count', note })
            : [
                {
                  item,
                  location,
                  bin: bin === 0 || !codes.has(bin) ? null : { rid: bin, id: codes.get(bin)?.id ?? '' },
                  quantity: delta,
                  reason: 'count',
                  note,
                },
              ];
        posted += post(scope, document, postings);
        ports.atPoint?.(STOCK_HALF);
      }
      scope.db.run(closeCount, { rid: count.rid, at: scope.atMs, command: scope.rid });
      if (posted === 0) scope.note(1);
      scope.touch('inventory');
      return { commandId: scope.id, ...countFigures(found.map((place) => place.counted - place.expected)) };
    },
  );
  return result;
}

/** Items of the count that nobody entered, as counted 0. */
function uncounted(db: Database, count: StoredCount, found: readonly Variance[]): Variance[] {
  const seen = new Set(found.map(({ item }) => item));
  const at = Number.MAX_SAFE_INTEGER;
  return countScope(db, count)
    .filter((item) => !seen.has(item))
    .map((item) => ({
      item,
      bin: null,
      counted: 0,
      at,
      expected: expectedAt(db, { item, location: count.location_rid, bin: null }, at),
    }));
}

const MAX_LINES = 1_000;

export function getCount(db: Database, countId: string): Result<'inventory.getCount'> {
  const count = requireCount(db, countId);
  const found = variances(db, count);
  const seen = new Set(found.map(({ item }) => item));
  const rest = countScope(db, count).filter((item) => !seen.has(item));
  const hidden = count.blind === 1 && count.finished_at_ms === null;
  const shown = [...found, ...rest.map((item) => ({ item, bin: null, counted: null, expected: null }))].slice(
    0,
    MAX_LINES,
  );
  const items = itemNames(db, [...new Set(shown.map(({ item }) => item))]);
  const codes = binNames(db, count.location_rid);
  return {
    count: toCount(count),
    lines: shown.map(({ item, bin, counted, expected }) => ({
      itemId: items.get(item)?.id ?? '',
      sku: items.get(item)?.sku ?? '',
      title: items.get(item)?.title ?? '',
      bin: bin === null || bin === 0 ? null : (codes.get(bin)?.code ?? null),
      counted,
      expected: hidden ? null : expected,
    })),
    linesTotal: found.length + rest.length,
  };
}

/** Opens the count again that the command finished; for a redo, finishes it again. True when there was one. */
export function reopenCount(scope: CommandScope, commandRid: number): boolean {
  const opened = scope.db.run(reopen, { target: commandRid, undo: scope.rid }).changes;
  const closed = scope.db.run(closeAgain, { target: commandRid, at: scope.atMs }).changes;
  if (opened + closed > 0) scope.touch('inventory');
  return opened + closed > 0;
}

/** Withdraws the entries of a command; for a redo, gives them back. Those of a finished count stay. */
export function withdrawEntries(scope: CommandScope, commandRid: number): number {
  if ((scope.db.get(closedCountOf, { command: commandRid })?.n ?? 0) > 0) return 0;
  const count =
    scope.db.run(withdraw, { target: commandRid, undo: scope.rid }).changes +
    scope.db.run(giveBack, { target: commandRid }).changes;
  if (count > 0) scope.touch('inventory');
  return count;
}
