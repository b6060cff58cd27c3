import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Abc } from '#shared/domain/inventory/abc-xyz.ts';
import { countFigures } from '#shared/domain/inventory/counting.ts';
import { countsPerDay, planCounts } from '#shared/domain/inventory/count-plan.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { requireCount } from '../count-store.ts';
import { variances } from '../counts.ts';
import { pickBin } from '../pick-bin.ts';
import { mainLocation, requireLocation } from '../places.ts';
import { skuTitle } from '../stock-rows.ts';

interface Candidate {
  rid: number;
  id: string;
  sku: string;
  abc: Abc | null;
  counted_at: number | null;
  negative: number;
  gap: number;
}

/** Items that lie, or should lie, at a location; virtual kits lie nowhere. */
const candidates = sql<{ location: number }, Candidate>(
  `SELECT i.rid, i.id, i.sku, f.abc,
     (SELECT max(e.counted_at_ms) FROM stock_count_entry e JOIN stock_count c ON c.rid = e.count_rid
        WHERE e.item_rid = i.rid AND e.withdrawn_by_rid IS NULL AND c.location_rid = :location) AS counted_at,
     min(v.quantity) < 0 AS negative,
     EXISTS (SELECT 1 FROM listing g JOIN stock_gap x ON x.listing_rid = g.rid WHERE g.sku = i.sku AND g.removed_at_ms IS NULL) AS gap
   FROM stock_level v JOIN stock_item i ON i.rid = v.item_rid LEFT JOIN forecast f ON f.sku = i.sku
   WHERE v.location_rid = :location AND NOT EXISTS (SELECT 1 FROM stock_kit_leaf k WHERE k.item_rid = i.rid)
   GROUP BY i.rid`,
);
const details = sql<{ rids: string }, { rid: number; title: string; bin: string | null }>(
  `SELECT i.rid, ${skuTitle('i.sku')} AS title, ${pickBin('i.sku')} AS bin
   FROM json_each(:rids) n CROSS JOIN stock_item i ON i.rid = n.value`,
);
const finished = sql<{ limit: number }, { id: string; name: string; at: number }>(
  `SELECT id, name, finished_at_ms AS at FROM stock_count WHERE finished_at_ms IS NOT NULL
   ORDER BY finished_at_ms DESC, rid DESC LIMIT :limit`,
);

const DEFAULT_ITEMS = 50;
const DEFAULT_COUNTS = 20;

export function countPlan(
  db: Database,
  input: ParsedParams<'counting.plan'>,
  now: number,
): Result<'counting.plan'> {
  const location = input.locationId ? requireLocation(db, input.locationId) : mainLocation(db);
  if (!location) return { items: [], total: 0, perDay: 0 };
  const all = db.all(candidates, { location: location.rid }).map((row) => ({
    ...row,
    countedAt: row.counted_at,
    negative: row.negative === 1,
    gap: row.gap === 1,
  }));
  const bySku = new Map(all.map((row) => [row.sku, row]));
  const planned = planCounts(all, now);
  const shown = planned.slice(0, input.limit ?? DEFAULT_ITEMS).flatMap((one) => {
    const row = bySku.get(one.sku);
    return row ? [{ ...one, row }] : [];
  });
  const rids = JSON.stringify(shown.map(({ row }) => row.rid));
  const more = new Map(db.all(details, { rids }).map((row) => [row.rid, row]));
  return {
    items: shown.map(({ row, reason, everyDays }) => ({
      itemId: row.id,
      sku: row.sku,
      title: more.get(row.rid)?.title ?? '',
      abc: row.abc,
      bin: more.get(row.rid)?.bin ?? null,
      countedAt: row.countedAt,
      everyDays,
      reason,
    })),
    total: planned.length,
    perDay: countsPerDay(all),
  };
}

export function countAccuracy(
  db: Database,
  input: ParsedParams<'counting.accuracy'>,
): Result<'counting.accuracy'> {
  const counts = db.all(finished, { limit: input.limit ?? DEFAULT_COUNTS }).map(({ id, name, at }) => ({
    countId: id,
    name,
    finishedAt: at,
    ...countFigures(variances(db, requireCount(db, id)).map(({ counted, expected }) => counted - expected)),
  }));
  const places = counts.reduce((sum, count) => sum + count.places, 0);
  const exact = counts.reduce((sum, count) => sum + count.exact, 0);
  return { accuracy: places === 0 ? null : exact / places, counts };
}
