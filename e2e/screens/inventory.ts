import { expect, type Locator, type Page } from '@playwright/test';

/** The stock sheet as a person uses it. Rows count from 0. */
export class InventoryPage {
  private readonly page: Page;
  readonly screen: Locator;
  readonly grid: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('main').getByRole('region', { name: 'Inventory', exact: true });
    this.grid = page.getByRole('grid', { name: 'Inventory' });
  }

  /** A cell by its column's key, or by the first location when none is named. */
  cell(row: number, column: string): Locator {
    return this.grid.locator(`[row-index="${row}"] [col-id="${column}"]`);
  }

  /** The column of the first location. */
  place(row: number): Locator {
    return this.grid.locator(`[row-index="${row}"] [col-id^="at:"]`).first();
  }

  async number(cell: Locator): Promise<number> {
    await expect(cell).toHaveText(/\d/);
    return Number((await cell.innerText()).replace(/[^\d-]/g, ''));
  }

  panel(title: string | RegExp): Locator {
    return this.page.getByRole('complementary', { name: title });
  }

  button(name: string | RegExp): Locator {
    return this.screen.getByRole('button', { name, exact: typeof name === 'string' });
  }

  chip(name: string): Locator {
    return this.screen.getByRole('toolbar', { name: 'Filters' }).getByRole('button', { name, exact: true });
  }
}
