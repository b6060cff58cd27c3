import { expect, test as base } from '@playwright/test';
import type { ConsoleMessage, Locator, Page } from '@playwright/test';
import type { Harness } from './harness-view.ts';

declare global {
  interface Window {
    harness: Harness;
  }
}

export { expect };

export type Span = readonly [fromRow: number, toRow: number, keys: readonly string[]];

/** The spreadsheet in the harness page, driven as a person does. */
export class SheetPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`/?${query}`);
    await this.settled();
  }

  /** The rendered rows cover what is in view and none of their cells is still loading. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const viewport = document.querySelector('.ag-grid-viewport')?.getBoundingClientRect();
      const sheet = document.querySelector('.ag-grid-scrolling-container')?.getBoundingClientRect();
      const head = document.querySelector('.ag-header')?.getBoundingClientRect();
      const rows = [...document.querySelectorAll('.ag-row')];
      if (!viewport || !sheet || !head || rows.length === 0) return false;
      const boxes = rows.map((row) => row.getBoundingClientRect()).toSorted((a, b) => a.top - b.top);
      let covered = Math.max(head.bottom, sheet.top);
      const bottom = Math.min(viewport.bottom, sheet.bottom);
      for (const box of boxes) if (box.top <= covered + 1) covered = Math.max(covered, box.bottom);
      return covered >= bottom - 1 && document.querySelector('.ag-cell.qs-loading') === null;
    });
  }

  cell(row: number, key: string): Locator {
    return this.page.locator(`.ag-row[row-index="${row}"] .ag-cell[col-id="${key}"]`);
  }

  head(key: string): Locator {
    return this.page.locator(`.ag-header-cell[col-id="${key}"]`);
  }

  rowHead(row: number): Locator {
    return this.cell(row, '#row');
  }

  get editor(): Locator {
    return this.page.locator('.qs-editor-field');
  }

  get live(): Locator {
    return this.page.locator('.qs-sheet-live');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async centre(target: Locator): Promise<{ x: number; y: number }> {
    const box = await target.boundingBox();
    if (!box) throw new Error('The target is not on screen');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  /** A drag with the mouse in several moves; the button stays down when `hold`. */
  async drag(from: Locator, to: Locator, options: { hold?: boolean } = {}): Promise<void> {
    const start = await this.centre(from);
    const end = await this.centre(to);
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down();
    await this.page.mouse.move(end.x, end.y, { steps: 6 });
    if (!options.hold) await this.page.mouse.up();
  }

  async ranges(): Promise<Span[]> {
    return this.page.evaluate(() =>
      (window.harness.grid?.getSelection().ranges ?? []).map((range): Span => [
        range.fromRow,
        range.toRow,
        range.keys,
      ]),
    );
  }

  async expectRanges(...expected: readonly Span[]): Promise<void> {
    await expect.poll(() => this.ranges()).toEqual(expected);
  }

  /** `row key` of the active cell. */
  async active(): Promise<string> {
    return this.page.evaluate(() => {
      const active = window.harness.grid?.getSelection().active;
      return active ? `${active.rowIndex} ${active.key}` : '';
    });
  }

  async expectActive(expected: string): Promise<void> {
    await expect.poll(() => this.active()).toBe(expected);
  }

  async value(rid: number, key: string): Promise<unknown> {
    return this.page.evaluate(([id, name]) => window.harness.table.value(id, name), [rid, key] as const);
  }

  async expectValue(rid: number, key: string, expected: unknown): Promise<void> {
    await expect.poll(() => this.value(rid, key)).toEqual(expected);
  }

  async clipboard(type: 'text/plain' | 'text/html'): Promise<string> {
    return this.page.evaluate(async (mime) => {
      const items = await navigator.clipboard.read();
      const blob = await items[0]?.getType(mime);
      return (await blob?.text()) ?? '';
    }, type);
  }

  async pasteText(text: string): Promise<void> {
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.press('Control+v');
  }

  /** How many writes have finished. */
  async outcomes(): Promise<number> {
    return this.page.evaluate(() => window.harness.outcomes.length);
  }

  async afterWrite(action: () => Promise<void>): Promise<void> {
    const before = await this.outcomes();
    await action();
    await expect.poll(() => this.outcomes()).toBeGreaterThan(before);
  }

  async undo(): Promise<void> {
    const before = await this.page.evaluate(() => window.harness.undos.length);
    await this.press('Control+z');
    await expect.poll(() => this.page.evaluate(() => window.harness.undos.length)).toBe(before + 1);
  }
}

/** A page that tests share: opening the harness anew resets it, and its scripts stay compiled. */
const shared = base.extend<object, { tab: Page }>({
  tab: [
    async ({ browser }, use, { project }) => {
      const { baseURL, viewport, permissions } = project.use;
      const context = await browser.newContext({
        baseURL: baseURL ?? '',
        viewport: viewport ?? null,
        permissions: permissions ?? [],
      });
      await use(await context.newPage());
      await context.close();
    },
    { scope: 'worker' },
  ],
});

/** Every test ends without a page error and without a rejected call. */
export const test = shared.extend<{ sheet: SheetPage }>({
  sheet: async ({ tab }, use) => {
    const errors: string[] = [];
    const onError = (error: Error): number => errors.push(error.message);
    const onConsole = (message: ConsoleMessage): void => {
      if (message.type() === 'error') errors.push(message.text());
    };
    tab.on('pageerror', onError);
    tab.on('console', onConsole);
    await use(new SheetPage(tab));
    tab.off('pageerror', onError);
    tab.off('console', onConsole);
    expect(errors).toEqual([]);
    expect(await tab.evaluate(() => window.harness?.errors ?? [])).toEqual([]);
  },
});
