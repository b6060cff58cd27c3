import type { Locator, Page } from '@playwright/test';

/** The settings as a person changes them. */
export class SettingsPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async theme(name: 'System' | 'Light' | 'Dark' | 'High contrast'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Theme' }).getByText(name, { exact: true }).click();
  }

  async density(name: 'Compact' | 'Normal' | 'Comfortable'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Density' }).getByText(name, { exact: true }).click();
  }

  async zoom(percent: string): Promise<void> {
    await this.choose('Zoom', percent);
  }

  async language(name: string): Promise<void> {
    await this.choose('Language', name);
  }

  private async choose(label: string, option: string): Promise<void> {
    await this.page
      .getByRole('textbox', { name: label })
      .or(this.page.getByRole('combobox', { name: label }))
      .click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  get root(): Locator {
    return this.page.locator('html');
  }
}
