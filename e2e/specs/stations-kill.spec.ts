import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectBenchShop, startBenchShop } from '../fixtures/bench-shop.ts';
import { enginePids } from '../fixtures/engine.ts';
import { scanAll } from '../fixtures/scanner.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

/** Scans in the settings file that nobody has answered. */
function keptScans(userData: string): number {
  const { settings } = JSON.parse(readFileSync(join(userData, 'settings.json'), 'utf8')) as {
    settings?: { screens?: Record<string, string> };
  };
  const text = settings?.screens?.['orders.scans'];
  return text === undefined ? 0 : (JSON.parse(text) as { scans: unknown[] }).scans.length;
}

test('scans that the engine never answered are counted once after the whole app was killed', async ({
  launch,
  userData,
}) => {
  test.setTimeout(120_000);
  const bench = await startBenchShop(userData);
  try {
    const [goods] = bench.goods;
    if (!goods) throw new Error('The shop sells nothing');
    bench.order([{ goods, quantity: 20 }]);
    const first = await launch();
    await connectBenchShop(first.page, bench);
    let orders = new OrdersPage(first.page);
    await new ShellPage(first.page).open('Orders');
    await expect(orders.tab('Ready')).toContainText('1');
    await orders.list.focus();
    await first.page.keyboard.press('p');
    await scanAll(first.app, [goods.sku, goods.sku, goods.sku]);
    await expect(orders.station('Pick').done(3, 20)).toBeVisible();

    // The engine hangs; seven units are scanned; the power goes.
    const pids = enginePids(first.app);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await scanAll(
      first.app,
      Array.from({ length: 7 }, () => goods.sku),
    );
    await expect.poll(() => keptScans(userData)).toBe(7);
    await first.kill();
    for (const pid of pids) process.kill(pid, 'SIGKILL');

    const second = await launch();
    orders = new OrdersPage(second.page);
    const pick = orders.station('Pick');
    await expect(pick.done(10, 20)).toBeVisible();
    await expect.poll(() => keptScans(userData)).toBe(0);
    await second.page.reload();
    await expect(pick.done(10, 20)).toBeVisible();
  } finally {
    await bench.shop.close();
  }
});
