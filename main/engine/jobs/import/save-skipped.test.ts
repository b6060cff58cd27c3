import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { saveSkippedRows } from './import-file.ts';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  workspace.close();
});

test('rows that were left out can be saved with the reason, put right and imported', async () => {
  const file = workspace.put(
    'some.csv',
    'SKU,Title,Price,Note\nA-1,Cup,3.50,ok\n,,9.00,no name\nA-2,"Jug, large",much,=1+1\nA-1,Cup again,4.00,\n',
  );
  const plan = await workspace.preview(file);
  const to = join(workspace.dir, 'left-out.csv');
  const saved = await saveSkippedRows(workspace, { file, planId: plan.planId, to });
  expect(saved).toMatchObject({ file: to, rows: 3 });
  const lines = readFileSync(to, 'utf8').replace('\ufeff', '').trimEnd().split('\r\n');
  expect(lines[0]).toBe('SKU,Title,Price,Note,Quayside problem');
  expect(lines[1]).toMatch(/^,,9\.00,no name,The row names no product/);
  expect(lines[2]).toMatch(/^A-2,"Jug, large",much,'=1\+1,"?price: /);
  expect(lines[3]).toMatch(/^A-1,Cup again,4\.00,,Row 2 has the SKU A-1 too/);
  expect(workspace.rows()).toEqual([]);

  await workspace.apply(file);
  writeFileSync(to, readFileSync(to, 'utf8').replace('much', '12.00'));
  const outcome = await workspace.apply(to);
  expect(outcome).toMatchObject({ created: 0, changed: 2 });
  const jug = workspace.rows().find(({ sku }) => sku === 'A-2');
  expect(jug).toMatchObject({ price_minor: 1_200 });
  expect(String(jug?.product_raw)).not.toContain('Quayside problem');
});

test('saving the rows that were left out spares the file itself, and a file that changed is refused', async () => {
  const file = workspace.put('some.csv', 'SKU,Title\n,\n,x\n');
  const plan = await workspace.preview(file);
  await expect(saveSkippedRows(workspace, { file, to: file })).rejects.toMatchObject({ code: 'BAD_INPUT' });
  workspace.put('some.csv', 'SKU,Title\n,\n,y\n');
  const to = join(workspace.dir, 'left-out.csv');
  await expect(saveSkippedRows(workspace, { file, planId: plan.planId, to })).rejects.toMatchObject({
    code: 'INVALID_STATE',
  });
  expect(existsSync(to)).toBe(false);
});
