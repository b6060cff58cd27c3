import { startAmazonSimulator, type AmazonSimulator } from '../../main/simulator/amazon/start.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';
import { PublishPage } from '../screens/publish.ts';

test.use({ appArgs: [] });

let shop: AmazonSimulator;
test.beforeEach(async () => {
  shop = await startAmazonSimulator({ listings: 24, orders: 4, seed: 11, reportMs: 0, throttles: false });
});
test.afterEach(() => shop.close());

test('Amazon is asked before anything is sent, and its market is read beside a listing', async ({
  workstation,
}) => {
  const { page } = workstation;
  const { credentials, url: baseUrl } = shop;
  await callEngine(page, 'channels.add', { platform: 'amazon', name: 'Quay', baseUrl, credentials });
  await callEngine(page, 'sync.pull', {});
  const listings = new ListingsPage(page);
  await listings.open();
  // Only Amazon knows that its limit is lower for these goods.
  shop.store.titleLimit = 10;
  await listings.type(0, 'title', 'Far too long a title');
  await listings.type(1, 'title', 'Mug');
  await expect(listings.cell(1, 'title')).toContainText('Mug');

  const publish = new PublishPage(page);
  await publish.open();
  await publish.button('Ask the channel').click();
  const answer = publish.screen.getByRole('region', { name: 'What the channel says' });
  await expect(answer.getByText('1 change would be taken')).toBeVisible();
  await expect(answer.getByText('1 change would be refused')).toBeVisible();
  await expect(publish.change('Far too long', 'Title')).toContainText('maximum length of 10');
  await expect(publish.button('Publish 2 changes')).toBeEnabled();
  expect(shop.store.sellable().every((row) => row.writes === 0)).toBe(true);

  await listings.open();
  await listings.cell(0, 'title').click();
  await page.keyboard.press('Alt+Enter');
  const panel = listings.panel(/.*/).last();
  await panel.getByRole('tab', { name: 'Market' }).click();
  await panel.getByRole('button', { name: 'Read now' }).click();
  await expect(panel.getByText('Price to be featured')).toBeVisible();
  await expect(panel.getByText('Country of Origin')).toBeVisible();
  await expect(panel.getByText('is required', { exact: true })).toBeVisible();
});
