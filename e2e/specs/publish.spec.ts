import type { Page } from '@playwright/test';
import {
  startWooCommerceSimulator,
  type WooCommerceSimulator,
} from '../../main/simulator/woocommerce/start.ts';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';
import { PublishPage } from '../screens/publish.ts';

test.use({ appArgs: [] });

let shop: WooCommerceSimulator;
test.beforeEach(async () => {
  shop = await startWooCommerceSimulator({ listings: 24, orders: 0, seed: 11 });
});
test.afterEach(() => shop.close());

/** Connects the shop of this test and reads it. */
async function connect(page: Page): Promise<ListingsPage> {
  await callEngine(page, 'channels.add', {
    platform: 'woocommerce',
    name: 'Quay Nine',
    baseUrl: shop.url,
    credentials: shop.credentials,
  });
  await callEngine(page, 'sync.pull', {});
  const listings = new ListingsPage(page);
  await listings.open();
  return listings;
}

/** Somebody changes a price in the shop itself. */
function changeInShop(sku: string, regularPrice: string): void {
  shop.store.touch(rowOf(sku), { regularPrice });
}

function rowOf(sku: string): NonNullable<ReturnType<typeof shop.store.sellable>> {
  const row = shop.store.sellable(shop.store.skuOwner(sku) ?? -1);
  if (!row) throw new Error(`The shop has no ${sku}`);
  return row;
}

function priceInShop(sku: string): string | undefined {
  return shop.store.sellable(shop.store.skuOwner(sku) ?? -1)?.regularPrice;
}

test('changes are reviewed by group, sent, read back and shown as verified', async ({ workstation }) => {
  const { app, page } = workstation;
  const listings = await connect(page);
  const publish = new PublishPage(page);
  const sku = await listings.text(0, 'sku');
  await listings.paste(app, 0, 'price', '61.00\n62.00\n63.00');
  await expect(listings.cell(2, 'price')).toContainText('63.00');
  await listings.type(0, 'title', 'A better title');
  await expect(listings.cell(0, 'title')).toContainText('A better title');

  await page.keyboard.press('Control+Shift+P');
  await expect(publish.button('Publish 4 changes')).toBeEnabled();
  await expect(publish.screen.getByText('Money at stake')).toBeVisible();
  await expect(publish.change(sku, 'Price')).toContainText('61.00');

  // One cell is discarded and taken back: four, three, four.
  await publish
    .change(sku, 'Price')
    .getByRole('button', { name: /^Discard/ })
    .click();
  await expect(publish.button('Publish 3 changes')).toBeVisible();
  await listings.toast('1 change discarded').getByRole('button', { name: 'Undo' }).click();
  await expect(publish.button('Publish 4 changes')).toBeVisible();

  // The group, then one chosen row, narrow what the button sends.
  await publish.group('Price').click();
  await expect(publish.button('Publish 3 changes')).toBeVisible();
  await publish.change(sku, 'Price').getByRole('checkbox').check();
  await publish.button('Publish 1 selected change').click();
  await expect(publish.outcome.getByText('1 change verified on the channel')).toBeVisible();
  expect(priceInShop(sku)).toBe('61.00');

  await publish.group('Everything').click();
  await publish.button('Publish 3 changes').click();
  await expect(publish.outcome.getByText('3 changes verified on the channel')).toBeVisible();
  await expect(publish.screen.getByText('Nothing to publish')).toBeVisible();
  await listings.open();
  await listings.cell(0, 'price').click();
  await expect(listings.screen.getByText('Verified', { exact: true }).first()).toBeVisible();
});

test('what the shop refuses keeps its reason, is corrected and goes again', async ({ workstation }) => {
  const { page } = workstation;
  const listings = await connect(page);
  const publish = new PublishPage(page);
  const [mine, other] = [await listings.text(0, 'sku'), await listings.text(1, 'sku')];
  // Taken in the shop since the last read: only the shop can know.
  shop.store.touch(rowOf(other), { sku: 'TAKEN-1' });
  await listings.type(0, 'sku', 'TAKEN-1');
  await expect(listings.cell(0, 'sku')).toContainText('TAKEN-1');
  await publish.open();
  await publish.button('Publish 1 change').click();
  await expect(publish.outcome.getByText('1 rejected')).toBeVisible();
  await expect(publish.screen.getByText('1 change was rejected')).toBeVisible();
  expect(shop.store.skuOwner(mine)).toBeDefined();

  await publish.screen.getByRole('button', { name: 'Correct' }).click();
  await expect(listings.cell(0, 'sku')).toContainText('TAKEN-1');
  await listings.type(0, 'sku', 'FREE-1');
  await expect(listings.cell(0, 'sku')).toContainText('FREE-1');
  await publish.open();
  await publish.button('Publish 1 change').click();
  await expect(publish.outcome.getByText('1 change verified on the channel')).toBeVisible();
  expect(shop.store.skuOwner('FREE-1')).toBeDefined();
});

