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

  // What never needs anybody stands last; urgent before soon before the rest.
  const words = await tasks.allInnerTexts();
  const ranks = words.map((text) =>
    ['Urgent', 'Soon', 'When you have time'].findIndex((rank) => text.includes(rank)),
  );
  expect(ranks).toEqual([...ranks].sort((one, other) => one - other));

  await tasks.filter({ hasText: 'no stock' }).getByRole('button', { name: 'Show listings' }).click();
  await expect(shell.rail.getByRole('button', { name: /^Listings/ })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('main').getByText('33 rows', { exact: true })).toBeVisible();
  await page.keyboard.press('Alt+1');
  await tasks.first().getByRole('button', { name: 'Show late orders' }).click();
  await shell.shown('Orders');
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
