import { expect, type Locator, type Page } from '@playwright/test';

/** The queue of orders, the panel beside it and what lies over it. */
export class OrdersPage {
  private readonly page: Page;
  readonly screen: Locator;
  readonly list: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('region', { name: /^(Orders|Bestellungen)$/ });
    this.list = page.getByRole('grid', { name: /^(Orders|Bestellungen)$/ });
    this.search = this.screen.getByRole('textbox', { name: /Number, buyer, SKU|Nummer, Käufer, SKU/ });
  }

  tab(name: string): Locator {
    return this.screen.getByRole('button', { name: new RegExp(`^${name}\\s*\\d`) });
  }

  /** Number behind a tab's name. */
  async count(name: string): Promise<number> {
    const text = await this.tab(name).textContent();
    return Number(/[\d.,]+$/.exec(text ?? '')?.[0].replaceAll(/[.,]/g, ''));
  }

  row(number: string): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByText(number, { exact: true }) });
  }

  /** Rows of orders, without the heading. */
  get rows(): Locator {
    return this.list.getByRole('row').filter({ has: this.page.getByRole('gridcell') });
  }

  panel(number: string): Locator {
    return this.page.getByRole('complementary', { name: new RegExp(`${number}$`) });
  }

  async openOrder(number: string): Promise<Locator> {
    await this.row(number).click();
    const panel = this.panel(number);
    await expect(panel.getByRole('heading', { name: /Ship to|Lieferadresse/ })).toBeVisible();
    return panel;
  }

  station(step: 'Pick' | 'Pack'): StationPage {
    return new StationPage(this.page, step);
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }
}

/** A full-screen station. */
export class StationPage {
  readonly box: Locator;
  /** What the station last did or refused. */
  readonly said: Locator;

  constructor(page: Page, step: 'Pick' | 'Pack') {
    this.box = page.getByRole('dialog', { name: step, exact: true });
    this.said = this.box.getByRole('status');
  }

  /** "12 of 40 done" of the line on the screen. */
  done(done: number, total: number): Locator {
    return this.box.getByText(`${done} of ${total} done`);
  }

  get carrier(): Locator {
    return this.box.getByLabel('Carrier');
  }

  get tracking(): Locator {
    return this.box.getByRole('textbox', { name: 'Tracking number' });
  }
}
