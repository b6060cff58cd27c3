import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { PassThrough, type Writable } from 'node:stream';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { CodedError } from '#shared/errors/coded-error.ts';
import { unescapeFormula } from '../import/formula-escape.ts';
import { toCellText } from '../xlsx/cell-text.ts';
import { writeError } from './csv-target.ts';
import type { TableTarget } from './open-table.ts';

/** What a workbook can hold: rows, columns, characters of a cell. */
const EXCEL = { rows: 1_048_576, columns: 16_384, cell: 32_767 } as const;
const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>';
const TAIL = '</sheetData></worksheet>';
const STAMP = { mtime: new Date(2000, 0, 1), compress: true } as const;

/**
 * A workbook with one sheet, written as it comes. Every text is a text cell
 * (format `@`), so nothing in it is ever run and `00123` stays as it is.
 * Throws FILE_TOO_LARGE where Excel could not hold it.
 */
export class XlsxTarget implements TableTarget {
  private readonly file: string;
  private readonly part: string;
  private readonly sheet: Writable;
  private readonly written: Promise<void>;
  private readonly giveUp = new AbortController();
  private readonly numeric: readonly boolean[];
  private readonly names: readonly string[];
  private row = 0;

  private constructor(file: string, part: string, headers: readonly string[], numeric: ReadonlySet<string>) {
    this.file = file;
    this.part = part;
    this.numeric = headers.map((header) => numeric.has(header));
    this.names = headers.map((_header, n) => columnName(n));
    const zip = new ZipFile();
    for (const [name, text] of Object.entries(PARTS)) zip.addBuffer(Buffer.from(text), name, STAMP);
    const sheet = new PassThrough({ highWaterMark: 1 << 20 });
    this.sheet = sheet;
    zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml', STAMP);
    zip.end();
    this.written = pipeline(zip.outputStream, createWriteStream(part), { signal: this.giveUp.signal });
    // Whoever finishes or discards hears of it; until then it must not end the program.
    this.written.catch(() => sheet.destroy());
  }

  static async open(
    file: string,
    id: string,
    headers: readonly string[],
    numeric: ReadonlySet<string>,
  ): Promise<XlsxTarget> {
    if (headers.length > EXCEL.columns)
      throw tooLarge(file, `${headers.length} columns; Excel takes ${EXCEL.columns}`);
    const part = `${file}.${id}.part`;
    try {
      await (await open(part, 'wx')).close();
    } catch (error) {
      throw writeError(error, file);
    }
    const target = new XlsxTarget(file, part, headers, numeric);
    await target.write(HEAD + target.line(headers, false));
    return target;
  }

  async rows(lines: readonly (readonly string[])[]): Promise<void> {
    await this.write(lines.map((cells) => this.line(cells.map(unescapeFormula), true, cells)).join(''));
  }

  async finish(): Promise<number> {
    this.sheet.end(TAIL);
    await this.written;
    const handle = await open(this.part, 'r+');
    await handle.sync();
    await handle.close();
    const { size } = await stat(this.part);
    await rename(this.part, this.file);
    return size;
  }

  async discard(reason: unknown): Promise<unknown> {
    // The archive does not notice that its sheet ends early, and would wait for the rest for ever.
    this.giveUp.abort();
    this.sheet.destroy();
    await this.written.catch(() => undefined);
    await rm(this.part, { force: true });
    return writeError(reason, this.file);
  }

  private async write(text: string): Promise<void> {
    if (this.sheet.destroyed) await this.written;
    if (!this.sheet.write(text)) await Promise.race([once(this.sheet, 'drain'), this.written]);
  }

  private line(cells: readonly string[], numbers: boolean, raw: readonly string[] = cells): string {
    this.row += 1;
    if (this.row > EXCEL.rows) throw tooLarge(this.file, `more than ${EXCEL.rows} rows`);
    let xml = '';
    for (const [n, text] of cells.entries()) {
      if (text === '') continue;
      if (text.length > EXCEL.cell)
        throw tooLarge(
          this.file,
          `row ${this.row} has a cell of ${text.length} characters; Excel takes ${EXCEL.cell}`,
        );
      const place = `${this.names[n] ?? ''}${this.row}`;
      xml +=
        numbers && this.numeric[n] && isExactNumber(raw[n] ?? '')
          ? `<c r="${place}"><v>${text}</v></c>`
          : `<c r="${place}" s="1" t="inlineStr"><is><t xml:space="preserve">${toCellText(text)}</t></is></c>`;
    }
    return `<row r="${this.row}">${xml}</row>`;
  }
}

/** Digits that a workbook gives back as they are. */
function isExactNumber(text: string): boolean {
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && text.replace(/[-.]/g, '').length <= 14;
}

function columnName(index: number): string {
  let name = '';
  for (let n = index; n >= 0; n = Math.floor(n / 26) - 1) name = String.fromCharCode(65 + (n % 26)) + name;
  return name;
}

function tooLarge(file: string, what: string): CodedError {
  return new CodedError('FILE_TOO_LARGE', `${file} cannot be a workbook: ${what}. Export as CSV`, { file });
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OOXML = 'http://schemas.openxmlformats.org';
const RELATION = `${OOXML}/officeDocument/2006/relationships`;
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="${OOXML}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${OOXML}/spreadsheetml/2006/main" xmlns:r="${RELATION}"><sheets><sheet name="Quayside" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${OOXML}/package/2006/relationships"><Relationship Id="rId1" Type="${RELATION}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATION}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${OOXML}/spreadsheetml/2006/main"><fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`,
};
