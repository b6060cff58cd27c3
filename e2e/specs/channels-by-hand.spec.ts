import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { callEngine } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

const HEADER = 'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,SKU';

interface Listed {
  readonly accounts: readonly { readonly accountId: string }[];
}
interface Rows {
  readonly viewId: string;
}

test('an Etsy shop without keys: a download in, a list out, proven by the next download', async ({
  launch,
  userData,
}) => {
  const file = join(userData, 'EtsyListingsDownload.csv');
  const download = (price: string): void =>
    writeFileSync(
      file,
      `${HEADER}\nBlue mug,Stoneware,${price},EUR,5,mug,clay,https://i/1.jpg,MUG-1\nFern print,Green,16.00,EUR,9,fern,paper,https://i/2.jpg,FERN\n`,
    );
  download('20.00');
  const workstation = await launch({ env: { QUAYSIDE_PICK_FILE: file } });
  const { page } = workstation;
  const shell = new ShellPage(page);
  await shell.open('Channels');
  await page.getByRole('button', { name: 'Connect a channel' }).click();
  const panel = page.getByRole('complementary', { name: 'Connect a shop' });
  await panel.getByText('Etsy', { exact: true }).click();
  await panel.getByRole('switch', { name: 'My API key was refused, or I have none' }).click({ force: true });
  const connect = panel.getByRole('button', { name: 'Add the shop' });
  await expect(connect).toBeDisabled();
  await panel.getByRole('textbox', { name: 'Address of the shop' }).fill('https://www.etsy.com/shop/Clay');
  await panel.getByRole('textbox', { name: 'Name in Quayside' }).fill('Clay');
  await expect(panel.getByRole('textbox', { name: 'Keystring' })).toHaveCount(0);
  expect(await accessibilityFindings(page)).toEqual([]);
  await workstation.screenshot('channels-by-hand-connect');
  await connect.click();
  await expect(shell.toast('Clay is there. Import the download of your listings next.')).toBeVisible();

  const card = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Listings' });
  await card.getByRole('button', { name: 'Import a download' }).click();
  await expect(shell.toast('2 listings changed, 0 changes proven, 0 still on your list')).toBeVisible();
  await expect(card.getByRole('button', { name: 'Listings 2' })).toBeVisible();

  const { accounts } = await callEngine<Listed>(page, 'channels.list', {});
  const accountId = accounts[0]?.accountId ?? '';
  const { viewId } = await callEngine<Rows>(page, 'views.open', { text: 'MUG-1' });
  const rows = await callEngine<{ rows: readonly { listingId: string }[] }>(page, 'views.rows', {
    viewId,
    from: 0,
    to: 1,
    fields: ['sku'],
  });
  const listingId = rows.rows[0]?.listingId ?? '';
  await callEngine(page, 'listings.edit', { changes: [{ listingId, field: 'price', value: '25.00' }] });
  await callEngine(page, 'publish.run', { accountId });
  await card.getByRole('button', { name: 'To do in the shop: Clay' }).click();
  const list = page.getByRole('complementary', { name: 'To do in the shop: Clay' });
  await expect(list.getByText('1 change waits for you in Shop Manager.', { exact: false })).toBeVisible();
  await expect(list.getByRole('listitem')).toContainText('20.00 becomes 25.00');
  await expect(list.getByRole('button', { name: 'Ads', exact: true })).toHaveAttribute(
    'title',
    'No API offers this: it is done there',
  );
  expect(await accessibilityFindings(page)).toEqual([]);
  await workstation.screenshot('channels-by-hand-list');

  download('25.00');
  await card.getByRole('button', { name: 'Import a download' }).click();
  await expect(shell.toast('0 listings changed, 1 change proven, 0 still on your list')).toBeVisible();
  await expect(list.getByText('Nothing waits for you.', { exact: false })).toBeVisible();
});
