import { startEtsySimulator } from '../../main/simulator/etsy/start.ts';
import { startWooCommerceSimulator } from '../../main/simulator/woocommerce/start.ts';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { callEngine } from '../fixtures/engine.ts';
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
    await page.getByRole('menuitem', { name: 'Pause', exact: true }).click();
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

test('signing in with Etsy waits, can be cancelled, and goes on when the person comes back', async ({
  workstation,
}) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const shop = await startEtsySimulator({ listings: 12, orders: 2, seed: 7 });
  try {
    await shell.open('Channels');
    await page.getByRole('button', { name: 'Connect a channel' }).click();
    const panel = page.getByRole('complementary', { name: 'Connect a shop' });
    await panel.getByText('Etsy', { exact: true }).click();
    const address = panel.getByRole('textbox', { name: 'Address of the API' });
    await expect(address).toHaveValue('https://api.etsy.com');
    await address.fill(shop.url);
    await panel.getByRole('textbox', { name: 'Name in Quayside' }).fill('Quay Crafts');
    const signIn = panel.getByRole('button', { name: 'Sign in in the browser' });
    await expect(signIn).toBeDisabled();
    await panel.getByRole('textbox', { name: 'Keystring' }).fill(shop.credentials.keystring);
    await panel.getByRole('textbox', { name: 'Shared secret' }).fill(shop.credentials.sharedSecret);
    await panel.getByRole('textbox', { name: 'Refresh token' }).fill('a-token');
    await expect(panel.getByRole('button', { name: 'Test and connect' })).toBeEnabled();
    await panel.getByRole('textbox', { name: 'Refresh token' }).fill('');

    await signIn.click();
    await expect(panel.getByRole('status')).toContainText('Waiting for the sign-in');
    // Only https leaves the app, so here the address has to be copied.
    await expect(panel.getByRole('status')).toContainText('The browser could not be opened');
    const target = panel.getByRole('textbox', { name: 'Address of the sign-in' });
    const first = await target.inputValue();
    expect(await accessibilityFindings(page)).toEqual([]);
    await workstation.screenshot('channels-sign-in');

    await panel.getByRole('button', { name: 'Cancel' }).click();
    await expect(signIn).toBeEnabled();
    await expect(panel.getByRole('alert')).toHaveCount(0);
    await expect(panel.getByRole('textbox', { name: 'Keystring' })).toHaveValue(shop.credentials.keystring);
    // Nobody listens any more.
    const redirect = new URL(first).searchParams.get('redirect_uri') ?? '';
    await expect(fetch(redirect)).rejects.toThrow('fetch failed');

    await signIn.click();
    await expect(target).toBeVisible();
    const second = await target.inputValue();
    expect(second).not.toBe(first);
    const browser = await fetch(second);
    expect(await browser.text()).toContain('Quayside is signed in');
    await expect(shell.toast('Quay Crafts is connected')).toBeVisible();
    const cards = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Listings' });
    await expect(cards).toHaveCount(1);
    await expect(cards.getByText('Active')).toBeVisible();

    await cards.getByRole('button', { name: 'Health of Quay Crafts' }).click();
    const health = page.getByRole('complementary', { name: 'Health of Quay Crafts' });
    await expect(health.getByRole('meter', { name: 'Calls a day', exact: true })).toBeAttached();
    await expect(health.getByText(/of 10,000 left/)).toBeVisible();
    // The sign-in of a moment ago lasts for three months.
    await expect(health.getByText(/Keys or sign-in end on .*, in \d\d days\./)).toBeVisible();
    // Nothing in the panel is wider than the screen, once it has slid in.
    const main = page.getByRole('main');
    await expect.poll(() => main.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    await workstation.screenshot('channels-quotas');
    expect(await accessibilityFindings(page)).toEqual([]);
  } finally {
    await shop.close();
  }
});

test('a card warns of a secret that ends soon and leads to new keys', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const issued = new Date(Date.now() - 150 * 86_400_000).toISOString().slice(0, 10);
  await callEngine(page, 'channels.add', {
    platform: 'amazon',
    name: 'Quay Prime',
    baseUrl: 'https://127.0.0.1:9',
    credentials: {
      sellerId: 'A1SELLER',
      marketplaceId: 'A1PA6795UKMFR9',
      clientId: 'amzn1.application-oa2-client.1',
      clientSecret: 'secret',
      refreshToken: 'Atzr|token',
      secretIssuedAt: issued,
    },
  });
  await shell.open('Channels');
  const card = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Quay Prime' });
  await expect(card.getByText(/Keys or sign-in end on .* in (29|30) days\. Renew them before/)).toBeVisible();
  await workstation.screenshot('channels-expiry');
  expect(await accessibilityFindings(page)).toEqual([]);
  await card.getByRole('button', { name: 'Renew' }).click();
  await expect(page.getByRole('complementary', { name: 'New keys for Quay Prime' })).toBeVisible();
});

