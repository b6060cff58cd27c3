import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { CodedError } from '#shared/errors/coded-error.ts';

const BOM = '\ufeff';

/** A CSV file that appears whole or not at all: it grows beside its place and moves there at the end. */
export class CsvTarget {
  private readonly file: string;
  private readonly part: string;
  private readonly handle: FileHandle;
  private bytes = 0;

  private constructor(file: string, part: string, handle: FileHandle) {
    this.file = file;
    this.part = part;
    this.handle = handle;
  }

  /** Throws DISK_FULL or FILE_UNREADABLE naming the file. */
  static async open(file: string, id: string, mark = BOM): Promise<CsvTarget> {
    const part = `${file}.${id}.part`;
    try {
      const target = new CsvTarget(file, part, await open(part, 'wx'));
      // Spreadsheets take a file without the mark for the system's old code page.
      if (mark !== '') await target.write(mark);
      return target;
    } catch (error) {
      throw writeError(error, file);
    }
  }

  async write(text: string): Promise<void> {
    const chunk = Buffer.from(text, 'utf8');
    await this.handle.writeFile(chunk);
    this.bytes += chunk.length;
  }

  /** Puts the file in its place; gives its size in bytes. */
  async finish(): Promise<number> {
    await this.handle.sync();
    await this.handle.close();
    await rename(this.part, this.file);
    return this.bytes;
  }

  /** Leaves what was there alone; gives the error to throw. */
  async discard(reason: unknown): Promise<unknown> {
    await this.handle.close().catch(() => undefined);
    await rm(this.part, { force: true });
    return writeError(reason, this.file);
  }
}

/** What went wrong in writing a file, with its name. */
export function writeError(error: unknown, file: string): unknown {
  if (error instanceof CodedError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC')
    return new CodedError(
      'DISK_FULL',
      `The disk is full; ${file} was not written`,
      { file },
      { cause: error },
    );
  return new CodedError(
    'FILE_UNREADABLE',
    `${file} cannot be written: the folder is missing or protected, or another program has the file open`,
    { file, system: String(error.code) },
    { cause: error },
  );
}
