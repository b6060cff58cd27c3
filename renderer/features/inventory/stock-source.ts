import type { StockRow } from '#shared/contract/inventory.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import { compileFind } from '#shared/grid/find-pattern.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import {
  MAX_WINDOW_ROWS,
  type GridFindQuery,
  type GridFindResult,
  type GridRange,
  type GridRow,
  type GridSource,
  type GridStats,
} from '../../grid/contract.ts';
import type { EngineClient } from '../../lib/engine-client.ts';

export type Caller = Pick<EngineClient, 'call'>;

/** Column of a location: what is on hand there. */
export const placeKey = (locationId: string): string => `at:${locationId}`;
export const locationOfKey = (key: string): string | null => (key.startsWith('at:') ? key.slice(3) : null);

/** Column of a channel: what it shows. */
export const channelKey = (accountId: string): string => `on:${accountId}`;

const TEXTS: ReadonlySet<string> = new Set(['sku', 'title', 'class']);

const FIGURES = ['total', 'reserved', 'available', 'incoming', 'inTransit', 'quarantined'] as const;
export type Figure = (typeof FIGURES)[number];

export function isFigure(key: string): key is Figure {
  return (FIGURES as readonly string[]).includes(key);
}

export function valueOf(row: StockRow, key: string): WireValue {
  const location = locationOfKey(key);
  if (location !== null) return row.onHand[location] ?? 0;
  if (key.startsWith('on:')) return row.shown[key.slice(3)] ?? null;
  if (key === 'class') return row.abc === null ? null : `${row.abc}${row.xyz ?? ''}`;
  if (key === 'daily') return row.daily === null ? null : String(Math.round(row.daily * 100) / 100);
  if (key === 'daysLeft') return row.daily ? Math.max(0, Math.floor(row.available / row.daily)) : null;
  if (key === 'sku') return row.sku;
  if (key === 'title') return row.title === '' ? null : row.title;
  return isFigure(key) ? row[key] : null;
}

function toGridRow(row: StockRow, keys: readonly string[]): GridRow {
  return {
    rid: row.rid,
    id: row.itemId,
    values: Object.fromEntries(['sku', 'title', ...keys].map((key) => [key, valueOf(row, key)])),
    cells: {},
    state: 'clean',
    currency: 'EUR',
    readAt: null,
  };
}

/** A frozen list of stock items as the spreadsheet reads it; longer ranges are read in windows. */
export class StockSource implements GridSource {
  readonly richFind = true;
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  private readonly engine: Caller;
  private readonly order: Int32Array;

  constructor(engine: Caller, viewId: string, order: Int32Array, rev: number) {
    this.engine = engine;
    this.viewId = viewId;
    this.order = order;
    this.count = order.length;
    this.rev = rev;
  }

  ids(): Promise<Int32Array> {
    return Promise.resolve(this.order);
  }

  async rows(rids: readonly number[], keys: readonly string[]): Promise<readonly GridRow[]> {
    return (await this.read(rids)).map((row) => toGridRow(row, keys));
  }

  private async read(rids: readonly number[]): Promise<readonly StockRow[]> {
    return (await this.engine.call('inventory.rows', { rids: [...rids] })).rows;
  }

  /** Rows of positions in order; a row that is gone is null and keeps its place. */
  async between(fromRow: number, toRow: number): Promise<(StockRow | null)[]> {
    const found: (StockRow | null)[] = [];
    for (let from = fromRow; from <= toRow; from += MAX_WINDOW_ROWS) {
      const rids = [...this.order.subarray(from, Math.min(toRow + 1, from + MAX_WINDOW_ROWS))];
      const byRid = new Map((await this.read(rids)).map((row) => [row.rid, row]));
      found.push(...rids.map((rid) => byRid.get(rid) ?? null));
    }
    return found;
  }

  async stats(ranges: readonly GridRange[]): Promise<GridStats> {
    let cells = 0;
    let filled = 0;
    const numbers: number[] = [];
    for (const { fromRow, toRow, keys } of ranges) {
      for (const row of await this.between(fromRow, toRow)) {
        for (const key of keys) {
          cells += 1;
          const value = row && valueOf(row, key);
          if (value !== null) filled += 1;
          if (typeof value === 'number') numbers.push(value);
        }
      }
    }
    const sum = numbers.reduce((total, value) => total + value, 0);
    const some = numbers.length > 0;
    return {
      cells,
      filled,
      numbers: numbers.length,
      sum: some ? sum : null,
      average: some ? sum / numbers.length : null,
      min: some ? numbers.reduce((a, b) => Math.min(a, b)) : null,
      max: some ? numbers.reduce((a, b) => Math.max(a, b)) : null,
    };
  }

  async text({ fromRow, toRow, keys }: GridRange): Promise<readonly (readonly string[])[]> {
    const rows = await this.between(fromRow, toRow);
    return rows.map((row) => keys.map((key) => (row ? cellText(row, key) : '')));
  }

  async find(query: GridFindQuery): Promise<GridFindResult> {
    const compiled = compileFind(query.text, {
      matchCase: query.matchCase,
      wholeCell: query.wholeCell ?? false,
      regex: query.regex ?? false,
    });
    if (!compiled.ok) return { row: null, key: null, matches: 0 };
    const pattern = new RegExp(compiled.pattern.source, compiled.pattern.flags.replace('g', ''));
    const inside = (at: number): boolean => query.spans?.some(([from, to]) => at >= from && at <= to) ?? true;
    const hits = (await this.between(0, this.count - 1)).flatMap((row, at) => {
      const keys = row && inside(at) ? query.keys.filter((key) => pattern.test(cellText(row, key))) : [];
      return keys.length > 0 ? [{ at, keys }] : [];
    });
    const forward = hits.find(({ at }) => at >= query.from) ?? hits[0];
    const backward = hits.findLast(({ at }) => at <= query.from) ?? hits.at(-1);
    const hit = query.direction === 'next' ? forward : backward;
    return {
      row: hit?.at ?? null,
      key: hit?.keys[0] ?? null,
      matches: hits.length,
      cells: hits.reduce((sum, { keys }) => sum + keys.length, 0),
    };
  }
}

function cellText(row: StockRow, key: string): string {
  const type = TEXTS.has(key) ? 'text' : key === 'daily' ? 'decimal' : 'integer';
  return canonicalText(type, valueOf(row, key));
}
