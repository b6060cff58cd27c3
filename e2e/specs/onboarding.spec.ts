import { expect, test } from '../fixtures/workstation.ts';
import { ShellPage } from '../screens/shell.ts';

test.use({ appArgs: [] });

test('a first run offers three ways in, and each of them leads there', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  await shell.shown('Welcome');
  await expect(shell.status.getByText('Not connected')).toBeVisible();

  await page.getByRole('button', { name: 'Connect a channel' }).click();
  await shell.shown('Channels');
  await expect(page.getByRole('complementary', { name: 'Connect a shop' })).toBeVisible();

  await shell.rail.getByRole('button', { name: /^Today/ }).click();
  await page.getByRole('button', { name: 'Import a file' }).click();
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(/^Import/);

  await shell.rail.getByRole('button', { name: /^Today/ }).click();
  await page.getByRole('button', { name: 'Open the sample store' }).click();
  await expect(shell.status.getByText('Sample store')).toBeVisible();
  await expect(page.getByRole('article', { name: 'Harbour & Home' })).toBeVisible();
  await expect(shell.status.getByText('Online')).toBeVisible();
});

test('the sample store is left for the own workspace and found again', async ({ launch }) => {
  const { page } = await launch({ args: ['--sample'] });
  const shell = new ShellPage(page);
  await shell.open('Settings');
  await page.getByRole('button', { name: 'Open my own workspace' }).click();
  await expect(page.getByRole('button', { name: 'Open the sample store' })).toBeVisible();
  await shell.rail.getByRole('button', { name: /^Today/ }).click();
  await shell.shown('Welcome');
  await page.getByRole('button', { name: 'Open the sample store' }).click();
  await expect(shell.status.getByText('Sample store')).toBeVisible();
});
