import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from './database.ts';

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** Reads `NNNN-name.sql` files; numbers are gapless from 1. */
export function loadMigrations(dir: string): Migration[] {
  const migrations = readdirSync(dir)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(dir, file), 'utf8');
      return {
        version: Number(file.slice(0, 4)),
        name: file.slice(5, -4),
        text,
        sha256: createHash('sha256').update(text).digest('hex'),
      };
    });
  migrations.forEach((migration, index) => {
    if (migration.version !== index + 1) {
      throw new CodedError('MIGRATION_FAILED', `Migration ${migration.version} is out of order`);
    }
  });
  return migrations;
}

export function schemaVersion(db: Database): number {
  return Number(db.pragma('user_version'));
}

/**
 * Brings the database to the newest schema, one transaction a step, version
 * and checksum inside it. A newer database is refused, a changed step too.
 * `beforeFirst` runs once before anything is touched in a database that
 * already holds data: the place for the backup.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[],
  beforeFirst: () => Promise<void>,
  now: () => number,
): Promise<{ from: number; to: number }> {
  const from = schemaVersion(db);
  const target = migrations.length;
  if (from > target) {
    throw new CodedError(
      'WORKSPACE_NEWER',
      `The workspace was written by a newer version (schema ${from}, this program knows ${target}); update Quayside to open it`,
      { found: from, known: target },
    );
  }
  if (from > 0) assertUnchanged(db, migrations, from);
  const steps = migrations.slice(from);
  if (steps.length > 0 && from > 0) await beforeFirst();
  // A new workspace has nothing to lose between two steps, and waits for the disk once instead of at each.
  if (from === 0) db.transaction(() => applySteps(db, steps, now));
  else applySteps(db, steps, now);
  return { from, to: target };
}

function applySteps(db: Database, steps: readonly Migration[], now: () => number): void {
  const outer = db.inTransaction;
  for (const step of steps) {
    try {
      db.transaction(() => {
        if (step.version === 1) {
          db.exec(
            'CREATE TABLE migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT',
          );
        }
        db.exec(step.text);
        db.runComposed(
          'INSERT INTO migration (version, name, sha256, at_ms) VALUES (:version, :name, :sha256, :at)',
          {
            version: step.version,
            name: step.name,
            sha256: step.sha256,
            at: now(),
          },
        );
        db.exec(`PRAGMA user_version = ${step.version}`);
      });
    } catch (error) {
      // These say themselves what to do, and nothing is wrong with the step.
      if (error instanceof CodedError && (error.code === 'DISK_FULL' || error.code === 'VAULT_LOCKED'))
        throw error;
      throw new CodedError(
        'MIGRATION_FAILED',
        `Updating the workspace to schema ${step.version} failed; it is unchanged at schema ${outer ? 0 : schemaVersion(db)}`,
        { step: step.version },
        { cause: error },
      );
    }
  }
}

function assertUnchanged(db: Database, migrations: readonly Migration[], upTo: number): void {
  const applied = db.allComposed<{ version: number; sha256: string }>(
    'SELECT version, sha256 FROM migration ORDER BY version',
  );
  for (const step of migrations.slice(0, upTo)) {
    const found = applied.find((row) => row.version === step.version);
    if (!found || found.sha256 !== step.sha256) {
      throw new CodedError(
        'MIGRATION_FAILED',
        `Schema step ${step.version} of this workspace is not the one this program knows`,
      );
    }
  }
}
