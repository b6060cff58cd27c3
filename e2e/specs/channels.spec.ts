import { startWooCommerceSimulator } from '../../main/simulator/woocommerce/start.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

test('a shop is connected, lost, found again, paused, re-keyed and removed', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const shop = await startWooCommerceSimulator({ listings: 30, orders: 5, seed: 7 });
  try {
    await shell.open('Channels');
    await page.getByRole('button', { name: 'Connect a channel' }).click();
    const panel = page.getByRole('complementary', { name: 'Connect a shop' });
    await panel.getByRole('textbox', { name: 'Shop address' }).fill(shop.url);
    await panel.getByRole('textbox', { name: 'Name in Quayside' }).fill('Quay Nine');
    await panel.getByRole('textbox', { name: 'Consumer key' }).fill(shop.credentials.consumerKey);
    await panel.getByRole('textbox', { name: 'Consumer secret' }).fill('cs_wrong');
    await panel.getByRole('button', { name: 'Test and connect' }).click();
    await expect(panel.getByRole('alert')).toContainText('The shop does not accept the keys');

    // Corrected in place: still one account.
    await panel.getByRole('textbox', { name: 'Consumer secret' }).fill(shop.credentials.consumerSecret);
    await panel.getByRole('button', { name: 'Test and connect' }).click();
    await expect(shell.toast('Quay Nine is connected')).toBeVisible();
    const cards = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Listings' });
    await expect(cards).toHaveCount(1);
    await expect(cards.getByRole('button', { name: 'Listings 30' })).toBeVisible();
    await expect(cards.getByText('Active')).toBeVisible();
    await expect(shell.status.getByText('Online')).toBeVisible();

    shop.faults.sometimes([]);
    await shop.close();
    await cards.getByRole('button', { name: 'Test' }).click();
    await expect(cards.getByRole('alert')).toContainText('The shop cannot be reached');
    await expect(cards.getByText('Not reachable')).toBeVisible();
    await expect(shell.status.getByText('Offline', { exact: true })).toBeVisible();

    const menu = page.getByRole('button', { name: 'More for Quay Nine' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await expect(cards.getByText('Nothing is read or sent.')).toBeVisible();
    const back = await startWooCommerceSimulator({ listings: 30, orders: 5, seed: 7, port: shop.port });
    try {
      await cards.getByRole('button', { name: 'Resume' }).click();
      await cards.getByRole('button', { name: 'Test' }).click();
      await expect(shell.toast('Quay Nine answers and accepts the keys')).toBeVisible();
      await expect(cards.getByText('Active')).toBeVisible();
      await expect(shell.status.getByText('Online')).toBeVisible();

      await menu.click();
      await page.getByRole('menuitem', { name: 'Name, address, zone' }).click();
      await page.getByRole('textbox', { name: 'Name in Quayside' }).fill('Quay Ten');
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByRole('heading', { name: 'Quay Ten' })).toBeVisible();
    } finally {
      await back.close();
    }

    await page.getByRole('button', { name: 'More for Quay Ten' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).click();
    await expect(page.getByText('30 listings are no longer shown here.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove Quay Ten' }).click();
    await expect(page.getByText('No channel yet')).toBeVisible();
  } finally {
    await shop.close();
  }
});
