import { expect, test } from './sheet.ts';

test.describe('editing', () => {
  test.beforeEach(async ({ sheet }) => sheet.open());

  test('typing replaces, enter commits and moves down', async ({ sheet }) => {
    await sheet.cell(2, 'title').click();
    await sheet.page.keyboard.type('New title');
    await expect(sheet.editor).toHaveValue('New title');
    await sheet.press('Enter');
    await sheet.expectValue(3, 'title', 'New title');
    await sheet.expectActive('3 title');
    await expect(sheet.cell(2, 'title')).toHaveText('New title');
    await expect(sheet.cell(2, 'title')).toHaveClass(/qs-dirty/);
    await expect(sheet.cell(3, 'title')).toBeFocused();
  });

  test('F2 edits what is there, escape brings it back', async ({ sheet }) => {
    await sheet.cell(1, 'title').click();
    const before = await sheet.value(2, 'title');
    await sheet.press('F2');
    await expect(sheet.editor).toHaveValue(String(before));
    await sheet.press('End');
    await sheet.page.keyboard.type(' changed');
    await sheet.press('Escape');
    await expect(sheet.editor).toHaveCount(0);
    expect(await sheet.value(2, 'title')).toBe(before);
    await expect(sheet.cell(1, 'title')).toBeFocused();
  });

  test('a wrong value stays in the editor and says why', async ({ sheet }) => {
    await sheet.cell(1, 'price').click();
    const before = await sheet.value(2, 'price');
    await sheet.page.keyboard.type('abc');
    await sheet.press('Enter');
    await expect(sheet.page.getByRole('alert')).toHaveText('"abc" is not a price');
    await expect(sheet.editor).toHaveAttribute('aria-invalid', 'true');
    await sheet.cell(5, 'quantity').click();
    await expect(sheet.editor).toBeVisible();
    await sheet.editor.fill('-1');
    await sheet.press('Enter');
    await expect(sheet.page.getByRole('alert')).toHaveText('A price cannot be negative');
    await sheet.editor.fill('12,50');
    await sheet.press('Enter');
    await sheet.expectValue(2, 'price', '12.50');
    expect(before).not.toBe('12.50');
  });

  test('the editor has a name for screen readers', async ({ sheet }) => {
    await sheet.cell(1, 'price').click();
    await sheet.press('F2');
    await expect(sheet.page.getByRole('textbox', { name: 'Price, row 2' })).toBeFocused();
  });

  test('tab commits and goes on, a click elsewhere commits too', async ({ sheet }) => {
    await sheet.cell(2, 'price').click();
    await sheet.page.keyboard.type('5');
    await sheet.press('Tab');
    await sheet.page.keyboard.type('4');
    await sheet.cell(6, 'title').click();
    await sheet.expectValue(3, 'price', '5');
    await sheet.expectValue(3, 'salePrice', '4');
    await sheet.expectActive('6 title');
  });

  test('arrows commit after typing over, and move the caret after F2', async ({ sheet }) => {
    await sheet.cell(2, 'price').click();
    await sheet.page.keyboard.type('7');
    await sheet.press('ArrowRight');
    await sheet.expectActive('2 salePrice');
    await sheet.expectValue(3, 'price', '7');
    await sheet.press('F2', 'ArrowLeft');
    await expect(sheet.editor).toBeVisible();
    await sheet.press('Escape');
  });

  test('a select lists its options, filters while typing and takes the highlighted one', async ({
    sheet,
  }) => {
    await sheet.cell(0, 'status').click();
    await sheet.press('F2');
    await expect(sheet.page.getByRole('option')).toHaveCount(4);
    await sheet.press('Escape');
    await sheet.page.keyboard.type('pen');
    await expect(sheet.page.getByRole('option')).toHaveText(['Pending review']);
    await sheet.press('Enter');
    await sheet.expectValue(1, 'status', 'pending');
    await expect(sheet.cell(0, 'status')).toHaveText('Pending review');
    await sheet.cell(0, 'status').dblclick();
    await sheet.page.getByRole('option', { name: 'Private' }).click();
    await sheet.expectValue(1, 'status', 'private');
  });

  test('space turns booleans over, one or a whole range', async ({ sheet }) => {
    const before = await sheet.value(1, 'manageStock');
    await sheet.cell(0, 'manageStock').click();
    await sheet.press('Space');
    await sheet.expectValue(1, 'manageStock', before !== true);
    await sheet.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Space');
    for (const rid of [1, 2, 3]) await sheet.expectValue(rid, 'manageStock', before);
  });

  test('long texts open a roomy editor; shift+enter breaks the line', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'description'));
    await sheet.cell(1, 'description').click();
    await sheet.page.keyboard.type('one');
    await sheet.press('Shift+Enter');
    await sheet.page.keyboard.type('two');
    await sheet.press('Enter');
    await sheet.expectValue(2, 'description', 'one\ntwo');
  });

  test('dates are read as they are written, tags as a list', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'saleTo'));
    await sheet.cell(1, 'saleTo').click();
    await sheet.page.keyboard.type('Nov 23, 2026');
    await sheet.press('Enter');
    await sheet.expectValue(2, 'saleTo', '2026-11-23');
    await expect(sheet.cell(1, 'saleTo')).toHaveText('11/23/2026');
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'tags'));
    await sheet.page.keyboard.press('Delete');
    await sheet.cell(1, 'tags').click();
    await sheet.page.keyboard.type('a, b , a');
    await sheet.press('Enter');
    await sheet.expectValue(2, 'tags', ['a', 'b']);
  });

  test('tags are suggested from the column; what is typed stays unless a suggestion is taken', async ({
    sheet,
  }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'tags'));
    await sheet.cell(1, 'tags').click();
    await sheet.page.keyboard.type('fresh, ho');
    await expect(sheet.page.getByRole('option')).toHaveText(['home']);
    await sheet.press('ArrowDown', 'Enter');
    await sheet.expectValue(2, 'tags', ['fresh', 'home']);
    await sheet.cell(2, 'tags').click();
    await sheet.page.keyboard.type('ho');
    await expect(sheet.page.getByRole('option')).toHaveText(['home']);
    await sheet.press('Enter');
    await sheet.expectValue(3, 'tags', ['ho']);
  });

  test('alt+down lists the values of a text column', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'attribute15'));
    await sheet.cell(1, 'attribute15').click();
    await sheet.page.keyboard.type('-99');
    await expect(sheet.page.getByRole('option')).toHaveCount(0);
    await sheet.press('Alt+ArrowDown');
    const first = sheet.page.getByRole('option').first();
    await expect(first).toContainText('-99');
    const offered = await first.textContent();
    await first.click();
    await expect(sheet.editor).toHaveValue(String(offered));
    await sheet.press('Enter');
    await sheet.expectValue(2, 'attribute15', offered);
  });

  test('a price says its currency, HTML shows how it will look, without anything that runs', async ({
    sheet,
  }) => {
    await sheet.cell(1, 'price').click();
    await sheet.press('F2');
    await expect(sheet.page.locator('.qs-editor-unit')).toHaveText('EUR');
    await sheet.press('Escape');
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'description'));
    await sheet.cell(1, 'description').click();
    await sheet.press('F2');
    await sheet.editor.fill(
      '<p>One <b>two</b></p><img src=x onerror="harness.errors.push(1)"><script>harness.errors.push(2)</script>',
    );
    const preview = sheet.page.locator('.qs-editor-preview');
    await expect(preview.locator('b')).toHaveText('two');
    expect(await preview.innerHTML()).toBe('<p>One <b>two</b></p>');
    await sheet.press('Escape');
  });

  test('pictures are lines; alt+arrows put one before another', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'images'));
    await sheet.cell(1, 'images').click();
    await sheet.press('F2');
    await sheet.editor.fill('https://img.example/a.jpg | Front\nhttps://img.example/b.jpg');
    await sheet.press('Alt+ArrowUp');
    await expect(sheet.editor).toHaveValue('https://img.example/b.jpg\nhttps://img.example/a.jpg | Front');
    await sheet.press('Enter');
    await sheet.expectValue(2, 'images', [
      { src: 'https://img.example/b.jpg', alt: '' },
      { src: 'https://img.example/a.jpg', alt: 'Front' },
    ]);
  });

  test('ctrl+enter writes into the whole selection', async ({ sheet }) => {
    await sheet.cell(2, 'price').click();
    await sheet.cell(5, 'price').click({ modifiers: ['Shift'] });
    await sheet.page.keyboard.type('9.99');
    await sheet.press('Control+Enter');
    for (const rid of [3, 4, 5, 6]) await sheet.expectValue(rid, 'price', '9.99');
    await expect(sheet.live).toHaveText('4 cells set');
  });

  test('the editor survives scrolling away', async ({ sheet }) => {
    await sheet.cell(2, 'title').click();
    await sheet.page.keyboard.type('Scrolled');
    await sheet.page.mouse.wheel(0, 5_000);
    await expect(sheet.cell(2, 'title')).not.toBeInViewport();
    await expect(sheet.editor).toBeFocused();
    await sheet.page.keyboard.type(' away');
    await sheet.press('Enter');
    await sheet.expectValue(3, 'title', 'Scrolled away');
  });

  test('read-only cells say so and open nothing; a double click activates them', async ({ sheet }) => {
    await sheet.page.evaluate(() => window.harness.grid?.goToRow(1, 'account'));
    await sheet.cell(1, 'account').click();
    await sheet.page.keyboard.type('x');
    await expect(sheet.live).toHaveText('Account cannot be edited here');
    await sheet.cell(1, 'account').dblclick();
    expect(await sheet.page.evaluate(() => window.harness.events)).toEqual(['activate 1 account']);
  });

  test('delete clears what may be empty, in ranges', async ({ sheet }) => {
    await sheet.cell(2, 'title').click();
    await sheet.cell(4, 'salePrice').click({ modifiers: ['Shift'] });
    const title = await sheet.value(3, 'title');
    await sheet.press('Delete');
    for (const rid of [3, 4, 5]) {
      await sheet.expectValue(rid, 'price', null);
      await sheet.expectValue(rid, 'salePrice', null);
    }
    expect(await sheet.value(3, 'title')).toBe(title);
  });

  test('an edit bar writes through the handle', async ({ sheet }) => {
    await sheet.cell(2, 'price').click();
    const verdicts = await sheet.page.evaluate(async () => [
      await window.harness.grid?.writeActive('x'),
      await window.harness.grid?.writeActive('3.50'),
    ]);
    expect(verdicts).toEqual([
      { ok: false, code: 'NOT_MONEY', message: '"x" is not a price' },
      { ok: true, value: '3.50' },
    ]);
    await sheet.expectValue(3, 'price', '3.50');
  });
});

test('a German user types and sees German numbers', async ({ sheet }) => {
  await sheet.open('locale=de-DE');
  await sheet.cell(2, 'price').click();
  await sheet.page.keyboard.type('1.234,5');
  await sheet.press('Enter');
  await sheet.expectValue(3, 'price', '1234.5');
  await expect(sheet.cell(2, 'price')).toHaveText('1.234,50');
  await sheet.cell(2, 'price').click();
  await sheet.press('F2');
  await expect(sheet.editor).toHaveValue('1234,5');
  await sheet.press('Escape', 'Shift+ArrowDown');
  await expect(sheet.live).toHaveText('2 Zeilen mal 1 Spalte ausgewählt');
});
