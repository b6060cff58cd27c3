import type { Result } from '#shared/contract/methods.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { GENESIS, movementHash, type CanonicalMovement } from './ledger.ts';

const PAGE = 2_000;

const page = sql<{ after: number; limit: number }, CanonicalMovement & { hash: string }>(
  `SELECT m.rid, i.sku, l.id AS location, b.id AS bin, m.quantity, m.reason, m.note, m.actor, d.id AS document, c.id AS command,
     m.reverses_rid AS reverses, m.at_ms AS at, m.previous, m.hash, t.id AS lot
   FROM stock_movement m JOIN stock_item i ON i.rid = m.item_rid JOIN stock_location l ON l.rid = m.location_rid
   LEFT JOIN stock_bin b ON b.rid = m.bin_rid JOIN stock_document d ON d.rid = m.document_rid JOIN command c ON c.rid = m.command_rid
   LEFT JOIN stock_lot t ON t.rid = m.lot_rid
   WHERE m.rid > :after ORDER BY m.rid LIMIT :limit`,
  { hot: true },
);
/** Places on either side whose level is not the sum of their movements. */
const wrongLevels = sql<Record<string, never>, { sku: string; location: string; level: number; sum: number }>(
  `SELECT i.sku, l.name AS location, sum(x.level) AS level, sum(x.moved) AS sum
   FROM (SELECT item_rid, location_rid, bin_rid, quantity AS level, 0 AS moved FROM stock_level
         UNION ALL
         SELECT item_rid, location_rid, coalesce(bin_rid, 0), 0, sum(quantity) FROM stock_movement GROUP BY 1, 2, 3) x
   JOIN stock_item i ON i.rid = x.item_rid JOIN stock_location l ON l.rid = x.location_rid
   GROUP BY x.item_rid, x.location_rid, x.bin_rid HAVING sum(x.level) <> sum(x.moved) ORDER BY i.sku LIMIT 100`,
);
/** The same by lot. */
const wrongLots = sql<Record<string, never>, { sku: string; location: string; level: number; sum: number }>(
  `SELECT i.sku, l.name || ' · ' || t.code AS location, sum(x.level) AS level, sum(x.moved) AS sum
   FROM (SELECT item_rid, location_rid, bin_rid, lot_rid, quantity AS level, 0 AS moved FROM stock_lot_level
         UNION ALL
         SELECT item_rid, location_rid, coalesce(bin_rid, 0), lot_rid, 0, sum(quantity) FROM stock_movement
           WHERE lot_rid IS NOT NULL GROUP BY 1, 2, 3, 4) x
   JOIN stock_item i ON i.rid = x.item_rid JOIN stock_location l ON l.rid = x.location_rid JOIN stock_lot t ON t.rid = x.lot_rid
   GROUP BY x.item_rid, x.location_rid, x.bin_rid, x.lot_rid HAVING sum(x.level) <> sum(x.moved) ORDER BY i.sku LIMIT 100`,
);

/**
 * Reads the whole ledger: every hash is worked out again from the row and the
 * hash before it, numbers have to follow each other, and levels have to be the
 * sums. A changed, removed or inserted row shows; rows cut off at the end show
 * by the levels.
 */
export function verifyLedger(db: Database): Result<'inventory.verify'> {
  let previous = GENESIS;
  let expected = 1;
  let brokenAt: number | null = null;
  for (;;) {
    const rows = db.all(page, { after: expected - 1, limit: PAGE });
    for (const row of rows) {
      const sound = row.rid === expected && row.previous === previous && row.hash === movementHash(row);
      if (!sound) {
        brokenAt = expected;
        break;
      }
      previous = row.hash;
      expected += 1;
    }
    if (brokenAt !== null || rows.length < PAGE) break;
  }
  const wrong = [...db.all(wrongLevels, {}), ...db.all(wrongLots, {})].slice(0, 100);
  return {
    ok: brokenAt === null && wrong.length === 0,
    movements: expected - 1,
    head: expected === 1 ? null : previous,
    brokenAt,
    wrongLevels: wrong,
  };
}
