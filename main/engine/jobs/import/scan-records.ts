/** Why a text cannot be read on: a quote that never closes, or a row without an end. */
export type ScanFailure = 'QUOTE_NOT_CLOSED' | 'ROW_TOO_LONG';

export class ScanError extends Error {
  readonly failure: ScanFailure;

  constructor(failure: ScanFailure) {
    super(failure);
    this.failure = failure;
  }
}

const QUOTE = '"';

/**
 * Splits delimited text into records as it comes in, by jumping from mark to
 * mark. Quotes count at the start of a cell only; a quoted cell ends with a
 * quote before a delimiter, a line break or the end, and a cell whose quotes
 * do not fit is taken as it is written. The first line break decides which
 * kind separates records; other kinds are part of a cell.
 */
export class RecordScanner {
  private readonly delimiter: string;
  private readonly maxChars: number;
  /** Text from the start of the record that is not complete yet. */
  private text = '';
  private lineBreak: string | null = null;
  private ended = false;
  /** Next delimiter that is known, so that a text with few of them is not searched again for every row. */
  private mark = 0;

  constructor(delimiter: string, maxChars: number) {
    this.delimiter = delimiter;
    this.maxChars = maxChars;
  }

  private failed: ScanError | null = null;

  /** Throws a ScanError when the text cannot be read past the records that were given out. */
  check(): void {
    if (this.failed) throw this.failed;
  }

  /** Records that are complete with this text. */
  push(chunk: string): string[][] {
    this.text = this.text === '' ? chunk : this.text + chunk;
    return this.scan();
  }

  /** The last record, when the text does not end with a line break. */
  end(): string[][] {
    this.ended = true;
    return this.scan();
  }

  private scan(): string[][] {
    const records: string[][] = [];
    this.mark = this.text.indexOf(this.delimiter);
    let from = 0;
    while (this.failed === null && from < this.text.length) {
      const cells: string[] = [];
      const next = this.record(from, cells);
      if (next === null) break;
      if (next - from > this.maxChars) this.failed = new ScanError('ROW_TOO_LONG');
      else records.push(cells);
      from = next;
    }
    this.text = this.text.slice(from);
    if (this.text.length > this.maxChars) this.failed ??= new ScanError('ROW_TOO_LONG');
    if (this.ended && this.text !== '') this.failed ??= new ScanError('QUOTE_NOT_CLOSED');
    return records;
  }

  /** Fills `cells`; gives where the next record begins, or null when more text is needed. */
  private record(start: number, cells: string[]): number | null {
    const { text, delimiter } = this;
    let at = start;
    // The next line break; -1 when none follows, -2 before the first look.
    let lineEnd = -2;
    for (;;) {
      let cell = '';
      if (text[at] === QUOTE) {
        const close = this.quoted(at);
        if (close === null) return null;
        cell = close.cell;
        at = close.next;
      }
      // What follows up to the next mark; nothing after a quoted cell.
      if (lineEnd !== -1 && lineEnd < at) lineEnd = this.findBreak(at);
      if (this.mark >= 0 && this.mark < at) this.mark = text.indexOf(delimiter, at);
      const { mark } = this;
      if (mark >= 0 && (lineEnd < 0 || mark < lineEnd)) {
        cells.push(cell + text.slice(at, mark));
        at = mark + delimiter.length;
        continue;
      }
      if (lineEnd < 0) {
        if (!this.ended) return null;
        cells.push(cell + text.slice(at));
        return text.length;
      }
      const width = this.breakAt(lineEnd);
      if (width === null) return null;
      cells.push(cell + text.slice(at, lineEnd));
      return lineEnd + width;
    }
  }

  /** A cell that begins with a quote at `at`, up to where it ends or stops being a quoted one. */
  private quoted(at: number): { readonly cell: string; readonly next: number } | null {
    const { text } = this;
    let cell = '';
    let from = at + 1;
    for (;;) {
      const quote = text.indexOf(QUOTE, from);
      if (quote < 0) return null;
      const after = quote + 1;
      if (after >= text.length)
        return this.ended ? { cell: cell + text.slice(from, quote), next: after } : null;
      if (text[after] === QUOTE) {
        cell += text.slice(from, after);
        from = after + 1;
        continue;
      }
      const ends = this.isMark(after);
      if (ends === null) return null;
      return ends
        ? { cell: cell + text.slice(from, quote), next: after }
        : { cell: QUOTE + cell + text.slice(from, after), next: after };
    }
  }

  /** Whether a delimiter or line break stands at `at`; null when more text has to tell. */
  private isMark(at: number): boolean | null {
    if (this.text.startsWith(this.delimiter, at)) return true;
    const char = this.text[at];
    if (char !== '\r' && char !== '\n') return false;
    const width = this.breakAt(at);
    return width === null ? null : width > 0;
  }

  private findBreak(at: number): number {
    if (this.lineBreak !== null) return this.text.indexOf(this.lineBreak, at);
    const feed = this.text.indexOf('\n', at);
    const carriage = this.text.indexOf('\r', at);
    return feed < 0 || (carriage >= 0 && carriage < feed) ? carriage : feed;
  }

  /** Length of the line break at `at`, 0 when it is none here, null when more text has to tell. The first one is learnt. */
  private breakAt(at: number): number | null {
    const { text } = this;
    if (this.lineBreak === null) {
      if (text[at] === '\r' && at + 1 >= text.length && !this.ended) return null;
      this.lineBreak = text[at] === '\n' ? '\n' : text[at + 1] === '\n' ? '\r\n' : '\r';
    }
    if (text.startsWith(this.lineBreak, at)) return this.lineBreak.length;
    return this.lineBreak.length > 1 && at + 1 >= text.length && text[at] === '\r' && !this.ended ? null : 0;
  }
}
