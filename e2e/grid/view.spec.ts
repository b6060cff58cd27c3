import { AxeBuilder } from '@axe-core/playwright';
import { blankJumps } from './jumps.ts';
import { expect, test } from './sheet.ts';
import type { SheetPage } from './sheet.ts';

test('opens a quarter of a million rows and scrolls to the last', async ({ sheet }) => {
  await sheet.open('rows=250000');
  await sheet.cell(0, 'sku').click();
  await sheet.press('Control+End');
  await sheet.settled();
  await expect(sheet.rowHead(249_999)).toHaveText('250,000');
});

test('a head click asks the screen to sort; the new order shows and the heads say so', async ({ sheet }) => {
  await sheet.open();
  await sheet.head('quantity').click();
  await expect(sheet.head('quantity')).toHaveAttribute('aria-sort', 'ascending');
  await sheet.settled();
  await expect(sheet.cell(0, 'quantity')).toHaveText('0');
  await sheet.head('quantity').click();
  await expect(sheet.head('quantity')).toHaveAttribute('aria-sort', 'descending');
  await expect(sheet.cell(0, 'quantity')).toHaveText('119');
  await sheet.head('price').click({ modifiers: ['Shift'] });
  await expect(sheet.head('price').locator('.qs-head-sort')).toHaveText('2');
  await sheet.head('quantity').click();
  await expect(sheet.head('quantity')).toHaveAttribute('aria-sort', 'none');
});

test('a smaller view keeps working, an empty one says so', async ({ sheet }) => {
  await sheet.open();
  await sheet.page.evaluate(() => window.harness.grid?.goToRow(90_000, 'price'));
  await sheet.settled();
  await sheet.page.evaluate(() => window.harness.setRows(10));
  await expect(sheet.page.locator('.ag-row')).toHaveCount(10);
  await sheet.expectActive('0 price');
  await sheet.page.evaluate(() => window.harness.setRows(0));
  await expect(sheet.page.getByText('No rows in this view')).toBeVisible();
  await sheet.page.evaluate(() => window.harness.setRows(1_000));
  await sheet.settled();
  await sheet.cell(3, 'price').click();
  await sheet.expectActive('3 price');
});

test('a new revision reads the visible rows again', async ({ sheet }) => {
  await sheet.open();
  await sheet.page.evaluate(() => {
    window.harness.table.write('elsewhere', [{ rid: 3, key: 'title', text: 'From elsewhere' }], 'en');
    window.harness.bumpRev();
  });
  await expect(sheet.cell(2, 'title')).toHaveText('From elsewhere');
});

test('columns are resized, moved, hidden and restored', async ({ sheet }) => {
  await sheet.open();
  const edge = sheet.head('price').locator('.ag-header-cell-resize');
  const from = await sheet.centre(edge);
  await sheet.page.mouse.move(from.x, from.y);
  await sheet.page.mouse.down();
  await sheet.page.mouse.move(from.x + 60, from.y, { steps: 4 });
  await sheet.page.mouse.up();
  const column = async (key: string) =>
    sheet.page.evaluate(
      (name) => window.harness.grid?.getColumnState().columns.find((entry) => entry.key === name),
      key,
    );
  await expect.poll(async () => (await column('price'))?.width).toBe(170);
  expect(await sheet.page.evaluate(() => window.harness.sort)).toEqual([]);
  await sheet.drag(sheet.head('quantity'), sheet.head('price'));
  await expect
    .poll(async () =>
      sheet.page.evaluate(() => window.harness.columnState?.columns.slice(2, 4).map(({ key }) => key)),
    )
    .toEqual(['quantity', 'price']);
  expect(await sheet.page.evaluate(() => window.harness.sort)).toEqual([]);
  const saved = await sheet.page.evaluate(() => window.harness.grid?.getColumnState());
  await sheet.page.evaluate(() => window.harness.grid?.setColumnHidden('salePrice', true));
  await expect(sheet.head('salePrice')).toHaveCount(0);
  await sheet.cell(2, 'price').click();
  await sheet.press('ArrowRight');
  await sheet.expectActive('2 status');
  await sheet.page.evaluate((state) => state && window.harness.grid?.setColumnState(state), saved);
  await expect(sheet.cell(2, 'salePrice')).toBeVisible();
  await expect(sheet.cell(2, 'salePrice')).not.toHaveClass(/qs-loading/);
  await sheet.expectActive('2 status');
});

