import { expect, type Locator, type Page } from '@playwright/test';

/** What is around every screen: rail, palette, status bar. */
export class ShellPage {
  private readonly page: Page;
  readonly rail: Locator;
  readonly status: Locator;

  constructor(page: Page) {
    this.page = page;
    this.rail = page.getByRole('navigation', { name: /^(Screens|Bereiche)$/ });
    this.status = page.getByRole('contentinfo', { name: 'Status' });
  }

  /** The screens that the rail offers, in its order. */
  async names(): Promise<string[]> {
    const buttons = this.rail.getByRole('button');
    await expect(buttons.first()).toBeVisible();
    return buttons.evaluateAll((all) => all.map((one) => one.querySelector('span')?.textContent ?? ''));
  }

  /** Goes to a screen by the rail and waits for its heading. */
  async open(name: string): Promise<Locator> {
    await this.rail.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
    return this.shown(name);
  }

  /** Goes to a screen by the rail; its heading begins with the rail's word. */
  async begin(name: string): Promise<void> {
    await this.rail.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
    const heading = this.page.getByRole('main').getByRole('heading', { level: 1 });
    await expect(heading.filter({ hasText: new RegExp(`^${name}`) })).toBeVisible();
  }

  /** The screen with this heading, once it is there. */
  async shown(name: string): Promise<Locator> {
    const screen = this.screen(name);
    await expect(screen.getByRole('heading', { level: 1, name })).toBeVisible();
    return screen;
  }

  screen(name: string): Locator {
    return this.page.getByRole('main').getByRole('region', { name, exact: true });
  }

  state(name: 'starting' | 'ready' | 'restarting' | 'failed'): Locator {
    return this.page.locator(`[data-app-state="${name}"]`);
  }

  get palette(): Locator {
    return this.page.getByRole('dialog').filter({ has: this.page.getByPlaceholder(/SKU/) });
  }

  /** Types into the command palette; the first entry is chosen by Enter. */
  async command(words: string): Promise<void> {
    await this.page.keyboard.press('Control+k');
    await this.palette.getByPlaceholder(/SKU/).fill(words);
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }
}
