import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

test('a wave is made, walked with a scanner, taken back by one scan and printed in the order of the walk', async ({
  workstation: { page },
}) => {
  const orders = new OrdersPage(page);
  await new ShellPage(page).open('Orders');
  await expect(orders.rows.first()).toBeVisible();
  await page.keyboard.press('w');
  const waves = orders.dialog('Pick waves');
  await expect(waves.getByText(/order by order it would be/)).toBeVisible();
  await waves.getByRole('button', { name: 'Make wave' }).click();
  const pick = waves.getByRole('button', { name: 'Pick round 1' });
  await expect(pick).toBeVisible();
  await waves.getByRole('button', { name: 'Paper' }).first().click();
  const sheet = orders.dialog('Pick list of round 1');
  await expect(sheet.getByRole('region')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await pick.click();

  const station = page.getByRole('dialog', { name: 'Pick round', exact: true });
  const said = station.getByRole('status');
  const totes = station.getByRole('list', { name: 'Totes' });
  await expect(totes.getByRole('listitem').first()).toBeVisible();
  const scan = async (code: string): Promise<void> => {
    await page.keyboard.type(code, { delay: 2 });
    await page.keyboard.press('Enter');
  };
  await scan('NO-SUCH-CODE');
  await expect(said).toContainText('NO-SUCH-CODE is not in this round');
  const progress = station.getByRole('progressbar');
  const units = async (): Promise<string> => (await progress.getAttribute('aria-label')) ?? '';
  await page.keyboard.press('Enter');
  await expect(said).toContainText('into tote');
  const sku = /^(.+) into tote/.exec((await said.textContent()) ?? '')?.[1] ?? '';
  await expect.poll(units).toMatch(/^1 of/);
  await page.keyboard.press('Backspace');
  await expect(said).toContainText('Last step taken back');
  await expect.poll(units).toMatch(/^0 of/);
  await scan(sku);
  await expect(said).toContainText(`${sku} into tote`);
  await expect.poll(units).toMatch(/^1 of/);
  await page.keyboard.press('Escape');
  await expect(waves.getByText(/^1 of \d+ picked/)).toBeVisible();
});
