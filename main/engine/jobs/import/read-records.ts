import { createReadStream } from 'node:fs';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readContainer } from './other-containers.ts';
import { RecordScanner, ScanError } from './scan-records.ts';
import type { SourceFile } from './source-file.ts';

export interface SourceRow {
  /** As a spreadsheet shows it: the header is row 1 and a quoted line break does not start a new row. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface RowBatch {
  readonly rows: readonly SourceRow[];
  /** Part of the file that was read so far, 0 to 1. */
  readonly share: number;
}

export const LIMITS = {
  columns: 2_000,
  /** Of one row: the parser gives up there, so a line without an end costs no memory. */
  rowChars: 4 * 1024 * 1024,
  rows: 5_000_000,
} as const;

const BATCH = 1_000;
const CHUNK = 256 * 1024;

/**
 * Streams the rows of a file, header first, in batches; memory does not grow
 * with the file. Blank lines are left out but keep their number. Throws
 * FILE_FORMAT and FILE_TOO_LARGE naming the row, CANCELLED when aborted.
 */
export async function* readRows(source: SourceFile, signal?: AbortSignal): AsyncGenerator<RowBatch> {
  if (source.container !== 'text') return yield* readContainer(source, LIMITS, signal);
  const bytes = createReadStream(source.file, { highWaterMark: CHUNK, ...(signal ? { signal } : {}) });
  const scanner = new RecordScanner(source.delimiter, LIMITS.rowChars);
  let row = 0;
  let rows: SourceRow[] = [];
  const share = (): number => Math.min(1, bytes.bytesRead / source.bytes);
  try {
    for await (const records of recordsOf(bytes, source.encoding, scanner)) {
      for (const cells of records) {
        row += 1;
        if (row <= source.skipRows || cells.every((cell) => cell === '')) continue;
        checkLimits(source.file, row, cells);
        rows.push({ row, cells });
        if (rows.length < BATCH) continue;
        yield { rows, share: share() };
        rows = [];
        await nextTurn();
      }
    }
  } catch (error) {
    throw readError(error, source, row + 1, signal);
  } finally {
    bytes.destroy();
  }
  if (rows.length > 0) yield { rows, share: 1 };
}

async function* recordsOf(
  bytes: AsyncIterable<Buffer>,
  encoding: string,
  scanner: RecordScanner,
): AsyncGenerator<string[][]> {
  // Takes a byte order mark away and keeps characters whole that a chunk cuts.
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) {
    yield scanner.push(decoder.decode(chunk, { stream: true }));
    scanner.check();
  }
  yield scanner.push(decoder.decode());
  yield scanner.end();
  scanner.check();
}

/** Lets other calls of the engine run between two batches. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function checkLimits(file: string, row: number, cells: readonly string[]): void {
  if (row > LIMITS.rows) {
    throw new CodedError(
      'FILE_TOO_LARGE',
      `${file} has more than ${LIMITS.rows.toLocaleString('en')} rows; split it`,
      {
        file,
        row,
      },
    );
  }
  if (cells.length > LIMITS.columns) {
    throw new CodedError(
      'FILE_TOO_LARGE',
      `Row ${row} of ${file} has ${cells.length} columns; ${LIMITS.columns.toLocaleString('en')} are read at most`,
      { file, row },
    );
  }
}

function tooLong(file: string, row: number): CodedError {
  return new CodedError(
    'FILE_TOO_LARGE',
    `Row ${row} of ${file} is longer than 4 MiB; a closing quote may be missing`,
    { file, row },
  );
}

function readError(
  error: unknown,
  source: SourceFile,
  row: number,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return new CodedError('CANCELLED', 'The import was stopped');
  if (error instanceof CodedError) return error;
  if (error instanceof ScanError) {
    if (error.failure === 'ROW_TOO_LONG') return tooLong(source.file, row);
    return new CodedError(
      'FILE_FORMAT',
      `${source.file}: a quote that opens in row ${row} is never closed`,
      { file: source.file, row },
      { cause: error },
    );
  }
  return new CodedError(
    'FILE_UNREADABLE',
    `${source.file} cannot be read`,
    { file: source.file },
    { cause: error },
  );
}
