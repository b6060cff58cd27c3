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
