import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyImport } from './import-file.ts';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  vi.unstubAllEnvs();
  workspace.close();
});

const refusal = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string });

test.each([
  ['half a workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'FILE_FORMAT', /damaged or protected workbook/],
  ['JSON that is cut off', '[{"sku":"A1",', 'FILE_FORMAT', /Entry 1 .* is cut off/],
  ['JSON without objects', '[{"sku":"A"},5]', 'FILE_FORMAT', /Entry 2 .* is no object/],
  ['deep JSON', `[{"a":${'['.repeat(40)}`, 'FILE_FORMAT', /nested more than 32/],
  ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1), 'FILE_FORMAT', /old Excel workbook/],
  ['binary data', Uint8Array.of(65, 0, 0, 66), 'FILE_FORMAT', /not a text file/],
  ['nothing', new Uint8Array(), 'FILE_FORMAT', /is empty/],
  ['blank lines', '\r\n\r\n', 'FILE_FORMAT', /no rows/],
  ['an open quote', 'sku,title\nA1,"never closed\nA2,x\n', 'FILE_FORMAT', /row 2 is never closed/],
  ['no product column', 'colour,size\nred,L\n', 'FILE_FORMAT', /SKU or the title/],
  [
    'too many columns',
    `sku,${Array.from({ length: 2_000 }, (_, n) => `c${n}`).join(',')}\n`,
    'FILE_TOO_LARGE',
    /2001 columns/,
  ],
  [
    'a line of a million cells',
    `sku,title\nA1,x\n${'a,'.repeat(3 * 1024 * 1024)}`,
    'FILE_TOO_LARGE',
    /Row 3/,
  ],
  ['an endless field', `sku,title\nA1,"${'x'.repeat(4 * 1024 * 1024 + 1)}"\n`, 'FILE_TOO_LARGE', /Row 2/],
])('%s is refused with its reason', async (_name, content, code, message) => {
  const file = workspace.put('a.csv', content);
  await expect(workspace.preview(file)).rejects.toEqual(refusal(code, message));
  await expect(workspace.apply(file)).rejects.toEqual(refusal(code, message));
  // The staging is gone and the connection is free for the next import.
  const next = workspace.put('b.csv', 'sku,title\nA1,Lamp\n');
  expect(await workspace.apply(next)).toMatchObject({ created: 1 });
});

test('a missing file and a folder are named', async () => {
  await expect(workspace.preview(`${workspace.dir}/none.csv`)).rejects.toEqual(
    refusal('FILE_UNREADABLE', /none\.csv does not exist/),
  );
  await expect(workspace.preview(workspace.dir)).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});

test('a format that does not fit says so', async () => {
  const file = workspace.put('a.csv', 'sku,title\nA1,Lamp\n');
  await expect(workspace.preview(file, { format: 'woocommerce' })).rejects.toEqual(
    refusal('FILE_FORMAT', /"Type" and "Name"/),
  );
  await expect(workspace.preview(file, { format: 'shopify' })).rejects.toMatchObject({ code: 'FILE_FORMAT' });
});

const text = 'sku;title\r\nÄ1;"Größe „L“ – 5 €\r\nzweite Zeile"\r\n';
test.each([
  ['utf-8', Buffer.from(text)],
  ['utf-8', Buffer.from(`\ufeff${text}`)],
  ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  [
    'windows-1252',
    Buffer.from(
      Array.from(
        text,
        (char) => ({ '„': 0x84, '“': 0x93, '–': 0x96, '€': 0x80 })[char] ?? char.codePointAt(0) ?? 0,
      ),
    ),
  ],
])('%s is recognised', async (encoding, bytes) => {
  const file = workspace.put('a.csv', bytes);
  const plan = await workspace.preview(file);
  expect(plan).toMatchObject({ encoding, delimiter: ';', rows: 1 });
  await workspace.apply(file);
  expect(workspace.rows()).toMatchObject([{ sku: 'Ä1', title: 'Größe „L“ – 5 €\r\nzweite Zeile' }]);
});

