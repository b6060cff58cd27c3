import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { isUtf8 } from 'node:buffer';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sniffDelimiter, separatorLine, type Delimiter } from './delimiter.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** What has to be known about a file before its rows are read. */
export interface SourceFile {
  readonly file: string;
  /** text: delimited rows. The other two have no delimiter. */
  readonly container: 'text' | 'xlsx' | 'json';
  readonly bytes: number;
  readonly modifiedAtMs: number;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** 1 when the file opens with a `sep=;` line, else 0. */
  readonly skipRows: 0 | 1;
  /** SHA-256 of the content, hexadecimal. */
  readonly hash: string;
}

const MAX_BYTES = 4 * 1024 ** 3;
const CHUNK = 1 << 20;
const SAMPLE = 256 * 1024;
/** In bytes; the longest row that is read, in the widest encoding. */
const LONGEST_LINE = 16 * 1024 ** 2;

const MAGIC: readonly { readonly bytes: readonly number[]; readonly what: string }[] = [
  { bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty zip archive' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel workbook' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'an image' },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a database' },
];

/**
 * Reads the file once for its hash, encoding and delimiter. Throws
 * FILE_UNREADABLE, FILE_FORMAT (not a text table) or FILE_TOO_LARGE.
 */
export async function inspectFile(file: string, signal?: AbortSignal): Promise<SourceFile> {
  const handle = await openFile(file);
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new CodedError('FILE_UNREADABLE', `${file} is not a file`, { file });
    if (stat.size > MAX_BYTES) {
      throw new CodedError('FILE_TOO_LARGE', `${file} has ${gib(stat.size)} GiB; 4 GiB are read at most`, {
        file,
      });
    }
    if (stat.size === 0) throw new CodedError('FILE_FORMAT', `${file} is empty`, { file });
    await refuseEarly(file, handle);
    const { hash, head, utf8 } = await scan(handle, signal);
    const zip = isZip(head);
    const encoding = zip ? 'utf-8' : encodingOf(file, head, utf8);
    const sample = zip ? '' : decodeSample(head, encoding);
    const separator = separatorLine(sample);
    return {
      file,
      container: zip ? 'xlsx' : JSON_START.test(sample) ? 'json' : 'text',
      bytes: stat.size,
      modifiedAtMs: stat.mtimeMs,
      encoding,
      delimiter: separator ?? sniffDelimiter(sample),
      skipRows: separator ? 1 : 0,
      hash,
    };
  } finally {
    await handle.close();
  }
}

const JSON_START = /^\ufeff?\s*(?:\[\s*[{\]]|\{\s*["}])/;

function isZip(head: Buffer): boolean {
  return head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
}

/** What needs no look at the whole file: no text at all, or a line that does not end. */
async function refuseEarly(file: string, handle: FileHandle): Promise<void> {
  const head = Buffer.allocUnsafe(LONGEST_LINE);
  const { bytesRead } = await handle.read(head, 0, LONGEST_LINE, 0);
  const start = head.subarray(0, bytesRead);
  if (isZip(start)) return;
  const encoding = encodingOf(file, start.subarray(0, SAMPLE), true);
  if (bytesRead < LONGEST_LINE || start.includes(0x0a) || start.includes(0x0d)) return;
  if (JSON_START.test(decodeSample(start.subarray(0, 1_024), encoding))) return;
  throw new CodedError(
    'FILE_TOO_LARGE',
    `Row 1 of ${file} is longer than ${LONGEST_LINE / 1024 ** 2} MiB and has no end; this is no table`,
    { file, row: 1 },
  );
}

/** True when the file is no longer the one that was inspected. */
export async function hasChanged(source: SourceFile): Promise<boolean> {
  const handle = await openFile(source.file);
  try {
    const stat = await handle.stat();
    return stat.size !== source.bytes || stat.mtimeMs !== source.modifiedAtMs;
  } finally {
    await handle.close();
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EACCES' || code === 'EPERM'
          ? 'may not be read'
          : 'cannot be opened';
    throw new CodedError('FILE_UNREADABLE', `${file} ${why}`, { file, system: code }, { cause: error });
  }
}

async function scan(
  handle: FileHandle,
  signal: AbortSignal | undefined,
): Promise<{ hash: string; head: Buffer; utf8: boolean }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK);
  let head: Buffer = Buffer.alloc(0);
  let utf8 = true;
  // The undecided end of the last chunk: a UTF-8 character has at most four bytes.
  let carry: Buffer = Buffer.alloc(0);
  for (;;) {
    if (signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
    const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
    const chunk = buffer.subarray(0, bytesRead);
    if (bytesRead > 0) hash.update(chunk);
    if (head.length < SAMPLE) head = Buffer.concat([head, chunk.subarray(0, SAMPLE - head.length)]);
    if (utf8) {
      const text = carry.length > 0 ? Buffer.concat([carry, chunk]) : chunk;
      const cut = bytesRead === 0 ? text.length : completeUtf8(text);
      utf8 = isUtf8(text.subarray(0, cut));
      carry = Buffer.from(text.subarray(cut));
    }
    if (bytesRead === 0) return { hash: hash.digest('hex'), head, utf8 };
  }
}

/** Length of the longest start that does not end within a character. */
function completeUtf8(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) {
      const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return needs > back ? bytes.length - back : bytes.length;
    }
    if (byte < 0x80) return bytes.length;
  }
  return bytes.length;
}

function encodingOf(file: string, head: Buffer, utf8: boolean): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const magic = MAGIC.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  const advice = 'save the table as CSV (UTF-8) and import that file';
  if (magic)
    throw new CodedError('FILE_FORMAT', `${file} is ${magic.what}, not a CSV file; ${advice}`, { file });
  if (head.includes(0))
    throw new CodedError('FILE_FORMAT', `${file} is not a text file; ${advice}`, { file });
  return utf8 ? 'utf-8' : 'windows-1252';
}

function decodeSample(head: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding).decode(head);
}

function gib(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
