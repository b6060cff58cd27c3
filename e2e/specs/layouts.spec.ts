import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';

// The same goods under the same SKUs in two shops.
test.use({ appEnv: { QUAYSIDE_SAMPLE_SHOPS: 'woocommerce,shopify' } });

test('products open and close, masters reach the channels that inherit them, and all of it comes back after a restart', async ({
  launch,
}) => {
  const first = await launch();
  const { page } = first;
  const listings = new ListingsPage(page);
  await listings.open();

  await listings.layout('Products');
  const closed = listings.grid.locator('[role="row"][aria-expanded="false"]').first();
  const at = Number(await closed.getAttribute('row-index'));
  await expect(listings.cell(at, 'variant')).toContainText(/^\d+ variants$/);
  const title = await listings.text(at, 'title');
  const after = await listings.text(at + 1, 'sku');
  await listings.cell(at, 'title').click();
  await page.keyboard.press('ArrowRight');
  await expect(listings.grid.locator(`[role="row"][row-index="${at}"]`)).toHaveAttribute(
    'aria-expanded',
    'true',
  );
  await expect(listings.cell(at + 1, 'title')).toContainText(title);
  await expect(listings.cell(at + 1, 'sku')).not.toHaveText(after);
  // The product's row takes no text; its variants do.
  await page.keyboard.type('x');
  await expect(listings.cell(at, 'title')).toContainText(title);
  await page.keyboard.press('ArrowLeft');
  await expect(listings.cell(at + 1, 'sku')).toContainText(after);

  await listings.layout('Channels');
  const [own, other] = [listings.channelCell(0, 'price', 0), listings.channelCell(0, 'price', 1)];
  await expect(other).toContainText(/\d/);
  await listings.screen.getByRole('button', { name: 'Masters from…' }).click();
  await page.getByRole('menuitem', { name: 'Harbour & Home', exact: true }).click();
  await expect(listings.cell(0, 'master.price')).toContainText(/\d/);

  await listings.type(0, 'master.price', '55.50');
  await expect(own).toContainText('55.50');
  await expect(other).toContainText('55.50');
  await other.click();
  await expect(listings.screen.getByText(/^Inherits/)).toBeVisible();
  await page.keyboard.type('60.00');
  await page.keyboard.press('Enter');
  await expect(other).toContainText('60.00');
  await other.click();
  await expect(listings.screen.getByText(/^Overrides/)).toBeVisible();
  await listings.type(0, 'master.price', '57.00');
  await expect(own).toContainText('57.00');
  await expect(other).toContainText('60.00');

  // From the price of one channel to the price of the next: stock and title lie between.
  const [left, right] = [listings.channelCell(1, 'price', 0), listings.channelCell(1, 'price', 1)];
  const before = [await left.innerText(), await right.innerText()];
  await first.app.evaluate(({ clipboard }) =>
    clipboard.writeText('61.00\t7\tTwo channels, one paste\t62.00'),
  );
  await left.click();
  await page.keyboard.press('Control+v');
  await expect(left).toContainText('61.00');
  await expect(right).toContainText('62.00');
  await expect(listings.channelCell(1, 'title', 1)).toContainText('Two channels, one paste');
  await first.screenshot('matrix-pasted');
  await page.keyboard.press('Control+z');
  await expect(left).toHaveText(before[0] ?? '');
  await expect(right).toHaveText(before[1] ?? '');
  await first.close();

  const again = await launch();
  const reopened = new ListingsPage(again.page);
  await reopened.openAt('master.price');
  await expect(reopened.channelCell(0, 'price', 0)).toContainText('57.00');
  await reopened.cell(0, 'master.price').click();
  await again.page.keyboard.press('Control+z');
  await expect(reopened.cell(0, 'master.price')).toContainText('55.50');
  await expect(reopened.channelCell(0, 'price', 0)).toContainText('55.50');
  await expect(reopened.channelCell(0, 'price', 1)).toContainText('60.00');
  await again.page.keyboard.press('Control+z');
  await expect(reopened.channelCell(0, 'price', 1)).toContainText('55.50');
  await reopened.channelCell(0, 'price', 1).click();
  await expect(reopened.screen.getByText(/^Inherits/)).toBeVisible();
});
