import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { countFileSchema } from '#shared/contract/counting.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { mergeCountFiles, type CountFile, type FiledEntry } from '#shared/domain/inventory/count-file.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import type { CommandScope } from '../../journal/journal.ts';
import type { Ports } from '../../ports.ts';
import type { InventoryCall, InventoryDeps } from '../caller.ts';
import { insertCount, insertEntry, listItem } from '../count-rows.ts';
import { countScope, itemNames, requireCount, requireOpenCount } from '../count-store.ts';
import { ensureBin, ensureItem, itemOfCode, locations, requireLocation, skuOfCode } from '../places.ts';

const MAX_BYTES = 50_000_000;

const entriesOf = sql<
  { count: number },
  { id: string; sku: string; bin: string | null; quantity: number; at: number; actor: string; gone: number }
>(
  `SELECT e.id, i.sku, b.code AS bin, e.quantity, e.counted_at_ms AS at, e.actor, e.withdrawn_by_rid IS NOT NULL AS gone
   FROM stock_count_entry e JOIN stock_item i ON i.rid = e.item_rid LEFT JOIN stock_bin b ON b.rid = e.bin_rid
   WHERE e.count_rid = :count ORDER BY e.id`,
  { hot: true },
);
const knownEntry = sql<
  { id: string },
  { count_rid: number; sku: string; bin: string | null; quantity: number }
>(
  `SELECT e.count_rid, i.sku, b.code AS bin, e.quantity FROM stock_count_entry e JOIN stock_item i ON i.rid = e.item_rid
   LEFT JOIN stock_bin b ON b.rid = e.bin_rid WHERE e.id = :id`,
  { hot: true },
);
const withdraw = sql<{ id: string; count: number; command: number }>(
  `UPDATE stock_count_entry SET withdrawn_by_rid = :command
   WHERE id = :id AND count_rid = :count AND withdrawn_by_rid IS NULL`,
);
const countKnown = sql<{ id: string }, { rid: number }>('SELECT rid FROM stock_count WHERE id = :id', {
  hot: true,
});

/** A count as it travels: what it is about, every entry with its own id, and what was taken back. */
export function countFile(db: Database, countId: string): CountFile {
  const count = requireCount(db, countId);
  const rows = db.all(entriesOf, { count: count.rid });
  const skus = count.scope === 'list' ? [...itemNames(db, countScope(db, count)).values()] : null;
  return {
    countId: count.id,
    name: count.name,
    location: count.location,
    blind: count.blind === 1,
    skus: skus && skus.map(({ sku }) => sku).toSorted(),
    entries: rows
      .filter(({ gone }) => gone === 0)
      .map(({ id, sku, bin, quantity, at, actor }) => ({
        entryId: id,
        code: sku,
        bin: bin ?? '',
        quantity,
        countedAt: at,
        actor,
      })),
    withdrawn: rows.filter(({ gone }) => gone === 1).map(({ id }) => id),
  };
}

export function exportCount(db: Database, input: ParsedParams<'counting.export'>): Result<'counting.export'> {
  const file = countFile(db, input.countId);
  try {
    writeFileSync(
      input.file,
      `${JSON.stringify({ format: 'quayside-count', version: 1, ...file }, null, 2)}\n`,
    );
  } catch (error) {
    throw new CodedError(
      'FILE_UNREADABLE',
      `${input.file} cannot be written; choose another folder`,
      { file: input.file },
      { cause: error },
    );
  }
  return { file: input.file, entries: file.entries.length };
}

function readCountFile(path: string): CountFile {
  let text: string;
  try {
    if (statSync(path).size > MAX_BYTES) {
      throw new CodedError('FILE_TOO_LARGE', `${path} is larger than a count can be`, { file: path });
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('FILE_UNREADABLE', `${path} cannot be read`, { file: path }, { cause: error });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new CodedError('FILE_FORMAT', `${path} is no count file: it is not JSON`, { file: path });
  }
  const checked = countFileSchema.safeParse(parsed);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    const where = issue?.path.map(String).join('.') ?? '';
    throw new CodedError('FILE_FORMAT', `${path} is no count file: ${where} ${issue?.message ?? ''}`.trim(), {
      file: path,
    });
  }
  return checked.data;
}

