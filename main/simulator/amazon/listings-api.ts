import { invalidInput, listOf, notFound, readToken, timeOf, writeToken } from './api-error.ts';
import { itemView, statusOf } from './item-view.ts';
import type { ListingRow } from './rows.ts';
import type { Store } from './store.ts';
import {
  issuesOf,
  patched,
  readPatchBody,
  withoutIgnored,
  type Issue,
  type PatchBody,
} from './write-item.ts';

/** A search shows this many SKUs and no more, however many there are. */
const SEARCH_LIMIT = 1_000;

export class ListingsApi {
  private readonly store: Store;
  private readonly url: () => string;
  private submissions = 0;

  constructor(store: Store, url: () => string) {
    this.store = store;
    this.url = url;
  }

  search(query: URLSearchParams): unknown {
    this.checkMarketplace(query);
    const size = Number(query.get('pageSize') ?? 10);
    if (!Number.isInteger(size) || size < 1 || size > 20) throw invalidInput('pageSize must be 1 to 20');
    const rows = this.found(query);
    const value = VALUE_OF[query.get('sortBy') ?? 'lastUpdatedDate'];
    if (!value) throw invalidInput('sortBy is not known');
    const down = (query.get('sortOrder') ?? 'DESC') === 'DESC';
    const compare = (a: ListingRow, b: ListingRow): number =>
      (order(value(a), value(b)) || order(a.sku, b.sku)) * (down ? -1 : 1);
    const sorted = rows.toSorted(compare);
    const place = readToken(query.get('pageToken'));
    const start = place === null ? 0 : firstBehind(sorted, place, value, down);
    const before = place?.[2] ?? 0;
    const page = sorted.slice(start, start + Math.min(size, SEARCH_LIMIT - before));
    const last = page.at(-1);
    const more = start + page.length < sorted.length && before + page.length < SEARCH_LIMIT;
    const nextToken = last && more ? writeToken([value(last), last.sku, before + page.length]) : undefined;
    return {
      numberOfResults: rows.length,
      ...(nextToken === undefined ? {} : { pagination: { nextToken } }),
      items: page.map((row) => this.view(row, query)),
    };
  }

  get(sku: string, query: URLSearchParams): unknown {
    this.checkMarketplace(query);
    return this.view(this.row(sku), query);
  }

  patch(sku: string, query: URLSearchParams, text: string): unknown {
    this.checkMarketplace(query);
    const preview = query.get('mode') === 'VALIDATION_PREVIEW';
    const issues = this.submit(sku, readPatchBody(text), preview);
    this.submissions += 1;
    const submissionId = `sub-${this.submissions}`;
    const invalid = issues.some((issue) => issue.severity === 'ERROR');
    return { sku, status: invalid ? 'INVALID' : preview ? 'VALID' : 'ACCEPTED', submissionId, issues };
  }

  /** Applies a patch unless something is wrong with it, or nothing when it is only tried out. */
  submit(sku: string, body: PatchBody, preview: boolean): Issue[] {
    const row = this.row(sku);
    const attributes = patched(this.store.newest(row), body);
    const issues = issuesOf(row, attributes, body, this.store.titleLimit);
    const invalid = issues.some((issue) => issue.severity === 'ERROR');
    if (!invalid && !preview) this.store.accept(row, withoutIgnored(attributes));
    return issues;
  }

  private row(sku: string): ListingRow {
    const row = this.store.listings.get(sku);
    if (!row) throw notFound(`SKU ${sku}`);
    return row;
  }

  private view(row: ListingRow, query: URLSearchParams): unknown {
    return itemView(row, this.store, listOf(query, 'includedData'), this.url());
  }

  private checkMarketplace(query: URLSearchParams): void {
    const ids = listOf(query, 'marketplaceIds');
    if (!ids.includes(this.store.settings.marketplaceId)) throw invalidInput('marketplaceIds');
  }

  private found(query: URLSearchParams): ListingRow[] {
    const identifiers = listOf(query, 'identifiers');
    if (identifiers.length > 20) throw invalidInput('identifiers must be 20 at most');
    if (identifiers.length > 0) {
      if (query.get('identifiersType') !== 'SKU')
        throw invalidInput('Only identifiers of type SKU are known here');
      return identifiers.flatMap((sku) => this.store.listings.get(sku) ?? []);
    }
    const since = timeOf(query, 'lastUpdatedAfter') ?? Number.NEGATIVE_INFINITY;
    const until = timeOf(query, 'lastUpdatedBefore') ?? Number.POSITIVE_INFINITY;
    const createdAfter = timeOf(query, 'createdAfter') ?? Number.NEGATIVE_INFINITY;
    const parent = query.get('variationParentSku');
    const status = listOf(query, 'withStatus');
    return [...this.store.listings.values()].filter(
      (row) =>
        row.updatedAt >= since &&
        row.updatedAt <= until &&
        row.createdAt >= createdAfter &&
        (parent === null || row.parentSku === parent) &&
        status.every((name) => statusOf(row).includes(name)),
    );
  }
}

const VALUE_OF: Readonly<Record<string, (row: ListingRow) => number | string>> = {
  sku: (row) => row.sku,
  createdDate: (row) => row.createdAt,
  lastUpdatedDate: (row) => row.updatedAt,
};

function order(a: number | string, b: number | string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstBehind(
  rows: readonly ListingRow[],
  [value, id]: readonly [number | string, string, number],
  valueOf: (row: ListingRow) => number | string,
  down: boolean,
): number {
  const at = rows.findIndex((row) => {
    const compared = order(valueOf(row), value) || order(row.sku, id);
    return down ? compared < 0 : compared > 0;
  });
  return at < 0 ? rows.length : at;
}
