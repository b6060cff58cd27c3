import { stringify } from 'csv-stringify/sync';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { CsvTarget } from '../export/csv-target.ts';
import { escapeFormula, unescapeFormula } from './formula-escape.ts';
import { PROBLEM_HEADER } from './header.ts';
import type { ImportDeps } from './import-file.ts';
import type { LoadedFile, LoadOptions } from './load-file.ts';
import { readRows } from './read-records.ts';

export interface SavedRows {
  readonly file: string;
  /** Rows of the file without its header. */
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes the rows that the import leaves out, or takes only in part, as they
 * stand in the file and with the reason behind them, so that they can be put
 * right and imported alone. Expects rows that are matched and compared.
 */
export async function saveProblemRows(
  deps: Pick<ImportDeps, 'db' | 'newId'>,
  loaded: LoadedFile,
  to: string,
  options: LoadOptions,
): Promise<SavedRows> {
  const reasons = readReasons(deps.db);
  const target = await CsvTarget.open(to, deps.newId());
  let rows = 0;
  try {
    let header = true;
    for await (const batch of readRows(loaded.source, options.signal)) {
      if (options.signal?.aborted) throw new CodedError('CANCELLED', 'Saving the rows was stopped');
      const lines: string[][] = [];
      for (const { row, cells } of batch.rows) {
        if (header) {
          lines.push([...cells.map(safe), PROBLEM_HEADER]);
          header = false;
          continue;
        }
        const reason = reasons.get(row);
        if (reason !== undefined) lines.push([...padded(cells, loaded.columns.length).map(safe), reason]);
      }
      rows += lines.length;
      if (lines.length > 0) await target.write(stringify(lines, { record_delimiter: '\r\n' }));
    }
    // The header is no row.
    return { file: to, rows: Math.max(0, rows - 1), bytes: await target.finish() };
  } catch (error) {
    throw await target.discard(error);
  }
}

function readReasons(db: Database): Map<number, string> {
  const reasons = new Map<number, string>();
  const problems = db.allComposed<{ row: number; message: string }>(
    `SELECT row, CASE WHEN field IS NULL THEN message ELSE field || ': ' || message END AS message
     FROM staging.problem WHERE kind IN ('skip', 'refuse') AND row > 1 ORDER BY row, n`,
  );
  for (const { row, message } of problems) {
    const before = reasons.get(row);
    reasons.set(row, before === undefined ? message : `${before}; ${message}`);
  }
  return reasons;
}

/** A short row is filled up, so that the reason stands in its own column. */
function padded(cells: readonly string[], width: number): string[] {
  return cells.length >= width ? [...cells] : [...cells, ...Array<string>(width - cells.length).fill('')];
}

/** Text that a spreadsheet would run is escaped; a number stays one, and an import reads the cell as before. */
function safe(cell: string): string {
  return /^-?\d+([.,]\d+)?$/.test(cell) ? cell : escapeFormula(unescapeFormula(cell));
}
