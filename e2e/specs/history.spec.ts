import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ListingsPage } from '../screens/listings.ts';
import { PublishPage } from '../screens/publish.ts';

test('a command is looked into and taken back by row, by field and whole, also after it was published', async ({
  workstation,
}) => {
  const { app, page } = workstation;
  const listings = new ListingsPage(page);
  const publish = new PublishPage(page);
  await listings.open();
  const before = [await listings.text(0, 'price'), await listings.text(1, 'price')];
  const sku = await listings.text(0, 'sku');
  await listings.paste(app, 0, 'price', '141.00\n142.00\n143.00');
  await expect(listings.cell(2, 'price')).toContainText('143.00');
  await publish.open();
  await publish.button('Publish 3 changes').click();
  await expect(publish.outcome.getByText('3 changes verified on the channel')).toBeVisible();

  await publish.go('History');
  const history = page.getByRole('region', { name: 'History', exact: true });
  await history.getByRole('button', { name: 'Paste 3 × 1', exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Paste 3 × 1' });
  await expect(panel.getByText('3 cells in 3 rows')).toBeVisible();
  await expect(panel.getByText(/gets a change back, which waits for the next publish/)).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);

  await panel.getByRole('checkbox', { name: `Choose ${sku}` }).check();
  await panel.getByRole('button', { name: 'Undo 1 row', exact: true }).click();
  await expect(listings.toast('Undone: Paste 3 × 1, 1 cell')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish 1 change', exact: true })).toBeVisible();

  await panel.getByRole('checkbox', { name: `Choose ${sku}` }).uncheck();
  await panel.getByRole('button', { name: 'Undo everything' }).click();
  await expect(page.getByRole('button', { name: 'Publish 3 changes' })).toBeVisible();
  await expect(panel.getByText('This was undone already.')).toBeVisible();
  await listings.open();
  await expect(listings.cell(0, 'price')).toContainText(before[0] ?? '');
  await expect(listings.cell(1, 'price')).toContainText(before[1] ?? '');
});

test('cells that changed since are left alone and counted', async ({ workstation }) => {
  const { app, page } = workstation;
  const listings = new ListingsPage(page);
  const publish = new PublishPage(page);
  await listings.open();
  await listings.paste(app, 0, 'price', '141.00\n142.00');
  await expect(listings.cell(1, 'price')).toContainText('142.00');
  await listings.type(0, 'price', '150.00');
  await expect(listings.cell(0, 'price')).toContainText('150.00');
  await publish.go('History');
  await page.getByRole('button', { name: 'Undo Paste 2 × 1', exact: true }).click();
  await expect(listings.toast('1 cell changed since and was left alone')).toBeVisible();
  await listings.open();
  await expect(listings.cell(0, 'price')).toContainText('150.00');
  await expect(listings.cell(1, 'price')).not.toContainText('142.00');
});

test('the workspace returns to a moment after saying what changes, and the return is undone', async ({
  workstation,
}, testInfo) => {
  const { app, page } = workstation;
  const listings = new ListingsPage(page);
  const publish = new PublishPage(page);
  await listings.open();
  const before = await listings.text(1, 'price');
  await listings.paste(app, 0, 'price', '141.00');
  await expect(listings.cell(0, 'price')).toContainText('141.00');
  await listings.paste(app, 0, 'price', '151.00\n152.00\n153.00');
  await expect(listings.cell(2, 'price')).toContainText('153.00');
  await publish.go('History');
  const history = page.getByRole('region', { name: 'History', exact: true });
  await history.getByRole('textbox', { name: 'Name or SKU' }).fill('1 × 1');
  await expect(history.getByRole('button', { name: 'Paste 3 × 1', exact: true })).toBeHidden();
  await history.getByRole('button', { name: 'Paste 1 × 1', exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Paste 1 × 1' });
  await panel.getByRole('button', { name: 'Take back everything after this…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Return to a moment' });
  await expect(dialog.getByText('1 change is taken back: 3 entries in 3 rows.')).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);
  await page.screenshot({ path: testInfo.outputPath('return-to-a-moment.png') });
  await dialog.getByRole('button', { name: 'Take back 1 change' }).click();
  await expect(listings.toast('Taken back: 1 change, 3 entries')).toBeVisible();
  await listings.open();
  await expect(listings.cell(0, 'price')).toContainText('141.00');
  await expect(listings.cell(1, 'price')).toContainText(before);
  await page.keyboard.press('Control+z');
  await expect(listings.cell(1, 'price')).toContainText('152.00');
});
