import type { ListingFilter, ListingSort } from '#shared/contract/common.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { composeIds } from './filter-sql.ts';
import { groupByProduct, isGroupRid, OpenGroups, visibleRows, type Grouping } from './grouping.ts';

/** Listings of a product under one row. */
export interface Groups {
  readonly grouping: Grouping;
  readonly open: OpenGroups;
}

export interface View {
  readonly id: string;
  /** Row ids in their frozen order: an edit never moves a row under the hand. Below zero: a group's row. */
  readonly rids: Int32Array;
  readonly rev: number;
  readonly groups: Groups | null;
  /** In a view of SKUs: the SKU of each row, whose id is that of its first listing. */
  readonly skus: readonly string[] | null;
}

export interface Grouped {
  /** Whether groups are open at first. */
  readonly open: boolean;
  /** A view whose groups these are open and closed as, where it still is there. */
  readonly like?: string | undefined;
}

/**
 * A product's and a listing's rid as one number: a list of numbers costs a third
 * of a list of rows. 134 million listings and half as many products fit.
 */
const PAIR = 2 ** 27;

/** Views kept at once; the least recently used one goes. */
const MAX_VIEWS = 24;

/** Ordered id lists per filter and sort. Rows are read by id list in windows, never by OFFSET. */
export class Views {
  private readonly db: Database;
  private readonly now: () => number;
  private readonly views = new Map<string, View>();
  private next = 1;

  constructor(db: Database, now: () => number) {
    this.db = db;
    this.now = now;
  }

  open(
    text: string | undefined,
    filter: ListingFilter | undefined,
    sort: ListingSort | undefined,
    rev: number,
    grouped?: Grouped,
  ): View {
    const now = this.now();
    if (!grouped) {
      const { sql, params } = composeIds(text, filter, sort, { now });
      return this.keep(Int32Array.from(this.db.pluck<number>(sql, params)), rev, null);
    }
    const columns = `l.product_rid * ${PAIR} + l.rid`;
    const { sql, params } = composeIds(text, filter, sort, { now, columns });
    const pairs = this.db.pluck<number>(sql, params);
    const rids = new Int32Array(pairs.length);
    const products = new Int32Array(pairs.length);
    for (let at = 0; at < pairs.length; at += 1) {
      const pair = pairs[at] ?? 0;
      rids[at] = pair % PAIR;
      products[at] = Math.floor(pair / PAIR);
    }
    const grouping = groupByProduct(rids, products);
    const like = grouped.like === undefined ? undefined : this.views.get(grouped.like)?.groups;
    const open = like?.open.copy() ?? new OpenGroups(grouped.open);
    return this.keep(
      visibleRows(grouping, (product) => open.has(product)),
      rev,
      { grouping, open },
    );
  }

  /** A view of rows that were ordered elsewhere. */
  keep(rids: Int32Array, rev: number, groups: Groups | null, skus: readonly string[] | null = null): View {
    const view: View = { id: `v${this.next}`, rids, rev, groups, skus };
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

  /** Opens or closes groups, all of them when none are named. The order of the rest stays as it is. */
  toggle(id: string, products: readonly number[] | undefined, open: boolean): View {
    const view = this.get(id);
    if (!view.groups) {
      throw new CodedError('INVALID_STATE', 'This list has no groups; open it with group "product"', {
        viewId: id,
      });
    }
    const { groups } = view;
    if (products) for (const product of products) groups.open.set(product, open);
    else groups.open.setAll(open);
    const next = { ...view, rids: visibleRows(groups.grouping, (product) => groups.open.has(product)) };
    this.views.set(id, next);
    return next;
  }

  close(id: string): void {
    this.views.delete(id);
  }

  /** Row ids of the listings in inclusive spans, each once, in view order; without spans all, in closed groups too. */
  slice(id: string, spans: readonly (readonly [number, number])[] | undefined): Int32Array {
    const { rids, groups } = this.get(id);
    if (!spans) return groups ? groups.grouping.rids : rids;
    const chosen = new Set<number>();
    for (const [from, to] of spans) {
      for (const rid of rids.subarray(Math.min(from, to), Math.max(from, to) + 1)) {
        if (!isGroupRid(rid)) chosen.add(rid);
      }
    }
    return Int32Array.from(chosen);
  }
}