test('a column has a menu: freeze, move, hide, sort; by mouse and by keyboard', async ({ sheet }) => {
  await sheet.open('rows=1000&columns=8');
  const shown = async (): Promise<string[]> =>
    sheet.page.evaluate(() =>
      (window.harness.grid?.getColumnState().columns ?? [])
        .filter(({ hidden }) => !hidden)
        .map(({ key }) => key),
    );
  const choose = async (key: string, name: string): Promise<void> => {
    await sheet.head(key).click({ button: 'right' });
    await sheet.page.getByRole('menuitem', { name }).click();
    await expect(sheet.page.getByRole('menu')).toHaveCount(0);
  };
  await choose('quantity', 'Freeze at the left');
  expect((await shown()).slice(0, 4)).toEqual(['sku', 'title', 'quantity', 'price']);
  await expect
    .poll(() => sheet.page.evaluate(() => window.harness.columnState?.columns[2]))
    .toMatchObject({ key: 'quantity', pinned: 'left' });
  await choose('status', 'Move left');
  expect((await shown()).slice(3, 6)).toEqual(['price', 'status', 'salePrice']);
  await choose('salePrice', 'Hide');
  await expect(sheet.head('salePrice')).toHaveCount(0);
  await sheet.cell(0, 'price').click();
  await sheet.press('ArrowUp', 'Shift+F10');
  await expect(sheet.page.getByRole('menuitem', { name: 'Sort ascending' })).toBeFocused();
  await sheet.press('ArrowDown', 'Enter');
  await expect(sheet.head('price')).toHaveAttribute('aria-sort', 'descending');
  await expect(sheet.head('price')).toBeFocused();
});

test('the density changes the height of the rows and the selection follows', async ({ sheet }) => {
  await sheet.open();
  await sheet.cell(5, 'price').click();
  for (const [density, height] of [
    ['compact', 28],
    ['comfortable', 40],
  ] as const) {
    await sheet.page.evaluate((name) => window.harness.setDensity(name), density);
    const row = sheet.page.locator('.ag-row[row-index="5"]');
    await expect.poll(async () => (await row.boundingBox())?.height).toBe(height);
    const box = await row.boundingBox();
    await expect
      .poll(async () => {
        const ring = await sheet.page.locator('.qs-active').boundingBox();
        return [ring?.y, ring?.height];
      })
      .toEqual([box?.y, height]);
  }
});

test('find steps through rows that are not loaded and wraps', async ({ sheet }) => {
  await sheet.open('columns=8');
  await sheet.cell(0, 'price').click();
  await sheet.press('Control+f');
  await sheet.page.keyboard.type('SKU-07777');
  await sheet.press('Enter');
  await sheet.expectActive('77769 sku');
  await expect(sheet.page.locator('.qs-find-status')).toHaveText('10 rows match');
  await sheet.press('Enter');
  await sheet.expectActive('77770 sku');
  await sheet.press('Shift+Enter', 'Shift+Enter');
  await sheet.expectActive('77778 sku');
  await sheet.press('Escape');
  await expect(sheet.page.locator('.qs-find')).toHaveCount(0);
  await sheet.settled();
  await expect(sheet.cell(77_778, 'sku')).toBeFocused();
  await sheet.press('F3');
  await sheet.expectActive('77769 sku');
});

