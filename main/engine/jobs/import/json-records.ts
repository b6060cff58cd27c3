import { CodedError } from '#shared/errors/coded-error.ts';

/**
 * Cuts a JSON text, a list of objects or one object a line, into the texts of
 * its objects as it comes in; nothing but the object at hand is kept.
 */
export class JsonSplitter {
  private readonly maxChars: number;
  private readonly file: string;
  private text = '';
  private at = 0;
  private start = -1;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private list: 'before' | 'open' | 'closed' | 'none' = 'before';
  private count = 0;

  constructor(file: string, maxChars: number) {
    this.file = file;
    this.maxChars = maxChars;
  }

  push(chunk: string): string[] {
    this.text += chunk;
    const found: string[] = [];
    for (; this.at < this.text.length; this.at += 1) {
      const char = this.text[this.at] ?? '';
      if (this.start >= 0) {
        if (!this.within(char)) continue;
        found.push(this.text.slice(this.start, this.at + 1));
        this.count += 1;
        this.start = -1;
      } else this.between(char);
    }
    const keep = this.start < 0 ? this.at : this.start;
    this.text = this.text.slice(keep);
    this.at -= keep;
    if (this.start >= 0) this.start = 0;
    if (this.text.length > this.maxChars)
      throw this.error('FILE_TOO_LARGE', 'is longer than 4 MiB; a closing quote or bracket may be missing');
    return found;
  }

  end(): void {
    if (this.start >= 0 || this.list === 'open') throw this.error('FILE_FORMAT', 'is cut off');
  }

  /** True when the object ends here. */
  private within(char: string): boolean {
    if (this.inString) {
      if (this.escaped) this.escaped = false;
      else if (char === '\\') this.escaped = true;
      else if (char === '"') this.inString = false;
      return false;
    }
    if (char === '"') this.inString = true;
    else if (char === '{' || char === '[') {
      this.depth += 1;
      if (this.depth > 32) throw this.error('FILE_FORMAT', 'is nested more than 32 deep');
    } else if (char === '}' || char === ']') {
      this.depth -= 1;
      return this.depth === 0;
    }
    return false;
  }

  private between(char: string): void {
    if (' \t\r\n\ufeff'.includes(char)) return;
    if (char === '[' && this.list === 'before') this.list = 'open';
    else if (char === ']' && this.list === 'open') this.list = 'closed';
    else if (char === ',' && this.list !== 'closed' && this.count > 0) return;
    else if (char === '{' && this.list !== 'closed') {
      if (this.list === 'before') this.list = 'none';
      this.start = this.at;
      this.depth = 1;
    } else throw this.error('FILE_FORMAT', 'is no object: a list of objects, or one object a line, is read');
  }

  private error(code: 'FILE_FORMAT' | 'FILE_TOO_LARGE', what: string): CodedError {
    const message = `Entry ${this.count + 1} of ${this.file} ${what}`;
    return new CodedError(code, message, { file: this.file, row: this.count + 1 });
  }
}

/** Cells of one object by name. Numbers stay as they are written: an id of 20 digits keeps them all. */
export function parseRecord(text: string, file: string, entry: number): Map<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, keepDigits);
  } catch (error) {
    const message = `Entry ${entry} of ${file} is no valid JSON`;
    throw new CodedError('FILE_FORMAT', message, { file, row: entry }, { cause: error });
  }
  const cells = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed as Record<string, unknown>))
    cells.set(name, cellOf(value));
  return cells;
}

/** Newer engines hand over the digits themselves; the typings do not know yet. */
function keepDigits(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
