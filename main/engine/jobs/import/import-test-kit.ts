import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { Database } from '../../db/database.ts';
import { loadMigrations, migrate } from '../../db/migrate.ts';
import { EventBus } from '../../events.ts';
import { Journal } from '../../journal/journal.ts';
import { undo } from '../../journal/undo.ts';
import { silentLogger, systemClock } from '../../system-ports.ts';
import { applyImport, previewImport, type ImportDeps, type ImportOutcome } from './import-file.ts';
import type { ImportInput } from './load-file.ts';

export interface TestWorkspace extends ImportDeps {
  readonly dir: string;
  /** Writes a file beside the workspace and returns its path. */
  put(name: string, content: string | Uint8Array): string;
  preview(file: string, input?: Partial<ImportInput>): Promise<ImportPlan>;
  apply(file: string, input?: Partial<ImportInput> & { planId?: string }): Promise<ImportOutcome>;
  undo(): void;
  /** Live listings with their product's fields, in the order they were created. */
  rows(): Record<string, string | number | null>[];
  addShop(name: string): string;
  close(): void;
}

export async function openTestWorkspace(): Promise<TestWorkspace> {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-test-'));
  const db = new Database(join(dir, 'quayside.db'));
  const migrations = fileURLToPath(new URL('../../db/migrations', import.meta.url));
  await migrate(
    db,
    loadMigrations(migrations),
    () => Promise.resolve(),
    () => Date.now(),
  );
  const journal = new Journal(db, systemClock, v7, new EventBus());
  const deps: ImportDeps = { db, journal, clock: systemClock, newId: () => v7(), log: silentLogger };
  return {
    ...deps,
    dir,
    put: (name, content) => {
      const file = join(dir, name);
      writeFileSync(file, content);
      return file;
    },
    preview: (file, input) => previewImport(deps, { file, ...input }),
    apply: (file, input) => applyImport(deps, { file, ...input }, { actor: 'test' }),
    undo: () => {
      undo(journal, [], { actor: 'test' });
    },
    rows: () =>
      db.allComposed(
        `SELECT p.title, p.kind, p.status, p.description, p.short_description, p.slug, p.tags, p.categories, p.images, p.raw AS product_raw,
           p.rid AS product_rid, l.* FROM listing l JOIN product p ON p.rid = l.product_rid
         WHERE l.removed_at_ms IS NULL AND p.removed_at_ms IS NULL ORDER BY l.rid`,
      ),
    addShop: (name) => {
      const id = v7();
      db.runComposed(
        `INSERT INTO account (id, platform, name, base_url, currency, created_at_ms) VALUES (:id, 'woocommerce', :name, 'https://shop.example', 'EUR', 0)`,
        { id, name },
      );
      return id;
    },
    close: () => {
      db.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
