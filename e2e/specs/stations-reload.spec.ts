import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

test('a station that has just been opened is there again after a new look, a new language and a reload', async ({
  workstation: { page },
}) => {
  const orders = new OrdersPage(page);
  await new ShellPage(page).open('Orders');
  await orders.rows.first().click();
  await page.keyboard.press('p');
  await expect(orders.station('Pick').box).toBeVisible();
  await page.evaluate(() =>
    (
      window as unknown as { quayside: { setSettings(patch: unknown): Promise<unknown> } }
    ).quayside.setSettings({ theme: 'contrast', locale: 'de' }),
  );
  await page.reload();
  const station = page.getByRole('dialog', { name: 'Picken', exact: true });
  await expect(station.getByText('Ersten Artikel scannen')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(station.getByRole('status')).toContainText('gepickt');
});
