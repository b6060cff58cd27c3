import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

interface Row {
  readonly orderId: string;
  readonly number: string;
  readonly customerName: string;
}

test('the queue is walked, searched, marked and undone by keyboard', async ({ workstation }) => {
  const { page } = workstation;
  const orders = new OrdersPage(page);
  const shell = new ShellPage(page);
  await shell.open('Orders');
  await expect(orders.tab('Shipped')).toContainText(/[1-9]/);
  await expect(orders.rows.first()).toContainText('Late');
  const todo = await orders.count('To do');
  expect(todo).toBe(await orders.count('Ready'));

  // Down, choose three by Shift, and the buttons say so.
  await orders.list.focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(orders.screen.getByRole('button', { name: 'Pick 3 orders' })).toBeVisible();
  await expect(shell.status.getByText('3 orders selected')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(orders.screen.getByRole('button', { name: 'Pick 1 order' })).toBeVisible();

  // The panel shows one order and marks it.
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: /^Order \d+$/ });
  const number = (await panel.getByRole('heading', { level: 2 }).textContent())?.replace(/\D/g, '') ?? '';
  await panel.getByRole('button', { name: 'Mark as picked' }).click();
  await expect(panel.getByText('Picked', { exact: true })).toBeVisible();
  await expect(orders.tab('Picked')).toContainText('1');
  await shell.toast('Order marked as picked').getByRole('button', { name: 'Undo' }).click();
  await expect(panel.getByText('Ready', { exact: true })).toBeVisible();
  await expect(panel.getByText('A step was undone')).toBeVisible();
  await expect(orders.tab('Picked')).toContainText('0');

  // Found by its number and by a part of its buyer's name.
  const { rows } = await callEngine<{ rows: Row[] }>(page, 'orders.query', { text: number, limit: 1 });
  const buyer = rows[0]?.customerName ?? '';
  await orders.tab('All').click();
  await page.keyboard.press('/');
  await orders.search.fill(number);
  await expect(orders.rows).toHaveCount(1);
  await expect(orders.rows.first()).toContainText(buyer);
  await orders.search.fill(buyer.slice(1));
  await expect(orders.row(number)).toBeVisible();
  await orders.search.fill('no such order');
  await expect(page.getByText('No order fits “no such order”')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(orders.search).toHaveValue('');
});

test('pick lists and packing slips are papers in both languages', async ({ launch, userData }) => {
  const folder = join(userData, 'paper');
  const { page } = await launch({ env: { QUAYSIDE_PRINT_DIR: folder } });
  const orders = new OrdersPage(page);
  await new ShellPage(page).open('Orders');
  await expect(orders.rows.first()).toBeVisible();
  await orders.list.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('l');
  const list = orders.dialog('Pick list for 3 orders');
  await expect(list.getByText(/^3 orders · \d+ items · \d+ units/)).toBeVisible();
  await list.getByText('Deutsch', { exact: true }).click();
  await expect(list.getByText(/^3 Bestellungen · \d+ Artikel · \d+ Stück/)).toBeVisible();
  await list.getByRole('button', { name: 'Save as PDF' }).click();
  const saved = page.getByRole('alert').filter({ hasText: 'Saved as' });
  await expect(saved).toContainText('Pickliste');
  await list.getByRole('button', { name: 'Close' }).click();

  await orders.list.focus();
  await page.keyboard.press('d');
  const slips = orders.dialog('3 packing slips');
  await expect(slips.getByRole('heading', { name: 'Packing slip', exact: true })).toHaveCount(3);
  await slips.getByRole('button', { name: 'Save as PDF' }).click();
  const title = await slips.getByRole('region').getAttribute('aria-label');
  const file = join(folder, `${title?.replace('+', '-')}.pdf`);
  await expect.poll(() => existsSync(file)).toBe(true);
  // One sheet an order: nobody gets a stranger's address into the parcel.
  expect(readFileSync(file, 'latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(3);
});

test('a list of tracking numbers ships many orders at once, and is taken back at once', async ({
  workstation,
}) => {
  const { page } = workstation;
  const orders = new OrdersPage(page);
  const shell = new ShellPage(page);
  await shell.open('Orders');
  await expect(orders.tab('Shipped')).toContainText(/[1-9]/);
  const before = await orders.count('To do');
  const shipped = await orders.count('Shipped');
  const { rows } = await callEngine<{ rows: Row[] }>(page, 'orders.query', { states: ['ready'], limit: 5 });
  const text = [
    'Order,Tracking,Carrier',
    ...rows.map((row, index) => `${row.number},T-${index},DHL`),
    '999999,T-9',
  ];
  // Paused, so that nothing leaves before it is taken back.
  const { accounts } = await callEngine<{ accounts: { accountId: string }[] }>(page, 'channels.list', {});
  await callEngine(page, 'channels.update', { accountId: accounts[0]?.accountId, paused: true });

  await page.keyboard.press('Control+Shift+L');
  const dialog = orders.dialog('Ship from a list');
  await dialog.getByRole('textbox', { name: /List of orders/ }).fill(text.join('\n'));
  await expect(dialog.getByText('Nothing can be shipped, 6 lines cannot')).toBeVisible();
  await expect(dialog.getByRole('row', { name: /999999/ })).toContainText('No order has this number');
  await expect(dialog.getByRole('row', { name: new RegExp(rows[0]?.number ?? '') })).toContainText(
    'Not packed yet',
  );
  await dialog.getByRole('checkbox').check();
  await expect(
    dialog.getByText('5 orders can be shipped, 5 of them picked and packed along the way, 1 line cannot'),
  ).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Ship 5 orders' }).click();
  const toast = shell.toast('5 orders shipped, 1 line left out');
  await expect(toast).toBeVisible();
  await expect.poll(() => orders.count('To do')).toBe(before - 5);
  await expect.poll(() => orders.count('Shipped')).toBe(shipped + 5);
  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => orders.count('To do')).toBe(before);
  await expect.poll(() => orders.count('Ready')).toBe(before);
});

for (const theme of ['light', 'dark'] as const) {
  test(`orders have no serious accessibility findings, ${theme}, also at 200 % and in German`, async ({
    workstation,
  }) => {
    const { page } = workstation;
    const orders = new OrdersPage(page);
    const shell = new ShellPage(page);
    await workstation.resize(1280, 800);
    const set = async (patch: object): Promise<void> => {
      await page.evaluate(
        (value) =>
          (
            window as unknown as { quayside: { setSettings(patch: unknown): Promise<unknown> } }
          ).quayside.setSettings(value),
        patch,
      );
      await page.reload();
    };
    await set({ theme });
    await shell.open('Orders');
    await expect(orders.rows.first()).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
    await orders.list.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Ship to' })).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
    await workstation.screenshot(`orders-${theme}`);
    await page.keyboard.press('d');
    await expect(
      orders.dialog('Packing slip').getByRole('heading', { name: 'Packing slip' }).last(),
    ).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await set({ locale: 'de', zoom: 2 });
    await expect(orders.rows.first()).toContainText('zu spät');
    await page.waitForFunction(() => window.innerWidth <= 640);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBe(0);
    await workstation.screenshot(`orders-${theme}-de-200`);
  });
}
