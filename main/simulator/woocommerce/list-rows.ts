import { readGmt, readLocal } from './local-time.ts';
import { checkQuery, type Params } from './params.ts';
import type { AnyRow } from './rows.ts';
import type { SortedRows } from './sorted-rows.ts';

const PAGING: Params = {
  page: { type: 'integer', min: 1 },
  per_page: { type: 'integer', min: 1, max: 100 },
  offset: { type: 'integer' },
  order: { type: 'string', enum: ['asc', 'desc'] },
  include: { type: 'integers' },
  exclude: { type: 'integers' },
  modified_after: { type: 'date' },
  modified_before: { type: 'date' },
  after: { type: 'date' },
  before: { type: 'date' },
  dates_are_gmt: { type: 'boolean' },
};
const ORDER_BY = [
  'date',
  'id',
  'include',
  'title',
  'slug',
  'modified',
  'menu_order',
  'price',
  'popularity',
  'rating',
];
const PRODUCT_STATES = ['any', 'future', 'trash', 'draft', 'pending', 'private', 'publish'];
const ORDER_STATES = [
  'any',
  'trash',
  'auto-draft',
  'pending',
  'processing',
  'on-hold',
  'completed',
  'cancelled',
  'refunded',
  'failed',
  'checkout-draft',
];
const FILTERS: Params = {
  orderby: { type: 'string', enum: ORDER_BY },
  status: { type: 'string', enum: PRODUCT_STATES },
  type: { type: 'string', enum: ['simple', 'grouped', 'external', 'variable'] },
  stock_status: { type: 'string', enum: ['instock', 'outofstock', 'onbackorder'] },
};
const ORDER_FILTERS: Params = {
  orderby: { type: 'string', enum: ORDER_BY.slice(0, 6) },
  status: { type: 'strings', enum: ORDER_STATES },
  customer: { type: 'integer' },
  product: { type: 'integer' },
};

