import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures/workstation.ts';
import { OrdersPage } from '../screens/orders.ts';
import { ShellPage } from '../screens/shell.ts';

interface Paper {
  readonly title: string;
  readonly html: string;
}

test('papers are laid out one after the other, load nothing, and leave no window behind', async ({
  launch,
  userData,
}) => {
  const folder = join(userData, 'paper');
  const workstation = await launch({ env: { QUAYSIDE_PRINT_DIR: folder } });
  const { app, page } = workstation;
  await workstation.resize(1920, 1080);
  const orders = new OrdersPage(page);
  await new ShellPage(page).open('Orders');
  await orders.rows.first().click();
  for (let more = 0; more < 5; more += 1) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('d');
  const slips = orders.dialog('6 packing slips');
  const title = (await slips.getByRole('region').getAttribute('aria-label')) ?? '';
  const pdf = (name: string): Buffer => readFileSync(join(folder, `${name.replaceAll('+', '-')}.pdf`));
  for (let round = 0; round < 3; round += 1) {
    await slips.getByRole('button', { name: 'Save as PDF' }).click();
    await expect(page.getByText(/^Saved/)).toHaveCount(round + 1);
  }
  expect(
    pdf(title)
      .toString('latin1')
      .match(/\/Type\s*\/Page\b/g),
  ).toHaveLength(6);

  // Larger than an address may be, three at once, and with all that a document must not do.
  const [heavy, evil, plain] = await page.evaluate(async () => {
    const { quayside } = window as unknown as {
      quayside: { output(kind: 'pdf', paper: Paper): Promise<string | null> };
    };
    const body = `<p>${'A long list of goods. '.repeat(200)}</p>`;
    const html = (content: string): string =>
      `<!doctype html><html><head><title>x</title></head><body>${content}</body></html>`;
    return Promise.all([
      quayside.output('pdf', { title: 'Heavy', html: html(body.repeat(700)) }),
      quayside.output('pdf', {
        title: 'Evil',
        html: html(
          '<script>document.body.innerHTML = ""</script><img src="https://example.com/a.png">Still here',
        ),
      }),
      quayside.output('pdf', { title: 'Plain', html: html('One') }),
    ]);
  });
  for (const file of [heavy, evil, plain])
    expect(
      readFileSync(file ?? '')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  expect(readdirSync(folder).filter((name) => !name.endsWith('.pdf'))).toEqual([]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
