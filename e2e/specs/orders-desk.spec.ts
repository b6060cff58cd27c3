import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

test('an order is held and released, a rule is tried, saved and run', async ({ workstation }) => {
  const { page } = workstation;
  const orders = new OrdersPage(page);
  const shell = new ShellPage(page);
  await shell.open('Orders');
  await orders.tab('Ready').click();
  const number = (await orders.rows.first().getByRole('gridcell').nth(1).textContent()) ?? '';
  const panel = await orders.openOrder(number);
  const hold = panel.getByRole('combobox', { name: 'Hold', exact: true });

  await hold.click();
  await page.getByRole('option', { name: 'Address to be checked' }).click();
  await expect(panel.getByText('On hold').first()).toBeVisible();
  await hold.click();
  await page.getByRole('option', { name: 'Not held' }).click();
  await expect(panel.getByText('Ready').first()).toBeVisible();

  const menu = async (item: string): Promise<void> => {
    await orders.screen.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await menu('Rules for orders');
  const rules = orders.dialog('Rules for orders');
  await rules.getByRole('button', { name: 'New rule' }).click();
  await rules.getByRole('textbox', { name: 'Name' }).fill('Everything by post');
  await rules.getByRole('button', { name: 'Remove' }).click();
  await rules.getByRole('textbox', { name: 'Carrier' }).fill('Post');
  await rules.getByRole('button', { name: 'Try on open orders' }).click();
  await expect(rules.getByRole('status')).toContainText(/it matches [1-9]/);
  await rules.getByRole('button', { name: 'Save rule' }).click();
  await rules.getByRole('button', { name: 'Run over 1 chosen order' }).click();
});
