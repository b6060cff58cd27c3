import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { InventoryPage } from '../screens/inventory.ts';
import { PurchasingPage } from '../screens/purchasing.ts';
import { ShellPage } from '../screens/shell.ts';

test('a supplier, an order, a part of it received, seen in the stock, and taken back', async ({
  workstation,
}) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const buying = new PurchasingPage(page);
  const stock = new InventoryPage(page);
  await workstation.resize(1280, 800);

  await shell.open('Inventory');
  await stock
    .button(/^Take opening stock from/)
    .first()
    .click();
  await expect(stock.cell(0, 'sku')).not.toBeEmpty();
  const sku = (await stock.cell(0, 'sku').innerText()).trim();
  const before = await stock.number(stock.place(0));

  await shell.open('Purchasing');
  await expect(page.getByText('No suppliers yet')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.getByRole('main').getByRole('button', { name: 'New supplier' }).click();
  const fresh = buying.panel('New supplier');
  await fresh.getByRole('textbox', { name: 'Name' }).fill('Nordholz GmbH');
  await fresh.getByRole('textbox', { name: 'Promised days' }).fill('10');
  await fresh.getByRole('button', { name: 'Add supplier' }).click();
  const supplier = buying.panel('Nordholz GmbH');
  await supplier.getByRole('textbox', { name: 'SKU or barcode' }).fill(sku);
  await supplier.getByRole('textbox', { name: 'Pack' }).fill('6');
  await supplier.getByRole('textbox', { name: 'Prices' }).fill('1: 2.00; 100: 1,80');
  await supplier.getByRole('button', { name: 'Save item' }).click();
  await expect(supplier.getByRole('table', { name: 'Items and prices' })).toContainText(sku);
  expect(await accessibilityFindings(page)).toEqual([]);

  // A quantity is raised to whole packs and priced by the break that it reaches.
  await page.getByRole('main').getByText('Orders', { exact: true }).click();
  await buying.button('New order').first().click();
  await buying.panel('New order').getByRole('button', { name: 'Draft order' }).click();
  await expect(page.getByText('No lines yet')).toBeVisible();
  await page
    .getByRole('combobox', { name: 'SKU or barcode' })
    .or(page.getByRole('textbox', { name: 'SKU or barcode' }))
    .fill(sku);
  await page.getByRole('textbox', { name: 'Quantity' }).fill('10');
  await buying.button('Add line').click();
  await expect(buying.cell(0, 'quantity')).toHaveText('12');
  await expect(buying.cell(0, 'price')).toContainText('2.00');
  await buying.cell(0, 'quantity').click();
  await page.keyboard.type('100');
  await page.keyboard.press('Enter');
  await expect(buying.cell(0, 'quantity')).toHaveText('102');
  await expect(buying.cell(0, 'price')).toContainText('1.80');
  await buying.button('Send').click();
  await buying.panel('Send').getByRole('button', { name: 'Mark PO-0001 as sent' }).click();
  await buying.button('Receive').click();
  const delivery = buying.panel('Receive');
  await delivery.getByRole('textbox', { name: `Units of ${sku}` }).fill('40');
  await delivery.getByRole('textbox', { name: /^Freight/ }).fill('12,50');
  expect(await accessibilityFindings(page)).toEqual([]);
  await delivery.getByRole('button', { name: 'Receive 40 units' }).click();
  await expect(page.getByText('Partly received').first()).toBeVisible();
  await expect(buying.cell(0, 'open')).toHaveText('62');

  // The stock has them, and says what is still to come.
  await shell.open('Inventory');
  await expect(stock.place(0)).toHaveText(String(before + 40));
  await expect(stock.cell(0, 'incoming')).toHaveText('62');
  await page.keyboard.press('Control+z');
  await expect(stock.place(0)).toHaveText(String(before));
  await expect(stock.cell(0, 'incoming')).toHaveText('102');

  // The rail leads back to the list, whatever was open.
  await shell.open('Purchasing');
  await buying.button('PO-0001').click();
  await expect(buying.cell(0, 'received')).toHaveText('0');
  await shell.open('Purchasing');
  await expect(buying.button('PO-0001')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
});
