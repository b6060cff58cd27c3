import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';

test('cells are typed, pasted, undone and redone, and undo still works after a restart', async ({
  launch,
}) => {
  const first = await launch();
  const listings = new ListingsPage(first.page);
  await listings.open();
  const before = await listings.text(0, 'price');
  const second = await listings.text(1, 'price');

  await listings.type(0, 'price', '64.90');
  await expect(listings.cell(0, 'price')).toContainText('64.90');
  await expect(first.page.getByRole('button', { name: 'Publish 1 change', exact: true })).toBeVisible();

  await listings.paste(first.app, 0, 'price', '71.00\n72.00\n73.00');
  await expect(listings.cell(2, 'price')).toContainText('73.00');
  await first.page.keyboard.press('Control+a');
  await expect(first.page.getByText(/average/i).first()).toBeVisible();
  await first.page.keyboard.press('Control+z');
  await expect(listings.toast('Undone: Paste 3 × 1, 3 cells')).toBeVisible();
  await expect(listings.cell(0, 'price')).toContainText('64.90');
  await expect(listings.cell(1, 'price')).toContainText(second);
  await first.page.keyboard.press('Control+y');
  await expect(listings.cell(2, 'price')).toContainText('73.00');
  await first.close();

  const again = await launch();
  const reopened = new ListingsPage(again.page);
  await reopened.open();
  await expect(reopened.cell(2, 'price')).toContainText('73.00');
  await reopened.cell(5, 'title').click();
  await again.page.keyboard.press('Control+z');
  await expect(reopened.cell(0, 'price')).toContainText('64.90');
  await again.page.keyboard.press('Control+z');
  await expect(reopened.cell(0, 'price')).toContainText(before);
  await expect(again.page.getByRole('button', { name: /^Publish \d/ })).toHaveCount(0);
});

