import { extname } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { escapeFormula, unescapeFormula } from '../import/formula-escape.ts';
import { CsvTarget } from './csv-target.ts';
import { XlsxTarget } from './xlsx-target.ts';

/** A file of rows in the making; it appears whole at `finish`, or not at all. */
export interface TableTarget {
  /** Rows as a CSV file would hold them, as wide as the header. */
  rows(lines: readonly (readonly string[])[]): Promise<void>;
  /** Gives the file's size in bytes. */
  finish(): Promise<number>;
  /** Leaves what was there alone; gives the error to throw. */
  discard(reason: unknown): Promise<unknown>;
}

/** Opens the kind of table that the file's ending names; CSV for any other. Throws DISK_FULL or FILE_UNREADABLE. */
export async function openTable(
  file: string,
  id: string,
  headers: readonly string[],
  numeric: ReadonlySet<string>,
): Promise<TableTarget> {
  switch (extname(file).toLowerCase()) {
    case '.xlsx':
      return XlsxTarget.open(file, id, headers, numeric);
    case '.json':
      return json(await CsvTarget.open(file, id, ''), headers, numeric, 'list');
    case '.jsonl':
    case '.ndjson':
      return json(await CsvTarget.open(file, id, ''), headers, numeric, 'lines');
    case '.tsv':
    case '.tab':
      return text(await CsvTarget.open(file, id), headers, '\t');
    default:
      return text(await CsvTarget.open(file, id), headers, ',');
  }
}

/** Quotes everything that could be read otherwise, also by programs that guess the delimiter. */
async function text(target: CsvTarget, headers: readonly string[], delimiter: string): Promise<TableTarget> {
  const write = (lines: readonly (readonly string[])[]): Promise<void> =>
    target.write(
      stringify([...lines] as string[][], {
        delimiter,
        record_delimiter: '\r\n',
        quoted_match: /[\r\n;,\t']|^\s|\s$/,
      }),
    );
  await write([headers.map(escapeFormula)]);
  return {
    rows: write,
    finish: () => target.finish(),
    discard: (reason) => target.discard(reason),
  };
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Blank cells are left out: a blank says nothing. */
function json(
  target: CsvTarget,
  headers: readonly string[],
  numeric: ReadonlySet<string>,
  shape: 'list' | 'lines',
): TableTarget {
  const names = headers.map((header) => JSON.stringify(header));
  const numbers = headers.map((header) => numeric.has(header));
  let first = true;
  const separator = (): string => {
    const text = shape === 'lines' ? '' : first ? '[\n' : ',\n';
    first = false;
    return text;
  };
  const entry = (cells: readonly string[]): string => {
    const parts = cells.flatMap((cell, n) => {
      if (cell === '') return [];
      const value = numbers[n] && NUMBER.test(cell) ? cell : JSON.stringify(unescapeFormula(cell));
      return [`${names[n] ?? '""'}:${value}`];
    });
    return `${separator()}{${parts.join(',')}}${shape === 'lines' ? '\n' : ''}`;
  };
  return {
    rows: (lines) => target.write(lines.map(entry).join('')),
    finish: async () => {
      if (shape === 'list') await target.write(first ? '[]\n' : '\n]\n');
      return target.finish();
    },
    discard: (reason) => target.discard(reason),
  };
}
