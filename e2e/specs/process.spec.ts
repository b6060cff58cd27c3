import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { callEngine, enginePids, isRunning } from '../fixtures/engine.ts';
import { expect, test } from '../fixtures/workstation.ts';
import { ImportScreenPage } from '../screens/import.ts';

test.use({ appArgs: [] });

const products = resolve('resources/samples/woocommerce-products.csv');
const appState = (page: Page, state: string) => page.locator(`[data-app-state="${state}"]`);

interface History {
  commands: { method: string; cells: number }[];
}

test('an engine killed in the middle of an import: the window recovers, the import is there once', async ({
  launch,
  userData,
}) => {
  const died = join(userData, 'died');
  const { app, page } = await launch({
    env: { QUAYSIDE_PICK_FILE: products, QUAYSIDE_CRASH_AT: `command.committed:1@${died}` },
  });
  const [before] = enginePids(app);
  const screen = new ImportScreenPage(page);
  await screen.open();
  await screen.choose();
  await expect(screen.count('New')).toHaveText('4');
  await screen.importButton.click();
  await expect(screen.screen.getByText('woocommerce-products.csv is imported')).toBeVisible();
  expect(existsSync(died)).toBe(true);
  const [after] = enginePids(app);
  expect(after).not.toBe(before);
  await expect(appState(page, 'ready')).toBeAttached();
  const history = await callEngine<History>(page, 'history.list', {});
  expect(history.commands.filter(({ method }) => method === 'import.apply')).toHaveLength(1);
  expect(await callEngine(page, 'listings.query', {})).toMatchObject({ total: 4 });
  expect(await callEngine(page, 'workspace.verify', {})).toMatchObject({ ok: true });
});

test('an engine killed while nothing happens comes back by itself; a third death within a minute is told', async ({
  launch,
}) => {
  const { app, page } = await launch();
  for (const _death of [1, 2]) {
    const [pid] = enginePids(app);
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(() => enginePids(app).filter((other) => other !== pid)).toHaveLength(1);
    await expect(appState(page, 'ready')).toBeAttached();
    expect(await callEngine(page, 'listings.query', {})).toMatchObject({ total: 0 });
  }
  process.kill(enginePids(app)[0] ?? 0, 'SIGKILL');
  await expect(appState(page, 'failed')).toBeAttached();
  expect(enginePids(app)).toEqual([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(appState(page, 'ready')).toBeAttached();
});

test('quits cleanly: exit code 0, no process left, everything in one file', async ({ launch, userData }) => {
  const first = await launch({ env: { QUAYSIDE_PICK_FILE: products } });
  const pids = enginePids(first.app);
  expect(pids).toHaveLength(1);
  await callEngine(first.page, 'import.apply', { file: products });
  expect(await first.close()).toBe(0);
  expect(pids.filter(isRunning)).toEqual([]);
  const dir = join(userData, 'workspaces', 'default');
  const wal = join(dir, 'quayside.db-wal');
  expect(existsSync(wal) ? statSync(wal).size : 0).toBe(0);
  const second = await launch();
  expect(await callEngine(second.page, 'listings.query', {})).toMatchObject({ total: 4 });
});

test('a second instance gives way to the first', async ({ launch, userData }) => {
  const { app } = await launch();
  const { execPath, args } = await app.evaluate(() => ({
    execPath: process.execPath,
    args: process.argv.slice(1),
  }));
  const second = spawn(
    execPath,
    args.filter((arg) => !arg.includes('remote-debugging') && !arg.includes('inspect')),
    { stdio: 'ignore' },
  );
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  expect(enginePids(app)).toHaveLength(1);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(args.some((arg) => arg.includes(userData))).toBe(true);
});

test('a damaged workspace opens the recovery screen; a backup brings everything back', async ({
  launch,
  userData,
}) => {
  const first = await launch();
  await callEngine(first.page, 'import.apply', { file: products });
  await callEngine(first.page, 'workspace.backup', {});
  await first.close();
  const dir = join(userData, 'workspaces', 'default');
  writeFileSync(join(dir, 'quayside.db'), 'this is not a database, whatever its name says');

  const { app, page } = await launch({ until: 'failed' });
  await expect(page.getByText('WORKSPACE_CORRUPT')).toBeVisible();
  await page
    .getByRole('button', { name: /^Restore/ })
    .first()
    .click();
  await expect(appState(page, 'ready')).toBeAttached();
  expect(await callEngine(page, 'listings.query', {})).toMatchObject({ total: 4 });
  expect(enginePids(app)).toHaveLength(1);
  // What was there before is kept, so that a restore can be taken back.
  expect(readdirSync(join(dir, 'backups')).filter((name) => name.includes('before-restore'))).not.toEqual([]);
});

test('a backup that is not whole is refused and the workspace stays as it is', async ({
  launch,
  userData,
}) => {
  const { page } = await launch();
  await callEngine(page, 'import.apply', { file: products });
  mkdirSync(join(userData, 'elsewhere'));
  const torn = join(userData, 'elsewhere', 'torn.db');
  writeFileSync(torn, 'SQLite format 3\0 and nothing more');
  const refused = await page.evaluate(
    (file) =>
      (window as unknown as { quayside: { restore(file: string): Promise<void> } }).quayside
        .restore(file)
        .then(() => 'restored', String),
    torn,
  );
  expect(refused).toContain('RESTORE_FAILED');
  await expect(appState(page, 'ready')).toBeAttached();
  expect(await callEngine(page, 'listings.query', {})).toMatchObject({ total: 4 });
});

test('the utility process says in a code that it cannot load SQLite on an old runtime, or serves the window', async ({
  launch,
}) => {
  const { app, page } = await launch({ args: ['--engine-host=utility'], until: null });
  const napi = await app.evaluate(() => Number(process.versions['napi']));
  if (napi >= 10) {
    await expect(appState(page, 'ready')).toBeAttached();
    return;
  }
  await expect(appState(page, 'failed')).toBeAttached();
  await expect(page.getByText('SQLITE_BINDING')).toBeVisible();
  // Asked again it starts again, and answers the same.
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('SQLITE_BINDING')).toBeVisible();
});
