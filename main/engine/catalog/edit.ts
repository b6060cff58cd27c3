import type { EditOutcome } from '#shared/contract/listings.ts';
import type { ParsedParams } from '#shared/contract/methods.ts';
import type { CommandScope, Journal } from '../journal/journal.ts';
import { editRowsById, EditPlan } from './edit-plan.ts';

export interface Caller {
  readonly actor: string;
  readonly requestId?: string | undefined;
}

/** Changes named cells as one command. */
export function editListings(
  journal: Journal,
  input: ParsedParams<'listings.edit'>,
  caller: Caller,
): EditOutcome {
  const plan = new EditPlan();
  const rows = editRowsById(journal.db, [...new Set(input.changes.map((change) => change.listingId))]);
  for (const change of input.changes) {
    const row = rows.get(change.listingId);
    if (row) plan.add(row, change.field, change.value);
    else
      plan.reject(
        change.listingId,
        change.field,
        'NOT_FOUND',
        `There is no listing ${change.listingId.slice(0, 60)}`,
      );
  }
  return applyPlan(journal, plan, 'listings.edit', input.label ?? defaultLabel(plan), caller);
}

/**
 * Writes what a plan still holds as one journalled, undoable command. `before` runs
 * first in the same command and returns how many changes it made by itself.
 */
export function applyPlan(
  journal: Journal,
  plan: EditPlan,
  method: string,
  label: string,
  caller: Caller,
  before?: (scope: CommandScope) => number,
): EditOutcome {
  plan.checkRows();
  plan.checkSkus(journal.db);
  const { result } = journal.run(
    { method, label, actor: caller.actor, requestId: caller.requestId, reversible: true },
    (scope): EditOutcome => {
      scope.note(before?.(scope) ?? 0);
      let applied = 0;
      let unchanged = 0;
      let wide = false;
      for (const { field, cells } of plan.columns()) {
        const changed = scope.write(field.entity, field.name, cells);
        applied += changed;
        unchanged += cells.length - changed;
        wide ||= field.entity === 'product' && changed > 0;
      }
      if (applied > 0) {
        scope.touch('listings', wide ? undefined : plan.touchedRids());
        scope.touch('outbox');
      }
      return {
        commandId: applied > 0 ? scope.id : null,
        applied,
        unchanged,
        rejected: [...plan.rejected],
        rejectedTotal: plan.rejectedTotal,
      };
    },
  );
  return result;
}

function defaultLabel(plan: EditPlan): string {
  const fields = [...plan.columns()].map(({ field }) => field.name);
  return fields.length === 1 ? `Edit ${fields[0] ?? ''}` : 'Edit listings';
}
