import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { connectBenchShop, startBenchShop } from '../fixtures/bench-shop.ts';
import { scanAll } from '../fixtures/scanner.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

const times = (count: number, code: string): string[] => Array.from({ length: count }, () => code);

test('a whole shift without a network: 50 scans a second, a power cut, a slip, and one confirmation each', async ({
  launch,
  userData,
}) => {
  test.setTimeout(150_000);
  const env = { QUAYSIDE_PRINT_DIR: join(userData, 'paper') };
  const bench = await startBenchShop(userData);
  const [a, b, c] = bench.goods;
  if (!a || !b || !c) throw new Error('The shop sells too little');
  const large = bench.order([
    { goods: a, quantity: 60 },
    { goods: b, quantity: 3 },
  ]);
  const small = bench.order([{ goods: c, quantity: 2 }]);

  const first = await launch({ env });
  await connectBenchShop(first.page, bench);
  await bench.shop.close();
  let orders = new OrdersPage(first.page);
  await new ShellPage(first.page).open('Orders');
  await expect(orders.tab('Ready')).toContainText('2');
  await orders.row(large).click();
  await orders.row(small).click({ modifiers: ['Control'] });
  await orders.row(large).click({ modifiers: ['Control'] });
  await first.page.keyboard.press('p');
  let pick = orders.station('Pick');
  await expect(pick.box.getByText('Order 1 of 2')).toBeVisible();
  await first.page.keyboard.press('PageDown');
  await expect(pick.box.getByText(`Order ${large}`)).toBeVisible();

  // Loudly refused, and nothing is taken.
  await scanAll(first.app, ['NOT-OURS']);
  await expect(pick.said).toContainText('Wrong item: NOT-OURS');
  await expect(pick.said).toContainText(/Expected: /);

  const rate = await scanAll(first.app, times(40, a.sku));
  expect(rate).toBeGreaterThanOrEqual(50);
  await expect(pick.done(40, 60)).toBeVisible();
  await first.kill();

  // The power is back: the station stands where it stood, no scan is lost and none is doubled.
  const second = await launch({ env });
  orders = new OrdersPage(second.page);
  pick = orders.station('Pick');
  await expect(pick.box).toBeVisible();
  await expect(pick.box.getByText('Order 1 of 2')).toBeVisible();
  await scanAll(second.app, times(2, c.sku), 'Tab');
  await expect(pick.box.getByText(`Order ${large}`)).toBeVisible();
  // One too many in the same burst is refused, the rest of the burst counts.
  await scanAll(second.app, [...times(20, a.sku), a.sku, b.sku]);
  await expect(pick.done(1, 3)).toBeVisible();
  // By keyboard alone: one, back, and the rest.
  await second.page.keyboard.press('Enter');
  await expect(pick.done(2, 3)).toBeVisible();
  await second.page.keyboard.press('Backspace');
  await expect(pick.said).toContainText('Undone: Picked 1 ×');
  await expect(pick.done(1, 3)).toBeVisible();
  // One is not there: the line goes on without it.
  await second.page.keyboard.press('Enter');
  await expect(pick.done(2, 3)).toBeVisible();
  await second.page.keyboard.press('Delete');
  await expect(pick.box.getByText('All done')).toBeVisible();
  await second.page.keyboard.press('Enter');
  await expect(pick.box).toBeHidden();

  // Packing starts with the order that is under the hand.
  await orders.openOrder(large);
  await second.page.keyboard.press('b');
  const pack = orders.station('Pack');
  await scanAll(second.app, [c.sku]);
  await expect(pack.said).toContainText(`Wrong item: ${c.sku}`);
  await scanAll(second.app, [...times(60, a.sku), ...times(2, b.sku)]);
  await expect(pack.box.getByText('62 units in the box')).toBeVisible();
  await expect(pack.box.getByText('1 unit of the order stays behind.')).toBeVisible();
  await pack.carrier.fill('DHL');
  // A scan lands in the tracking number whatever has the focus, and the other field keeps its text.
  await scanAll(second.app, ['00340434161094021501']);
  await expect(pack.tracking).toHaveValue('00340434161094021501');
  await expect(pack.carrier).toHaveValue('DHL');
  await second.page.keyboard.press('Enter');
  await expect(pack.box.getByText('Queued, leaves on reconnect')).toBeVisible({ timeout: 30_000 });
  await pack.box.getByRole('button', { name: 'Packing slip' }).click();
  const paper = orders.dialog('Packing slip');
  await expect(paper.getByText('DHL 00340434161094021501')).toBeVisible();
  await paper.getByRole('button', { name: 'Save as PDF' }).click();
  const file = join(userData, 'paper', `Packing slip ${large}.pdf`);
  await expect.poll(() => existsSync(file)).toBe(true);
  expect(readFileSync(file).subarray(0, 5).toString()).toBe('%PDF-');
  await paper.getByRole('button', { name: 'Close' }).click();
  await second.page.keyboard.press('Enter');
  await expect(pack.box.getByText('All done')).toBeVisible();
  await second.page.keyboard.press('Enter');

  await orders.openOrder(small);
  await second.page.keyboard.press('b');
  await second.page.keyboard.press('Shift+Enter');
  // The carrier of the last parcel is remembered.
  await expect(pack.carrier).toHaveValue('DHL');
  await second.page.keyboard.press('Enter');
  await expect(pack.box.getByText(`Order ${small} shipped`).first()).toBeVisible();
  await second.kill();

  const shop = await bench.again();
  try {
    const third = await launch({ env });
    orders = new OrdersPage(third.page);
    // Whether the station opens again or not, Escape leads to the queue.
    const station = orders.station('Pack').box;
    await expect(station.or(orders.list)).toBeVisible();
    await third.page.keyboard.press('Escape');
    await third.page.keyboard.press('F5');
    await orders.tab('All').click();
    for (const number of [large, small]) {
      const panel = await orders.openOrder(number);
      await expect(panel.getByText('Read back from the shop')).toBeVisible({ timeout: 40_000 });
    }
    const writes = (number: string) => [
      ...shop.log.find('PUT', new RegExp(`/orders/${number}$`)),
      ...shop.log.find('POST', new RegExp(`/orders/${number}(/notes)?$`)),
    ];
    const completed = (number: string): number =>
      writes(number).filter(({ body }) => (body as { status?: string } | undefined)?.status === 'completed')
        .length;
    expect(shop.store.orders.get(Number(small))?.status).toBe('completed');
    expect(completed(small)).toBe(1);
    // One unit is still owed, so the shop must not believe that all of it left.
    expect(completed(large)).toBe(0);
    const tracked = writes(large).filter(({ body }) => JSON.stringify(body).includes('00340434161094021501'));
    expect(tracked.length).toBeGreaterThanOrEqual(1);
  } finally {
    await shop.close();
  }
});