/**
 * Takes a count file in: the count is made when it is not here yet, entries
 * join by their ids, and what was taken back elsewhere is taken back here.
 */
export function importCount(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'counting.import'>,
  call: InventoryCall,
): Result<'counting.import'> {
  // Merging a file with itself puts it in order and joins ids that come twice.
  const { file } = mergeCountFiles([readCountFile(input.file)]);
  const { result, commandId } = journal.run(
    {
      method: 'counting.import',
      label: `Merge count ${file.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      if (!scope.db.get(countKnown, { id: file.countId })) makeCount(scope, ports, file, input.locationId);
      const count = requireOpenCount(scope.db, file.countId);
      const rejected: { entryId: string; code: string; message: string }[] = [];
      let recorded = 0;
      let repeated = 0;
      for (const entry of file.entries) {
        const problem = take(scope, ports, count, entry);
        if (problem === null) recorded += 1;
        else if (problem === 'repeated') repeated += 1;
        else rejected.push({ entryId: entry.entryId, code: problem.code, message: problem.message });
      }
      let withdrawn = 0;
      for (const id of file.withdrawn) {
        withdrawn += scope.db.run(withdraw, { id, count: count.rid, command: scope.rid }).changes;
      }
      scope.note(recorded + withdrawn);
      scope.touch('inventory');
      return { countId: file.countId, recorded, repeated, withdrawn, rejected };
    },
  );
  return { commandId, ...result };
}

function take(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  count: { readonly rid: number; readonly location_rid: number },
  entry: FiledEntry,
): null | 'repeated' | { readonly code: string; readonly message: string } {
  const sku = skuOfCode(scope.db, entry.code);
  const known = scope.db.get(knownEntry, { id: entry.entryId });
  if (known) {
    const same =
      known.count_rid === count.rid &&
      known.sku === sku &&
      known.quantity === entry.quantity &&
      (known.bin ?? '').toLowerCase() === entry.bin.toLowerCase();
    return same
      ? 'repeated'
      : { code: 'INVALID_VALUE', message: `The entry of ${entry.code} is here already with other figures` };
  }
  if (sku === null) {
    return {
      code: 'NOT_FOUND',
      message: `No item or listing has the SKU or barcode "${entry.code.slice(0, 60)}"`,
    };
  }
  scope.db.run(insertEntry, {
    id: entry.entryId,
    count: count.rid,
    item: ensureItem(scope, ports, sku).rid,
    bin: ensureBin(scope, ports, { rid: count.location_rid }, entry.bin)?.rid ?? 0,
    quantity: entry.quantity,
    at: Math.min(entry.countedAt, scope.atMs),
    actor: entry.actor,
    command: scope.rid,
  });
  return null;
}

function makeCount(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  file: CountFile,
  locationId: string | undefined,
): void {
  const name = file.location.toLowerCase();
  const location = locationId
    ? requireLocation(scope.db, locationId)
    : locations(scope.db).find((one) => one.name.toLowerCase() === name);
  if (!location) {
    throw new CodedError(
      'NOT_FOUND',
      `There is no location "${file.location}"; add it, or say which location the count is of`,
      { field: 'locationId', location: file.location },
    );
  }
  const { rid } = scope.db.run(insertCount, {
    id: file.countId,
    name: file.name,
    location: location.rid,
    blind: file.blind ? 1 : 0,
    scope: file.skus ? 'list' : 'full',
    at: scope.atMs,
  });
  for (const sku of file.skus ?? []) {
    scope.db.run(listItem, { count: rid, item: itemOfCode(scope, ports, sku).rid });
  }
  scope.note(1);
}
