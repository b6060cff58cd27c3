import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** The spreadsheet of listings as a person uses it. Rows count from 0. */
export class ListingsPage {
  private readonly page: Page;
  readonly screen: Locator;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('region', { name: 'Listings', exact: true });
    this.grid = page
      .getByRole('grid', { name: 'Listings' })
      .or(page.getByRole('treegrid', { name: 'Listings' }));
  }

  /** Opens the screen and waits until rows are read. */
  async open(): Promise<void> {
    await this.openAt('title');
  }

  /** The same where another column has to be filled, as in other layouts. */
  async openAt(column: string): Promise<void> {
    // A view shows what was there when it was opened, so the first read has to be over.
    const status = this.page.getByRole('contentinfo', { name: 'Status' });
    await expect(status.getByRole('button').locator('time').first()).toBeVisible();
    await this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: /^Listings/ })
      .click();
    await expect(this.cell(0, column)).not.toBeEmpty();
  }

  async layout(name: 'Rows' | 'Products' | 'Channels'): Promise<void> {
    const choice = this.screen.getByRole('radiogroup', { name: 'Layout' });
    await choice.getByText(name, { exact: true }).click();
    await expect(choice.getByRole('radio', { name, exact: true })).toBeChecked();
  }

  /** A channel's cell of the matrix; channels count from 0, from left to right. */
  channelCell(row: number, field: string, channel: number): Locator {
    return this.grid.locator(`[row-index="${row}"] [col-id^="${field}@"]`).nth(channel);
  }

  /** Columns have keys, not names: the grid draws cells in panes, so that is what tells them apart. */
  cell(row: number, column: string): Locator {
    return this.grid.locator(`[row-index="${row}"] [col-id="${column}"]`);
  }

  async text(row: number, column: string): Promise<string> {
    return (await this.cell(row, column).innerText()).trim();
  }

  /** Types over a cell, as a person does: select, type, Enter. */
  async type(row: number, column: string, text: string): Promise<void> {
    await this.cell(row, column).click();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  /** Selects a block of one column. */
  async select(from: number, to: number, column: string): Promise<void> {
    await this.cell(from, column).click();
    await this.cell(to, column).click({ modifiers: ['Shift'] });
  }

  async paste(app: ElectronApplication, row: number, column: string, text: string): Promise<void> {
    await app.evaluate(({ clipboard }, value) => clipboard.writeText(value), text);
    await this.cell(row, column).click();
    await this.page.keyboard.press('Control+v');
  }

  /** Takes the mouse away from the cells and waits until what it showed is gone. */
  async withoutTooltips(): Promise<void> {
    await this.page.mouse.move(4, 4);
    await expect(this.page.getByRole('tooltip')).toHaveCount(0);
  }

  get search(): Locator {
    return this.screen.getByRole('textbox', { name: 'Search SKU or title' });
  }

  /** Quick filter by its word. */
  chip(name: string): Locator {
    return this.screen.getByRole('toolbar', { name: 'Filters' }).getByRole('button', { name, exact: true });
  }

  get count(): Locator {
    return this.screen.getByText(/^[\d,]+ rows?$/);
  }

  /** Content of the active cell. */
  get edit(): Locator {
    return this.screen.getByRole('textbox', { name: /^Content of the active cell/ });
  }

  panel(title: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name: title });
  }

  toast(text: string | RegExp): Locator {
    return this.page.getByRole('alert').filter({ hasText: text });
  }
}
