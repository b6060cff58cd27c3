import { expect, type Locator, type Page } from '@playwright/test';

/** The import and export screen as a person uses it. */
export class ImportScreenPage {
  private readonly page: Page;
  readonly screen: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.getByRole('region', { name: 'Import and export' });
  }

  async open(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: 'Import' })
      .click();
    await expect(this.screen).toBeVisible();
  }

  /** Picks the file that QUAYSIDE_PICK_FILE names. */
  async choose(): Promise<void> {
    await this.screen.getByRole('button', { name: /^(Choose a file|Another file)$/ }).click();
  }

  /** The figure beside a word, such as `New`. */
  count(word: string): Locator {
    return this.screen
      .getByLabel('What happens to the rows')
      .locator('div')
      .filter({ hasText: word })
      .locator('dd');
  }

  tab(name: RegExp): Locator {
    return this.screen.getByRole('tab', { name });
  }

  get importButton(): Locator {
    return this.screen.getByRole('button', { name: /^(Import|Change)( \d.*)?$/ });
  }
}
