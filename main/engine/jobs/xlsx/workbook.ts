import { CodedError } from '#shared/errors/coded-error.ts';
import { XmlError, XmlScanner, type XmlEvents } from '#shared/xml/scan-xml.ts';
import { fromCellText, isDateFormat } from './cell-text.ts';
import type { ZipEntries } from './open-zip.ts';

export interface Workbook {
  /** Path of the first sheet that is not hidden. */
  readonly sheet: string;
  readonly sheetName: string;
  readonly strings: readonly string[];
  /** Cell styles whose numbers are days or times. */
  readonly dateStyles: ReadonlySet<number>;
  readonly from1904: boolean;
}

/** All shared texts of a workbook together, characters. */
const MAX_STRINGS = 256 * 1024 * 1024;

/** What has to be known before the rows of a sheet can be read. */
export async function readWorkbook(zip: ZipEntries, file: string): Promise<Workbook> {
  const targets = new Map<string, string>();
  await scanEntry(zip, 'xl/_rels/workbook.xml.rels', file, {
    open: (name, at) => {
      if (name === 'Relationship' && at['TargetMode'] !== 'External')
        targets.set(at['Id'] ?? '', pathOf(at['Target'] ?? ''));
    },
  });
  const sheets: { name: string; path: string; hidden: boolean }[] = [];
  let from1904 = false;
  await scanEntry(zip, 'xl/workbook.xml', file, {
    open: (name, at) => {
      if (name === 'workbookPr') from1904 = at['date1904'] === '1' || at['date1904'] === 'true';
      if (name !== 'sheet') return;
      const path = targets.get(at['r:id'] ?? at['id'] ?? relation(at));
      const hidden = at['state'] === 'hidden' || at['state'] === 'veryHidden';
      if (path?.includes('worksheets/')) sheets.push({ name: at['name'] ?? '', path, hidden });
    },
  });
  const sheet = sheets.find(({ hidden }) => !hidden);
  if (!sheet) throw new CodedError('FILE_FORMAT', `${file} has no sheet with a table`, { file });
  const paths = [...targets.values()];
  const strings = await readStrings(
    zip,
    paths.find((path) => /sharedStrings/i.test(path)),
    file,
  );
  const dateStyles = await readDateStyles(
    zip,
    paths.find((path) => /styles\.xml$/i.test(path)),
    file,
  );
  return { sheet: sheet.path, sheetName: sheet.name, strings, dateStyles, from1904 };
}

/** The relation's id, whatever prefix a writer chose for it. */
function relation(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
}

function pathOf(target: string): string {
  const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  return path.split('/').includes('..') ? '' : path;
}

async function readStrings(zip: ZipEntries, path: string | undefined, file: string): Promise<string[]> {
  const strings: string[] = [];
  if (path === undefined || !zip.names.has(path)) return strings;
  let current = '';
  let inText = false;
  let phonetic = 0;
  let total = 0;
  await scanEntry(zip, path, file, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = phonetic === 0;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') {
        total += current.length + 8;
        if (total > MAX_STRINGS) {
          const message = `${file} has more text than is read from a workbook; save the table as CSV and import that`;
          throw new CodedError('FILE_TOO_LARGE', message, { file });
        }
        strings.push(fromCellText(current));
      }
    },
  });
  return strings;
}

async function readDateStyles(
  zip: ZipEntries,
  path: string | undefined,
  file: string,
): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (path === undefined || !zip.names.has(path)) return dates;
  const codes = new Map<number, string>();
  let within = false;
  let index = 0;
  await scanEntry(zip, path, file, {
    open: (name, at) => {
      if (name === 'numFmt') codes.set(Number(at['numFmtId']), at['formatCode'] ?? '');
      else if (name === 'cellXfs') within = true;
      else if (name === 'xf' && within) {
        const id = Number(at['numFmtId'] ?? '0');
        if (isDateFormat(id, codes.get(id))) dates.add(index);
        index += 1;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') within = false;
    },
  });
  return dates;
}

/** Runs the events over one entry, in full. XML that is refused is a FILE_FORMAT that says why. */
export async function scanEntry(
  zip: ZipEntries,
  name: string,
  file: string,
  events: Partial<XmlEvents>,
): Promise<void> {
  for await (const chunk of scanChunks(zip, name, file, events)) void chunk;
}

/** The same, one step a chunk, so that a caller can hand on what came out so far. Gives the bytes read. */
export async function* scanChunks(
  zip: ZipEntries,
  name: string,
  file: string,
  events: Partial<XmlEvents>,
): AsyncGenerator<number> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const scanner = new XmlScanner({
    open: (tag, attributes) => events.open?.(tag, attributes),
    text: (text) => events.text?.(text),
    close: (tag) => events.close?.(tag),
  });
  let bytes = 0;
  try {
    for await (const chunk of zip.read(name)) {
      scanner.push(decoder.decode(chunk, { stream: true }));
      bytes += chunk.length;
      yield bytes;
    }
    scanner.push(decoder.decode());
    scanner.end();
  } catch (error) {
    if (!(error instanceof XmlError) && !(error instanceof TypeError)) throw error;
    const why = error instanceof XmlError ? WHY[error.failure] : 'it is not UTF-8';
    throw new CodedError(
      'FILE_FORMAT',
      `${name} in ${file} cannot be read: ${why}`,
      { file },
      { cause: error },
    );
  }
}

const WHY = {
  DOCTYPE: 'it declares a document type, which no workbook does and which can hide a bomb',
  ENTITY: 'it uses an unknown entity',
  DEPTH: 'it is nested too deeply',
  TAG_TOO_LONG: 'a tag has no end',
  TEXT_TOO_LONG: 'a cell is too long',
  NOT_WELL_FORMED: 'it is damaged',
  ATTRIBUTES: 'it is damaged',
} as const;
