import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { SettingsPage } from '../screens/settings.ts';
import { ShellPage } from '../screens/shell.ts';

const SCREENS = ['Today', 'Channels', 'Jobs', 'Settings'] as const;

for (const theme of ['Light', 'Dark', 'High contrast'] as const) {
  test(`axe finds nothing serious on the basic screens, ${theme}, also at 200 %`, async ({ workstation }) => {
    const { page } = workstation;
    const shell = new ShellPage(page);
    const settings = new SettingsPage(page);
    await workstation.resize(1280, 800);
    await shell.shown('Today');
    await expect(shell.status.getByText('Online')).toBeVisible();
    await shell.open('Settings');
    await settings.theme(theme);
    for (const zoomed of [false, true]) {
      for (const name of SCREENS) {
        await shell.open(name);
        expect({ name, zoomed, findings: await accessibilityFindings(page) }).toEqual({
          name,
          zoomed,
          findings: [],
        });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect({ name, overflow }).toEqual({ name, overflow: 0 });
      }
      if (!zoomed) {
        await settings.zoom('200%');
        await page.waitForFunction(() => window.innerWidth <= 640);
      }
    }
    await page.keyboard.press('Control+k');
    await expect(shell.palette).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
}

test('Tab goes through the window in its order, with the focus in sight, and motion rests when asked', async ({
  workstation,
}) => {
  const { page } = workstation;
  const shell = new ShellPage(page);
  await shell.open('Settings');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const names = await shell.names();
  await shell.rail.getByRole('button').first().focus();
  for (const name of names.slice(1)) {
    await page.keyboard.press('Tab');
    await expect(page.locator(':focus')).toContainText(name);
    const ring = await page.locator(':focus').evaluate((element) => {
      const style = getComputedStyle(element);
      return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    });
    expect({ name, ring }).toEqual({ name, ring: true });
  }
  await page.keyboard.press('Tab');
  await expect(shell.rail.locator(':focus')).toHaveCount(0);
  const moving = await page.evaluate(
    () =>
      document
        .getAnimations()
        .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 1).length,
  );
  expect(moving).toBe(0);
});
