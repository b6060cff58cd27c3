import { CodedError } from '#shared/errors/coded-error.ts';
import { escapeFormula } from '../import/formula-escape.ts';
import { columnIndex, dateText, fromCellText, numberText } from './cell-text.ts';
import { openZip } from './open-zip.ts';
import { readWorkbook, scanChunks, type Workbook } from './workbook.ts';

export interface SheetRow {
  readonly row: number;
  readonly cells: readonly string[];
}

export interface SheetLimits {
  readonly columns: number;
  readonly rows: number;
  readonly rowChars: number;
}

/**
 * Rows of the first visible sheet of a workbook, as they come off the disk.
 * A formula is never run: what the file itself remembers as its result is
 * read. Texts come as a CSV file would hold them (see formula-escape.ts).
 * Throws FILE_FORMAT and FILE_TOO_LARGE naming file and row.
 */
export async function* readSheet(
  file: string,
  limits: SheetLimits,
): AsyncGenerator<{ readonly rows: SheetRow[]; readonly bytes: number }> {
  const zip = await openZip(file);
  try {
    const workbook = await readWorkbook(zip, file);
    const sheet = new Sheet(file, workbook, limits);
    for await (const bytes of scanChunks(zip, workbook.sheet, file, sheet))
      yield { rows: sheet.take(), bytes };
    yield { rows: sheet.take(), bytes: Number.POSITIVE_INFINITY };
  } finally {
    zip.close();
  }
}

/** Builds rows from the tags of a sheet. */
class Sheet {
  private readonly file: string;
  private readonly workbook: Workbook;
  private readonly limits: SheetLimits;
  private rows: SheetRow[] = [];
  private row = 0;
  private cells: string[] = [];
  private chars = 0;
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private reading = false;
  private phonetic = 0;
  private inCell = false;
  /** Cells of the header: rows leave out blank cells at their end. */
  private width = 0;

  constructor(file: string, workbook: Workbook, limits: SheetLimits) {
    this.file = file;
    this.workbook = workbook;
    this.limits = limits;
  }

  take(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, at: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      const next = Number(at['r'] ?? this.row + 1);
      if (!Number.isSafeInteger(next) || next <= this.row)
        this.fail('FILE_FORMAT', 'its rows are out of order');
      if (next > this.limits.rows)
        this.fail('FILE_TOO_LARGE', `more than ${this.limits.rows} rows; split it`);
      this.row = next;
      this.cells = [];
      this.chars = 0;
      this.column = -1;
    } else if (name === 'c') {
      this.column = at['r'] === undefined ? this.column + 1 : columnIndex(at['r']);
      if (this.column < 0) this.fail('FILE_FORMAT', 'a cell has no place');
      if (this.column >= this.limits.columns)
        this.fail(
          'FILE_TOO_LARGE',
          `a cell in column ${this.column + 1}; ${this.limits.columns} are read at most`,
        );
      this.type = at['t'] ?? 'n';
      this.style = Number(at['s'] ?? '0');
      this.value = '';
      this.inCell = true;
    } else if (name === 'rPh') this.phonetic += 1;
    else if (name === 'v' || (name === 't' && this.type === 'inlineStr'))
      this.reading = this.inCell && this.phonetic === 0;
  }

  text(text: string): void {
    if (!this.reading) return;
    this.value += text;
    this.chars += text.length;
    if (this.chars > this.limits.rowChars) this.fail('FILE_TOO_LARGE', 'a row longer than 4 MiB');
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'rPh') this.phonetic -= 1;
    else if (name === 'c') {
      this.inCell = false;
      const text = this.cell();
      if (text !== '') {
        while (this.cells.length < this.column) this.cells.push('');
        this.cells[this.column] = text;
      }
    } else if (name === 'row' && this.cells.length > 0) {
      if (this.width === 0) this.width = this.cells.length;
      while (this.cells.length < this.width) this.cells.push('');
      this.rows.push({ row: this.row, cells: this.cells });
    }
  }

  private cell(): string {
    switch (this.type) {
      case 's':
        return escapeFormula(this.value === '' ? '' : (this.workbook.strings[Number(this.value)] ?? ''));
      case 'inlineStr':
      case 'str':
        return escapeFormula(fromCellText(this.value));
      case 'b':
        return this.value === '1' ? 'true' : 'false';
      case 'd':
      case 'e':
        return this.value;
      default:
        if (this.value === '') return '';
        return (
          (this.workbook.dateStyles.has(this.style) ? dateText(this.value, this.workbook.from1904) : null) ??
          numberText(this.value)
        );
    }
  }

  private fail(code: 'FILE_FORMAT' | 'FILE_TOO_LARGE', what: string): never {
    const message = `Row ${this.row} of ${this.file}: ${what}`;
    throw new CodedError(code, message, { file: this.file, row: this.row });
  }
}