test('find takes patterns, whole cells and a scope, and counts cells', async ({ sheet }) => {
  await sheet.open('rows=1000&columns=8');
  await sheet.drag(sheet.cell(0, 'sku'), sheet.cell(11, 'title'));
  await sheet.press('Control+f');
  const status = sheet.page.locator('.qs-find-status');
  await sheet.page.getByRole('button', { name: 'Only in the selection' }).click();
  await sheet.page.getByRole('button', { name: 'Regular expression' }).click();
  const field = sheet.page.getByRole('textbox', { name: 'Find in this view' });
  await field.fill('SKU-\\d+[37]$|no\\. 3$');
  await field.press('Enter');
  await expect(status).toHaveText('3 cells in 2 rows');
  await sheet.expectActive('2 sku');
  await field.press('Enter');
  await sheet.expectActive('6 sku');
  await field.press('Enter');
  await sheet.expectActive('2 sku');
  await field.fill('(');
  await field.press('Enter');
  await expect(status).toContainText('not a valid regular expression');
  await sheet.page.getByRole('button', { name: 'Regular expression' }).click();
  await sheet.page.getByRole('button', { name: 'Whole cell' }).click();
  await field.fill('000003');
  await field.press('Enter');
  await expect(status).toHaveText('No match');
});

test('ctrl+G goes to a row number or to a SKU', async ({ sheet }) => {
  await sheet.open('columns=8');
  await sheet.cell(0, 'price').click();
  await sheet.press('Control+g');
  await sheet.page.keyboard.type('45,678');
  await sheet.press('Enter');
  await sheet.expectActive('45677 price');
  await expect(sheet.cell(45_677, 'price')).toBeFocused();
  await sheet.press('Control+g');
  await sheet.page.keyboard.type('SKU-000777');
  await sheet.press('Enter');
  await sheet.expectActive('776 sku');
  await sheet.press('Control+g');
  await sheet.page.keyboard.type('nowhere');
  await sheet.press('Enter');
  await expect(sheet.page.locator('.qs-find-status')).toHaveText('No match');
  await sheet.press('Escape');
  await expect(sheet.cell(776, 'sku')).toBeFocused();
});

test('states are said in words and shown by shape', async ({ sheet }) => {
  await sheet.open();
  await sheet.cell(5, 'title').hover();
  const tooltip = sheet.page.locator('.ag-tooltip');
  await expect(tooltip).toContainText('Rejected by the channel');
  await expect(tooltip).toContainText('On the channel: Old title');
  await expect(tooltip).toContainText('at most 200');
  for (const [row, key, state] of [
    [2, 'price', 'pending'],
    [3, 'price', 'verified'],
    [4, 'quantity', 'conflict'],
    [6, 'title', 'stale'],
  ] as const) {
    await expect(sheet.cell(row, key)).toHaveClass(new RegExp(`qs-${state}`));
  }
  expect(
    await sheet
      .cell(3, 'price')
      .evaluate((cell) => getComputedStyle(cell, '::after').getPropertyValue('clip-path')),
  ).toContain('polygon');
});

/** Serious findings within `part`; the whole sheet takes seconds, so it is looked at once. */
const serious = async (sheet: SheetPage, part: string): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page: sheet.page }).include(part).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing serious, idle and in every editor (${theme})`, async ({ sheet }) => {
    await sheet.open(`rows=6&columns=17&theme=${theme}`);
    expect(await serious(sheet, '.page')).toEqual([]);
    for (const key of ['title', 'price', 'status', 'tags', 'description', 'saleFrom']) {
      await sheet.page.evaluate((name) => window.harness.grid?.goToRow(2, name), key);
      await sheet.cell(2, key).click();
      await sheet.press('F2');
      await expect(sheet.editor).toBeFocused();
      expect(await serious(sheet, '.qs-editor'), key).toEqual([]);
      await sheet.press('Escape');
    }
    await sheet.press('Control+f');
    expect(await serious(sheet, '.qs-find')).toEqual([]);
  });
}

test('forty jumps on a slow machine never leave the view blank', async ({ sheet }) => {
  await sheet.open('rows=250000&columns=8');
  expect(await blankJumps(sheet, 250_000, 40)).toBe(0);
});
