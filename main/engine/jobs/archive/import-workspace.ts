import { createReadStream, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CodedError } from '#shared/errors/coded-error.ts';
import { Database } from '../../db/database.ts';
import { lockWorkspace } from '../../db/lock.ts';
import { loadMigrations, migrate } from '../../db/migrate.ts';
import { openSealing } from '../../db/sealing/open-sealing.ts';
import type { Logger, Vault } from '../../ports.ts';
import { assertCreatable, DATABASE_FILE, defaultMigrationsDir } from '../../workspace.ts';
import {
  archivedTables,
  BUYERS_FILE,
  lineHash,
  MANIFEST_FILE,
  manifestSchema,
  tableFile,
  type Manifest,
  type TableShape,
} from './archive-format.ts';

/** Rows that go into the database in one statement. */
const BATCH = 500;

const noBackup = (): Promise<void> => Promise.resolve();

/** Reads what an export says about itself; throws FILE_UNREADABLE, FILE_FORMAT, WORKSPACE_NEWER. */
export function readManifest(folder: string): Manifest {
  const file = join(folder, MANIFEST_FILE);
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CodedError(
      'FILE_UNREADABLE',
      `${folder} holds no readable ${MANIFEST_FILE}`,
      { file },
      { cause: error },
    );
  }
  const parsed = manifestSchema.safeParse(raw);
  if (!parsed.success)
    throw new CodedError('FILE_FORMAT', `${file}: ${z.prettifyError(parsed.error)}`, { file });
  const known = loadMigrations(defaultMigrationsDir()).length;
  if (parsed.data.schema > known) {
    throw new CodedError(
      'WORKSPACE_NEWER',
      `${folder} was exported by a newer version (schema ${parsed.data.schema}, this program knows ${known}); update Quayside to import it`,
      { file, found: parsed.data.schema, known },
    );
  }
  return parsed.data;
}

/**
 * Makes a workspace of an export in a new or empty folder. Every file has to
 * have the rows and the hash that the manifest names. Nothing is left in `dir`
 * when that fails. Shops come without their keys, so nothing leaves before a
 * person signs in again.
 */
export async function importWorkspace(
  folder: string,
  dir: string,
  parts: { vault: Vault; log: Logger; nowMs: number },
): Promise<Manifest> {
  const manifest = readManifest(folder);
  assertCreatable(dir);
  mkdirSync(dir, { recursive: true });
  const lock = lockWorkspace(dir);
  const file = join(dir, DATABASE_FILE);
  const building = `${file}.importing`;
  let db: Database | undefined;
  try {
    const sealing = await openSealing(dir, parts.vault, parts.log);
    try {
      db = new Database(building, { sealing });
      const steps = loadMigrations(defaultMigrationsDir()).slice(0, manifest.schema);
      await migrate(db, steps, noBackup, () => parts.nowMs);
      await load(db, folder, manifest);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      db?.close();
      sealing.close();
    }
    renameSync(building, file);
    return manifest;
  } catch (error) {
    lock.release();
    // It was empty or new: all that is in it was made here.
    rmSync(dir, { recursive: true, force: true });
    throw error;
  } finally {
    lock.release();
  }
}

async function load(db: Database, folder: string, manifest: Manifest): Promise<void> {
  const shapes = archivedTables(db);
  for (const table of manifest.tables) assertShape(table, shapes, folder);
  const triggers = db.allComposed<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
  );
  // Off only while the rows come in any order; looked over at the end.
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    for (const { name } of triggers) db.exec(`DROP TRIGGER "${name}"`);
    // What the steps put in themselves is among the rows that come.
    for (const { name } of shapes) db.exec(`DELETE FROM "${name}"`);
  });
  for (const table of manifest.tables) await loadTable(db, folder, table);
  db.exec('INSERT INTO order_person (order_rid) SELECT rid FROM sales_order');
  if (manifest.buyers) await loadBuyers(db, folder, manifest.buyers);
  db.transaction(() => {
    db.exec(`INSERT OR IGNORE INTO listing_search_stale (rid) SELECT rid FROM listing;
      INSERT INTO order_search (rowid, number, customer, skus)
      SELECT o.rid, open_tokens(o.number), person_tokens(coalesce(json_extract(person_open(o.id, p.sealed), '$.name') || ' ' ||
        json_extract(person_open(o.id, p.sealed), '$.company') || ' ' || json_extract(person_open(o.id, p.sealed), '$.email'), '')),
        open_tokens(coalesce((SELECT group_concat(coalesce(l.sku, ''), ' ') FROM order_line l WHERE l.order_rid = o.rid), ''))
      FROM sales_order o JOIN order_person p ON p.order_rid = o.rid;`);
    for (const { sql } of triggers) db.exec(sql);
  });
  const dangling = db.allComposed<{ table: string }>('PRAGMA foreign_key_check');
  if (dangling.length > 0) {
    throw new CodedError(
      'FILE_FORMAT',
      `${folder}: rows of ${dangling[0]?.table ?? ''} refer to rows that are not there`,
    );
  }
  db.pragma('foreign_keys = ON');
}