export interface RowPage<T> {
  readonly rows: readonly T[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

export interface ListSource<T extends AnyRow> {
  /** Everything outside of the trash, by modification time. */
  readonly byTime: Pick<SortedRows<T>, 'all' | 'lowerBound'> & { readonly byId?: readonly T[] };
  readonly find: (id: number) => T | undefined;
  /** Everything, the trash included. */
  readonly every: () => Iterable<T>;
  readonly timeZone: string;
  readonly kind: T['kind'];
}

/** One page of a list as its query asks for it. */
export function listRows<T extends AnyRow>(source: ListSource<T>, query: URLSearchParams): RowPage<T> {
  checkQuery(query, { ...PAGING, ...(source.kind === 'order' ? ORDER_FILTERS : FILTERS) });
  const size = Number(query.get('per_page') ?? 10);
  const page = Number(query.get('page') ?? 1);
  const offset = query.has('offset') ? Math.max(0, Number(query.get('offset'))) : (page - 1) * size;
  const sorted = sort(filter(candidates(source, query), query, source), query, source);
  return {
    rows: sorted.slice(offset, offset + size),
    total: sorted.length,
    page: query.has('offset') ? Math.floor(offset / size) + 1 : page,
    pages: Math.ceil(sorted.length / size),
  };
}

/** The fewest rows that can hold the answer, in the order of time unless `include` names them. */
function candidates<T extends AnyRow>(source: ListSource<T>, query: URLSearchParams): readonly T[] {
  const include = ids(query, 'include');
  if (include) return include.flatMap((id) => source.find(id) ?? []);
  if (statesOf(query).includes('trash')) return [...source.every()].filter((row) => isTrashed(row));
  const all = source.byTime.all;
  const after = moment(query, 'modified_after', source.timeZone);
  const before = moment(query, 'modified_before', source.timeZone);
  if (after === null && before === null) return all;
  // Both bounds are exclusive.
  const from = after === null ? 0 : source.byTime.lowerBound(after + 1);
  const to = before === null ? all.length : source.byTime.lowerBound(before);
  return all.slice(from, Math.max(from, to));
}

function filter<T extends AnyRow>(
  rows: readonly T[],
  query: URLSearchParams,
  source: ListSource<T>,
): readonly T[] {
  const tests: ((row: T) => boolean)[] = [];
  const states = statesOf(query).filter((state) => state !== 'any');
  if (states.length > 0 && !states.includes('trash')) tests.push((row) => states.includes(row.status));
  const include = ids(query, 'include');
  if (include && !states.includes('trash')) tests.push((row) => !isTrashed(row));
  if (include) {
    const after = moment(query, 'modified_after', source.timeZone);
    const before = moment(query, 'modified_before', source.timeZone);
    if (after !== null) tests.push((row) => row.modified > after);
    if (before !== null) tests.push((row) => row.modified < before);
  }
  const exclude = ids(query, 'exclude');
  if (exclude) tests.push((row) => !exclude.includes(row.id));
  const createdAfter = moment(query, 'after', source.timeZone);
  if (createdAfter !== null) tests.push((row) => row.created > createdAfter);
  const createdBefore = moment(query, 'before', source.timeZone);
  if (createdBefore !== null) tests.push((row) => row.created < createdBefore);
  const skus = query
    .get('sku')
    ?.split(',')
    .map((sku) => sku.trim().toLowerCase().slice(0, 100));
  if (skus) tests.push((row) => row.kind !== 'order' && skus.includes(row.sku.toLowerCase().slice(0, 100)));
  const type = query.get('type');
  if (type) tests.push((row) => row.kind === 'product' && row.type === type);
  const stock = query.get('stock_status');
  if (stock) tests.push((row) => row.kind !== 'order' && row.stockStatus === stock);
  const slug = query.get('slug');
  if (slug) tests.push((row) => row.kind === 'product' && row.slug === slug);
  const search = query.get('search')?.toLowerCase();
  if (search) tests.push((row) => textOf(row).toLowerCase().includes(search));
  if (tests.length === 0) return rows;
  return rows.filter((row) => tests.every((test) => test(row)));
}

function sort<T extends AnyRow>(
  rows: readonly T[],
  query: URLSearchParams,
  source: ListSource<T>,
): readonly T[] {
  const by = query.get('orderby') ?? 'date';
  const up = query.get('order') === 'asc';
  if (by === 'include') return rows;
  // Candidates come in the order of time already, unless they were named.
  if (by === 'modified' && up && !query.has('include')) return rows;
  if (by === 'id' && up && rows === source.byTime.all && source.byTime.byId) return source.byTime.byId;
  const compare = comparer<T>(by);
  return rows.toSorted(up ? compare : (a, b) => compare(b, a));
}

function comparer<T extends AnyRow>(by: string): (a: T, b: T) => number {
  switch (by) {
    case 'id':
      return (a, b) => a.id - b.id;
    case 'modified':
      return (a, b) => a.modified - b.modified || a.id - b.id;
    case 'title':
    case 'slug':
      return (a, b) => (textOf(a) < textOf(b) ? -1 : Number(textOf(a) > textOf(b))) || a.id - b.id;
    case 'price':
      return (a, b) => priceOf(a) - priceOf(b) || a.id - b.id;
    case 'menu_order':
      return (a, b) => menuOrderOf(a) - menuOrderOf(b) || a.id - b.id;
    default:
      return (a, b) => a.created - b.created || a.id - b.id;
  }
}

function textOf(row: AnyRow): string {
  if (row.kind === 'product') return row.name;
  if (row.kind === 'variation') return row.sku;
  return `${row.id} ${row.billing.first_name} ${row.billing.last_name} ${row.billing.email}`;
}

function priceOf(row: AnyRow): number {
  return row.kind === 'order' ? 0 : Number(row.regularPrice);
}

function menuOrderOf(row: AnyRow): number {
  return row.kind === 'order' ? 0 : row.menuOrder;
}

function isTrashed(row: AnyRow): boolean {
  return row.kind !== 'variation' && row.trashedFrom !== null;
}

function statesOf(query: URLSearchParams): string[] {
  const given = query.get('status') ?? query.get('status[]') ?? 'any';
  return given.split(',');
}

function ids(query: URLSearchParams, name: string): number[] | null {
  const given = query.get(name) ?? query.getAll(`${name}[]`).join(',');
  return given === '' ? null : given.split(',').map(Number);
}

function moment(query: URLSearchParams, name: string, timeZone: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  return query.get('dates_are_gmt') === 'true' || query.get('dates_are_gmt') === '1'
    ? readGmt(text)
    : readLocal(text, timeZone);
}
