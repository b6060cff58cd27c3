import { canonicalText } from '#shared/grid/cell-text.ts';
import { compileFind } from '#shared/grid/find-pattern.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type {
  GridColumn,
  GridFindQuery,
  GridFindResult,
  GridPaste,
  GridRange,
  GridSort,
  GridSource,
  GridStats,
  GridUndo,
  GridWrites,
} from '../contract.ts';
import { edgeOfLine, isFilled } from '../edges.ts';
import type { Command, MemoryTable } from './memory-table.ts';

export interface Calls {
  rows: number;
  text: number;
  stats: number;
  ids: number;
}

/** Answers come a task later, as they do over a port. */
const later = <T>(value: T, delay: number): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), delay);
  });

export interface ViewOptions {
  readonly rows: number;
  readonly delay: number;
  readonly sort: readonly GridSort[];
  readonly calls: Calls;
  readonly rev: number;
}

/** A frozen view over the table: rid = position + 1 unless it is sorted. */
export function memorySource(
  table: MemoryTable,
  columns: readonly GridColumn[],
  options: ViewOptions,
): GridSource {
  const { rows, delay, sort, calls } = options;
  const ids = order(table, rows, sort);
  const types = new Map(columns.map((column) => [column.key, column.type]));
  const textOf = (rid: number, key: string): string =>
    canonicalText(types.get(key) ?? 'text', table.value(rid, key));
  return {
    viewId: `view ${rows} ${JSON.stringify(sort)}`,
    count: ids.length,
    rev: options.rev,
    ids: () => {
      calls.ids += 1;
      return later(ids, delay);
    },
    rows: (rids, keys) => {
      calls.rows += 1;
      if (rids.length > 1_000) return Promise.reject(new Error('More than 1,000 rows asked for at once'));
      return later(
        rids.map((rid) => table.row(rid, keys)),
        delay,
      );
    },
    stats: (ranges) => {
      calls.stats += 1;
      return later(statsOf(table, ids, ranges), delay);
    },
    text: (range) => {
      calls.text += 1;
      if (range.toRow - range.fromRow >= 1_000) return Promise.reject(new Error('More than 1,000 rows'));
      const texts = Array.from(ids.slice(range.fromRow, range.toRow + 1), (rid) =>
        range.keys.map((key) => textOf(rid, key)),
      );
      return later(texts, delay);
    },
    richFind: true,
    find: (query) => later(findIn(ids, query, textOf), delay),
    edge: (key, from, direction) => {
      const step = direction === 'down' ? 1 : -1;
      const filled = (at: number): boolean => isFilled(table.value(ids[at] ?? 0, key));
      return later(edgeOfLine(from, step, ids.length, filled) ?? from, delay);
    },
    values: (key, text) => later(table.values(key, text), delay),
  };
}

function order(table: MemoryTable, rows: number, sort: readonly GridSort[]): Int32Array {
  const ids = Int32Array.from({ length: rows }, (_, i) => i + 1);
  const [first] = sort;
  if (!first) return ids;
  const keys = new Map<number, WireValue>();
  for (const rid of ids) keys.set(rid, table.value(rid, first.key));
  const sign = first.direction === 'asc' ? 1 : -1;
  return ids.sort((a, b) => sign * compareValues(keys.get(a) ?? null, keys.get(b) ?? null) || a - b);
}

function compareValues(a: WireValue, b: WireValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return canonicalText('text', a) < canonicalText('text', b) ? -1 : 1;
}

function statsOf(table: MemoryTable, ids: Int32Array, ranges: readonly GridRange[]): GridStats {
  let [cells, numbers, filled, sum] = [0, 0, 0, 0];
  let min = Infinity;
  let max = -Infinity;
  for (const { fromRow, toRow, keys } of ranges) {
    for (const key of keys) {
      for (let at = fromRow; at <= toRow; at += 1) {
        cells += 1;
        const value = table.value(ids[at] ?? 0, key);
        if (value === null) continue;
        filled += 1;
        const number = key === 'sku' || typeof value === 'object' ? Number.NaN : Number(value);
        if (typeof value === 'boolean' || Number.isNaN(number)) continue;
        numbers += 1;
        sum += number;
        min = Math.min(min, number);
        max = Math.max(max, number);
      }
    }
  }
  const some = numbers > 0;
  return {
    cells,
    numbers,
    filled,
    sum: some ? sum : null,
    average: some ? sum / numbers : null,
    min: some ? min : null,
    max: some ? max : null,
  };
}

