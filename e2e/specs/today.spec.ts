import { expect, test } from '../fixtures/workstation.ts';
import { ShellPage } from '../screens/shell.ts';

test('tasks are ranked, have a reason, and their button deals with them', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const today = await shell.shown('Today');
  const tasks = today.getByRole('region', { name: 'What needs you' }).getByRole('listitem');
  await expect(tasks.first()).toContainText(/orders? (is|are) late/);
  await expect(tasks.first()).toContainText('Urgent');
  await expect(tasks.first()).toContainText('nothing was shipped');

  const backup = tasks.filter({ hasText: 'There is no backup yet' });
  await backup.getByRole('button', { name: 'Back up now' }).click();
  await expect(shell.toast('Backup made and verified')).toBeVisible();
  await expect(backup).toHaveCount(0);

  await tasks.filter({ hasText: 'no stock' }).getByRole('button', { name: 'Show listings' }).click();
  await expect(shell.rail.getByRole('button', { name: /^Listings/ })).toHaveAttribute('aria-current', 'page');
});

test('the pulse of a channel has its age, its sales and a bar for each day', async ({ workstation }) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  const pulse = (await shell.shown('Today')).getByRole('article', { name: 'Harbour & Home' });
  await expect(pulse.locator('time')).toHaveText('just now');
  await expect(pulse.getByText(/^€[\d,]+\.\d\d$/)).toHaveCount(2);
  const bars = pulse.getByRole('img', { name: /^Orders a day over the last 14 days/ });
  await expect(bars).toBeVisible();
  const counts = ((await bars.getAttribute('aria-label')) ?? '').split(': ')[1]?.split(', ').map(Number);
  expect(counts).toHaveLength(14);
  // A day has all its orders, not one of them.
  expect(Math.max(...(counts ?? []))).toBeGreaterThan(1);
});
