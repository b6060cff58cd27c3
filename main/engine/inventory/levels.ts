import { spread, type BinLevel } from '#shared/domain/inventory/spread.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Posting } from './ledger.ts';
import { expiryPostings, tracking } from './lots.ts';
import type { StockItem, StockLocation } from './places.ts';

const levelsAt = sql<
  { item: number; location: number },
  BinLevel & { id: string | null; code: string | null }
>(
  `SELECT v.bin_rid AS bin, v.quantity, b.id, b.code
   FROM stock_level v LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.item_rid = :item AND v.location_rid = :location ORDER BY v.quantity DESC, v.bin_rid`,
  { hot: true },
);

export interface PlacedLevel extends BinLevel {
  readonly id: string | null;
  readonly code: string | null;
}

export function levels(db: Database, itemRid: number, locationRid: number): PlacedLevel[] {
  return db.all(levelsAt, { item: itemRid, location: locationRid });
}

export function onHand(db: Database, itemRid: number, locationRid: number): number {
  return levels(db, itemRid, locationRid).reduce((sum, { quantity }) => sum + quantity, 0);
}

/**
 * Postings that change an item's stock at a location by `delta`, spread over its
 * bins; what leaves of an item kept by lot leaves first expired first.
 */
export function spreadPostings(
  scope: Pick<CommandScope, 'db' | 'atMs'>,
  item: StockItem,
  location: StockLocation,
  delta: number,
  rest: Pick<Posting, 'reason' | 'note'>,
): Posting[] {
  if (delta < 0 && tracking(scope.db, item.rid) !== 'none') {
    return expiryPostings(scope, item, location, -delta, rest);
  }
  const known = levels(scope.db, item.rid, location.rid);
  return spread(known, delta).map(({ bin, quantity }) => {
    const place = known.find((level) => level.bin === bin);
    return {
      item,
      location,
      bin: bin === 0 || !place?.id ? null : { rid: bin, id: place.id },
      quantity,
      ...rest,
    };
  });
}
