import { expect, test } from './sheet.ts';

const LEFT = ['sku', 'title'];

test.describe('selecting with the mouse', () => {
  test.beforeEach(async ({ sheet }) => sheet.open());

  test('a click selects one cell and gives it the focus', async ({ sheet }) => {
    await sheet.cell(3, 'price').click();
    await sheet.expectRanges([3, 3, ['price']]);
    await expect(sheet.cell(3, 'price')).toBeFocused();
  });

  test('a drag selects a rectangle', async ({ sheet }) => {
    await sheet.drag(sheet.cell(2, 'price'), sheet.cell(6, 'quantity'));
    await sheet.expectRanges([2, 6, ['price', 'salePrice', 'quantity']]);
    await sheet.expectActive('2 price');
    await expect(sheet.page.locator('.qs-range-border')).toHaveCount(1);
  });

  test('a drag crosses the pinned columns both ways', async ({ sheet }) => {
    await sheet.drag(sheet.cell(4, 'title'), sheet.cell(8, 'salePrice'));
    await sheet.expectRanges([4, 8, ['title', 'price', 'salePrice']]);
    await sheet.drag(sheet.cell(8, 'price'), sheet.cell(3, 'sku'));
    await sheet.expectRanges([3, 8, [...LEFT, 'price']]);
    await expect(sheet.page.locator('.qs-range-border')).toHaveCount(2);
  });

  test('shift+click extends from the active cell', async ({ sheet }) => {
    await sheet.cell(5, 'quantity').click();
    await sheet.cell(2, 'price').click({ modifiers: ['Shift'] });
    await sheet.expectRanges([2, 5, ['price', 'salePrice', 'quantity']]);
    await sheet.expectActive('5 quantity');
    await sheet.cell(7, 'quantity').click({ modifiers: ['Shift'] });
    await sheet.expectRanges([5, 7, ['quantity']]);
  });

  test('ctrl+click adds ranges and takes single cells out', async ({ sheet }) => {
    await sheet.cell(1, 'price').click();
    await sheet.cell(4, 'quantity').click({ modifiers: ['Control'] });
    await sheet.expectRanges([1, 1, ['price']], [4, 4, ['quantity']]);
    await sheet.page.keyboard.down('Control');
    await sheet.drag(sheet.cell(7, 'price'), sheet.cell(8, 'salePrice'));
    await sheet.page.keyboard.up('Control');
    expect(await sheet.page.evaluate(() => window.harness.grid?.getSelection().cells)).toBe(6);
    await sheet.cell(4, 'quantity').click({ modifiers: ['Control'] });
    await sheet.expectRanges([1, 1, ['price']], [7, 8, ['price', 'salePrice']]);
  });

  test('row heads select rows, by click, drag and shift', async ({ sheet }) => {
    await sheet.drag(sheet.rowHead(2), sheet.rowHead(5));
    await expect.poll(async () => (await sheet.ranges())[0]?.slice(0, 2)).toEqual([2, 5]);
    expect((await sheet.ranges())[0]?.[2]).toHaveLength(40);
    await sheet.rowHead(9).click({ modifiers: ['Shift'] });
    await expect.poll(async () => (await sheet.ranges())[0]?.slice(0, 2)).toEqual([2, 9]);
  });

  test('the upper edge of a column head selects the column, ctrl and shift on the head do too', async ({
    sheet,
  }) => {
    await sheet.head('price').hover();
    await sheet.head('price').locator('.qs-head-grip').click();
    await sheet.expectRanges([0, 99_999, ['price']]);
    await sheet.head('quantity').click({ modifiers: ['Shift'] });
    await sheet.expectRanges([0, 99_999, ['price', 'salePrice', 'quantity']]);
    await sheet.head('status').click({ modifiers: ['Control'] });
    expect(await sheet.ranges()).toHaveLength(2);
    await expect(sheet.head('status')).toHaveClass(/qs-head-selected/);
    expect(await sheet.page.evaluate(() => window.harness.sort)).toEqual([]);
  });

  test('the corner selects everything', async ({ sheet }) => {
    await sheet.head('#row').click();
    expect(await sheet.page.evaluate(() => window.harness.grid?.getSelection().cells)).toBe(4_000_000);
  });

  test('dragging below the last visible row scrolls on and selects what passes', async ({ sheet }) => {
    await sheet.drag(sheet.cell(5, 'price'), sheet.cell(20, 'price'), { hold: true });
    const box = await sheet.page.locator('.ag-grid-viewport').boundingBox();
    await sheet.page.mouse.move(600, (box?.y ?? 0) + (box?.height ?? 0) + 30, { steps: 3 });
    await expect.poll(async () => (await sheet.ranges())[0]?.[1] ?? 0).toBeGreaterThan(150);
    await sheet.page.mouse.up();
    const end = (await sheet.ranges())[0]?.[1] ?? 0;
    await sheet.settled();
    await sheet.expectRanges([5, end, ['price']]);
  });

  test('dragging over the right edge scrolls through virtual columns', async ({ sheet }) => {
    await sheet.drag(sheet.cell(2, 'price'), sheet.cell(4, 'quantity'), { hold: true });
    await sheet.page.mouse.move(1_439, 200, { steps: 3 });
    await sheet.page.mouse.move(1_439, 210);
    await expect.poll(async () => (await sheet.ranges())[0]?.[2].length ?? 0).toBeGreaterThan(20);
    await sheet.page.mouse.up();
  });

  test('a drag back over the pinned columns scrolls left before it selects them', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(3, 'attribute30'));
    await sheet.drag(sheet.cell(3, 'attribute30'), sheet.cell(5, 'title'), { hold: true });
    await expect.poll(async () => (await sheet.ranges())[0]?.[2].includes('title')).toBe(true);
    await sheet.page.mouse.up();
    expect(await sheet.page.evaluate(() => document.querySelector('.ag-grid-viewport')?.scrollLeft)).toBe(0);
  });

  test('the context menu keeps a selection that it is opened in', async ({ sheet }) => {
    await sheet.drag(sheet.cell(2, 'price'), sheet.cell(6, 'quantity'));
    await sheet.cell(4, 'salePrice').click({ button: 'right' });
    await sheet.expectRanges([2, 6, ['price', 'salePrice', 'quantity']]);
    await sheet.cell(9, 'status').click({ button: 'right' });
    await sheet.expectRanges([9, 9, ['status']]);
    expect(await sheet.page.evaluate(() => window.harness.events)).toEqual([
      'menu 4 salePrice',
      'menu 9 status',
    ]);
  });
});

