import { expect, test } from './sheet.ts';
import type { SheetPage } from './sheet.ts';

test.beforeEach(async ({ sheet }) => sheet.open());

async function type(sheet: SheetPage, row: number, key: string, ...texts: readonly string[]): Promise<void> {
  await sheet.cell(row, key).click();
  for (const text of texts) {
    await sheet.page.keyboard.type(text);
    await sheet.afterWrite(() => sheet.press('Enter'));
  }
}

async function fill(sheet: SheetPage, toRow: number, toKey: string): Promise<void> {
  const handle = sheet.page.locator('.qs-fill-handle');
  await sheet.afterWrite(() => sheet.drag(handle, sheet.cell(toRow, toKey)));
}

test('the handle continues a series', async ({ sheet }) => {
  await type(sheet, 2, 'price', '1.10', '1.20');
  await sheet.drag(sheet.cell(2, 'price'), sheet.cell(3, 'price'));
  await fill(sheet, 7, 'price');
  expect(await Promise.all([5, 6, 7, 8].map((rid) => sheet.value(rid, 'price')))).toEqual([
    '1.30',
    '1.40',
    '1.50',
    '1.60',
  ]);
  await sheet.expectRanges([2, 7, ['price']]);
  await expect(sheet.live).toHaveText('4 cells filled');
});

test('ctrl copies where there is a series, and counts where there is none', async ({ sheet }) => {
  await type(sheet, 2, 'sku', 'A-009');
  await sheet.cell(2, 'sku').click();
  await fill(sheet, 4, 'sku');
  expect(await Promise.all([4, 5].map((rid) => sheet.value(rid, 'sku')))).toEqual(['A-010', 'A-011']);
  await sheet.cell(2, 'sku').click();
  await sheet.page.keyboard.down('Control');
  await fill(sheet, 4, 'sku');
  await sheet.page.keyboard.up('Control');
  expect(await Promise.all([4, 5].map((rid) => sheet.value(rid, 'sku')))).toEqual(['A-009', 'A-009']);
});

test('upwards runs backwards', async ({ sheet }) => {
  await type(sheet, 6, 'quantity', '10', '12');
  await sheet.drag(sheet.cell(6, 'quantity'), sheet.cell(7, 'quantity'));
  await fill(sheet, 4, 'quantity');
  expect(await Promise.all([5, 6].map((rid) => sheet.value(rid, 'quantity')))).toEqual([6, 8]);
});

test('to the right copies texts across', async ({ sheet }) => {
  await type(sheet, 2, 'price', '3.00');
  await sheet.cell(2, 'price').click();
  await fill(sheet, 2, 'salePrice');
  await sheet.expectValue(3, 'salePrice', '3.00');
});

test('ctrl+D and ctrl+R fill a selection, or from the neighbour', async ({ sheet }) => {
  await type(sheet, 2, 'price', '8.00');
  await sheet.cell(2, 'price').click();
  await sheet.cell(5, 'price').click({ modifiers: ['Shift'] });
  await sheet.afterWrite(() => sheet.press('Control+d'));
  for (const rid of [4, 5, 6]) await sheet.expectValue(rid, 'price', '8.00');
  await sheet.cell(6, 'price').click();
  await sheet.afterWrite(() => sheet.press('Control+d'));
  await sheet.expectValue(7, 'price', '8.00');
  await sheet.cell(2, 'price').click();
  await sheet.cell(3, 'salePrice').click({ modifiers: ['Shift'] });
  await sheet.afterWrite(() => sheet.press('Control+r'));
  await sheet.expectValue(3, 'salePrice', '8.00');
  await sheet.expectValue(4, 'salePrice', '8.00');
});

test('fills rows that were never loaded, as one undo step', async ({ sheet }) => {
  await type(sheet, 0, 'quantity', '7');
  await sheet.cell(0, 'quantity').click();
  await sheet.press('Control+Shift+ArrowDown');
  await sheet.afterWrite(() => sheet.press('Control+d'));
  await sheet.expectValue(77_777, 'quantity', 7);
  await sheet.undo();
  expect(await sheet.value(77_777, 'quantity')).not.toBe(7);
});

test('a double click on the handle fills to the last row', async ({ sheet }) => {
  await type(sheet, 0, 'quantity', '5', '6');
  await sheet.drag(sheet.cell(0, 'quantity'), sheet.cell(1, 'quantity'));
  await sheet.afterWrite(() => sheet.page.locator('.qs-fill-handle').dblclick());
  await sheet.expectValue(100_000, 'quantity', 100_004);
});
