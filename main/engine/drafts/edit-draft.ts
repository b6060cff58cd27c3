import type { Rejection } from '#shared/contract/common.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { listingField, type ListingFieldName, type StoredValue } from '#shared/domain/listing-fields.ts';
import { checkCell } from '../catalog/check-cell.ts';
import type { Caller } from '../catalog/edit.ts';
import { editRowsById, type EditRow } from '../catalog/edit-plan.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { CommandScope } from '../journal/journal.ts';
import { draftCells, keyOf, liveValues, requireDraft, requireState, type CellRow } from './draft-rows.ts';

const putCell = sql<{
  draft: number;
  entity: string;
  rid: number;
  field: string;
  listing: number;
  base: StoredValue;
  value: StoredValue;
  actor: string;
  at: number;
}>(
  `INSERT INTO draft_cell (draft_rid, entity, entity_rid, field, listing_rid, base, value, actor, at_ms)
   VALUES (:draft, :entity, :rid, :field, :listing, :base, :value, :actor, :at)
   ON CONFLICT (draft_rid, entity, entity_rid, field) DO UPDATE
     SET listing_rid = :listing, base = :base, value = :value, actor = :actor, at_ms = :at, merged_at_ms = NULL`,
);
const dropCell = sql<{ draft: number; entity: string; rid: number; field: string }>(
  'DELETE FROM draft_cell WHERE draft_rid = :draft AND entity = :entity AND entity_rid = :rid AND field = :field',
);
const touchDraft = sql<{ draft: number; at: number }>(
  'UPDATE draft SET updated_at_ms = :at WHERE rid = :draft',
);

/** Most rejections that are spelled out; all are counted. */
const MAX_REJECTIONS = 1_000;

interface Wanted extends Pick<CellRow, 'entity' | 'entity_rid' | 'field'> {
  readonly listing_rid: number;
  readonly value: StoredValue;
}

export function putDraftCell(scope: CommandScope, draft: number, cell: Wanted & { base: StoredValue }): void {
  scope.db.run(putCell, {
    draft,
    entity: cell.entity,
    rid: cell.entity_rid,
    field: cell.field,
    listing: cell.listing_rid,
    base: cell.base,
    value: cell.value,
    actor: scope.actor,
    at: scope.atMs,
  });
}

export function noteDraftChange(scope: CommandScope, draft: number): void {
  scope.db.run(touchDraft, { draft, at: scope.atMs });
}

/**
 * Checks cells as a live edit is checked and keeps them in the draft. A cell
 * keeps the live value that it was first made from, so that what changed live
 * meanwhile can be told; one that returns to what is live leaves the draft.
 */
export function editDraft(
  { db, journal }: Engine,
  { draftId, changes }: ParsedParams<'drafts.edit'>,
  caller: Caller,
): Result<'drafts.edit'> {
  const draft = requireDraft(db, draftId);
  requireState(draft, ['open'], 'editing');
  const rejected: Rejection[] = [];
  const wanted = wantedCells(db, changes, rejected);
  const spec = { method: 'drafts.edit', label: `Edit draft ${draft.name}`, ...caller, reversible: false };
  const { result } = journal.run(spec, (scope) => {
    const known = new Map(draftCells(db, draft.rid).map((cell) => [keyOf(cell), cell]));
    const live = liveValues(db, [...wanted.values()]);
    let applied = 0;
    for (const [key, cell] of wanted) {
      const before = known.get(key);
      const now = live.get(key) ?? null;
      if (cell.value === (before ? before.value : now)) continue;
      applied += 1;
      const place = { draft: draft.rid, entity: cell.entity, rid: cell.entity_rid, field: cell.field };
      if (cell.value === now) db.run(dropCell, place);
      else putDraftCell(scope, draft.rid, { ...cell, base: before?.base ?? now });
    }
    if (applied > 0) noteDraftChange(scope, draft.rid);
    scope.note(applied);
    return { applied, unchanged: wanted.size - applied };
  });
  return { ...result, rejected: rejected.slice(0, MAX_REJECTIONS), rejectedTotal: rejected.length };
}

function wantedCells(
  db: Database,
  changes: ParsedParams<'drafts.edit'>['changes'],
  rejected: Rejection[],
): Map<string, Wanted> {
  const rows = editRowsById(db, [...new Set(changes.map(({ listingId }) => listingId))]);
  const wanted = new Map<string, Wanted>();
  for (const { listingId, field: name, value } of changes) {
    const refuse = (code: string, message: string): void =>
      void rejected.push({ listingId, field: name, code, message });
    const row = rows.get(listingId);
    const field = listingField(name);
    if (!row) refuse('NOT_FOUND', `There is no listing ${listingId}`);
    else if (!field) refuse('UNKNOWN_FIELD', `There is no field "${name}"`);
    else {
      const checked = checkCell(field, value, row);
      if (checked.ok) {
        const cell = { ...placeOf(row, field), listing_rid: row.rid, value: checked.value };
        wanted.set(keyOf(cell), cell);
      } else refuse(checked.code, `${row.sku ?? row.id}: ${checked.message}`);
    }
  }
  return wanted;
}

function placeOf(
  row: EditRow,
  field: { readonly entity: 'product' | 'listing'; readonly name: ListingFieldName },
): Pick<CellRow, 'entity' | 'entity_rid' | 'field'> {
  const entity_rid = field.entity === 'product' ? row.product_rid : row.rid;
  return { entity: field.entity, entity_rid, field: field.name };
}

export function removeFromDraft(
  { db, journal }: Engine,
  { draftId, cells }: ParsedParams<'drafts.remove'>,
  caller: Caller,
): Result<'drafts.remove'> {
  const draft = requireDraft(db, draftId);
  requireState(draft, ['open'], 'editing');
  const rows = editRowsById(db, [...new Set(cells.map(({ listingId }) => listingId))]);
  const spec = { method: 'drafts.remove', label: `Edit draft ${draft.name}`, ...caller, reversible: false };
  const { result } = journal.run(spec, (scope) => {
    let removed = 0;
    for (const { listingId, field: name } of cells) {
      const row = rows.get(listingId);
      const field = listingField(name);
      if (!row || !field) continue;
      const { entity, entity_rid: rid } = placeOf(row, field);
      removed += db.run(dropCell, { draft: draft.rid, entity, rid, field: name }).changes;
    }
    if (removed > 0) noteDraftChange(scope, draft.rid);
    scope.note(removed);
    return { removed };
  });
  return result;
}