test('right-pinned columns belong to the sheet', async ({ sheet }) => {
  await sheet.open('right&columns=12');
  await sheet.page.evaluate(() => window.harness.grid?.goToRow(3, 'images'));
  await sheet.drag(sheet.cell(3, 'images'), sheet.cell(5, 'gtin'));
  await sheet.expectRanges([3, 5, ['images', 'gtin']]);
  await sheet.press('Shift+Home');
  expect((await sheet.ranges())[0]?.[2].slice(0, 2)).toEqual(LEFT);
});

test('screen readers hear the selection', async ({ sheet }) => {
  await sheet.open();
  await expect(sheet.page.locator('[role="grid"], [role="treegrid"]')).toHaveAttribute(
    'aria-multiselectable',
    'true',
  );
  await sheet.drag(sheet.cell(2, 'price'), sheet.cell(4, 'salePrice'));
  await expect(sheet.cell(3, 'salePrice')).toHaveAttribute('aria-selected', 'true');
  await expect(sheet.cell(5, 'salePrice')).toHaveAttribute('aria-selected', 'false');
  await expect(sheet.live).toHaveText('3 rows by 2 columns selected');
});

test('figures of a selection cover rows that were never loaded', async ({ sheet }) => {
  await sheet.open();
  await sheet.cell(0, 'price').click();
  await sheet.press('Control+Space');
  await expect(sheet.page.getByTestId('status')).toContainText('100,000 cells');
  const expected = await sheet.page.evaluate(() => {
    let sum = 0;
    for (let rid = 1; rid <= 100_000; rid += 1) sum += Number(window.harness.table.value(rid, 'price'));
    return sum;
  });
  expect(await sheet.page.evaluate(() => window.harness.stats?.sum)).toBeCloseTo(expected, 2);
});
