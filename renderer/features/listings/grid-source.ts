import type { ListingSort } from '#shared/contract/common.ts';
import type { ListingFilter } from '#shared/contract/common.ts';
import { listingField, type ListingFieldName, type WireValue } from '#shared/domain/listing-fields.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { GridRange, GridSort, GridSource, GridStats } from '../../grid/contract.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { groupTexts, toGroupRow, type GroupWords } from './group-rows.ts';
import { derivedValue, isDerived, toGridRow } from './listing-rows.ts';

export type Caller = Pick<EngineClient, 'call'>;

/** What a view shows: search text, filter and order. */
export interface ViewQuery {
  readonly text: string;
  readonly filter: ListingFilter;
  readonly sort: readonly GridSort[];
  /** A row above the listings of each product. */
  readonly grouped: boolean;
}

export interface OpenView {
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  /** Listings of the view, those of closed groups too. */
  readonly listings: number;
}

export function fieldsOf(keys: readonly string[]): ListingFieldName[] {
  return keys.filter((key): key is ListingFieldName => listingField(key) !== undefined);
}

const SORTABLE_EXTRAS = ['account', 'variant', 'updatedAt', 'quality', 'completeness'] as const;
type SortField = ListingSort[number]['field'];

/** Keys that the engine cannot sort by are left out; at most five remain. */
export function toSort(sort: readonly GridSort[]): ListingSort {
  return sort
    .filter(
      ({ key }) => listingField(key) !== undefined || (SORTABLE_EXTRAS as readonly string[]).includes(key),
    )
    .slice(0, 5)
    .map(({ key, direction }) => ({ field: key as SortField, direction }));
}

/** `like`: the view whose groups are open and closed as those of the new one are to be. */
export async function openView(
  engine: Caller,
  query: ViewQuery,
  signal?: AbortSignal,
  like?: string,
): Promise<OpenView> {
  const text = query.text.trim();
  return engine.call(
    'views.open',
    {
      ...(text === '' ? {} : { text }),
      filter: query.filter,
      sort: toSort(query.sort),
      ...(query.grouped ? { group: 'product' as const, ...(like === undefined ? {} : { like }) } : {}),
    },
    { signal },
  );
}

/** Values an editor offers at most. */
const SUGGESTIONS = 50;

const NO_STATS: GridStats = {
  cells: 0,
  numbers: 0,
  filled: 0,
  sum: null,
  average: null,
  min: null,
  max: null,
};

/** A frozen view of the engine as the spreadsheet reads it. */
export class EngineSource implements GridSource {
  readonly richFind = true;
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  readonly listings: number;
  private readonly engine: Caller;
  private readonly accountName: (accountId: string) => string;
  private readonly words: GroupWords;

  constructor(engine: Caller, view: OpenView, accountName: (accountId: string) => string, words: GroupWords) {
    this.engine = engine;
    this.viewId = view.viewId;
    this.count = view.count;
    this.rev = view.rev;
    this.listings = view.listings;
    this.accountName = accountName;
    this.words = words;
  }

  async ids(): Promise<Int32Array> {
    return (await this.engine.call('views.ids', { viewId: this.viewId })).ids;
  }

  async rows(rids: readonly number[], keys: readonly string[]): ReturnType<GridSource['rows']> {
    // A window of derived columns only still has to ask for a field.
    const fields = withOne(fieldsOf(keys));
    const { rows, groups } = await this.engine.call('views.rows', {
      viewId: this.viewId,
      rids: [...rids],
      fields,
    });
    return [
      ...rows.map((row) => toGridRow(row, fields, this.accountName(row.accountId))),
      ...(groups ?? []).map((row) => toGroupRow(row, fields, this.accountName(row.accountId), this.words)),
    ];
  }

  async stats(ranges: readonly GridRange[]): Promise<GridStats> {
    const wanted = ranges
      .map((range) => ({ ...span(range), fields: fieldsOf(range.keys) }))
      .filter(({ fields }) => fields.length > 0);
    if (wanted.length === 0) return NO_STATS;
    return this.engine.call('views.stats', { viewId: this.viewId, ranges: wanted });
  }

  async text(range: GridRange): Promise<readonly (readonly string[])[]> {
    const fields = fieldsOf(range.keys);
    if (fields.length === range.keys.length) {
      return (
        await this.engine.call('views.text', { viewId: this.viewId, range: { ...span(range), fields } })
      ).rows;
    }
    return this.mixedText(range, withOne(fields));
  }

  /** Derived columns have no text in the engine: they are read as rows. A row that is gone keeps its place. */
  private async mixedText(range: GridRange, fields: readonly ListingFieldName[]): Promise<string[][]> {
    const { viewId } = this;
    const [texts, { rows, groups }, ids] = await Promise.all([
      this.engine.call('views.text', { viewId, range: { ...span(range), fields: [...fields] } }),
      this.engine.call('views.rows', {
        viewId,
        from: range.fromRow,
        to: range.toRow,
        fields: [...withOne([])],
      }),
      this.ids(),
    ]);
    const byRid = new Map(rows.map((row) => [row.rid, row]));
    const sums = new Map(
      groups?.map((row) => [row.rid, groupTexts(row, [], this.accountName(row.accountId), this.words)]),
    );
    return texts.rows.map((line, index) => {
      const rid = ids[range.fromRow + index] ?? 0;
      const row = byRid.get(rid);
      return range.keys.map((key) => {
        if (isDerived(key) && sums.has(rid)) return sums.get(rid)?.[key] ?? '';
        if (!isDerived(key)) return line[fields.indexOf(key as ListingFieldName)] ?? '';
        if (!row) return '';
        const value = derivedValue(row, key, this.accountName(row.accountId));
        return canonicalText(key === 'readAt' ? 'dateTime' : 'text', value);
      });
    });
  }

  async find(query: Parameters<GridSource['find']>[0]): ReturnType<GridSource['find']> {
    const fields = fieldsOf(query.keys);
    if (fields.length === 0) return { row: null, key: null, matches: 0 };
    const { row, field, matches, cells } = await this.engine.call('views.find', {
      viewId: this.viewId,
      text: query.text,
      fields,
      from: query.from,
      direction: query.direction,
      matchCase: query.matchCase,
      regex: query.regex,
      wholeCell: query.wholeCell,
      spans: query.spans?.map(([from, to]): [number, number] => [from, to]),
    });
    return { row, key: field, matches, cells };
  }

  /** A derived column has no gaps that the engine knows: its edge is the end. */
  async edge(key: string, from: number, direction: 'up' | 'down'): Promise<number> {
    const [field] = fieldsOf([key]);
    if (!field) return direction === 'up' ? 0 : this.count - 1;
    return (await this.engine.call('views.edge', { viewId: this.viewId, field, from, direction })).row;
  }

  async values(key: string, text: string): Promise<readonly WireValue[]> {
    const [field] = fieldsOf([key]);
    if (!field) return [];
    const { values } = await this.engine.call('listings.fields', { field, text, limit: SUGGESTIONS });
    return values.map(({ value }) => value);
  }
}

const span = ({ fromRow, toRow }: GridRange): { fromRow: number; toRow: number } => ({ fromRow, toRow });

function withOne(fields: ListingFieldName[]): ListingFieldName[] {
  return fields.length > 0 ? fields : ['sku'];
}
