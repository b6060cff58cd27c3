import type { z } from 'zod';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { createRecord, writeRecord } from '../inventory/record-log.ts';

const byKey = sql<{ key: string }, { rid: number; value: string | null }>(
  'SELECT rid, value FROM warehouse_setting WHERE key = :key AND removed_at_ms IS NULL',
  { hot: true },
);
const anyByKey = sql<{ key: string }, { rid: number }>('SELECT rid FROM warehouse_setting WHERE key = :key', {
  hot: true,
});

/** A setting of the workspace; null while nobody has set it, or when it does not fit this version any more. */
export function readSetting<T>(db: Database, key: string, schema: z.ZodType<T>): T | null {
  const stored = db.get(byKey, { key })?.value ?? null;
  if (stored === null) return null;
  const parsed = schema.safeParse(JSON.parse(stored));
  return parsed.success ? parsed.data : null;
}

/** Writes a setting as part of a command, so that undo gives back what was before. */
export function writeSetting(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  key: string,
  value: unknown,
): void {
  const text = JSON.stringify(value);
  const known = scope.db.get(anyByKey, { key });
  if (known) writeRecord(scope, 'warehouse_setting', known.rid, { value: text, removed_at_ms: null });
  else createRecord(scope, ports, 'warehouse_setting', { key, value: text });
}
