import { join } from 'node:path';
import type { Result } from '#shared/contract/methods.ts';
import { backupDatabase, backupName, rotateBackups } from '../db/backup.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { BACKUP_FOLDER } from '../workspace.ts';

const noteBackup = sql<{ file: string; at: number; bytes: number; reason: string }>(
  'INSERT INTO backup (file, at_ms, bytes, reason) VALUES (:file, :at, :bytes, :reason)',
);
const backups = sql<Record<string, never>, { file: string; at: number; bytes: number; reason: string }>(
  'SELECT file, at_ms AS at, bytes, reason FROM backup ORDER BY rid DESC LIMIT 100',
);

export async function backUp(
  engine: Engine,
  file: string | undefined,
  reason: string,
  signal: AbortSignal | undefined,
): Promise<Result<'workspace.backup'>> {
  const folder = join(engine.dir, BACKUP_FOLDER);
  const at = engine.ports.clock.now();
  const target = file ?? backupName(folder, reason, at);
  const result = await engine.jobs.run('backup', target, signal, () => backupDatabase(engine.db, target));
  engine.db.run(noteBackup, { file: result.file, at, bytes: result.bytes, reason });
  if (!file) rotateBackups(folder);
  return { ...result };
}

export function listBackups(engine: Engine): Result<'workspace.backups'> {
  return { backups: engine.db.all(backups, {}) };
}

interface Check {
  readonly name: string;
  /** Counts what is wrong; 0 is well. */
  readonly sql: string;
  readonly wrong: string;
}

const CHECKS: readonly Check[] = [
  {
    name: 'outbox base',
    sql: `SELECT count(*) AS n FROM outbox o WHERE o.state = 'pending' AND o.kind = 'set' AND NOT EXISTS (
            SELECT 1 FROM change c WHERE c.command_rid = o.command_rid AND c.entity = o.entity AND c.field = o.field AND c.entity_rid = o.entity_rid)`,
    wrong: 'queued changes that no command made',
  },
  {
    name: 'one waiting op a cell',
    sql: `SELECT count(*) AS n FROM (SELECT 1 FROM outbox WHERE state IN ('pending', 'retry_wait', 'rejected', 'conflict')
            GROUP BY entity, entity_rid, field HAVING count(*) > 1)`,
    wrong: 'cells with two waiting changes',
  },
  {
    name: 'line progress',
    sql: 'SELECT count(*) AS n FROM order_line WHERE packed > picked OR shipped > packed OR picked > quantity',
    wrong: 'order lines that got ahead of themselves',
  },
  {
    name: 'shipment queue',
    sql: `SELECT count(*) AS n FROM shipment s WHERE s.cancelled_at_ms IS NULL AND NOT EXISTS (
            SELECT 1 FROM outbox o WHERE o.entity = 'shipment' AND o.entity_rid = s.rid)`,
    wrong: 'shipments that were never queued',
  },
  {
    name: 'listings have a product',
    sql: 'SELECT count(*) AS n FROM listing l WHERE NOT EXISTS (SELECT 1 FROM product p WHERE p.rid = l.product_rid)',
    wrong: 'listings without a product',
  },
];

/** Checks the file, foreign keys, and what journal, outbox and orders promise each other. */
export function verifyWorkspace(engine: Engine): Result<'workspace.verify'> {
  const { db } = engine;
  const integrity = db
    .allComposed<{ integrity_check: string }>('PRAGMA integrity_check(20)')
    .map((row) => row.integrity_check);
  const foreign = db.allComposed('PRAGMA foreign_key_check');
  const checks = [
    { name: 'database file', ok: integrity.join() === 'ok', detail: integrity.join('; ') },
    {
      name: 'references',
      ok: foreign.length === 0,
      detail: foreign.length === 0 ? 'ok' : `${foreign.length} broken`,
    },
    ...CHECKS.map((check) => {
      const n = db.getComposed<{ n: number }>(check.sql)?.n ?? 0;
      return { name: check.name, ok: n === 0, detail: n === 0 ? 'ok' : `${n} ${check.wrong}` };
    }),
  ];
  return { ok: checks.every((check) => check.ok), checks };
}
