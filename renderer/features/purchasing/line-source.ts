import type { PurchaseLine } from '#shared/contract/purchasing.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { canonicalText, type CellTextType } from '#shared/grid/cell-text.ts';
import { compileFind } from '#shared/grid/find-pattern.ts';
import type {
  GridFindQuery,
  GridFindResult,
  GridRange,
  GridRow,
  GridSource,
  GridStats,
} from '../../grid/contract.ts';

/** Columns of an order's lines and what type their cells are. */
export const LINE_TYPES = {
  sku: 'text',
  supplierCode: 'text',
  title: 'text',
  quantity: 'integer',
  price: 'money',
  sum: 'money',
  received: 'integer',
  open: 'integer',
  expectedOn: 'text',
} as const satisfies Record<string, CellTextType>;
export type LineKey = keyof typeof LINE_TYPES;

export function isLineKey(key: string): key is LineKey {
  return Object.hasOwn(LINE_TYPES, key);
}

export function lineValue(line: PurchaseLine, key: LineKey, currency: string): WireValue {
  switch (key) {
    case 'price':
      return line.priceMinor === null ? null : formatMinor(line.priceMinor, currency);
    case 'sum':
      return line.priceMinor === null ? null : formatMinor(line.priceMinor * line.quantity, currency);
    case 'title':
    case 'supplierCode':
      return line[key] === '' ? null : line[key];
    default:
      return line[key];
  }
}

/** The lines of one order, all of them loaded; a new answer of the engine is a new source with the same rows. */
export class LineSource implements GridSource {
  readonly richFind = true;
  readonly viewId: string;
  readonly rev: number;
  readonly count: number;
  readonly lines: readonly PurchaseLine[];
  private readonly currency: string;

  constructor(viewId: string, rev: number, lines: readonly PurchaseLine[], currency: string) {
    this.viewId = viewId;
    this.rev = rev;
    this.lines = lines;
    this.count = lines.length;
    this.currency = currency;
  }

  ids(): Promise<Int32Array> {
    return Promise.resolve(Int32Array.from(this.lines, ({ rid }) => rid));
  }

  rows(rids: readonly number[], keys: readonly string[]): Promise<readonly GridRow[]> {
    const wanted = new Set(rids);
    return Promise.resolve(
      this.lines
        .filter(({ rid }) => wanted.has(rid))
        .map((line) => ({
          rid: line.rid,
          id: line.lineId,
          values: Object.fromEntries(
            keys.filter(isLineKey).map((key) => [key, lineValue(line, key, this.currency)]),
          ),
          cells: {},
          state: 'clean' as const,
          currency: this.currency,
          readAt: null,
        })),
    );
  }

  stats(ranges: readonly GridRange[]): Promise<GridStats> {
    const values = ranges.flatMap(({ fromRow, toRow, keys }) =>
      this.lines
        .slice(fromRow, toRow + 1)
        .flatMap((line) =>
          keys.filter(isLineKey).map((key) => ({ key, value: lineValue(line, key, this.currency) })),
        ),
    );
    const numbers = values.flatMap(({ key, value }) =>
      LINE_TYPES[key] !== 'text' && value !== null ? [Number(value)] : [],
    );
    const sum = numbers.reduce((total, value) => total + value, 0);
    const some = numbers.length > 0;
    return Promise.resolve({
      cells: values.length,
      filled: values.filter(({ value }) => value !== null).length,
      numbers: numbers.length,
      sum: some ? sum : null,
      average: some ? sum / numbers.length : null,
      min: some ? Math.min(...numbers) : null,
      max: some ? Math.max(...numbers) : null,
    });
  }

  text({ fromRow, toRow, keys }: GridRange): Promise<readonly (readonly string[])[]> {
    return Promise.resolve(
      this.lines.slice(fromRow, toRow + 1).map((line) => keys.map((key) => this.cell(line, key))),
    );
  }

  private cell(line: PurchaseLine, key: string): string {
    return isLineKey(key) ? canonicalText(LINE_TYPES[key], lineValue(line, key, this.currency)) : '';
  }

  find(query: GridFindQuery): Promise<GridFindResult> {
    const none = { row: null, key: null, matches: 0 };
    const compiled = compileFind(query.text, {
      matchCase: query.matchCase,
      wholeCell: query.wholeCell ?? false,
      regex: query.regex ?? false,
    });
    if (!compiled.ok) return Promise.resolve(none);
    const pattern = new RegExp(compiled.pattern.source, compiled.pattern.flags.replace('g', ''));
    const hits = this.lines.flatMap((line, at) => {
      const inside = query.spans?.some(([from, to]) => at >= from && at <= to) ?? true;
      const keys = inside ? query.keys.filter((key) => pattern.test(this.cell(line, key))) : [];
      return keys.length > 0 ? [{ at, keys }] : [];
    });
    const hit =
      query.direction === 'next'
        ? (hits.find(({ at }) => at >= query.from) ?? hits[0])
        : (hits.findLast(({ at }) => at <= query.from) ?? hits.at(-1));
    return Promise.resolve({
      row: hit?.at ?? null,
      key: hit?.keys[0] ?? null,
      matches: hits.length,
      cells: hits.reduce((sum, { keys }) => sum + keys.length, 0),
    });
  }
}
