import type { QuaysideBridge } from '#shared/contract/bridge.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { accessibilityFindings } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ImportScreenPage } from '../screens/import.ts';

const samples = resolve('resources/samples');
const reference = resolve('../shared/data');

test.use({ appArgs: [] });

test('a WooCommerce file is previewed, imported, found unchanged, and undone', async ({ launch }) => {
  const { page } = await launch({ env: { QUAYSIDE_PICK_FILE: join(samples, 'woocommerce-products.csv') } });
  const screen = new ImportScreenPage(page);
  await screen.open();
  await screen.choose();
  await expect(screen.count('New')).toHaveText('4');
  await expect(screen.screen.getByLabel('Format')).toHaveValue('WooCommerce');
  await expect(screen.screen.getByText('5 rows · UTF-8 · comma')).toBeVisible();
  await expect(screen.screen.getByRole('row', { name: /LAMP-BR/ })).toContainText('Brass');

  await screen.importButton.click();
  await expect(screen.screen.getByText('woocommerce-products.csv is imported')).toBeVisible();
  await expect(screen.count('New')).toHaveText('4');

  await screen.choose();
  await expect(screen.count('Unchanged')).toHaveText('4');
  await expect(screen.screen.getByText('There is nothing to write')).toBeVisible();
  await expect(screen.importButton).toBeDisabled();
});

test('an import can be undone on the spot', async ({ launch }) => {
  const { page } = await launch({ env: { QUAYSIDE_PICK_FILE: join(samples, 'shopify-products.csv') } });
  const screen = new ImportScreenPage(page);
  await screen.open();
  await screen.choose();
  await expect(screen.count('New')).toHaveText('3');
  await screen.importButton.click();
  await screen.screen.getByRole('button', { name: 'Undo the import' }).click();
  await expect(screen.screen.getByText('The import of shopify-products.csv is undone')).toBeVisible();
  await expect(screen.screen.getByText('Everything stands as before.')).toBeVisible();
});

test('columns are learned, can be changed, and are remembered; rows left out are saved with the reason', async ({
  launch,
  userData,
}) => {
  const saved = join(userData, 'left-out.csv');
  const { page } = await launch({
    env: { QUAYSIDE_PICK_FILE: join(samples, 'price-list.csv'), QUAYSIDE_SAVE_FILE: saved },
  });
  const screen = new ImportScreenPage(page);
  await screen.open();
  await screen.choose();
  await expect(screen.count('Left out')).toHaveText('1');
  await screen.tab(/^Columns/).click();
  const supplier = screen.screen.getByRole('combobox', { name: 'What Lieferant is read into' });
  await expect(screen.screen.getByRole('combobox', { name: 'What VK brutto is read into' })).toHaveValue(
    'Price',
  );
  await expect(supplier).toHaveValue('Not read');
  await supplier.click();
  await page.getByRole('option', { name: 'Tags' }).click();
  await expect(supplier).toHaveValue('Tags');
  await expect(screen.tab(/^Columns \(5\)$/)).toBeVisible();

  await screen.tab(/^Left out/).click();
  await screen.screen.getByRole('button', { name: 'Save these rows' }).click();
  await expect(page.getByText('2 rows saved in left-out.csv')).toBeVisible();
  expect(readFileSync(saved, 'utf8')).toContain('The row names no product');

  await screen.choose();
  await screen.tab(/^Columns/).click();
  await expect(supplier).toHaveValue('Tags');
});

test('a file that is no table is refused with the reason, and another one can be chosen', async ({
  launch,
}) => {
  const { page } = await launch({ env: { QUAYSIDE_PICK_FILE: resolve('resources/icons/16x16.png') } });
  const screen = new ImportScreenPage(page);
  await screen.open();
  await screen.choose();
  await expect(screen.screen.getByRole('alert')).toContainText('is an image, not a CSV file');
  await expect(screen.screen.getByRole('button', { name: 'Another file' })).toBeEnabled();
});

test('an export reads back without a change', async ({ launch, userData }) => {
  const file = join(userData, 'out.csv');
  const first = await launch({
    env: { QUAYSIDE_PICK_FILE: join(samples, 'woocommerce-products.csv'), QUAYSIDE_SAVE_FILE: file },
  });
  const screen = new ImportScreenPage(first.page);
  await screen.open();
  await screen.choose();
  await screen.importButton.click();
  await expect(screen.screen.getByText('is imported')).toBeVisible();
  await screen.screen.getByText('Export', { exact: true }).click();
  await screen.screen.getByRole('button', { name: 'Save 4 listings' }).click();
  await expect(screen.screen.getByText('4 rows saved in out.csv.')).toBeVisible();
  await first.close();

  const second = await launch({ env: { QUAYSIDE_PICK_FILE: file } });
  const again = new ImportScreenPage(second.page);
  await again.open();
  await again.choose();
  await expect(again.count('Unchanged')).toHaveText('4');
  await expect(again.count('New')).toHaveText('0');
});

for (const [file, count] of [
  ['woocommerce-sample-products.csv', '23'],
  ['shopify-apparel.csv', '22'],
  ['shopify-jewelery.csv', '23'],
] as const) {
  test(`the real file ${file} comes in whole`, async ({ launch }) => {
    if (!existsSync(join(reference, file))) {
      process.stderr.write(`Reference data is missing (${reference}): ${file} is not tested\n`);
      return;
    }
    const { page } = await launch({ env: { QUAYSIDE_PICK_FILE: join(reference, file) } });
    const screen = new ImportScreenPage(page);
    await screen.open();
    await screen.choose();
    await expect(screen.count('New')).toHaveText(count);
    await expect(screen.count('Left out')).toHaveText('0');
    await screen.importButton.click();
    await expect(screen.screen.getByText(`${file} is imported`)).toBeVisible();
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in the ${theme} theme`, async ({ launch }) => {
    const { page } = await launch({ env: { QUAYSIDE_PICK_FILE: join(samples, 'price-list.csv') } });
    await page.evaluate(
      (value) => (window as unknown as { quayside: QuaysideBridge }).quayside.setSettings({ theme: value }),
      theme,
    );
    await page.reload();
    const screen = new ImportScreenPage(page);
    await screen.open();
    expect(await accessibilityFindings(page)).toEqual([]);
    await screen.choose();
    await screen.tab(/^Columns/).click();
    await expect(screen.screen.getByRole('combobox', { name: 'What Bestand is read into' })).toBeVisible();
    expect(await accessibilityFindings(page)).toEqual([]);
    await screen.screen.getByText('Export', { exact: true }).click();
    expect(await accessibilityFindings(page)).toEqual([]);
  });
}
