import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';
import { isGroupRid } from './grouping.ts';
import type { View } from './views.ts';

/** Rows that are looked at first, then four times as many each time: most edges are near, some are at the end. */
const FIRST_CHUNK = 500;
const LARGEST_CHUNK = 32_000;

/**
 * Where Ctrl+Up and Ctrl+Down go in a column: within filled cells to the last of
 * them, else to the next filled cell, else to the end of the view. Rows of
 * groups are passed over: they have no cell of their own.
 */
export function edgeInView(
  db: Database,
  view: View,
  { field: name, from, direction }: ParsedParams<'views.edge'>,
): Result<'views.edge'> {
  const field = listingField(name);
  if (!field) throw new CodedError('UNKNOWN_FIELD', `There is no field ${name}`, { field: name });
  const size = view.rids.length;
  if (size === 0) return { row: 0 };
  const start = Math.min(from, size - 1);
  const step = direction === 'up' ? -1 : 1;
  const end = step === 1 ? size - 1 : 0;
  const filled = new FilledCells(db, view, fieldColumn(field));
  const [here] = filled.read([start]);
  /** Whether the run of filled cells is followed to its end; decided by the first cell after `start`. */
  let following: boolean | null = null;
  let last = start;
  let at = start + step;
  for (let chunk = FIRST_CHUNK; at >= 0 && at < size; chunk = Math.min(LARGEST_CHUNK, chunk * 4)) {
    const positions: number[] = [];
    for (; positions.length < chunk && at >= 0 && at < size; at += step) {
      if (!isGroupRid(view.rids[at] ?? 0)) positions.push(at);
    }
    for (const [i, isFilled] of filled.read(positions).entries()) {
      following ??= here === true && isFilled;
      const position = positions[i] ?? last;
      if (following && !isFilled) return { row: last };
      if (!following && isFilled) return { row: position };
      last = position;
    }
  }
  return { row: following ? last : end };
}

class FilledCells {
  private readonly db: Database;
  private readonly view: View;
  private readonly column: string;

  constructor(db: Database, view: View, column: string) {
    this.db = db;
    this.view = view;
    this.column = column;
  }

  /** For each position whether its cell holds something; a row that is gone holds nothing. */
  read(positions: readonly number[]): boolean[] {
    const { view, column } = this;
    const rids = positions.map((position) => view.rids[position] ?? 0);
    const keys = new Set(
      this.db.pluck<number>(
        `SELECT r.key FROM json_each(:rids) r CROSS JOIN ${LISTING_FROM}
         WHERE l.rid = r.value AND l.removed_at_ms IS NULL AND nullif(nullif(${column}, ''), '[]') IS NOT NULL`,
        { rids: JSON.stringify(rids) },
      ),
    );
    return rids.map((_, key) => keys.has(key));
  }
}
