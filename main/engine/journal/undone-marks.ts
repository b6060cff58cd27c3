import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from './journal.ts';

const undoneBy = sql<{ rid: number }, { by: number | null }>(
  'SELECT undone_by_rid AS by FROM command WHERE rid = :rid',
  { hot: true },
);
const setUndoneBy = sql<{ rid: number; by: number | null }>(
  'UPDATE command SET undone_by_rid = :by WHERE rid = :rid',
);
const keepMark = sql<{ command: number; target: number; before: number | null; after: number | null }>(
  `INSERT INTO undone_mark (command_rid, target_rid, before, after) VALUES (:command, :target, :before, :after)
   ON CONFLICT (command_rid, target_rid) DO UPDATE SET after = excluded.after`,
);
const marksOf = sql<{ command: number }, { target: number; before: number | null; after: number | null }>(
  'SELECT target_rid AS target, before, after FROM undone_mark WHERE command_rid = :command ORDER BY target_rid',
  { hot: true },
);

/** Whether no later command took this one back. */
export function stands(db: Database, rid: number): boolean {
  return db.get(undoneBy, { rid })?.by === null;
}

/**
 * Marks a command as taken back by this one, and gives every command that it
 * had itself marked its former mark again, where nobody marked it since: the
 * undo of an undo lets the first command stand.
 */
export function markTakenBack(scope: CommandScope, rid: number): void {
  mark(scope, rid, scope.rid);
  for (const { target, before, after } of scope.db.all(marksOf, { command: rid })) {
    if (scope.db.get(undoneBy, { rid: target })?.by === after) mark(scope, target, before);
  }
}

function mark(scope: CommandScope, target: number, after: number | null): void {
  const before = scope.db.get(undoneBy, { rid: target })?.by ?? null;
  scope.db.run(setUndoneBy, { rid: target, by: after });
  scope.db.run(keepMark, { command: scope.rid, target, before, after });
}