test('without a line changes are released, wait with the reason, and leave on reconnect', async ({
  workstation,
}) => {
  const { page } = workstation;
  const listings = await connect(page);
  const publish = new PublishPage(page);
  const sku = await listings.text(0, 'sku');
  await listings.type(0, 'price', '65.00');
  await expect(listings.cell(0, 'price')).toContainText('65.00');
  const { port } = shop;
  await shop.close();
  await publish.open();
  await publish.button('Publish 1 change').click();
  await expect(publish.outcome.getByText('1 change waits for Quay Nine')).toBeVisible({ timeout: 30_000 });
  await expect(publish.outcome.getByText('Released; leaves on reconnect')).toBeVisible();
  await expect(publish.change(sku, 'Price')).toContainText('Sending');

  shop = await startWooCommerceSimulator({ listings: 24, orders: 0, seed: 11, port });
  await publish.button('Publish 1 change').click();
  await expect(publish.outcome.getByText('1 change verified on the channel')).toBeVisible({
    timeout: 30_000,
  });
  expect(priceInShop(sku)).toBe('65.00');
});

test('a cell that both sides changed is decided by key, with a value of one’s own, or alike', async ({
  workstation,
}) => {
  const { app, page } = workstation;
  const listings = await connect(page);
  const publish = new PublishPage(page);
  const skus = [await listings.text(0, 'sku'), await listings.text(1, 'sku'), await listings.text(2, 'sku')];
  await listings.paste(app, 0, 'price', '71.00\n72.00\n73.00');
  await expect(listings.cell(2, 'price')).toContainText('73.00');
  for (const [index, sku] of skus.entries()) changeInShop(sku, `8${index}.00`);
  await publish.open();
  await publish.button('Publish 3 changes').click();
  await expect(publish.outcome.getByText('3 conflicts: the channel changed too')).toBeVisible();
  await publish.outcome.getByRole('button', { name: 'Decide' }).click();

  const conflicts = page.getByRole('region', { name: 'Conflicts', exact: true });
  const card = conflicts.getByRole('region', { name: 'Conflict', exact: true });
  await expect(conflicts.getByText('3 cells changed on both sides')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  const sideOf = async (name: string): Promise<string> =>
    (await card.getByRole('region', { name, exact: true }).locator('p').last().innerText()).trim();

  const taken = await sideOf('On the channel');
  expect(['80.00', '81.00', '82.00']).toContain(taken);
  await page.keyboard.press('2');
  await expect(conflicts.getByText('2 cells changed on both sides')).toBeVisible();
  await page.keyboard.press('3');
  await card.getByRole('textbox', { name: 'My value' }).fill('77.77');
  await card.getByRole('button', { name: 'Use this value' }).click();
  await expect(conflicts.getByText('1 cell changed on both sides')).toBeVisible();
  const mine = await sideOf('Mine');
  await page.keyboard.press('1');
  await expect(conflicts.getByText('No conflicts')).toBeVisible();

  await publish.open();
  await publish.button('Publish 2 changes').click();
  await expect(publish.outcome.getByText('2 changes verified on the channel')).toBeVisible();
  expect(skus.map((sku) => priceInShop(sku) ?? '').sort()).toEqual([taken, '77.77', mine].sort());
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious while changes are reviewed and after they were sent, ${theme}`, async ({
    workstation,
  }) => {
    const { page } = workstation;
    await connect(page);
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
    const publish = new PublishPage(page);
    await listings.open();
    await listings.type(0, 'price', '66.00');
    await expect(listings.cell(0, 'price')).toContainText('66.00');
    await publish.open();
    await expect(publish.button('Publish 1 change')).toBeEnabled();
    expect(await accessibilityFindings(page)).toEqual([]);
    await publish.button('Publish 1 change').click();
    await expect(publish.outcome.getByText('1 change verified on the channel')).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
}
