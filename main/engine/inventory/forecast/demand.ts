import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { dayNumberOf, dayNumbers } from './calendar.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

/** Units that were ordered, with those that kits took of the SKU; cancelled and refunded orders are no demand. */
const sold = sql<
  { skus: string; from: number },
  { sku: string; account: number; at: number; units: number; price: number }
>(
  `SELECT n.value AS sku, o.account_rid AS account, o.placed_at_ms AS at, l.quantity AS units, l.unit_price_minor AS price
   FROM json_each(:skus) n CROSS JOIN order_line l ON l.sku = n.value JOIN sales_order o ON o.rid = l.order_rid
   WHERE o.placed_at_ms >= :from AND o.state NOT IN ('cancelled', 'refunded') AND l.quantity > 0
   UNION ALL
   SELECT n.value, o.account_rid, o.placed_at_ms, l.quantity * f.quantity, 0
   FROM json_each(:skus) n CROSS JOIN stock_item i ON i.sku = n.value CROSS JOIN stock_kit_leaf f ON f.part_rid = i.rid
     CROSS JOIN stock_item k ON k.rid = f.item_rid CROSS JOIN order_line l ON l.sku = k.sku JOIN sales_order o ON o.rid = l.order_rid
   WHERE o.placed_at_ms >= :from AND o.state NOT IN ('cancelled', 'refunded') AND l.quantity > 0`,
  { hot: true },
);
const moved = sql<{ skus: string }, { sku: string; at: number; quantity: number }>(
  `SELECT i.sku, m.at_ms AS at, m.quantity FROM json_each(:skus) n CROSS JOIN stock_item i ON i.sku = n.value
   CROSS JOIN stock_movement m ON m.item_rid = i.rid JOIN stock_location w ON w.rid = m.location_rid AND w.kind = 'warehouse'
   ORDER BY i.rid, m.rid`,
  { hot: true },
);
const marks = sql<{ skus: string }, { sku: string | null; from_day: string; to_day: string }>(
  `SELECT NULL AS sku, from_day, to_day FROM demand_mark WHERE item_rid = 0 AND removed_at_ms IS NULL
   UNION ALL
   SELECT i.sku, d.from_day, d.to_day FROM json_each(:skus) n CROSS JOIN stock_item i ON i.sku = n.value
     CROSS JOIN demand_mark d ON d.item_rid = i.rid WHERE d.removed_at_ms IS NULL`,
  { hot: true },
);
const zones = sql<Record<string, never>, { rid: number; zone: string; local: number }>(
  `SELECT rid, time_zone AS zone, platform = 'local' AS local FROM account ORDER BY rid`,
);

export interface SkuDemand {
  readonly sku: string;
  /** Day number of the first entry. */
  readonly firstDay: number;
  readonly units: Float64Array;
  /** 1 = no stock from midnight to midnight, and nothing sold. */
  readonly out: Uint8Array;
  /** 1 = marked by a person. */
  readonly marked: Uint8Array;
  /** Value sold under this SKU in the last year, in minor units. */
  readonly revenue: number;
  /** Day number of the first movement; null when the ledger does not know the item. */
  readonly knownFrom: number | null;
}

/** Reads demand of SKUs by day; days are those of the calendar of the shop that sold. */
export class DemandReader {
  private readonly db: Database;
  private readonly dayOf = new Map<number, (at: number) => number>();
  private readonly ownDay: (at: number) => number;
  /** Last whole day before `now`, and the one after it. */
  readonly lastDay: number;

  constructor(db: Database, now: number) {
    this.db = db;
    const accounts = db.all(zones, {});
    for (const { rid, zone } of accounts) this.dayOf.set(rid, dayNumbers(zone));
    this.ownDay = dayNumbers((accounts.find(({ local }) => local === 0) ?? accounts[0])?.zone ?? 'UTC');
    this.lastDay = this.ownDay(now) - 1;
  }

