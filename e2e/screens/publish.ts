import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Review and publish, and the screens beside it: conflicts and history. */
export class PublishPage {
  private readonly page: Page;
  readonly screen: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('region', { name: 'Publish', exact: true });
  }

  async open(): Promise<void> {
    await this.go('Publish');
    await expect(this.screen.getByRole('heading', { level: 1, name: 'Publish' })).toBeVisible();
  }

  async go(screen: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: new RegExp(`^${screen}\\b`) })
      .click();
  }

  button(label: string): Locator {
    return this.screen.getByRole('button', { name: label, exact: true });
  }

  /** The row of one changed cell. */
  change(sku: string, field: string): Locator {
    return this.screen.getByRole('row').filter({ hasText: sku }).filter({ hasText: field });
  }

  group(name: string): Locator {
    return this.screen
      .getByRole('navigation', { name: 'Changes by channel and field' })
      .getByRole('button', { name });
  }

  get outcome(): Locator {
    return this.screen.getByRole('region', { name: 'Result of the publish' });
  }
}
