import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callEngine, enginePids } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { SettingsPage } from '../screens/settings.ts';
import { ShellPage } from '../screens/shell.ts';

test('the sample store fills by itself and can be walked by keyboard alone', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  await shell.shown('Today');
  await expect(shell.status.getByText('Online')).toBeVisible();
  await expect(shell.status.getByText('Sample store')).toBeVisible();
  await expect.poll(() => page.title()).toBe('Today – Quayside (sample store)');

  await page.keyboard.press('Alt+0');
  await shell.shown('Channels');
  await expect(shell.rail.getByRole('button', { name: /^Channels/ })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('button', { name: 'Listings 520' })).toBeVisible();
  await page.keyboard.press('Control+,');
  await shell.shown('Settings');
  await page.keyboard.press('Alt+ArrowLeft');
  await shell.shown('Channels');

  await page.keyboard.press('F1');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByText('Command palette')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  // By SKU, by order number, by command.
  const { rows } = await callEngine<{ rows: { sku: string; title: string }[] }>(page, 'listings.query', {
    limit: 1,
  });
  const [listing] = rows;
  await shell.command(listing?.sku ?? '');
  await expect(shell.palette.getByText(listing?.title ?? '').first()).toBeVisible();
  const orders = await callEngine<{ rows: { number: string }[] }>(page, 'orders.query', { limit: 1 });
  const number = orders.rows[0]?.number ?? '';
  await shell.palette.getByPlaceholder(/SKU/).fill(number);
  await expect(shell.palette.getByText(`Order ${number}`)).toBeVisible();
  await shell.palette.getByPlaceholder(/SKU/).fill('backup');
  await page.keyboard.press('Enter');
  await shell.shown('Settings');
});

test('an edit is undone and redone from anywhere, but not while a person types', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  await shell.open('Channels');
  await expect(page.getByRole('button', { name: 'Listings 520' })).toBeVisible();
  const title = async (listingId: string): Promise<string> => {
    const { row, fields } = await callEngine<{ row: { values: string[] }; fields: string[] }>(
      page,
      'listings.get',
      { listingId },
    );
    return row.values[fields.indexOf('title')] ?? '';
  };
  const { rows } = await callEngine<{ rows: { listingId: string }[] }>(page, 'listings.query', { limit: 1 });
  const listingId = rows[0]?.listingId ?? '';
  const before = await title(listingId);
  await callEngine(page, 'listings.edit', {
    label: 'Rename one',
    changes: [{ listingId, field: 'title', value: 'Another name' }],
  });
  await expect(shell.status.getByRole('button', { name: 'Undo: Rename one' })).toBeEnabled();
  await expect(shell.status.getByText('1 to publish')).toBeVisible();

  await page.getByRole('button', { name: 'Connect a channel' }).click();
  await page.getByRole('textbox', { name: 'Name in Quayside' }).fill('typing');
  await page.keyboard.press('Control+z');
  expect(await title(listingId)).toBe('Another name');
  await page.getByRole('button', { name: 'Cancel' }).click();

  await page.keyboard.press('Control+z');
  await expect(shell.toast('Undone: Rename one')).toBeVisible();
  expect(await title(listingId)).toBe(before);
  await page.keyboard.press('Control+y');
  await expect(shell.toast('Redone')).toBeVisible();
  expect(await title(listingId)).toBe('Another name');
});

test('settings and the last screen are there after a restart, in German too', async ({ launch }) => {
  const first = await launch();
  const shell = new ShellPage(first.page);
  const settings = new SettingsPage(first.page);
  await shell.open('Settings');
  await settings.theme('High contrast');
  await expect(settings.root).toHaveAttribute('data-contrast', 'high');
  await settings.theme('Dark');
  await settings.density('Compact');
  await settings.language('Deutsch');
  await expect(first.page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible();
  await expect(settings.root).toHaveAttribute('lang', 'de');
  await first.close();

  const { page } = await launch();
  const again = new SettingsPage(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Einstellungen' })).toBeVisible();
  await expect(again.root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expect(again.root).toHaveAttribute('data-density', 'compact');
  const german = new ShellPage(page);
  await german.open('Heute');
  await expect(page.getByText(/Bestellungen sind verspätet/)).toBeVisible();
  await expect(german.status.getByText('Beispielshop', { exact: true })).toBeVisible();
});

test('a restart of the engine keeps the screen and what is typed in it', async ({ workstation }) => {
  const { app, page } = workstation;
  const shell = new ShellPage(page);
  await shell.open('Channels');
  await page.getByRole('button', { name: 'Connect a channel' }).click();
  const address = page.getByRole('textbox', { name: 'Shop address' });
  await address.fill('harbour.example');
  const [pid] = enginePids(app);
  process.kill(pid ?? 0, 'SIGKILL');
  await expect.poll(() => enginePids(app).filter((other) => other !== pid)).toHaveLength(1);
  await expect(shell.state('ready')).toBeAttached();
  await expect(address).toHaveValue('harbour.example');
  await expect(shell.status.getByText('Online')).toBeVisible();
});

test('a damaged workspace leads to the recovery screen, and a backup brings it back', async ({
  launch,
  userData,
}) => {
  const first = await launch();
  const shell = new ShellPage(first.page);
  await shell.open('Settings');
  // The one of the day is made by itself, of what was there at the start.
  await expect(first.page.getByText('Daily', { exact: true })).toBeVisible();
  await first.page.getByRole('button', { name: 'Back up now' }).click();
  await expect(shell.toast('Backup verified: 520 listings')).toBeVisible();
  await first.close();

  const workspace = join(userData, 'workspaces', 'sample');
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'quayside.db'), 'this is no database');
  const { page } = await launch({ until: 'failed' });
  await expect(page.getByRole('heading', { level: 1, name: /damaged/ })).toBeVisible();
  await expect(page.getByText('Nothing was deleted.')).toBeVisible();
  // Newest first.
  await page
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  const recovered = new ShellPage(page);
  await expect(recovered.state('ready')).toBeAttached();
  await recovered.open('Channels');
  await expect(page.getByRole('button', { name: 'Listings 520' })).toBeVisible();
});
