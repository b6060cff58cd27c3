import {
  createWriteStream,
  mkdtempSync,
  openSync,
  ftruncateSync,
  writeSync,
  closeSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openTestWorkspace, type TestWorkspace } from '../import/import-test-kit.ts';
import { inspectFile } from '../import/source-file.ts';

let workspace: TestWorkspace;
let dir: string;
beforeEach(async () => {
  workspace = await openTestWorkspace();
  dir = mkdtempSync(join(tmpdir(), 'quayside-xlsx-'));
});
afterEach(() => {
  workspace.close();
  rmSync(dir, { recursive: true, force: true });
});

const RELS =
  '<Relationships><Relationship Id="a" Target="worksheets/s.xml"/><Relationship Id="b" Target="sharedStrings.xml"/><Relationship Id="c" Target="styles.xml"/></Relationships>';
const BOOK =
  '<x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="Hidden" state="hidden" q:id="z"/><x:sheet name="S" q:id="a"/></x:sheets></x:workbook>';

async function book(sheet: string | Buffer, parts: Record<string, string> = {}): Promise<string> {
  const zip = new ZipFile();
  const file = join(dir, 'book.xlsx');
  const all = {
    'xl/_rels/workbook.xml.rels': RELS,
    'xl/workbook.xml': BOOK,
    'xl/worksheets/s.xml': sheet,
    ...parts,
  };
  for (const [name, text] of Object.entries(all)) zip.addBuffer(Buffer.from(text as string), name);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
  return file;
}
const rows = (...cells: string[]): string =>
  `<worksheet><sheetData>${cells.map((row, n) => `<row r="${n + 1}">${row}</row>`).join('')}</sheetData></worksheet>`;
const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const HEAD = text('sku') + text('title') + text('price') + text('sale from');

test('cells are read as they are shown: shared texts, cached formulas, days, exponents, gaps', async () => {
  const file = await book(
    rows(
      HEAD,
      '<c r="A2" t="s"><v>1</v></c><c r="B2" t="s"><v>0</v></c><c r="C2"><f>SYSTEM("x")</f><v>12.5</v></c><c r="D2" s="1"><v>45658.5</v></c>',
      '<c r="A3"><v>4.006381333931E12</v></c><c r="B3" t="str"><f>1</f><v>=cmd|x</v></c><c r="C3"><v>0.30000000000000004</v></c>',
      '<c r="B4" t="inlineStr"><is><r><t>two </t></r><r><t>parts</t></r><rPh><t>no</t></rPh></is></c>',
    ),
    {
      'xl/sharedStrings.xml': '<sst><si><t>La&#109;p &amp; _x0041_</t></si><si><t>00123</t></si></sst>',
      'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>',
    },
  );
  expect(await workspace.apply(file)).toMatchObject({ created: 3, skippedTotal: 0 });
  expect(workspace.rows()).toMatchObject([
    { sku: '00123', title: 'Lamp & A', price_minor: 1_250, sale_from_at_ms: Date.UTC(2025, 0, 1, 12) },
    { sku: '4006381333931', title: '=cmd|x', price_minor: 30 },
    { sku: null, title: 'two parts' },
  ]);
});

const doctype = '<!DOCTYPE lolz [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
test.each([
  ['an entity bomb', `${doctype}<worksheet>&b;</worksheet>`, 'FILE_FORMAT', /document type/],
  ['an unknown entity', rows(text('&b;')), 'FILE_FORMAT', /unknown entity/],
  ['endless nesting', '<a>'.repeat(100), 'FILE_FORMAT', /nested too deeply/],
  ['a zip bomb', Buffer.alloc(40 * 1024 * 1024, ' '), 'FILE_TOO_LARGE', /would unpack to 40 MiB/],
  ['a far column', rows(`${HEAD}<c r="XFD1"><v>1</v></c>`), 'FILE_TOO_LARGE', /column 16384/],
  ['a far row', '<worksheet><row r="99999999"><c/></row></worksheet>', 'FILE_TOO_LARGE', /split it/],
  ['rows that go back', '<worksheet><row r="2"/><row r="1"/></worksheet>', 'FILE_FORMAT', /out of order/],
  ['a broken tag', '<worksheet><row r="1"><c></row></worksheet>', 'FILE_FORMAT', /damaged/],
] as const)('%s is refused with its reason and leaves nothing', async (_name, sheet, code, message) => {
  const file = await book(sheet);
  await expect(workspace.apply(file)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
  expect(workspace.db.allComposed('SELECT 1 FROM command')).toEqual([]);
});

test('a zip that is no workbook says what is missing', async () => {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from('x'), '../../etc/passwd.txt'.replaceAll('../', ''));
  zip.end();
  const file = join(dir, 'a.zip');
  await pipeline(zip.outputStream, createWriteStream(file));
  await expect(workspace.preview(file)).rejects.toMatchObject({ code: 'FILE_FORMAT' });
});

test('a line of a gigabyte is refused after its first part', async () => {
  const file = join(dir, 'line.csv');
  const handle = openSync(file, 'w');
  writeSync(handle, Buffer.alloc(17 * 1024 * 1024, 'a'));
  ftruncateSync(handle, 1024 ** 3);
  closeSync(handle);
  // Only the look at the first part says so; reading on would name it otherwise.
  await expect(inspectFile(file)).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    message: expect.stringMatching(/has no end/) as string,
  });
});

test('JSON keeps digits, nested lists and names that only some entries have', async () => {
  const file = workspace.put(
    'a.json',
    '[{"sku":12345678901234567890,"title":"Lamp","tags":["a","b,c"],"price":10.50,"__proto__":"x"},\n{"sku":"00123","title":"=1+1","weight":0.5,"price":null}]',
  );
  expect(await workspace.apply(file)).toMatchObject({ created: 2 });
  expect(workspace.rows()).toMatchObject([
    { sku: '12345678901234567890', tags: '["a","b,c"]', price_minor: 1_050 },
    { sku: '00123', title: '=1+1', weight: '0.5', price_minor: null },
  ]);
});
