import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import type { QuaysideBridge, SettingsPatch } from '#shared/contract/bridge.ts';
import { startWooCommerceSimulator } from '../main/simulator/woocommerce/start.ts';
import { expect, test, type Workstation } from './fixtures/workstation.ts';
import { ImportScreenPage } from './screens/import.ts';
import { ShellPage } from './screens/shell.ts';

/**
 * The main journey in the real window, one picture a station. The pictures are
 * those of the guides; a station that no longer works fails the tour.
 */
const SIZE = { width: 1280, height: 800 };

/** Saves a picture without tooltips of whatever the mouse rests on and without toasts of the step before. */
async function picture(workstation: Workstation, name: string): Promise<void> {
  const { page } = workstation;
  const toasts = page.locator('.mantine-Notification-closeButton');
  while ((await toasts.count()) > 0)
    await toasts
      .first()
      .click({ timeout: 2_000 })
      .catch(() => undefined);
  await page.mouse.move(SIZE.width / 2, SIZE.height - 10);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  await workstation.screenshot(name);
}

async function set(page: Page, patch: SettingsPatch): Promise<void> {
  await page.evaluate(
    (value) => (window as unknown as { quayside: QuaysideBridge }).quayside.setSettings(value),
    patch,
  );
  await page.reload();
}

test('a first run offers the sample store, a channel and a file', async ({ launch }) => {
  const workstation = await launch({ args: [] });
  await workstation.resize(SIZE.width, SIZE.height);
  await expect(workstation.page.getByRole('button', { name: 'Open the sample store' })).toBeVisible();
  await picture(workstation, 'onboarding');
});

