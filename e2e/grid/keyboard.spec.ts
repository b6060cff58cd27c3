import { expect, test } from './sheet.ts';

test.beforeEach(async ({ sheet }) => {
  await sheet.open();
  await sheet.cell(2, 'price').click();
});

test('arrows move, ctrl jumps to the edges of the data, home and end stay in the row', async ({ sheet }) => {
  await sheet.press('ArrowDown', 'ArrowRight');
  await sheet.expectActive('3 salePrice');
  // Every third sale price is filled: from a gap to the next one, from it over the next gap.
  await sheet.press('Control+ArrowDown');
  await sheet.expectActive('5 salePrice');
  await sheet.press('Control+ArrowDown', 'ArrowLeft', 'Control+ArrowDown', 'ArrowRight');
  await sheet.expectActive('99999 salePrice');
  await sheet.settled();
  await expect(sheet.cell(99_999, 'salePrice')).toBeFocused();
  await sheet.press('Home');
  await sheet.expectActive('99999 sku');
  await sheet.press('End');
  await sheet.expectActive('99999 attribute39');
  await expect(sheet.cell(99_999, 'attribute39')).toBeFocused();
  await sheet.press('Control+Home');
  await sheet.expectActive('0 sku');
  await sheet.press('Control+End');
  await sheet.expectActive('99999 attribute39');
  await sheet.press('Control+ArrowUp', 'Control+ArrowLeft');
  await sheet.expectActive('0 attribute15');
  await sheet.press('Control+ArrowLeft');
  await sheet.expectActive('0 weight');
});

test('pages move by what is visible', async ({ sheet }) => {
  await sheet.press('PageDown');
  const row = Number((await sheet.active()).split(' ')[0]);
  expect(row).toBeGreaterThan(20);
  expect(row).toBeLessThan(32);
  await sheet.press('PageUp');
  await sheet.expectActive('2 price');
  await sheet.press('Shift+PageDown');
  await sheet.expectRanges([2, row, ['price']]);
});

test('shift extends cell by cell and to the edges', async ({ sheet }) => {
  await sheet.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight');
  await sheet.expectRanges([2, 4, ['price', 'salePrice']]);
  await sheet.press('Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp');
  await sheet.expectRanges([1, 2, ['price', 'salePrice']]);
  await sheet.press('Control+Shift+ArrowDown');
  await sheet.expectRanges([2, 99_999, ['price', 'salePrice']]);
  await sheet.press('Control+Shift+End');
  expect((await sheet.ranges())[0]?.[2]).toHaveLength(38);
  await sheet.press('Shift+Home');
  expect((await sheet.ranges())[0]?.[2]).toEqual(['sku', 'title', 'price']);
  await sheet.expectActive('2 price');
});

test('ctrl+A, ctrl+space and shift+space select all, columns and rows around the active cell', async ({
  sheet,
}) => {
  await sheet.press('Control+Space');
  await sheet.expectRanges([0, 99_999, ['price']]);
  await sheet.expectActive('2 price');
  await sheet.cell(2, 'price').click();
  await sheet.press('Shift+Space');
  expect((await sheet.ranges())[0]?.slice(0, 2)).toEqual([2, 2]);
  await sheet.press('Control+a');
  expect(await sheet.page.evaluate(() => window.harness.grid?.getSelection().cells)).toBe(4_000_000);
  await sheet.press('Escape');
  await sheet.expectRanges([2, 2, ['price']]);
});

test('tab and enter walk the sheet and return to the column they came from', async ({ sheet }) => {
  await sheet.press('Tab', 'Tab');
  await sheet.expectActive('2 quantity');
  await sheet.press('Enter');
  await sheet.expectActive('3 price');
  await sheet.press('Shift+Enter');
  await sheet.expectActive('2 price');
  await sheet.press('Shift+Tab');
  await sheet.expectActive('2 title');
});

test('tab and enter walk inside a selection and keep it', async ({ sheet }) => {
  await sheet.press('Shift+ArrowDown', 'Shift+ArrowRight');
  await sheet.press('Tab');
  await sheet.expectActive('2 salePrice');
  await sheet.press('Tab');
  await sheet.expectActive('3 price');
  await sheet.press('Enter', 'Enter');
  await sheet.expectActive('3 salePrice');
  await sheet.press('Enter');
  await sheet.expectActive('2 price');
  await sheet.expectRanges([2, 3, ['price', 'salePrice']]);
});

test('fast extension after a click is never lost', async ({ sheet }) => {
  for (let round = 0; round < 10; round += 1) {
    await sheet.cell(round, 'price').click();
    await sheet.press('Shift+ArrowRight', 'Shift+ArrowRight');
    await sheet.expectRanges([round, round, ['price', 'salePrice', 'quantity']]);
  }
});

test('keys that belong to the screen are handed to it', async ({ sheet }) => {
  await sheet.press('Control+h', 'Control+Shift+L', 'Control+Shift+E', 'Alt+Enter', 'Shift+F10');
  expect(await sheet.page.evaluate(() => window.harness.events)).toEqual([
    'replace',
    'filter',
    'bulkEdit',
    'activate 2 price',
    'menu 2 price',
  ]);
});

test('F6 and escape leave the grid, tab comes back to the active cell', async ({ sheet }) => {
  await sheet.press('F6');
  await expect(sheet.page.locator('.qs-sheet-exit')).toBeFocused();
  await sheet.press('Shift+Tab');
  await expect(sheet.cell(2, 'price')).toBeFocused();
  await sheet.press('Escape');
  await expect(sheet.page.locator('.qs-sheet-exit')).toBeFocused();
});

test('arrow up from the first row reaches the head: enter sorts, space selects, down returns', async ({
  sheet,
}) => {
  await sheet.press('ArrowUp', 'ArrowUp', 'ArrowUp');
  await expect(sheet.head('price')).toBeFocused();
  await sheet.press('Enter');
  await expect(sheet.head('price')).toHaveAttribute('aria-sort', 'ascending');
  await sheet.expectRanges([0, 0, ['price']]);
  await expect(sheet.head('price')).toBeFocused();
  await sheet.press('Space');
  await sheet.expectRanges([0, 99_999, ['price']]);
  await sheet.head('price').focus();
  await sheet.press('ArrowDown');
  await sheet.expectActive('0 price');
});
