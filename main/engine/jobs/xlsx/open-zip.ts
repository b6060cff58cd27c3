import { open, type Entry, type ZipFile } from 'yauzl';
import { CodedError } from '#shared/errors/coded-error.ts';

/** What a workbook may unpack to. Real sheets shrink to a tenth or a fiftieth; bombs to a thousandth. */
export const ZIP_LIMITS = {
  entries: 10_000,
  entryBytes: 2 * 1024 ** 3,
  ratio: 250,
  /** Below this the ratio does no harm. */
  ratioFromBytes: 16 * 1024 ** 2,
} as const;

export interface ZipEntries {
  readonly names: ReadonlySet<string>;
  /** Chunks of one entry. Throws FILE_TOO_LARGE before a byte is unpacked when it is a bomb. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

/** The directory of a zip file; nothing is unpacked and nothing is written anywhere. */
export async function openZip(file: string): Promise<ZipEntries> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    open(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) => {
      if (error) reject(broken(file, error));
      else resolve(opened);
    });
  });
  try {
    const entries = await directory(zip, file);
    return {
      names: new Set(entries.keys()),
      read: (name) => chunks(zip, entries, name, file),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function directory(zip: ZipFile, file: string): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    if (zip.entryCount > ZIP_LIMITS.entries) {
      const message = `${file} holds ${zip.entryCount} files; a workbook has a few dozen`;
      reject(new CodedError('FILE_TOO_LARGE', message, { file }));
      return;
    }
    zip.on('error', (error: Error) => reject(broken(file, error)));
    zip.on('end', () => resolve(entries));
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

async function* chunks(
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  name: string,
  file: string,
): AsyncGenerator<Buffer> {
  const entry = entries.get(name);
  if (!entry)
    throw new CodedError('FILE_FORMAT', `${file} is no Excel workbook: ${name} is missing`, { file });
  const { uncompressedSize: size, compressedSize: packed } = entry;
  const swells = size > ZIP_LIMITS.ratioFromBytes && size / Math.max(1, packed) > ZIP_LIMITS.ratio;
  if (size > ZIP_LIMITS.entryBytes || swells) {
    const message = `${name} in ${file} would unpack to ${Math.round(size / 1024 ** 2)} MiB from ${Math.ceil(packed / 1024)} KiB; it is not opened. Save the table as CSV and import that`;
    throw new CodedError('FILE_TOO_LARGE', message, { file, entry: name, bytes: size });
  }
  const stream = await new Promise<NodeJS.ReadableStream & { destroy(): unknown }>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error) reject(broken(file, error));
      else resolve(opened);
    });
  });
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof CodedError ? error : broken(file, error);
  } finally {
    stream.destroy();
  }
}

function broken(file: string, cause: unknown): CodedError {
  const message = `${file} is a damaged or protected workbook; open it in a spreadsheet program, save it again, or save it as CSV`;
  return new CodedError('FILE_FORMAT', message, { file }, { cause });
}
