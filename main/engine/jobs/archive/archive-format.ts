import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';

/**
 * A workspace in the open: a folder with `manifest.json` and one file of JSON
 * lines a table, each line the array of a row's values in the order of the
 * manifest's columns. Described in docs/workspace-format.md.
 */
export const FORMAT = 'quayside-workspace';
export const FORMAT_VERSION = 1;
export const MANIFEST_FILE = 'manifest.json';
/** Lines `[orderId, person, order as the channel sent it]`; only there when it was asked for. */
export const BUYERS_FILE = 'buyers.jsonl';

const identifier = z.string().regex(/^[a-z][a-z0-9_]*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

export const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  /** Number of the newest migration that shaped the tables. */
  schema: z.number().int().positive(),
  exportedAt: z.iso.datetime(),
  program: z.string(),
  tables: z.array(z.strictObject({ name: identifier, columns: z.array(identifier), rows: count, sha256 })),
  buyers: z.strictObject({ orders: count, sha256 }).nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const tableFile = (dir: string, table: string): string => join(dir, 'tables', `${table}.jsonl`);

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
}

/** What the program makes again by itself: its steps, what is left of rate limits, and marks of running work. */
const OWN = new Set(['migration', 'limiter', 'bulk_load', 'listing_search_stale']);
/** Sealed for this machine alone; buyers leave only through {@link BUYERS_FILE}. */
const SEALED = 'order_person';
/** Records that could not be read stand here as the channel sent them, buyers included; the next read brings them again. */
const AS_SENT = 'quarantine';

/** The tables that leave, in the order of their names; full-text indexes are built again from them. */
export function archivedTables(db: Database): TableShape[] {
  const names = db.pluck<string>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return names
    .filter((name) => !OWN.has(name) && name !== SEALED && name !== AS_SENT)
    .map((name) => ({ name, columns: plainColumns(db, name) }));
}

/** Columns with text and numbers. Bytes are sealed data, which is of no use elsewhere. */
function plainColumns(db: Database, table: string): string[] {
  return db.pluck<string>(
    "SELECT name FROM pragma_table_xinfo(:table) WHERE hidden = 0 AND type <> 'BLOB' ORDER BY cid",
    { table },
  );
}

export function lineHash(): { add(line: string): void; hex(): string } {
  const hash = createHash('sha256');
  return { add: (line) => void hash.update(line), hex: () => hash.digest('hex') };
}
