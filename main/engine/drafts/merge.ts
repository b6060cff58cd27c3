import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import { applyPlan, type Caller } from '../catalog/edit.ts';
import { editRowsByRid, EditPlan } from '../catalog/edit-plan.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import {
  changedSince,
  draftCells,
  keyOf,
  liveValues,
  requireDraft,
  requireState,
  toDraft,
} from './draft-rows.ts';

const markMerged = sql<{ draft: number; cells: string; at: number }>(
  `UPDATE draft_cell SET merged_at_ms = :at WHERE draft_rid = :draft
   AND (entity, entity_rid, field) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:cells))`,
);
const closeDraft = sql<{
  draft: number;
  state: string;
  actor: string | null;
  at: number;
  closedAt: number | null;
}>(
  `UPDATE draft SET state = :state, updated_at_ms = :at, closed_by = :actor, closed_at_ms = :closedAt
   WHERE rid = :draft`,
);

/**
 * Makes the draft live as one command that can be undone. A cell that changed
 * since the draft took it is written only when it is named; like a cell that
 * the rules refuse it stays in the draft, which is open again then.
 */
export function mergeDraft(
  { db, journal }: Engine,
  { draftId, overwrite = [] }: ParsedParams<'drafts.merge'>,
  caller: Caller,
): Result<'drafts.merge'> {
  // A repeat after a crash finds the draft merged already and gets the first answer.
  const known = journal.recall<{ result: Omit<Result<'drafts.merge'>, 'draft'> }>(caller.requestId);
  const draft = requireDraft(db, draftId);
  if (known) return { ...known.result.result, draft: toDraft(db, draft) };
  requireState(draft, ['open', 'approved'], 'merging');
  const cells = draftCells(db, draft.rid);
  const live = liveValues(db, cells);
  const rows = editRowsByRid(db, [...new Set(cells.map(({ listing_rid }) => listing_rid))]);
  const named = new Set(overwrite.map(({ listingId, field }) => `${listingId} ${field}`));
  const plan = new EditPlan();
  for (const cell of cells) {
    const row = rows.get(cell.listing_rid);
    const field = listingField(cell.field);
    if (!row || !field) {
      plan.reject('', cell.field, 'NOT_FOUND', 'The listing of this change is gone');
      continue;
    }
    if (changedSince(cell, live.get(keyOf(cell))) && !named.has(`${row.id} ${cell.field}`)) {
      const text = `${row.sku ?? row.id}: ${cell.field} was changed since and was left alone`;
      plan.reject(row.id, cell.field, 'CHANGED_SINCE', text);
    } else plan.add(row, cell.field, toWireValue(field, cell.value, row.currency));
  }
  const outcome = applyPlan(journal, plan, 'drafts.merge', `Merge draft ${draft.name}`, caller, (scope) => {
    const written = [...plan.columns()].flatMap(({ field, cells: own }) =>
      own.map(({ rid }): [string, number, string] => [field.entity, rid, field.name]),
    );
    if (written.length === 0) return 0;
    const at = scope.atMs;
    db.run(markMerged, { draft: draft.rid, cells: JSON.stringify(written), at });
    const isDone = written.length === cells.length;
    db.run(closeDraft, {
      draft: draft.rid,
      state: isDone ? 'merged' : 'open',
      actor: isDone ? scope.actor : null,
      at,
      closedAt: isDone ? at : null,
    });
    // Cells are counted where they are written; without any, the draft still closes.
    scope.touch('listings');
    return 0;
  });
  return { ...outcome, draft: toDraft(db, requireDraft(db, draftId)) };
}
