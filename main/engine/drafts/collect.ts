import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import type { Caller } from '../catalog/edit.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { draftCells, keyOf, liveValues, requireDraft, requireState, type CellRow } from './draft-rows.ts';
import { noteDraftChange, putDraftCell } from './edit-draft.ts';

/** Edits that nobody released yet; of a product by its first listing. */
const waiting = sql<
  Record<string, never>,
  Omit<CellRow, 'value' | 'actor' | 'at_ms'> & { listing_id: string }
>(
  `SELECT o.entity, o.entity_rid, o.field, o.base, l.rid AS listing_rid, l.id AS listing_id
   FROM outbox o JOIN listing l ON l.rid = CASE o.entity WHEN 'listing' THEN o.entity_rid
     ELSE (SELECT min(v.rid) FROM listing v WHERE v.product_rid = o.entity_rid AND v.removed_at_ms IS NULL) END
   WHERE o.state = 'pending' AND o.released_at_ms IS NULL AND o.entity IN ('product', 'listing')`,
);

/**
 * Moves edits from the queue into the draft: every tool of the spreadsheet can
 * make a draft's changes. The live cells get back what the channel has, which
 * takes the edits out of the queue; undoing the command brings them back.
 */
export function collectEdits(
  { db, journal }: Engine,
  { draftId, listingIds }: ParsedParams<'drafts.collect'>,
  caller: Caller,
): Result<'drafts.collect'> {
  const draft = requireDraft(db, draftId);
  requireState(draft, ['open'], 'editing');
  const only = listingIds && new Set(listingIds);
  const { result, commandId } = journal.run(
    { method: 'drafts.collect', label: `Move edits into draft ${draft.name}`, ...caller, reversible: true },
    (scope) => {
      const ops = db.all(waiting, {}).filter(({ listing_id }) => only?.has(listing_id) ?? true);
      const known = new Map(draftCells(db, draft.rid).map((cell) => [keyOf(cell), cell]));
      const live = liveValues(db, ops);
      const moved = ops.filter((op) => {
        const before = known.get(keyOf(op));
        return before === undefined || before.value === live.get(keyOf(op));
      });
      for (const op of moved) {
        const value: StoredValue = live.get(keyOf(op)) ?? null;
        putDraftCell(scope, draft.rid, { ...op, value });
      }
      for (const [name, own] of Map.groupBy(moved, ({ field }) => field)) {
        const field = listingField(name);
        if (!field) continue;
        scope.write(
          field.entity,
          field.name,
          own.map(({ entity_rid, base }) => ({ rid: entity_rid, value: base })),
        );
      }
      if (moved.length > 0) {
        noteDraftChange(scope, draft.rid);
        scope.touch('listings');
        scope.touch('outbox');
      }
      return { moved: moved.length, skipped: ops.length - moved.length };
    },
  );
  return { commandId, ...result };
}
