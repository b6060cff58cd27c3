import type { ListingFilter, ListingSort } from '#shared/contract/common.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { composeIds } from './filter-sql.ts';

export interface View {
  readonly id: string;
  /** Row ids in their frozen order: an edit never moves a row under the hand. */
  readonly rids: Int32Array;
  readonly rev: number;
}

/** Views kept at once; the least recently used one goes. */
const MAX_VIEWS = 24;

/** Ordered id lists per filter and sort. Rows are read by id list in windows, never by OFFSET. */
export class Views {
  private readonly db: Database;
  private readonly views = new Map<string, View>();
  private next = 1;

  constructor(db: Database) {
    this.db = db;
  }

  open(
    text: string | undefined,
    filter: ListingFilter | undefined,
    sort: ListingSort | undefined,
    rev: number,
  ): View {
    const { sql, params } = composeIds(text, filter, sort);
    const view: View = {
      id: `v${this.next}`,
      rids: Int32Array.from(this.db.pluck<number>(sql, params)),
      rev,
    };
    this.next += 1;
    this.views.set(view.id, view);
    for (const id of this.views.keys()) {
      if (this.views.size <= MAX_VIEWS) break;
      this.views.delete(id);
    }
    return view;
  }

  get(id: string): View {
    const view = this.views.get(id);
    if (!view)
      throw new CodedError(
        'VIEW_GONE',
        'This list is no longer open; open it again',
        { viewId: id },
        { retryable: true },
      );
    this.views.delete(id);
    this.views.set(id, view);
    return view;
  }

  close(id: string): void {
    this.views.delete(id);
  }

  /** Row ids of inclusive spans, each row once, in view order. */
  slice(id: string, spans: readonly (readonly [number, number])[] | undefined): Int32Array {
    const { rids } = this.get(id);
    if (!spans) return rids;
    const chosen = new Set<number>();
    for (const [from, to] of spans) {
      for (const rid of rids.subarray(Math.min(from, to), Math.max(from, to) + 1)) chosen.add(rid);
    }
    return Int32Array.from(chosen);
  }
}