test('a character cut by a chunk border is still UTF-8', async () => {
  const file = workspace.put('a.csv', `sku,title\nA1,"${'x'.repeat(1_048_575 - 14)}€uro"\n`);
  expect((await workspace.preview(file)).encoding).toBe('utf-8');
});

test('tabs, sep lines, old Mac line ends, quotes within cells', async () => {
  const tabs = workspace.put('a.csv', 'sku\ttitle\tprice\rA1\t12" pipe\t3\r');
  expect(await workspace.preview(tabs)).toMatchObject({ delimiter: '\t', rows: 1 });
  await workspace.apply(tabs);
  const sep = workspace.put('b.csv', 'sep=;\r\nsku;title\r\nA2;"He said ""hi"""\r\n');
  await workspace.apply(sep);
  expect(workspace.rows()).toMatchObject([
    { sku: 'A1', title: '12" pipe' },
    { sku: 'A2', title: 'He said "hi"' },
  ]);
});

test('duplicate headers and blank rows are noticed, rows keep the numbers of a spreadsheet', async () => {
  const file = workspace.put('a.csv', 'sku,title,Title\nA1,"two\nlines",x\n\n,,\nA2,,\n');
  const plan = await workspace.preview(file);
  expect(plan.warnings.map(({ code }) => code)).toContain('DUPLICATE_HEADER');
  expect(plan).toMatchObject({ rows: 2, create: 1, skipped: [{ row: 5, code: 'NO_TITLE' }] });
});

test('SKUs are text: zeros, exponents and formulas survive', async () => {
  const file = workspace.put('a.csv', "sku,title\n00123,a\n1E5,b\n'=1+1,c\n'-5,d\n'plain,e\n");
  await workspace.apply(file);
  expect(workspace.rows().map((row) => row.sku)).toEqual(['00123', '1E5', '=1+1', '-5', "'plain"]);
});

test('a cancelled import leaves nothing behind', async () => {
  vi.stubEnv('TMPDIR', workspace.dir);
  const rows = Array.from({ length: 20_000 }, (_, n) => `S${n},Title ${n}`).join('\n');
  const file = workspace.put('a.csv', `sku,title\n${rows}\n`);
  const controller = new AbortController();
  const seen: number[] = [];
  const run = applyImport(
    workspace,
    { file },
    {
      actor: 'test',
      signal: controller.signal,
      onProgress: (done) => {
        seen.push(done);
        if (seen.length === 3) controller.abort();
      },
    },
  );
  await expect(run).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(seen).toHaveLength(3);
  expect(workspace.rows()).toEqual([]);
  expect(workspace.db.allComposed('SELECT * FROM account')).toEqual([]);
  expect(workspace.db.allComposed('SELECT * FROM command')).toEqual([]);
  expect(readdirSync(workspace.dir).filter((name) => name.startsWith('quayside-import-'))).toEqual([]);
  expect(await workspace.apply(file)).toMatchObject({ created: 20_000 });
});

test('a failure in the middle of writing leaves nothing behind', async () => {
  const file = workspace.put('a.csv', 'sku,title\nA1,Lamp\nA2,Chair\n');
  workspace.db.exec(
    "CREATE TRIGGER broken BEFORE INSERT ON listing WHEN new.sku = 'A2' BEGIN SELECT raise(ABORT, 'no'); END",
  );
  await expect(workspace.apply(file)).rejects.toThrow('no');
  for (const table of ['account', 'product', 'listing', 'command', 'change']) {
    expect(workspace.db.allComposed(`SELECT * FROM ${table}`)).toEqual([]);
  }
  workspace.db.exec('DROP TRIGGER broken');
  expect(await workspace.apply(file)).toMatchObject({ created: 2 });
});

test('two imports at once take turns', async () => {
  const a = workspace.put('a.csv', 'sku,title\nA1,Lamp\n');
  const b = workspace.put('b.csv', 'sku,title\nA1,Lamp\nB1,Chair\n');
  const [first, second, third] = await Promise.all([
    workspace.apply(a),
    workspace.apply(b),
    workspace.preview(b),
  ]);
  expect([first.created, second.created, third.unchanged]).toEqual([1, 1, 2]);
});