  /**
   * The last `days` days of each SKU, cut to where it begins: at its first sale
   * or movement within them. SKUs that did neither have no days.
   */
  read(skus: readonly string[], days: number): SkuDemand[] {
    const start = this.lastDay - days + 1;
    const asked = { skus: JSON.stringify(skus) };
    const rows = new Map(skus.map((sku) => [sku, new Float64Array(days)]));
    const first = new Map<string, number>();
    const revenue = new Map<string, number>();
    // A day of margin on both sides: zones differ.
    for (const { sku, account, at, units, price } of this.db.all(sold, {
      ...asked,
      from: (start - 1) * DAY_MS,
    })) {
      const day = (this.dayOf.get(account) ?? this.ownDay)(at);
      const row = rows.get(sku);
      if (!row || day < start || day > this.lastDay) continue;
      row[day - start] = (row[day - start] ?? 0) + units;
      if (day > this.lastDay - YEAR_DAYS) revenue.set(sku, (revenue.get(sku) ?? 0) + units * price);
      first.set(sku, Math.min(first.get(sku) ?? day, day));
    }
    const stock = this.stockDays(asked, start, days);
    const marked = this.markedDays(asked, start, days);
    return skus.map((sku): SkuDemand => {
      const known = stock.get(sku);
      const from = Math.max(start, Math.min(first.get(sku) ?? Infinity, known?.from ?? Infinity));
      const cut = Math.min(days, from === Infinity ? days : from - start);
      const units = rows.get(sku)?.slice(cut) ?? new Float64Array(0);
      const empty = known?.empty.slice(cut) ?? new Uint8Array(units.length);
      return {
        sku,
        firstDay: start + cut,
        units,
        out: empty.map((flag, at) => (flag === 1 && units[at] === 0 ? 1 : 0)),
        marked: (marked.get(sku) ?? marked.get(null) ?? new Uint8Array(days)).slice(cut),
        revenue: revenue.get(sku) ?? 0,
        knownFrom: known?.from ?? null,
      };
    });
  }

  /** Days on which the ledger held nothing at warehouses from beginning to end. */
  private stockDays(
    asked: { skus: string },
    start: number,
    days: number,
  ): Map<string, { from: number; empty: Uint8Array }> {
    const found = new Map<string, { from: number; empty: Uint8Array }>();
    let sku: string | null = null;
    let level = 0;
    let day = 0;
    let highest = 0;
    let empty = new Uint8Array(0);
    const fill = (until: number): void => {
      // The day that ends had its highest level; the ones after it the level that it left.
      for (let at = day; at < until; at += 1) {
        const top = at === day ? highest : level;
        if (at >= start && at - start < days) empty[at - start] = top <= 0 ? 1 : 0;
      }
    };
    const close = (): void => {
      if (sku !== null) fill(this.lastDay + 1);
    };
    for (const row of this.db.all(moved, asked)) {
      const at = this.ownDay(row.at);
      if (row.sku !== sku) {
        close();
        sku = row.sku;
        empty = new Uint8Array(days);
        found.set(sku, { from: at, empty });
        level = 0;
        day = at;
        highest = 0;
      }
      if (at > day) {
        fill(at);
        day = at;
        highest = level;
      }
      level += row.quantity;
      highest = Math.max(highest, level);
    }
    close();
    return found;
  }

  private markedDays(asked: { skus: string }, start: number, days: number): Map<string | null, Uint8Array> {
    const found = new Map<string | null, Uint8Array>([[null, new Uint8Array(days)]]);
    // Marks of every item come first, so that those of one item add to them.
    for (const { sku, from_day: from, to_day: to } of this.db.all(marks, asked)) {
      const row = found.get(sku) ?? Uint8Array.from(found.get(null) ?? []);
      row.fill(1, Math.max(0, dayNumberOf(from) - start), Math.max(0, dayNumberOf(to) - start + 1));
      found.set(sku, row);
    }
    return found;
  }
}

/** Days that say nothing about demand: sold out or marked. */
export function maskOf({ out, marked }: Pick<SkuDemand, 'out' | 'marked'>): Uint8Array {
  return out.map((flag, at) => (flag === 1 || marked[at] === 1 ? 1 : 0));
}
