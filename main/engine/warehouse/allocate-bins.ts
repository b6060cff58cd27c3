import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { byCode } from '#shared/domain/warehouse/wave-plan.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

/** Loose stock of bins, and stock by lot with the first to expire first; the two never meet for one item. */
const stockAt = sql<
  { skus: string; location: number; today: string },
  { sku: string; bin: string; quantity: number; expires: string | null }
>(
  `SELECT i.sku, coalesce(b.code, '') AS bin, v.quantity, NULL AS expires
   FROM json_each(:skus) s CROSS JOIN stock_item i ON i.sku = s.value
   CROSS JOIN stock_level v ON v.item_rid = i.rid AND v.location_rid = :location LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE i.tracking = 'none' AND v.quantity > 0
   UNION ALL
   SELECT i.sku, coalesce(b.code, ''), v.quantity, coalesce(t.expires_on, '9999')
   FROM json_each(:skus) s CROSS JOIN stock_item i ON i.sku = s.value
   CROSS JOIN stock_lot_level v ON v.item_rid = i.rid AND v.location_rid = :location
   CROSS JOIN stock_lot t ON t.rid = v.lot_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE i.tracking <> 'none' AND v.quantity > 0 AND t.blocked = 0 AND (t.expires_on IS NULL OR t.expires_on >= :today)`,
  { hot: true },
);

export interface Wanted {
  readonly lineId: string;
  readonly sku: string | null;
  readonly units: number;
}

export interface BinShare {
  /** '' = the ledger knows no bin with enough. */
  readonly bin: string;
  readonly units: number;
}

/**
 * Which bins the units of lines come from: the lot that expires first, else the
 * fullest bin, and the next one when it is not enough. Lines are served in
 * their order, and what one takes is gone for those after it.
 */
export function allocateBins(
  db: Database,
  locationRid: number | null,
  lines: readonly Wanted[],
  nowMs: number,
): ReadonlyMap<string, readonly BinShare[]> {
  const skus = [...new Set(lines.flatMap(({ sku }) => sku ?? []))];
  const cells =
    locationRid === null
      ? []
      : db.all(stockAt, { skus: JSON.stringify(skus), location: locationRid, today: dayOf(nowMs) }).toSorted(
          (a, b) =>
            (a.expires ?? '').localeCompare(b.expires ?? '') ||
            // Where something has no bin, a bin is easier to find.
            Number(a.bin === '') - Number(b.bin === '') ||
            b.quantity - a.quantity ||
            byCode(a.bin, b.bin),
        );
  const bySku = new Map<string, { bin: string; quantity: number }[]>();
  for (const { sku, bin, quantity } of cells) bySku.set(sku, [...(bySku.get(sku) ?? []), { bin, quantity }]);
  return new Map(lines.map((line) => [line.lineId, share(line, bySku.get(line.sku ?? '') ?? [])]));
}

function share({ units }: Wanted, cells: { bin: string; quantity: number }[]): BinShare[] {
  const shares = new Map<string, number>();
  let open = units;
  for (const cell of cells) {
    const taken = Math.min(open, cell.quantity);
    if (taken <= 0) continue;
    cell.quantity -= taken;
    open -= taken;
    shares.set(cell.bin, (shares.get(cell.bin) ?? 0) + taken);
  }
  if (open > 0) shares.set('', (shares.get('') ?? 0) + open);
  return [...shares].map(([bin, taken]) => ({ bin, units: taken }));
}
