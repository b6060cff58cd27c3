import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ShellPage } from '../screens/shell.ts';

test('a rule leads to its listings, a listing to the rules behind its score, and a day to what breaks on it', async ({
  workstation,
}) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  await workstation.resize(1280, 800);
  await shell.open('Quality');
  const screen = page.getByRole('region', { name: 'Quality', exact: true });
  await expect(screen.getByRole('heading', { name: 'Could be better' })).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);

  const lane = screen.getByRole('region', { name: 'Could be better' });
  const rule = lane.getByRole('button', { name: /^Show \d+ listings?: / }).first();
  const count = Number((await rule.textContent())?.replaceAll(/\D/g, ''));
  expect(count).toBeGreaterThan(0);

  await workstation.screenshot('quality-rules');

  // Keywords make rules apply; adding them is a step that undo takes back.
  await page.keyboard.press('4');
  await screen.getByRole('textbox', { name: 'Keywords' }).fill('candle, gift');
  await screen.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(screen.getByRole('button', { name: 'Remove candle' })).toBeVisible();

  await screen.getByText('What breaks', { exact: true }).click();
  await screen.getByRole('button', { name: /^2026-07-27 · 1 rule/ }).click();
  await expect(screen.getByText(/listings? (breaks? on 2026-07-27|checked)/).first()).toBeVisible();
  expect(await accessibilityFindings(page)).toEqual([]);

  await workstation.screenshot('quality-breaks');

  await screen.getByText('Rules', { exact: true }).click();
  await rule.click();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clear' }).first()).toBeVisible();
  await workstation.screenshot('quality-listings');
});
