import type { CellInfo, ViewRow } from '#shared/contract/listings.ts';
import type { ListingFieldName, WireValue } from '#shared/domain/listing-fields.ts';
import { MAX_WINDOW_ROWS } from '../../grid/contract.ts';
import type { Caller } from './grid-source.ts';
import type { BulkTarget } from './bulk-edits.ts';

export interface Revert {
  readonly listingId: string;
  readonly field: ListingFieldName;
  readonly value: WireValue;
}

/** A local change that has not been confirmed. Conflicts are decided on their own screen. */
function isMine({ state }: CellInfo): boolean {
  return state === 'dirty' || state === 'pending' || state === 'rejected';
}

/** Cells of a row that differ from the channel, with the value to go back to. */
export function revertsOf(row: ViewRow, fields: readonly ListingFieldName[]): Revert[] {
  return row.cells
    .filter((cell) => fields.includes(cell.field) && isMine(cell))
    .map(({ field, channel }) => ({ listingId: row.listingId, field, value: channel }));
}

/** Reads the target window by window and collects what would go back to the channel's value. */
export async function collectReverts(engine: Caller, viewId: string, target: BulkTarget): Promise<Revert[]> {
  const found: Revert[] = [];
  if (target.fields.length === 0) return found;
  for (const [from, to] of target.spans) {
    for (let start = from; start <= to; start += MAX_WINDOW_ROWS) {
      const { rows } = await engine.call('views.rows', {
        viewId,
        from: start,
        to: Math.min(to, start + MAX_WINDOW_ROWS - 1),
        fields: [...target.fields],
      });
      for (const row of rows) found.push(...revertsOf(row, target.fields));
    }
  }
  return found;
}
