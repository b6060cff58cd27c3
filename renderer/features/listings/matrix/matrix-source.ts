import { parseMatrixColumn } from '#shared/domain/matrix-columns.ts';
import type { GridRange, GridSort, GridSource, GridStats } from '../../../grid/contract.ts';
import type { Caller, ViewQuery } from '../grid-source.ts';
import { toMatrixGridRow } from './matrix-rows.ts';

export interface OpenMatrix {
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  readonly withoutSku: number;
}

/** Keys that are no columns of the matrix (the sort of another layout) are left out; at most five remain. */
export function toMatrixSort(sort: readonly GridSort[]): { column: string; direction: 'asc' | 'desc' }[] {
  return sort
    .filter(({ key }) => key === 'sku' || parseMatrixColumn(key) !== undefined)
    .slice(0, 5)
    .map(({ key, direction }) => ({ column: key, direction }));
}

export async function openMatrix(
  engine: Caller,
  query: ViewQuery,
  signal?: AbortSignal,
): Promise<OpenMatrix> {
  const text = query.text.trim();
  return engine.call(
    'matrix.open',
    { ...(text === '' ? {} : { text }), filter: query.filter, sort: toMatrixSort(query.sort) },
    { signal },
  );
}

const NO_STATS: GridStats = {
  cells: 0,
  numbers: 0,
  filled: 0,
  sum: null,
  average: null,
  min: null,
  max: null,
};

/** Columns of the registry among keys of the grid. */
export function columnsOf(keys: readonly string[]): string[] {
  return keys.filter((key) => parseMatrixColumn(key) !== undefined);
}

/** A frozen view of SKUs as the spreadsheet reads it. */
export class MatrixSource implements GridSource {
  readonly richFind = true;
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  readonly withoutSku: number;
  private readonly engine: Caller;
  private readonly locale: string;

  constructor(engine: Caller, view: OpenMatrix, locale: string) {
    this.engine = engine;
    this.viewId = view.viewId;
    this.count = view.count;
    this.rev = view.rev;
    this.withoutSku = view.withoutSku;
    this.locale = locale;
  }

  async ids(): Promise<Int32Array> {
    return (await this.engine.call('views.ids', { viewId: this.viewId })).ids;
  }

  async rows(rids: readonly number[]): ReturnType<GridSource['rows']> {
    const { rows } = await this.engine.call('matrix.rows', { viewId: this.viewId, rids: [...rids] });
    return rows.map((row) => toMatrixGridRow(row, this.locale));
  }

  async stats(ranges: readonly GridRange[]): Promise<GridStats> {
    const wanted = ranges
      .map(({ fromRow, toRow, keys }) => ({ fromRow, toRow, columns: columnsOf(keys) }))
      .filter(({ columns }) => columns.length > 0);
    return wanted.length === 0
      ? NO_STATS
      : this.engine.call('matrix.stats', { viewId: this.viewId, ranges: wanted });
  }

  async text({ fromRow, toRow, keys }: GridRange): Promise<readonly (readonly string[])[]> {
    const range = { fromRow, toRow, columns: [...keys] };
    return (await this.engine.call('matrix.text', { viewId: this.viewId, range })).rows;
  }

  async find(query: Parameters<GridSource['find']>[0]): ReturnType<GridSource['find']> {
    const { row, column, matches, cells } = await this.engine.call('matrix.find', {
      viewId: this.viewId,
      text: query.text,
      columns: [...query.keys],
      from: query.from,
      direction: query.direction,
      matchCase: query.matchCase,
      regex: query.regex,
      wholeCell: query.wholeCell,
      spans: query.spans?.map(([from, to]): [number, number] => [from, to]),
    });
    return { row, key: column, matches, cells };
  }
}
