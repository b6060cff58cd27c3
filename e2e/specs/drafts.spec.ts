import type { Result } from '../../shared/contract/methods.ts';
import { startAmazonSimulator, type AmazonSimulator } from '../../main/simulator/amazon/start.ts';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

let shop: AmazonSimulator;
test.beforeEach(async () => {
  shop = await startAmazonSimulator({ listings: 6, orders: 0, seed: 5, throttles: false });
});
test.afterEach(() => shop.close());

test('attributes are edited by the rules of their type, moved into a draft, reviewed and merged', async ({
  workstation,
}) => {
  const { page } = workstation;
  const { url: baseUrl, credentials } = shop;
  await callEngine(page, 'channels.add', { platform: 'amazon', name: 'Quay', baseUrl, credentials });
  await callEngine(page, 'sync.pull', {});
  const { rows } = await callEngine<Result<'listings.query'>>(page, 'listings.query', { limit: 10 });
  const listingIds = rows.map(({ listingId }) => listingId);
  await callEngine(page, 'market.read', { listingIds, kinds: ['fees'] });
  const shell = new ShellPage(page);
  await workstation.resize(1280, 800);
  const listings = new ListingsPage(page);
  await listings.open();
  await listings.cell(0, 'title').click();
  await page.keyboard.press('Alt+Enter');
  await page.getByRole('tab', { name: 'Market' }).click();
  await page.getByRole('checkbox', { name: /^Show all/ }).check();
  const origin = page.getByRole('combobox', { name: 'Country of Origin' });
  await origin.selectOption('PT');
  await page.getByRole('textbox', { name: 'Number of Items' }).fill('0');
  await page.getByRole('textbox', { name: 'Number of Items' }).press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'must be >= 1' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Number of Items' }).fill('4');
  await page.getByRole('textbox', { name: 'Number of Items' }).press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'must be >= 1' })).toHaveCount(0);
  await expect(origin).toHaveValue('PT');
  expect(await accessibilityFindings(page)).toEqual([]);

  await shell.open('Drafts');
  const screen = page.getByRole('region', { name: 'Drafts', exact: true });
  await screen.getByRole('textbox', { name: 'Name of the new draft' }).fill('Origin');
  await screen.getByRole('button', { name: 'New draft' }).click();
  await screen.getByRole('button', { name: 'Move waiting edits in here' }).click();
  await expect(screen.getByRole('row').filter({ hasText: 'Attributes of the product type' })).toBeVisible();
  await screen.getByRole('textbox', { name: 'Your name' }).fill('Ana');
  await screen.getByRole('button', { name: 'Ask for review' }).click();
  await screen.getByRole('textbox', { name: 'Your name' }).fill('Bo');
  await screen.getByRole('button', { name: 'Approve' }).click();
  await expect(screen.getByText(/^approved by Bo/)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await screen.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(screen.getByText('No drafts')).toBeVisible();
});
