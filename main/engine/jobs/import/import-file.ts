import { basename, resolve } from 'node:path';
import type { Result } from '#shared/contract/methods.ts';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock, Logger } from '../../ports.ts';
import { diffRows } from './diff-rows.ts';
import { loadFile, type ImportInput, type LoadedFile, type LoadOptions } from './load-file.ts';
import { matchRows } from './match-rows.ts';
import { countPlan, listRefused, listSkipped, summarise } from './plan-summary.ts';
import { accountId, ensureTarget } from './target-account.ts';
import { saveProblemRows, type SavedRows } from './save-skipped.ts';
import { runInTurns, runThrough } from './steps.ts';
import { writeRows } from './write-rows.ts';

export interface ImportDeps {
  readonly db: Database;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
}

export interface ApplyOptions extends LoadOptions {
  readonly actor: string;
  readonly requestId?: string | undefined;
}

export type ImportOutcome = Result<'import.apply'>;

/** Reads a file and says what importing it would do; nothing of the workspace changes. */
export async function previewImport(
  deps: ImportDeps,
  input: ImportInput,
  options: LoadOptions = {},
): Promise<ImportPlan> {
  return inTurn(deps.db, () =>
    withFile(
      deps,
      input,
      options,
      () => undefined,
      async (loaded) => {
        await compareInTurns(deps.db, loaded, options.signal);
        return summarise(deps.db, loaded);
      },
    ),
  );
}

/**
 * Imports a file as one command: everything that passes is written in one
 * transaction, or, after a failure or a cancel, nothing. Throws INVALID_STATE
 * when `planId` is given and the file or the choices are no longer those of
 * the preview.
 */
export async function applyImport(
  deps: ImportDeps,
  input: ImportInput & { readonly planId?: string | undefined },
  options: ApplyOptions,
): Promise<ImportOutcome> {
  const known = deps.journal.recall<{ result: ImportOutcome }>(options.requestId);
  if (known) return known.result.result;
  return inTurn(deps.db, async () => {
    const written = await withFile(deps, input, options, samePlan(input), async (loaded) => {
      const compared = stampOf(deps.db);
      await compareInTurns(deps.db, loaded, options.signal);
      return isStamp(deps.db, compared) ? writePlan(deps, loaded, options) : null;
    });
    if (written) return written;
    // Somebody changed the catalogue meanwhile: once more, and now without letting anybody in between.
    return withFile(deps, input, options, samePlan(input), (loaded) =>
      writePlan(deps, loaded, options, () => {
        runThrough(matchRows(deps.db, loaded.target, loaded.format));
        runThrough(diffRows(deps.db, loaded.target));
      }),
    );
  });
}

async function compareInTurns(
  db: Database,
  loaded: LoadedFile,
  signal: AbortSignal | undefined,
): Promise<void> {
  await runInTurns(matchRows(db, loaded.target, loaded.format), signal);
  await runInTurns(diffRows(db, loaded.target), signal);
}

/**
 * Moves with everything that can change what rows match: commands, and rows
 * that a first read of a shop adds without one.
 */
const stamp = sql<Record<string, never>, { command: number; product: number; listing: number }>(
  `SELECT (SELECT coalesce(max(rid), 0) FROM main.command) AS command, (SELECT coalesce(max(rid), 0) FROM main.product) AS product,
     (SELECT coalesce(max(rid), 0) FROM main.listing) AS listing`,
);

function stampOf(db: Database): string {
  return JSON.stringify(db.get(stamp, {}));
}

function isStamp(db: Database, before: string): boolean {
  return stampOf(db) === before;
}

/**
 * Writes the rows that the import leaves out or takes only in part to another
 * file, with the reasons; nothing of the workspace changes.
 */
export async function saveSkippedRows(
  deps: ImportDeps,
  { to, ...input }: ImportInput & { readonly planId?: string | undefined; readonly to: string },
  options: LoadOptions = {},
): Promise<SavedRows> {
  if (resolve(to) === resolve(input.file))
    throw new CodedError('BAD_INPUT', 'The file that is imported cannot be written over; choose another', {
      file: to,
    });
  return inTurn(deps.db, () =>
    withFile(deps, input, options, samePlan(input), async (loaded) => {
      await compareInTurns(deps.db, loaded, options.signal);
      return saveProblemRows(deps, loaded, to, options);
    }),
  );
}

function samePlan(input: ImportInput & { readonly planId?: string | undefined }): (planId: string) => void {
  return (planId) => {
    if (input.planId !== undefined && input.planId !== planId) {
      throw new CodedError(
        'INVALID_STATE',
        'The file or the choices changed since the preview; look at the new preview first',
        { file: input.file },
      );
    }
  };
}

/** Writes what was compared; `compare` is given where that has to happen within the transaction. */
function writePlan(
  deps: ImportDeps,
  loaded: LoadedFile,
  options: ApplyOptions,
  compare: () => void = () => undefined,
): ImportOutcome {
  const { db, journal } = deps;
  const started = deps.clock.now();
  const outcome = journal.run(
    {
      method: 'import.apply',
      label: `Import ${basename(loaded.source.file)}`,
      actor: options.actor,
      requestId: options.requestId,
      reversible: true,
    },
    (scope): ImportOutcome => {
      compare();
      const counts = countPlan(db);
      const writes = counts.create + counts.cells > 0;
      const account =
        counts.create > 0 ? ensureTarget(db, loaded.target, deps.newId(), scope.atMs) : loaded.target.rid;
      if (writes) writeRows(scope, account ?? -1, loaded.format, counts);
      return {
        commandId: writes ? scope.id : null,
        accountId: account === null ? null : accountId(db, account),
        products: counts.products,
        created: counts.create,
        changed: counts.change,
        unchanged: counts.unchanged,
        ...listSkipped(db),
        rejected: listRefused(db),
      };
    },
  );
  deps.log.info('import written', {
    rows: loaded.rows,
    created: outcome.result.created,
    changed: outcome.result.changed,
    ms: deps.clock.now() - started,
  });
  return outcome.result;
}

async function withFile<T>(
  deps: ImportDeps,
  input: ImportInput,
  options: LoadOptions,
  accept: (planId: string) => void,
  work: (loaded: LoadedFile) => T | Promise<T>,
): Promise<T> {
  const loaded = await loadFile(deps.db, deps.newId, input, options, accept);
  try {
    if (options.signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
    return await work(loaded);
  } finally {
    loaded.staging.close();
  }
}

const queues = new WeakMap<Database, Promise<unknown>>();

/** One file at a time per workspace: the staging database has one name on the connection. */
async function inTurn<T>(db: Database, work: () => Promise<T>): Promise<T> {
  const before = queues.get(db) ?? Promise.resolve();
  const mine = before.then(work, work);
  queues.set(
    db,
    mine.catch(() => undefined),
  );
  return mine;
}
