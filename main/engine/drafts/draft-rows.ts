import type { Draft } from '#shared/contract/drafts.ts';
import { listingField, type ListingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

interface DraftRow {
  rid: number;
  id: string;
  name: string;
  state: Draft['state'];
  created_by: string;
  created_at_ms: number;
  updated_at_ms: number;
  submitted_by: string | null;
  submitted_at_ms: number | null;
  approved_by: string | null;
  approved_at_ms: number | null;
  note: string | null;
  closed_by: string | null;
  closed_at_ms: number | null;
}

/** A waiting cell of a draft with the listing by which it was changed. */
export interface CellRow {
  entity: ListingField['entity'];
  entity_rid: number;
  field: string;
  listing_rid: number;
  base: StoredValue;
  value: StoredValue;
  actor: string;
  at_ms: number;
}

const draftById = sql<{ id: string }, DraftRow>('SELECT * FROM draft WHERE id = :id', { hot: true });
const allDrafts = sql<Record<string, never>, DraftRow>(
  'SELECT * FROM draft ORDER BY updated_at_ms DESC, rid DESC LIMIT 500',
);
const cellsOfDraft = sql<{ draft: number }, CellRow>(
  `SELECT entity, entity_rid, field, listing_rid, base, value, actor, at_ms FROM draft_cell
   WHERE draft_rid = :draft AND merged_at_ms IS NULL`,
  { hot: true },
);

export function requireDraft(db: Database, draftId: string): DraftRow {
  const row = db.get(draftById, { id: draftId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no draft ${draftId}`, { draftId });
  return row;
}

/** Throws unless the draft is in one of the states. */
export function requireState(row: DraftRow, states: readonly Draft['state'][], doing: string): void {
  if (states.includes(row.state)) return;
  throw new CodedError(
    'INVALID_STATE',
    `"${row.name}" is ${row.state}; ${doing} needs it to be ${states.join(' or ')}`,
    { draftId: row.id, state: row.state },
  );
}

/** Waiting cells that still exist, listing by listing. */
export function draftCells(db: Database, draftRid: number): CellRow[] {
  return db
    .all(cellsOfDraft, { draft: draftRid })
    .toSorted((a, b) => a.listing_rid - b.listing_rid || (a.field < b.field ? -1 : 1));
}

export function draftRows(db: Database): DraftRow[] {
  return db.all(allDrafts, {});
}

export const keyOf = ({
  entity,
  entity_rid,
  field,
}: Pick<CellRow, 'entity' | 'entity_rid' | 'field'>): string => `${entity} ${entity_rid} ${field}`;

/** What the live cells have now, by {@link keyOf}; cells of rows that are gone are absent. */
export function liveValues(
  db: Database,
  cells: readonly Pick<CellRow, 'entity' | 'entity_rid' | 'field'>[],
): Map<string, StoredValue> {
  const live = new Map<string, StoredValue>();
  for (const [name, own] of Map.groupBy(cells, ({ field }) => field)) {
    const field = listingField(name);
    if (!field) continue;
    const rows = db.allComposed<{ rid: number; value: StoredValue }>(
      `SELECT t.rid, t.${field.column} AS value FROM json_each(:rids) r CROSS JOIN ${field.entity} t
       WHERE t.rid = r.value AND t.removed_at_ms IS NULL`,
      { rids: JSON.stringify(own.map(({ entity_rid }) => entity_rid)) },
    );
    for (const { rid, value } of rows)
      live.set(keyOf({ entity: field.entity, entity_rid: rid, field: name }), value);
  }
  return live;
}

/** Somebody or the channel changed the live cell since the draft took it, to something else than the draft wants. */
export function changedSince({ base, value }: CellRow, live: StoredValue | undefined): boolean {
  return live !== undefined && live !== base && live !== value;
}

export function toDraft(db: Database, row: DraftRow): Draft {
  const cells = draftCells(db, row.rid);
  const live = liveValues(db, cells);
  const stamp = (by: string | null, at: number | null): Draft['submitted'] =>
    by === null || at === null ? null : { by, at };
  return {
    draftId: row.id,
    name: row.name,
    state: row.state,
    cells: cells.length,
    listings: new Set(cells.map(({ listing_rid }) => listing_rid)).size,
    changedSince: cells.filter((cell) => changedSince(cell, live.get(keyOf(cell)))).length,
    created: { by: row.created_by, at: row.created_at_ms },
    updatedAt: row.updated_at_ms,
    submitted: stamp(row.submitted_by, row.submitted_at_ms),
    approved: stamp(row.approved_by, row.approved_at_ms),
    closed: stamp(row.closed_by, row.closed_at_ms),
    note: row.note,
  };
}
