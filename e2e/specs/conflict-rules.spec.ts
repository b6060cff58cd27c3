import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../main/simulator/woocommerce/start.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';

test.use({ appArgs: [] });

let shop: WooCommerceSimulator;
test.beforeEach(async () => {
  shop = await startWooCommerceSimulator({ listings: 12, orders: 0, seed: 11 });
});
test.afterEach(() => shop.close());

test('a SKU is paused, an edit is scheduled, and a conflict becomes a rule', async ({ workstation }) => {
  const { page } = workstation;
  const { url: baseUrl, credentials } = shop;
  const account = { platform: 'woocommerce', name: 'Quay Nine', baseUrl, credentials };
  await callEngine(page, 'channels.add', account);
  await callEngine(page, 'sync.pull', {});
  const listings = new ListingsPage(page);
  await listings.open();
  const sku = await listings.text(0, 'sku');
  await listings.type(0, 'price', '61.00');
  await expect(listings.cell(0, 'price')).toContainText('61.00');

  await page.keyboard.press('Control+Shift+P');
  const screen = page.getByRole('region', { name: 'Publish' });
  await screen.getByText('Paused', { exact: true }).click();
  await screen.getByRole('textbox', { name: 'SKU' }).fill(sku);
  await screen.getByRole('textbox', { name: 'Reason (optional)' }).fill('new photo');
  await screen.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(screen.getByRole('listitem').filter({ hasText: sku })).toContainText('new photo');
  await screen.getByRole('button', { name: `Resume ${sku}` }).click();
  await expect(screen.getByText('Nothing is paused')).toBeVisible();

  await screen.getByText('Changes', { exact: true }).click();
  await screen.getByRole('button', { name: 'Schedule…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Schedule changes' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Black Friday');
  await dialog.getByRole('button', { name: 'Save' }).click();
  const line = screen.getByRole('listitem', { name: 'Black Friday' });
  await expect(line).toContainText('1 cell will change');
  await line.getByRole('button', { name: 'Back to the queue' }).click();
  await expect(line).toContainText('Dropped before it began');

  // Somebody changes the price in the shop as well.
  const row = shop.store.sellable(shop.store.skuOwner(sku) ?? -1);
  if (!row) throw new Error(`The shop has no ${sku}`);
  shop.store.touch(row, { regularPrice: '77.00' });
  await callEngine(page, 'sync.pull', { full: true });
  await page.getByRole('button', { name: /^Conflicts/ }).click();
  const conflicts = page.getByRole('region', { name: 'Conflicts' });
  await conflicts.getByRole('button', { name: /^Apply as rule/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save rule' }).click();
  await expect(conflicts.getByText('No conflicts')).toBeVisible();
  await conflicts.getByRole('button', { name: 'Rules' }).click();
  const rules = page.getByRole('complementary', { name: 'Rules' });
  await expect(rules.getByText('Price: take the channel’s')).toBeVisible();
  await rules.getByRole('button', { name: 'Remove rule' }).click();
  await expect(rules.getByText('No rules')).toBeVisible();
  await listings.open();
  await expect(listings.cell(0, 'price')).toContainText('77.00');
});
