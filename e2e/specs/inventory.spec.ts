import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { InventoryPage } from '../screens/inventory.ts';
import { ShellPage } from '../screens/shell.ts';

test('opening stock, an adjusted cell, its undo, a blind count and the ledger', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const stock = new InventoryPage(page);
  await workstation.resize(1280, 800);
  await shell.open('Inventory');
  await expect(stock.screen.getByText('No stock in the ledger yet')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await stock
    .button(/^Take opening stock from/)
    .first()
    .click();
  await expect(shell.toast(/^Opening stock taken: \d+ items/)).toBeVisible();

  // A cell asks for its reason once and posts the difference.
  await expect(stock.cell(0, 'sku')).not.toBeEmpty();
  const sku = (await stock.cell(0, 'sku').innerText()).trim();
  const before = await stock.number(stock.place(0));
  await stock.place(0).click();
  await page.keyboard.type(String(before + 3));
  await page.keyboard.press('Enter');
  const why = page.getByRole('dialog', { name: /^Why does the stock change/ });
  await why.getByRole('textbox', { name: 'Note' }).fill('found behind the shelf');
  expect(await accessibilityFindings(page)).toEqual([]);
  await why.getByRole('button', { name: 'Adjust' }).click();
  await expect(why).toHaveCount(0);
  await expect(stock.place(0)).toHaveText(String(before + 3));

  // Undo posts the opposite; both stand in the ledger of the cell.
  await stock.place(0).click();
  await page.keyboard.press('Control+z');
  await expect(stock.place(0)).toHaveText(String(before));
  await stock.place(0).click();
  await page.keyboard.press('Alt+Enter');
  const ledger = stock.panel(`${sku} at Main`);
  const movements = ledger.getByRole('table', { name: 'Movements' }).getByRole('row');
  await expect(movements).toHaveCount(before === 0 ? 3 : 4);
  await expect(movements.nth(1)).toContainText('Taken back');
  await expect(movements.nth(2)).toContainText('found behind the shelf');
  await expect(movements.nth(2)).toContainText('+3');
  expect(await accessibilityFindings(page)).toEqual([]);
  await ledger.getByRole('button', { name: 'Close' }).click();

  // A blind count says how right the ledger was and posts what it found.
  await stock.button('Count').click();
  const count = stock.panel('Count');
  await count.getByText('Listed items').click();
  await count.getByRole('textbox', { name: 'SKUs or barcodes' }).fill(sku);
  await count.getByRole('button', { name: 'Start counting' }).click();
  await count.getByRole('textbox', { name: 'SKU or barcode', exact: true }).fill('no such thing');
  await count.getByRole('button', { name: 'Enter' }).click();
  await expect(count.getByText('No item or listing has the SKU or barcode')).toBeVisible();
  await count.getByRole('textbox', { name: 'SKU or barcode', exact: true }).fill(sku);
  await count.getByRole('textbox', { name: 'Counted' }).fill(String(before + 1));
  await count.getByRole('button', { name: 'Enter' }).click();
  await expect(count.getByRole('columnheader', { name: 'Expected' })).toHaveCount(0);
  await expect(count.getByRole('row').nth(1)).toContainText(String(before + 1));
  expect(await accessibilityFindings(page)).toEqual([]);
  await count.getByRole('button', { name: 'Finish count', exact: true }).click();
  await expect(shell.toast('Count finished: 0% of 1 place right, 1 too many, 0 missing')).toBeVisible();
  await expect(stock.place(0)).toHaveText(String(before + 1));

  // Goods come into a bin, and the whole ledger still adds up.
  await stock.place(0).click();
  await stock.button('Receive').click();
  const receive = stock.panel('Receive');
  await expect(receive.getByRole('textbox', { name: 'SKU or barcode' })).toHaveValue(sku);
  await receive.getByRole('textbox', { name: 'Units' }).fill('4');
  await receive.getByRole('textbox', { name: 'Bin' }).fill('A-01');
  await receive.getByRole('button', { name: 'Add', exact: true }).click();
  await receive.getByRole('button', { name: 'Book in 4 units' }).click();
  await expect(stock.place(0)).toHaveText(String(before + 5));
  await receive.getByRole('button', { name: 'Close' }).click();
  await stock.button('Check the ledger').click();
  await expect(shell.toast(/^The ledger is sound/)).toBeVisible();

  // What the channels would show is one edit that waits to be published.
  await stock.button('Allocate').click();
  const channels = stock.panel('Allocate');
  await expect(
    channels.getByRole('table', { name: 'Quantities to show' }).getByRole('row').nth(1),
  ).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await channels.getByRole('button', { name: /^Write \d+ quantit/ }).click();
  await expect(shell.toast(/written.*publish to send/)).toBeVisible();
  await expect(channels.getByText('All listings show what the rules say.')).toBeVisible();
  await channels.getByRole('button', { name: 'Close' }).click();
  await stock.chip('Negative').click();
  await expect(stock.chip('Negative')).toHaveAttribute('aria-pressed', 'true');
});
