import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { InventoryPage } from '../screens/inventory.ts';
import { ShellPage } from '../screens/shell.ts';

test('forecast, reorder reasons, a cycle count and the differences to the channels', async ({
  workstation,
}) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const stock = new InventoryPage(page);
  const view = (name: string) =>
    stock.screen
      .getByRole('radiogroup', { name: 'Views of the inventory' })
      .getByText(name, { exact: true })
      .click();
  await workstation.resize(1280, 800);
  await shell.open('Inventory');
  await stock
    .button(/^Take opening stock from/)
    .first()
    .click();
  await expect(shell.toast(/^Opening stock taken/)).toBeVisible();

  // A forecast runs in a thread beside the engine; every quantity has its reasons.
  await view('Reorder');
  await expect(stock.screen.getByRole('heading', { name: 'No forecast yet' })).toBeVisible();
  await stock.button('Forecast demand').first().click();
  await expect(shell.toast(/^\d+ SKUs forecast/)).toBeVisible();
  const proposals = stock.screen.getByRole('table').first();
  await stock.screen.getByRole('textbox', { name: 'Cover days' }).fill('120');
  await expect(proposals.getByRole('row').nth(1)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await proposals.getByRole('row').nth(1).getByRole('button').click();
  const demand = stock.panel(/^Demand of /);
  await expect(demand.getByRole('heading', { name: 'Why this quantity' })).toBeVisible();
  await expect(demand.getByText('Fill up to')).toBeVisible();
  await expect(demand.getByRole('heading', { name: 'Models' })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await demand.getByRole('button', { name: 'Close' }).click();

  // What to count today becomes a blind count with one press.
  await view('Counting');
  await stock.button(/^Count \d+ items$/).click();
  const count = stock.panel(/^Count$/);
  await expect(count.getByText(/^Cycle count of/)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await count.getByRole('button', { name: 'Close' }).click();
  await expect(stock.screen.getByRole('complementary', { name: 'Counts' })).toContainText('Cycle count of');

  // Shops that ship by themselves are followed since the opening.
  await view('Differences');
  const rules = stock.screen.getByRole('complementary', { name: 'Shipped by the shop' });
  await expect(rules.getByRole('switch', { checked: true }).first()).toBeVisible();
  await expect(rules).toContainText('Since');
  expect(await accessibilityFindings(page)).toEqual([]);
});
