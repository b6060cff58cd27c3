import type { GridCell, GridRow } from './contract.ts';
import { MAX_WINDOW_ROWS } from './contract.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';

/** Rows beyond the rendered ones that are read ahead, and how far the view moves before that is done again. */
const READ_AHEAD = 60;
const HYSTERESIS = 10;
const CAPACITY = 8_000;

export interface CacheOptions {
  /** Reads rows by id; at most {@link MAX_WINDOW_ROWS}. */
  readonly fetch: (rids: readonly number[]) => Promise<readonly GridRow[]>;
  /** Rows arrived or turned out to be gone; they may be on screen. */
  readonly onArrive: (rids: ReadonlySet<number>) => void;
  readonly onError: (error: unknown) => void;
  /** Runs work once the rows that are shown have been drawn. */
  readonly afterPaint: (work: () => void) => void;
}

interface Entry {
  row: GridRow;
  /** Which generation asked for it: an older answer never overwrites a newer one. */
  readonly generation: number;
  /** Shown until the new reading arrives. */
  stale: boolean;
}

/**
 * Rows by id, least recently used first out. Ids survive a sort or a filter
 * that positions do not, so going back to a view shows rows at once. A reading
 * that was asked for before an invalidation is taken but stays stale.
 */
export class WindowCache {
  private readonly rows = new Map<number, Entry>();
  /** Ids being read, with the generation they were asked in. */
  private readonly pending = new Map<number, number>();
  private readonly options: CacheOptions;
  private generation = 0;
  private ids: Int32Array = new Int32Array(0);
  private wanted = { first: 0, last: -1 };

  constructor(options: CacheOptions) {
    this.options = options;
  }

  /** The order of the view at hand. */
  setIds(ids: Int32Array): void {
    this.ids = ids;
    this.wanted = { first: 0, last: -1 };
  }

  get(rid: number): GridRow | undefined {
    return this.rows.get(rid)?.row;
  }

  at(position: number): GridRow | undefined {
    const rid = this.ids[position];
    return rid === undefined ? undefined : this.rows.get(rid)?.row;
  }

  /** The row when no newer reading of it is due. */
  fresh(position: number): GridRow | undefined {
    const rid = this.ids[position];
    const entry = rid === undefined ? undefined : this.rows.get(rid);
    return entry?.stale === false ? entry.row : undefined;
  }

  /** Reads the rows around the rendered positions unless the last reading still covers them. */
  want(first: number, last: number, force = false): void {
    const above = this.wanted.first === 0 || first - this.wanted.first >= HYSTERESIS;
    const below = this.wanted.last === this.ids.length - 1 || this.wanted.last - last >= HYSTERESIS;
    if (above && below && !force) return;
    const before = this.wanted;
    this.wanted = {
      first: Math.max(0, first - READ_AHEAD),
      last: Math.min(this.ids.length - 1, last + READ_AHEAD),
    };
    const from = Math.max(first, this.wanted.first);
    const to = Math.min(last, this.wanted.last);
    const moves = before.last >= this.wanted.first && before.first <= this.wanted.last;
    if (moves) this.follow(from, to);
    else void this.land(from, to);
  }

  /** The view moves on: whoever scrolls fast needs the rows ahead as soon as the visible ones. */
  private follow(from: number, to: number): void {
    void this.readAll([...this.missing(from, to), ...this.around(from, to)]);
  }

  /** A jump: visible rows are asked for first, alone; the ones around them when those have been drawn. */
  private async land(from: number, to: number): Promise<void> {
    const { wanted } = this;
    await this.readAll(this.missing(from, to));
    this.options.afterPaint(() => {
      // Another place is wanted by now: its own reading has been asked for.
      if (this.wanted === wanted) void this.readAll(this.around(from, to));
    });
  }

  private around(from: number, to: number): number[] {
    return [...this.missing(to + 1, this.wanted.last), ...this.missing(this.wanted.first, from - 1)];
  }

  private missing(from: number, to: number): number[] {
    const missing: number[] = [];
    for (let at = from; at <= to; at += 1) {
      const rid = this.ids[at];
      if (rid === undefined) continue;
      const entry = this.rows.get(rid);
      if (entry) this.touch(rid, entry);
      if ((!entry || entry.stale) && this.pending.get(rid) !== this.generation) missing.push(rid);
    }
    return missing;
  }

  private async readAll(rids: readonly number[]): Promise<void> {
    const reads: Promise<void>[] = [];
    for (let i = 0; i < rids.length; i += MAX_WINDOW_ROWS) {
      reads.push(this.read(rids.slice(i, i + MAX_WINDOW_ROWS)));
    }
    await Promise.all(reads);
  }

  private touch(rid: number, entry: Entry): void {
    this.rows.delete(rid);
    this.rows.set(rid, entry);
  }

  private async read(rids: readonly number[]): Promise<void> {
    const generation = this.generation;
    for (const rid of rids) this.pending.set(rid, generation);
    try {
      const rows = await this.options.fetch(rids);
      const outdated = generation !== this.generation;
      for (const row of rows) {
        if ((this.rows.get(row.rid)?.generation ?? 0) > generation) continue;
        this.rows.delete(row.rid);
        this.rows.set(row.rid, { row, generation, stale: outdated });
      }
      this.evict();
      this.done(rids, generation);
      this.options.onArrive(new Set(rids));
    } catch (error) {
      this.done(rids, generation);
      this.options.onError(error);
    }
  }

  private done(rids: readonly number[], generation: number): void {
    for (const rid of rids) if (this.pending.get(rid) === generation) this.pending.delete(rid);
  }

  private evict(): void {
    for (const rid of this.rows.keys()) {
      if (this.rows.size <= CAPACITY) return;
      this.rows.delete(rid);
    }
  }

  /** Shows a value before the engine has confirmed it. */
  patch(rid: number, key: string, value: WireValue, cell: GridCell): void {
    const entry = this.rows.get(rid);
    if (!entry) return;
    entry.row = {
      ...entry.row,
      values: { ...entry.row.values, [key]: value },
      cells: { ...entry.row.cells, [key]: cell },
    };
  }

  /** Marks rows as old; the visible ones are read again by the next {@link want} with `force`. */
  invalidate(rids?: Iterable<number>): void {
    this.generation += 1;
    if (rids === undefined) {
      for (const entry of this.rows.values()) entry.stale = true;
      return;
    }
    for (const rid of rids) {
      const entry = this.rows.get(rid);
      if (entry) entry.stale = true;
    }
  }
}