for (const theme of ['light', 'dark'] as const) {
  test(`the stations have no serious accessibility findings, ${theme}`, async ({ launch, userData }) => {
    const bench = await startBenchShop(userData);
    try {
      const [a, b] = bench.goods;
      if (!a || !b) throw new Error('The shop sells too little');
      bench.order([
        { goods: a, quantity: 2 },
        { goods: b, quantity: 1 },
      ]);
      const { app, page } = await launch();
      await connectBenchShop(page, bench);
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
      const orders = new OrdersPage(page);
      await new ShellPage(page).open('Orders');
      await expect(orders.tab('Ready')).toContainText('1');
      await orders.list.focus();
      await page.keyboard.press('p');
      const pick = orders.station('Pick');
      await expect(pick.done(0, 2).or(pick.done(0, 1))).toBeVisible();
      expect(await accessibilityFindings(page)).toEqual([]);
      await scanAll(app, ['NOT-OURS']);
      await expect(pick.said).toContainText('Wrong item');
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.press('Shift+Enter');
      await expect(pick.box.getByText('All done')).toBeVisible();
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await orders.list.focus();
      await page.keyboard.press('b');
      const pack = orders.station('Pack');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.press('Shift+Enter');
      await expect(pack.tracking).toBeFocused();
      expect(await accessibilityFindings(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await expect(pack.said).toContainText('shipped');
      expect(await accessibilityFindings(page)).toEqual([]);
    } finally {
      await bench.shop.close();
    }
  });
}
