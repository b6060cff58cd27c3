import { createReadStream } from 'node:fs';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readSheet } from '../xlsx/read-sheet.ts';
import { escapeFormula } from './formula-escape.ts';
import { JsonSplitter, parseRecord } from './json-records.ts';
import type { RowBatch, SourceRow } from './read-records.ts';
import type { SourceFile } from './source-file.ts';

export interface ContainerLimits {
  readonly columns: number;
  readonly rowChars: number;
  readonly rows: number;
}

const BATCH = 1_000;

/** Rows of a workbook or of JSON, header first, as {@link readRows} gives those of a text table. */
export async function* readContainer(
  source: SourceFile,
  limits: ContainerLimits,
  signal?: AbortSignal,
): AsyncGenerator<RowBatch> {
  let rows: SourceRow[] = [];
  const pieces =
    source.container === 'xlsx' ? readWorkbookRows(source, limits) : readJson(source, limits, signal);
  for await (const piece of pieces) {
    if (signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
    rows.push(...piece.rows);
    if (rows.length < BATCH) continue;
    yield { rows, share: piece.share };
    rows = [];
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
  if (rows.length > 0) yield { rows, share: 1 };
}

async function* readWorkbookRows(source: SourceFile, limits: ContainerLimits): AsyncGenerator<RowBatch> {
  // How much a sheet unpacks to is told by its zip; a tenth is what sheets shrink to.
  for await (const { rows, bytes } of readSheet(source.file, limits))
    yield { rows, share: Math.min(1, bytes / (source.bytes * 10)) };
}

/** Twice over the file: columns are all the names that occur anywhere, in the order in which they do. */
async function* readJson(
  source: SourceFile,
  limits: ContainerLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<RowBatch> {
  const names = new Map<string, number>();
  for await (const { records } of jsonRecords(source, limits, signal)) {
    for (const record of records)
      for (const name of record.keys()) if (!names.has(name)) names.set(name, names.size);
    if (names.size <= limits.columns) continue;
    const message = `${source.file} has more than ${limits.columns} columns; leave out what is not to be imported`;
    throw new CodedError('FILE_TOO_LARGE', message, { file: source.file });
  }
  if (names.size === 0) return;
  const header = [...names.keys()];
  yield { rows: [{ row: 1, cells: header.map(escapeFormula) }], share: 0 };
  let row = 1;
  for await (const { records, share } of jsonRecords(source, limits, signal)) {
    const rows: SourceRow[] = [];
    for (const record of records) {
      row += 1;
      const cells = header.map((name) => escapeFormula(record.get(name) ?? ''));
      if (cells.some((cell) => cell !== '')) rows.push({ row, cells });
    }
    yield { rows, share };
  }
}

async function* jsonRecords(
  source: SourceFile,
  limits: ContainerLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ records: Map<string, string>[]; share: number }> {
  const bytes = createReadStream(source.file, { highWaterMark: 256 * 1024, ...(signal ? { signal } : {}) });
  const decoder = new TextDecoder(source.encoding);
  const splitter = new JsonSplitter(source.file, limits.rowChars);
  let entry = 0;
  const parse = (texts: readonly string[]): Map<string, string>[] =>
    texts.map((text) => {
      entry += 1;
      if (entry > limits.rows)
        throw new CodedError(
          'FILE_TOO_LARGE',
          `${source.file} has more than ${limits.rows} entries; split it`,
          {
            file: source.file,
          },
        );
      return parseRecord(text, source.file, entry);
    });
  try {
    for await (const chunk of bytes) {
      const records = parse(splitter.push(decoder.decode(chunk as Buffer, { stream: true })));
      yield { records, share: Math.min(1, bytes.bytesRead / source.bytes) };
    }
    yield { records: parse(splitter.push(decoder.decode())), share: 1 };
    splitter.end();
  } catch (error) {
    if (signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
    throw error;
  } finally {
    bytes.destroy();
  }
}
