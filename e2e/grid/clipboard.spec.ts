import { expect, test } from './sheet.ts';

test.beforeEach(async ({ sheet }) => sheet.open());

test('copies a rectangle as TSV and as an HTML table', async ({ sheet }) => {
  await sheet.drag(sheet.cell(6, 'sku'), sheet.cell(8, 'price'));
  await sheet.press('Control+c');
  await expect(sheet.live).toHaveText('9 cells copied');
  const text = await sheet.clipboard('text/plain');
  const rows = await Promise.all(
    [7, 8, 9].map(async (rid) => {
      const [sku, title, price] = [
        await sheet.value(rid, 'sku'),
        String(await sheet.value(rid, 'title')),
        await sheet.value(rid, 'price'),
      ];
      return [sku, /["\n]/.test(title) ? `"${title.replaceAll('"', '""')}"` : title, price].join('\t');
    }),
  );
  expect(text.replaceAll('\r\n', '\n')).toBe(rows.join('\n'));
  expect(text).toContain('""');
  expect(await sheet.clipboard('text/html')).toContain('<table>');
  await expect(sheet.page.locator('.qs-ants')).toHaveCount(2);
  await sheet.press('Escape');
  await expect(sheet.page.locator('.qs-ants')).toHaveCount(0);
});

test('a copied block pasted elsewhere is the same block', async ({ sheet }) => {
  await sheet.drag(sheet.cell(6, 'title'), sheet.cell(8, 'salePrice'));
  await sheet.press('Control+c');
  await sheet.cell(12, 'title').click();
  await sheet.afterWrite(() => sheet.press('Control+v'));
  for (const key of ['title', 'price', 'salePrice']) {
    for (const rid of [7, 8, 9]) expect(await sheet.value(rid + 6, key)).toEqual(await sheet.value(rid, key));
  }
  await sheet.expectRanges([12, 14, ['title', 'price', 'salePrice']]);
});

test('quotes, tabs and newlines in pasted cells arrive exactly', async ({ sheet }) => {
  await sheet.cell(2, 'title').click();
  await sheet.afterWrite(() => sheet.pasteText('"say ""hi""\r\nagain"\t12,50\r\n"a\tb"\t$1,234.56\r\n'));
  await sheet.expectValue(3, 'title', 'say "hi"\nagain');
  await sheet.expectValue(3, 'price', '12.50');
  await sheet.expectValue(4, 'title', 'a\tb');
  await sheet.expectValue(4, 'price', '1234.56');
  await expect(sheet.live).toHaveText('4 cells pasted');
});

test('an HTML table wins where the plain text lost its shape', async ({ sheet }) => {
  await sheet.cell(2, 'title').click();
  await sheet.page.evaluate(async () => {
    await navigator.clipboard.write([
      new ClipboardItem({
        'text/plain': new Blob(['two\nlines\t5'], { type: 'text/plain' }),
        'text/html': new Blob(['<table><tr><td>two<br>lines</td><td>5</td></tr></table>'], {
          type: 'text/html',
        }),
      }),
    ]);
  });
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(3, 'title', 'two\nlines');
  await sheet.expectValue(3, 'price', '5');
});

test('one value fills the selection, a block tiles a multiple of itself', async ({ sheet }) => {
  await sheet.cell(2, 'price').click();
  await sheet.cell(7, 'salePrice').click({ modifiers: ['Shift'] });
  await sheet.afterWrite(() => sheet.pasteText('4.20'));
  for (let rid = 3; rid <= 8; rid += 1) await sheet.expectValue(rid, 'salePrice', '4.20');
  await sheet.afterWrite(() => sheet.pasteText('1\n2\n3'));
  expect(await Promise.all([3, 4, 5, 6, 7, 8].map((rid) => sheet.value(rid, 'salePrice')))).toEqual([
    '1',
    '2',
    '3',
    '1',
    '2',
    '3',
  ]);
  await sheet.expectRanges([2, 7, ['price', 'salePrice']]);
});

test('read-only columns are stepped over, wrong cells are refused and named, the rest applies', async ({
  sheet,
}) => {
  await sheet.cell(2, 'manageStock').click();
  const account = await sheet.value(3, 'account');
  await sheet.afterWrite(() => sheet.pasteText('ja\tOther\tx, y\nmaybe\tOther\tz'));
  await sheet.expectValue(3, 'manageStock', true);
  await sheet.expectValue(3, 'tags', ['x', 'y']);
  await sheet.expectValue(4, 'tags', ['z']);
  expect(await sheet.value(3, 'account')).toBe(account);
  await expect(sheet.cell(3, 'manageStock')).toHaveClass(/qs-refused/);
  await sheet.cell(3, 'manageStock').hover();
  await expect(sheet.page.locator('.ag-tooltip')).toContainText('Not changed: "maybe" is neither yes nor no');
  await expect(sheet.live).toContainText('1 cell not changed');
});

test('rows below the end are dropped and said', async ({ sheet }) => {
  await sheet.press('Tab');
  await sheet.page.evaluate(() => window.harness.grid?.goToRow(99_998, 'price'));
  await sheet.settled();
  await sheet.cell(99_998, 'price').click();
  await sheet.afterWrite(() => sheet.pasteText('1\n2\n3\n4'));
  await sheet.expectValue(100_000, 'price', '2');
  await expect(sheet.live).toHaveText('2 rows did not fit below the last row');
});

test('copies rows that were never loaded', async ({ sheet }) => {
  await sheet.cell(0, 'sku').click();
  await sheet.page.evaluate(() =>
    window.harness.grid?.select([{ fromRow: 40_000, toRow: 42_499, keys: ['sku', 'price'] }]),
  );
  await sheet.page.evaluate(() => window.harness.grid?.goToRow(0, 'sku'));
  await sheet.page.evaluate(() =>
    window.harness.grid?.select([{ fromRow: 40_000, toRow: 42_499, keys: ['sku'] }]),
  );
  await sheet.press('Control+c');
  await expect(sheet.live).toHaveText('2,500 cells copied');
  const lines = (await sheet.clipboard('text/plain')).split(/\r?\n/);
  expect(lines).toHaveLength(2_500);
  expect(lines[2_499]).toBe(await sheet.value(42_500, 'sku'));
  expect(await sheet.page.evaluate(() => window.harness.calls.text)).toBe(3);
});

test('several ranges are copied when they line up, refused when they do not', async ({ sheet }) => {
  await sheet.drag(sheet.cell(2, 'title'), sheet.cell(3, 'title'));
  await sheet.page.keyboard.down('Control');
  await sheet.drag(sheet.cell(2, 'quantity'), sheet.cell(3, 'quantity'));
  await sheet.page.keyboard.up('Control');
  await sheet.press('Control+c');
  const text = await sheet.clipboard('text/plain');
  expect(text).toBe(
    `${String(await sheet.value(3, 'title'))}\t${String(await sheet.value(3, 'quantity'))}\r\n${String(await sheet.value(4, 'title'))}\t${String(await sheet.value(4, 'quantity'))}`,
  );
  await sheet.cell(9, 'price').click({ modifiers: ['Control'] });
  await sheet.press('Control+c');
  await expect(sheet.live).toContainText('cannot be copied together');
});

test('cut cells stay until they are pasted, then they move in one step', async ({ sheet }) => {
  const [first, second] = [await sheet.value(3, 'price'), await sheet.value(4, 'price')];
  const target = await sheet.value(10, 'price');
  await sheet.drag(sheet.cell(2, 'price'), sheet.cell(3, 'price'));
  await sheet.press('Control+x');
  expect(await sheet.clipboard('text/plain')).toMatch(
    new RegExp(`^${String(first)}\\r?\\n${String(second)}$`),
  );
  expect(await sheet.value(3, 'price')).toBe(first);
  await sheet.cell(9, 'price').click();
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(10, 'price', first);
  await sheet.expectValue(11, 'price', second);
  await sheet.expectValue(3, 'price', null);
  await sheet.expectValue(4, 'price', null);
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(10, 'price', first);
  await sheet.undo();
  await sheet.expectValue(3, 'price', first);
  await sheet.expectValue(10, 'price', target);
});

test('moving onto itself keeps what was moved', async ({ sheet }) => {
  const values = await Promise.all([3, 4, 5].map((rid) => sheet.value(rid, 'price')));
  await sheet.drag(sheet.cell(2, 'price'), sheet.cell(4, 'price'));
  await sheet.press('Control+x');
  await sheet.cell(3, 'price').click();
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(3, 'price', null);
  expect(await Promise.all([4, 5, 6].map((rid) => sheet.value(rid, 'price')))).toEqual(values);
});

test('escape takes a cut back: the next paste only copies', async ({ sheet }) => {
  const price = await sheet.value(3, 'price');
  await sheet.cell(2, 'price').click();
  await sheet.press('Control+x', 'Escape');
  await sheet.cell(9, 'price').click();
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(10, 'price', price);
  expect(await sheet.value(3, 'price')).toBe(price);
});

test('a formula leaves as text and comes back as it was', async ({ sheet }) => {
  await sheet.cell(2, 'title').click();
  await sheet.page.keyboard.type('=HYPERLINK("http://evil")');
  await sheet.afterWrite(() => sheet.press('Enter'));
  await sheet.cell(2, 'title').click();
  await sheet.press('Control+c');
  await expect(sheet.live).toHaveText('1 cell copied');
  expect(await sheet.clipboard('text/plain')).toBe(`"'=HYPERLINK(""http://evil"")"`);
  expect(await sheet.clipboard('text/html')).not.toContain('>=');
  await sheet.cell(9, 'title').click();
  await sheet.afterWrite(() => sheet.press('Control+v'));
  await sheet.expectValue(10, 'title', '=HYPERLINK("http://evil")');
});

test('copies with the names of the columns', async ({ sheet }) => {
  await sheet.drag(sheet.cell(2, 'price'), sheet.cell(3, 'salePrice'));
  await sheet.press('Control+Shift+c');
  await expect(sheet.live).toHaveText('4 cells copied');
  expect((await sheet.clipboard('text/plain')).split(/\r?\n/)[0]).toBe('Price\tSale price');
});

test('paste special turns rows into columns and skips empty cells', async ({ sheet }) => {
  const kept = await sheet.value(4, 'salePrice');
  await sheet.page.evaluate(() => navigator.clipboard.writeText('1\t2\n3\t'));
  await sheet.cell(2, 'price').click();
  await sheet.press('Control+Shift+v');
  await expect(sheet.page.locator('.qs-paste-special')).toContainText('2 × 2');
  await sheet.page.getByLabel('Rows become columns').check();
  await sheet.page.getByLabel('Only filled cells').check();
  await sheet.afterWrite(() => sheet.press('Enter'));
  await sheet.expectValue(3, 'price', '1');
  await sheet.expectValue(3, 'salePrice', '3');
  await sheet.expectValue(4, 'price', '2');
  expect(await sheet.value(4, 'salePrice')).toBe(kept);
  await expect(sheet.cell(2, 'price')).toBeFocused();
  await sheet.press('Control+Shift+v', 'Escape');
  await expect(sheet.page.locator('.qs-paste-special')).toHaveCount(0);
});

test('one value into several ranges is one undo step', async ({ sheet }) => {
  const before = [await sheet.value(3, 'price'), await sheet.value(7, 'salePrice')];
  await sheet.cell(2, 'price').click();
  await sheet.cell(6, 'salePrice').click({ modifiers: ['Control'] });
  await sheet.afterWrite(() => sheet.pasteText('4.44'));
  await sheet.expectValue(3, 'price', '4.44');
  await sheet.expectValue(7, 'salePrice', '4.44');
  await sheet.undo();
  expect([await sheet.value(3, 'price'), await sheet.value(7, 'salePrice')]).toEqual(before);
});

test('a large paste is one step: undo and redo, also after a sort', async ({ sheet }) => {
  const rows = Array.from({ length: 2_000 }, (_, i) => `${i}.50\t${i}`).join('\n');
  const before = await sheet.value(1_500, 'price');
  await sheet.cell(0, 'price').click();
  await sheet.afterWrite(() => sheet.pasteText(rows));
  await sheet.expectValue(1_500, 'price', '1499.50');
  await sheet.head('quantity').click();
  await expect(sheet.head('quantity')).toHaveAttribute('aria-sort', 'ascending');
  await sheet.settled();
  await sheet.cell(4, 'quantity').click();
  await sheet.undo();
  await sheet.expectValue(1_500, 'price', before);
  await sheet.press('Control+y');
  await sheet.expectValue(1_500, 'price', '1499.50');
});