function findIn(
  ids: Int32Array,
  query: GridFindQuery,
  textOf: (rid: number, key: string) => string,
): GridFindResult {
  const compiled = compileFind(query.text, {
    matchCase: query.matchCase,
    wholeCell: query.wholeCell ?? false,
    regex: query.regex ?? false,
  });
  if (!compiled.ok) throw new Error(compiled.message);
  const pattern = new RegExp(compiled.pattern.source, compiled.pattern.flags.replace('g', ''));
  const inside = (at: number): boolean => query.spans?.some(([from, to]) => at >= from && at <= to) ?? true;
  const hits = (at: number): readonly string[] =>
    inside(at) ? query.keys.filter((key) => pattern.test(textOf(ids[at] ?? 0, key))) : [];
  let matches = 0;
  let cells = 0;
  for (let at = 0; at < ids.length; at += 1) {
    const found = hits(at).length;
    cells += found;
    if (found > 0) matches += 1;
  }
  const step = query.direction === 'next' ? 1 : -1;
  for (let i = 0; i < ids.length; i += 1) {
    const row = (query.from + step * i + ids.length) % ids.length;
    const [key] = hits(row);
    if (key !== undefined) return { row, key, matches, cells };
  }
  return { row: null, key: null, matches, cells };
}

function* cellsOf(ids: Int32Array, ranges: readonly GridRange[]): Generator<{ rid: number; key: string }> {
  for (const { fromRow, toRow, keys } of ranges) {
    for (let at = fromRow; at <= toRow; at += 1) {
      for (const key of keys) yield { rid: ids[at] ?? 0, key };
    }
  }
}

interface PasteCell {
  readonly rid: number;
  readonly key: string;
  readonly text: string | null;
}

function pasteCells(ids: Int32Array, { fromRow, keys, block, rows }: GridPaste): PasteCell[] {
  const cells: PasteCell[] = [];
  for (let i = 0; i < rows; i += 1) {
    const texts = block[i % block.length] ?? [];
    for (const [column, key] of keys.entries()) {
      cells.push({ rid: ids[fromRow + i] ?? 0, key, text: texts[column] ?? null });
    }
  }
  return cells;
}

/** Writes over the view that `view()` names at the time of the call. */
export function memoryWrites(table: MemoryTable, view: () => Promise<Int32Array>, delay: number): GridWrites {
  const done = <T>(value: T): Promise<T> => later(value, delay);
  const undoOf = (command: Command | null): GridUndo | null =>
    command && { label: command.label, applied: command.cells.length, changedSince: 0 };
  return {
    edit: (changes) => done(table.write('edit', changes, 'en')),
    clear: async (ranges) => {
      const ids = await view();
      const cells = [...cellsOf(ids, ranges)].map((cell) => ({ ...cell, value: null }));
      return done(table.write('clear', cells, 'en'));
    },
    set: async (ranges, value) => {
      const ids = await view();
      const cells = [...cellsOf(ids, ranges)].map((cell) => ({ ...cell, value }));
      return done(table.write('set', cells, 'en'));
    },
    paste: async (paste) => done(table.write(paste.kind, pasteCells(await view(), paste), paste.locale)),
    pasteAll: async (pastes) => {
      const ids = await view();
      const cells = new Map<string, PasteCell>();
      for (const cell of pastes.flatMap((paste) => pasteCells(ids, paste))) {
        if (cell.text !== null) cells.set(`${cell.rid} ${cell.key}`, cell);
      }
      return done(table.write('paste', cells.values(), pastes[0]?.locale ?? 'en'));
    },
    undo: () => done(undoOf(table.undo())),
    redo: () => done(undoOf(table.redo())),
  };
}