test('a paste says which cells kept their value and why, and goes to them', async ({ workstation }) => {
  const { app, page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  const kept = await listings.text(1, 'price');
  await listings.paste(app, 0, 'price', '12.50\ncheap\n1.999');
  const strip = listings.screen.getByRole('alert').filter({ hasText: 'kept their values' });
  await expect(strip).toContainText('1 cell changed, 2 cells kept their values: Price:');
  await expect(strip).toContainText('"cheap" is not a price');
  await expect(listings.cell(1, 'price')).toContainText(kept);

  await listings.cell(9, 'title').click();
  await strip.getByRole('button', { name: 'Go to cell 1 of 2' }).click();
  await expect(listings.edit).toHaveValue(kept);
  await strip.getByRole('button', { name: 'List all' }).click();
  await expect(strip.getByRole('button', { name: /has more than 2 decimals for EUR/ })).toBeVisible();
  await strip.getByRole('button', { name: 'Close' }).click();
  await expect(strip).toHaveCount(0);
});

test('the edit bar shows the whole cell, writes it, and refuses what the shop would mangle', async ({
  workstation,
}) => {
  const { page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  await listings.cell(3, 'title').click();
  await expect(listings.edit).toHaveValue(await listings.text(3, 'title'));
  await listings.edit.fill('A title from the bar');
  await listings.edit.press('Enter');
  await expect(listings.cell(3, 'title')).toContainText('A title from the bar');
  await expect(listings.screen.getByText('Changed', { exact: true }).last()).toBeVisible();

  await listings.edit.fill('x'.repeat(300));
  await listings.edit.press('Enter');
  await expect(listings.screen.getByText('The title has 300 characters; 255 are allowed')).toBeVisible();
  await listings.edit.press('Escape');
  await expect(listings.edit).toHaveValue('A title from the bar');
});

test('search, chips and conditions narrow the rows; a view keeps them; edits never move rows', async ({
  workstation,
}) => {
  const { page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  await expect(listings.count).toHaveText('520 rows');
  await listings.search.fill('teapot');
  await expect(listings.count).not.toHaveText('520 rows');
  await expect(listings.cell(0, 'title')).toContainText('Teapot');
  await listings.chip('Out of stock').click();
  await expect(listings.chip('Out of stock')).toHaveAttribute('aria-pressed', 'true');
  await listings.screen.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(listings.count).toHaveText('520 rows');
  await expect(listings.search).toHaveValue('');

  await listings.chip('Conditions').click();
  const conditions = listings.panel('Conditions');
  await conditions.getByRole('combobox', { name: 'Comparison' }).click();
  await page.getByRole('option', { name: 'more than', exact: true }).click();
  await conditions.getByRole('textbox', { name: 'Value' }).fill('100');
  await expect(listings.count).not.toHaveText('520 rows');
  await page.keyboard.press('Escape');
  const narrowed = await listings.count.innerText();

  await listings.grid.getByRole('columnheader', { name: /^Price/ }).click();
  await listings.screen.getByRole('button', { name: 'All listings' }).click();
  await page.getByRole('menuitem', { name: 'Save this view…' }).click();
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Dear things');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(listings.screen.getByRole('button', { name: 'Dear things' })).toBeVisible();

  // Below the condition now: it stays where it is until the order is asked for.
  await listings.type(0, 'price', '1.00');
  const chip = listings.screen.getByRole('button', { name: /re-sort$/ });
  await expect(chip).toBeVisible();
  await expect(listings.cell(0, 'price')).toContainText('1.00');
  await expect(listings.count).toHaveText(narrowed);
  await chip.click();
  await expect(listings.count).not.toHaveText(narrowed);
  await expect(listings.cell(0, 'price')).not.toContainText('1.00');

  await listings.screen.getByRole('button', { name: 'Dear things' }).click();
  await page.getByRole('menuitem', { name: 'All listings' }).click();
  await expect(listings.count).toHaveText('520 rows');
});

test('many rows are calculated after a preview, replaced by Ctrl+H, and taken back to the channel', async ({
  workstation,
}) => {
  const { page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  const title = await listings.text(0, 'title');
  const price = Number(await listings.text(0, 'price'));
  await listings.select(0, 9, 'price');
  await page.keyboard.press('Control+Shift+E');
  const panel = listings.panel('Change many rows');
  const sum = page.getByText(/10 rows × 1 column · sum €[\d,]+\.\d\d/);
  const before = await sum.innerText();
  await panel.getByRole('textbox', { name: 'Expression' }).fill('prise * 2');
  await expect(panel.getByRole('alert')).toContainText('prise');
  await panel.getByRole('textbox', { name: 'Expression' }).fill('price * 2');
  await expect(panel.getByRole('region', { name: 'Preview' })).toContainText('Money at stake');
  await panel.getByRole('textbox', { name: 'Only where' }).fill('quantity < 0');
  await expect(panel.getByRole('button', { name: 'Change 0 cells' })).toBeDisabled();
  await panel.getByRole('textbox', { name: 'Only where' }).fill('');
  await panel.getByRole('button', { name: 'Change 10 cells' }).click();
  await expect(listings.cell(0, 'price')).toContainText((price * 2).toFixed(2));
  // The figures follow the values, not only the selection.
  await expect(sum).not.toHaveText(before);

  await listings.cell(0, 'title').click();
  await page.keyboard.press('Control+h');
  await panel.getByRole('textbox', { name: 'Find' }).fill(title);
  await panel.getByRole('textbox', { name: 'Replace with' }).fill('Something else');
  await panel.getByRole('button', { name: 'Change 1 cell' }).click();
  await expect(listings.cell(0, 'title')).toContainText('Something else');

  await listings.select(0, 9, 'price');
  await listings.screen.getByRole('button', { name: 'Revert' }).click();
  await expect(listings.toast('10 cells as on the channel again')).toBeVisible();
  await expect(listings.cell(0, 'price')).toContainText(price.toFixed(2));
  await expect(page.getByRole('button', { name: 'Publish 1 change', exact: true })).toBeVisible();
});

test('one listing opens beside the grid with both sides of every field', async ({ workstation }) => {
  const { page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  const was = await listings.text(0, 'price');
  await listings.type(0, 'price', '5.55');
  await expect(listings.cell(0, 'price')).toContainText('5.55');
  await listings.cell(0, 'price').click();
  await page.keyboard.press('Alt+Enter');
  const panel = listings.panel(await listings.text(0, 'title'));
  await expect(panel.getByText(`On the channel: ${was}`)).toBeVisible();
  await panel.getByRole('tab', { name: 'Why not live' }).click();
  await expect(panel.getByText('Changed here; publish to send it')).toBeVisible();
  await panel.getByRole('tab', { name: 'History' }).click();
  await expect(panel.getByRole('button', { name: /^Price/ })).toBeVisible();
});

test('the palette acts on the grid, and the view is exported as it is seen', async ({ launch, userData }) => {
  const file = join(userData, 'view.csv');
  const { page } = await launch({ env: { QUAYSIDE_SAVE_FILE: file } });
  const listings = new ListingsPage(page);
  await listings.open();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('calculate');
  await page.keyboard.press('Enter');
  await expect(listings.panel('Change many rows')).toBeVisible();
  await page.keyboard.press('Escape');

  await listings.search.fill('teapot');
  await expect(listings.count).not.toHaveText('520 rows');
  const rows = Number((await listings.count.innerText()).split(' ')[0]);
  await listings.screen.getByRole('button', { name: 'Export CSV' }).click();
  await expect(listings.toast(`${rows} rows written to`)).toBeVisible();
  const lines = readFileSync(file, 'utf8').trim().split('\r\n');
  expect(lines.filter((line) => line.includes('Teapot'))).toHaveLength(rows);
});

test('nothing matches: the empty grid says so and clears the filters', async ({ workstation }) => {
  const { page } = workstation;
  const listings = new ListingsPage(page);
  await listings.open();
  await listings.search.fill('there is no such thing');
  await expect(page.getByText('No row matches')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(listings.count).toHaveText('520 rows');
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious on the listings with panels open, ${theme}`, async ({ workstation }) => {
    const { page } = workstation;
    await page.evaluate(
      (value) =>
        (
          window as unknown as { quayside: { setSettings(patch: unknown): Promise<unknown> } }
        ).quayside.setSettings({
          theme: value,
        }),
      theme,
    );
    await page.reload();
    const listings = new ListingsPage(page);
    await listings.open();
    await listings.type(0, 'price', '9.99');
    await expect(listings.cell(0, 'price')).toContainText('9.99');
    await listings.withoutTooltips();
    expect(await accessibilityFindings(page)).toEqual([]);
    await listings.cell(0, 'price').click();
    await page.keyboard.press('Alt+Enter');
    await expect(listings.panel(await listings.text(0, 'title'))).toBeVisible();
    await listings.withoutTooltips();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Control+Shift+E');
    await listings.panel('Change many rows').getByRole('textbox', { name: 'Expression' }).fill('price * 2');
    await expect(page.getByRole('button', { name: 'Change 1 cell' })).toBeEnabled();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
}
