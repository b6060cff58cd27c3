import type { Locator, Page } from '@playwright/test';

/** Purchasing as a person uses it: lists, one order's sheet, and the panels beside them. */
export class PurchasingPage {
  private readonly page: Page;
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.sheet = page.getByRole('grid', { name: 'Order lines' });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('main').getByRole('button', { name, exact: typeof name === 'string' });
  }

  panel(title: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name: title });
  }

  /** A cell of the order's sheet by its column's key. */
  cell(row: number, column: string): Locator {
    return this.sheet.locator(`[row-index="${row}"] [col-id="${column}"]`);
  }
}