test('from Today to a verified change and a shipped order', async ({ launch, userData }) => {
  const prints = join(userData, 'prints');
  const workstation = await launch({
    env: {
      QUAYSIDE_PICK_FILE: resolve('resources/samples/woocommerce-products.csv'),
      QUAYSIDE_PRINT_DIR: prints,
    },
  });
  const { page } = workstation;
  const shell = new ShellPage(page);
  await workstation.resize(SIZE.width, SIZE.height);

  await test.step('today', async () => {
    await shell.open('Today');
    await expect(page.getByText(/orders are late/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Show late orders' })).toBeVisible();
    await picture(workstation, 'today');
  });

  await test.step('listings: edit cells, calculate many with a preview', async () => {
    await shell.open('Listings');
    const price = (row: number) => page.locator(`[row-index="${row}"] [col-id="price"]`);
    await price(0).click();
    await page.keyboard.type('64.90');
    await page.keyboard.press('Enter');
    await expect(price(0)).toContainText('64.90');
    await price(2).click();
    await price(9).click({ modifiers: ['Shift'] });
    await expect(shell.status).toContainText('8 rows');
    await picture(workstation, 'listings');

    await page.keyboard.press('Control+Shift+E');
    const panel = page.getByRole('complementary').filter({ hasText: 'Change many rows' });
    await panel.getByRole('textbox', { name: 'Expression' }).fill('price * 1.1');
    await panel.getByRole('combobox', { name: 'Round to' }).click();
    await page.getByRole('option', { name: 'Prices ending in .99' }).click();
    await expect(panel.getByRole('button', { name: 'Change 8 cells' })).toBeEnabled();
    await picture(workstation, 'bulk-preview');
    await panel.getByRole('button', { name: 'Change 8 cells' }).click();
    await expect(panel).toHaveCount(0);
  });

  await test.step('publish: review, send, verified', async () => {
    await shell.open('Publish');
    const publish = page.getByRole('button', { name: 'Publish 9 changes' });
    await expect(publish).toBeEnabled();
    await picture(workstation, 'publish');
    await publish.click();
    await expect(page.getByText('9 changes verified on the channel')).toBeVisible({ timeout: 30_000 });
    await picture(workstation, 'publish-verified');
  });

  await test.step('orders: pick, pack, ship, packing slip', async () => {
    await shell.open('Orders');
    const list = page.getByRole('grid', { name: 'Orders' });
    await expect(list.getByRole('row').nth(5)).toBeVisible();
    await picture(workstation, 'orders');

    await page.getByRole('button', { name: 'Pick 1 order' }).click();
    const pick = page.getByRole('dialog', { name: 'Pick' });
    await expect(pick.getByText('to pick', { exact: true })).toBeVisible();
    await picture(workstation, 'pick');
    await takeEverything(pick, /^(Everything is picked|All done)$/);
    await page.keyboard.press('Escape');
    await expect(pick).toHaveCount(0);

    await page.getByRole('button', { name: 'Pack 1 order' }).click();
    const pack = page.getByRole('dialog', { name: 'Pack' });
    await expect(pack.getByText('to pack', { exact: true })).toBeVisible();
    await picture(workstation, 'pack');
    await takeEverything(pack, /in the box$/);
    await pack.getByRole('textbox', { name: 'Tracking number' }).fill('00340434161094042557');
    await picture(workstation, 'ship');
    await pack.getByRole('button', { name: 'Ship', exact: true }).click();
    await pack.getByRole('button', { name: 'Packing slip' }).click();
    await expect(page.getByRole('region', { name: /^Packing slip/ })).toBeVisible();
    await picture(workstation, 'packing-slip');
    await page.getByRole('button', { name: 'Save as PDF' }).click();
    await expect(shell.toast(/Saved as .*\.pdf/)).toBeVisible();
    expect(existsSync(prints) && readdirSync(prints).some((name) => name.endsWith('.pdf'))).toBe(true);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(pack).toHaveCount(0);
  });

  await test.step('import: what a file would do', async () => {
    const screen = new ImportScreenPage(page);
    await screen.open();
    await screen.choose();
    await expect(screen.count('New')).toHaveText('4');
    await picture(workstation, 'import-preview');
  });

  await test.step('channels, history, jobs, settings', async () => {
    await shell.open('Channels');
    await expect(page.getByText('Harbour & Home').first()).toBeVisible();
    await picture(workstation, 'channels');
    await shell.open('History');
    await expect(page.getByText(/Calculate|price/i).first()).toBeVisible();
    await picture(workstation, 'history');
    await shell.open('Settings');
    await picture(workstation, 'settings');
  });

  await test.step('palette, dark, German', async () => {
    await shell.open('Listings');
    await shell.command('TPT');
    await expect(shell.palette.getByText(/TPT-/).first()).toBeVisible();
    await picture(workstation, 'palette');
    await page.keyboard.press('Escape');
    await set(page, { theme: 'dark' });
    await shell.open('Listings');
    await expect(page.locator('[row-index="3"] [col-id="title"]')).not.toBeEmpty();
    await picture(workstation, 'listings-dark');
    await set(page, { theme: 'light', locale: 'de' });
    await expect(page.getByRole('button', { name: /^Heute/ })).toBeVisible();
    await page.getByRole('button', { name: /^Heute/ }).click();
    await expect(page.getByText(/überfällig|zu spät|verspätet/).first()).toBeVisible();
    await picture(workstation, 'today-german');
  });
});

test('both sides changed a price: a person decides', async ({ launch }) => {
  const shop = await startWooCommerceSimulator({ listings: 40, orders: 5, seed: 7 });
  try {
    const workstation = await launch({ args: [] });
    const { page } = workstation;
    const shell = new ShellPage(page);
    await workstation.resize(SIZE.width, SIZE.height);
    await shell.open('Channels');
    await page.getByRole('button', { name: 'Connect a channel' }).click();
    const panel = page.getByRole('complementary', { name: 'Connect a shop' });
    await panel.getByRole('textbox', { name: 'Shop address' }).fill(shop.url);
    await panel.getByRole('textbox', { name: 'Name in Quayside' }).fill('Quay Nine');
    await panel.getByRole('textbox', { name: 'Consumer key' }).fill(shop.credentials.consumerKey);
    await panel.getByRole('textbox', { name: 'Consumer secret' }).fill(shop.credentials.consumerSecret);
    await picture(workstation, 'connect');
    await panel.getByRole('button', { name: 'Test and connect' }).click();
    await expect(page.getByRole('button', { name: 'Listings 40' })).toBeVisible();

    const product = [...shop.store.products.values()].find(({ type }) => type === 'simple');
    if (product === undefined) throw new Error('the simulated shop has no simple product');
    await shell.open('Listings');
    await page.keyboard.press('/');
    await page.keyboard.type(product.sku);
    await expect(page.locator('[row-index="0"] [col-id="sku"]')).toHaveText(product.sku);
    await page.locator('[row-index="0"] [col-id="price"]').click();
    await page.keyboard.type('19.90');
    await page.keyboard.press('Enter');
    await expect(shell.status).toContainText('1 to publish');

    shop.store.touch(product, { regularPrice: '24.50' });
    await shell.open('Channels');
    await page.getByRole('button', { name: 'Read now' }).click();
    await expect(shell.toast(/^Quay Nine: /)).toBeVisible();
    await shell.open('Conflicts');
    await expect(page.getByRole('button', { name: 'Keep mine' })).toBeVisible();
    await picture(workstation, 'conflict');
  } finally {
    await shop.close();
  }
});

/** Takes line after line by hand until the station says that the order is done. */
async function takeEverything(station: Locator, done: RegExp): Promise<void> {
  const end = station.getByText(done).first();
  const left = station.getByText(/^to (pick|pack)$/).first();
  for (;;) {
    await expect(end.or(left).first()).toBeVisible();
    if (await end.isVisible()) return;
    const before = await station.innerText();
    await station.press('Shift+Enter');
    await expect.poll(() => station.innerText()).not.toBe(before);
  }
}