function assertShape(table: TableShape, shapes: readonly TableShape[], folder: string): void {
  const shape = shapes.find(({ name }) => name === table.name);
  const unknown = table.columns.filter((column) => !shape?.columns.includes(column));
  if (shape && unknown.length === 0) return;
  throw new CodedError(
    'FILE_FORMAT',
    `${folder}: ${table.name} ${unknown.join(', ')} is not known to the schema that the export names`,
  );
}

async function loadTable(db: Database, folder: string, table: Manifest['tables'][number]): Promise<void> {
  const list = table.columns.map((column) => `"${column}"`).join(', ');
  const values = table.columns.map((_, index) => `json_extract(value, '$[${index}]')`).join(', ');
  await eachBatch(
    tableFile(folder, table.name),
    table,
    (rows) => {
      db.runComposed(`INSERT INTO "${table.name}" (${list}) SELECT ${values} FROM json_each(:rows)`, {
        rows,
      });
    },
    db,
  );
}

async function loadBuyers(
  db: Database,
  folder: string,
  buyers: { orders: number; sha256: string },
): Promise<void> {
  await eachBatch(
    join(folder, BUYERS_FILE),
    { rows: buyers.orders, sha256: buyers.sha256 },
    (rows) => {
      db.runComposed(
        `UPDATE order_person SET sealed = person_seal(b.id, b.person), sealed_raw = person_seal(b.id, b.raw)
       FROM (SELECT o.rid, o.id, json_extract(e.value, '$[1]') AS person, json_extract(e.value, '$[2]') AS raw
         FROM json_each(:rows) e JOIN sales_order o ON o.id = json_extract(e.value, '$[0]')) b
       WHERE order_person.order_rid = b.rid`,
        { rows },
      );
    },
    db,
  );
}

/** Hands the lines of a file over as JSON arrays of some hundred, each in a transaction, and holds the file to its manifest. */
async function eachBatch(
  file: string,
  expected: { rows: number; sha256: string },
  take: (rows: string) => void,
  db: Database,
): Promise<void> {
  const hash = lineHash();
  let rows = 0;
  let batch: string[] = [];
  const flush = (): void => {
    if (batch.length === 0) return;
    try {
      db.transaction(() => take(`[${batch.join(',')}]`));
    } catch (error) {
      if (error instanceof CodedError) throw error;
      throw new CodedError(
        'FILE_FORMAT',
        `${file}: the rows before line ${rows + 1} do not fit`,
        { file },
        { cause: error },
      );
    }
    batch = [];
  };
  try {
    for await (const line of linesOf(file)) {
      hash.add(`${line}\n`);
      batch.push(line);
      rows += 1;
      if (batch.length >= BATCH) flush();
    }
  } catch (error) {
    if (error instanceof CodedError) throw error;
    throw new CodedError('FILE_UNREADABLE', `${file} cannot be read`, { file }, { cause: error });
  }
  flush();
  if (rows !== expected.rows || hash.hex() !== expected.sha256) {
    throw new CodedError(
      'FILE_FORMAT',
      `${file} is not as the manifest says: it was changed or is not whole`,
      { file },
    );
  }
}

/** Lines ended by a line feed alone: texts may hold the other characters that end lines elsewhere. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
