import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import type { Engine } from '../engine.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Call } from './call.ts';
import { readOps, toConflict, type OpDetail } from './op-rows.ts';
import { settleOp } from './outbox.ts';

export function listConflicts(engine: Engine): Result<'conflicts.list'> {
  const ops = readOps(engine.db, "o.state = 'conflict'", {}, 'ORDER BY o.updated_at_ms DESC LIMIT 1000');
  return { conflicts: ops.map(toConflict).filter((conflict) => conflict !== null) };
}

/**
 * Mine: the value is queued again, now over theirs, and waits for a publish.
 * Theirs: the channel's value becomes the local one, as a journalled change
 * that can be undone.
 */
export function resolveConflicts(
  engine: Engine,
  input: ParsedParams<'conflicts.resolve'>,
  call: Call,
): Result<'conflicts.resolve'> {
  const chosen = input.opIds ? ' AND o.rid IN (SELECT value FROM json_each(:rids))' : '';
  const params: Record<string, string> = input.opIds ? { rids: JSON.stringify(input.opIds.map(Number)) } : {};
  const { result } = engine.journal.run(
    {
      method: 'conflicts.resolve',
      label: input.choice === 'mine' ? 'Keep my values' : "Take the shop's values",
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const ops = readOps(scope.db, `o.state = 'conflict'${chosen}`, params);
      decide(scope, ops, input.choice);
      return { resolved: ops.length };
    },
  );
  return result;
}

/**
 * Ends conflicts inside a command. `keepReleased`: what a person had released
 * already leaves without being released again.
 */
export function decide(
  scope: CommandScope,
  ops: readonly OpDetail[],
  choice: 'mine' | 'theirs',
  keepReleased = false,
): void {
  for (const { row } of ops) {
    // The channel's present value is the new base: sending mine overwrites it knowingly.
    scope.db.runComposed('UPDATE outbox SET base = theirs, theirs = NULL WHERE rid = :rid', {
      rid: row.rid,
    });
    settleOp(scope.db, row.rid, 'pending', scope.atMs, null, null);
    if (keepReleased && choice === 'mine') continue;
    scope.db.runComposed('UPDATE outbox SET released_at_ms = NULL WHERE rid = :rid', { rid: row.rid });
  }
  if (choice === 'theirs') {
    // With base = theirs, writing theirs cancels the op: nothing is left to send.
    for (const [key, group] of Map.groupBy(ops, ({ row }) => `${row.entity} ${row.field}`)) {
      const field = listingField(key.slice(key.indexOf(' ') + 1));
      if (!field) continue;
      scope.write(
        field.entity,
        field.name,
        group.map(({ row }) => ({ rid: row.entity_rid, value: row.theirs })),
      );
    }
  }
  if (ops.length > 0) {
    scope.touch('outbox');
    scope.touch('listings');
  }
}