test('a verified value that the shop changed is found by a full read and shown', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const shop = await startWooCommerceSimulator({ listings: 3, orders: 0, seed: 7 });
  try {
    const { accountId } = await callEngine<{ accountId: string }>(page, 'channels.add', {
      platform: 'woocommerce',
      name: 'Quay Nine',
      baseUrl: shop.url,
      credentials: shop.credentials,
    });
    await callEngine(page, 'sync.pull', { accountId });
    const { rows } = await callEngine<{ rows: readonly { listingId: string }[] }>(page, 'listings.query', {});
    const changes = rows.map(({ listingId }) => ({ listingId, field: 'title', value: 'Tide bowl' }));
    await callEngine(page, 'listings.edit', { changes });
    const sent = await callEngine<{ verified: number }>(page, 'publish.run', { accountId });
    expect(sent.verified).toBeGreaterThan(0);

    // Without a later time of change: only a full read sees it.
    for (const product of shop.store.products.values()) product.name = 'Somebody else';
    await callEngine(page, 'sync.pull', { accountId, full: true });

    await shell.open('Channels');
    await page.getByRole('button', { name: /^Changed in the shop [1-9]/ }).click();
    const health = page.getByRole('complementary', { name: 'Health of Quay Nine' });
    await expect(
      health.getByText('Title: Tide bowl was verified, Somebody else was found').first(),
    ).toBeVisible();
    await workstation.screenshot('channels-drift');
    expect(await accessibilityFindings(page)).toEqual([]);
  } finally {
    await shop.close();
  }
});

test.describe('on the sample store', () => {
  test.use({ appArgs: ['--sample'] });

  test('the health of an account shows limits, drift, failures and what is paused, and resumes it', async ({
    workstation,
  }) => {
    const { page } = workstation;
    const shell = new ShellPage(page);
    await shell.open('Channels');
    const { accounts } = await callEngine<{
      accounts: readonly { accountId: string; name: string; platform: string }[];
    }>(page, 'channels.list', {});
    const account = accounts.find(({ platform }) => platform === 'woocommerce');
    if (!account) throw new Error('The sample store has no shop');
    await callEngine(page, 'publish.pause', { sku: 'MUG-01', reason: 'New glaze is on its way' });
    await callEngine(page, 'publish.pause', { platform: 'woocommerce' });

    await page.getByRole('button', { name: `Health of ${account.name}` }).click();
    const panel = page.getByRole('complementary', { name: `Health of ${account.name}` });
    for (const heading of [
      'What is paused',
      'Keys and sign-in',
      'What is left of the limits',
      'Changed in the shop',
      'Last failures',
    ])
      await expect(panel.getByRole('heading', { name: heading })).toBeVisible();
    await expect(panel.getByText('SKU MUG-01 is paused in every shop')).toBeVisible();
    await expect(panel.getByText('New glaze is on its way')).toBeVisible();
    await expect(panel.getByText('Every account of WooCommerce is paused')).toBeVisible();
    await expect(panel.getByText('They do not end by themselves')).toBeVisible();
    await expect(panel.getByText('Nothing has failed.')).toBeVisible();
    await workstation.screenshot('channels-health');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await workstation.screenshot('channels-health-dark');
    await page.emulateMedia({ colorScheme: 'light' });

    await panel.getByRole('button', { name: 'Resume MUG-01' }).click();
    await expect(panel.getByText('SKU MUG-01')).toHaveCount(0);
    await panel.getByRole('button', { name: 'Resume WooCommerce' }).click();
    await expect(panel.getByText('Nothing is paused')).toBeVisible();

    // A refused key is in the trail, in a person's words.
    await callEngine(page, 'channels.update', {
      accountId: account.accountId,
      credentials: { consumerKey: 'ck_wrong', consumerSecret: 'cs_wrong' },
    });
    await expect(callEngine(page, 'channels.test', { accountId: account.accountId })).rejects.toThrow(
      'CHANNEL_AUTH',
    );
    await expect(panel.getByText('Test: The shop does not accept the keys')).toBeVisible();
    await workstation.screenshot('channels-health-failed');
    expect(await accessibilityFindings(page)).toEqual([]);
  });
});
