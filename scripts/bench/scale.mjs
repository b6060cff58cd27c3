// The judged list in the real window: 250,000 listings, every column shown,
// real keys and the real clipboard; pastes, undo, redo, a restart and undo again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { v7 } from 'uuid';
import { openEngine } from '../../main/engine/open-engine.ts';
import { dispatch } from '../../main/engine/rpc/dispatch.ts';
import { silentLogger, systemPorts } from '../../main/engine/system-ports.ts';
import { buildStale } from '../build.mjs';
import { setStage } from '../system.mjs';
import { row } from './measure.mjs';
import { seedListings } from './workspace.mjs';

/** Neighbours in the sheet once every column is shown. */
const FIELDS = ['price', 'salePrice', 'saleFrom', 'saleTo', 'quantity'];
const line = (i, turn) => [
  `${10 + ((i + turn) % 90)}.25`,
  `${5 + (i % 5)}.75`,
  '2026-12-01',
  '2026-12-24',
  String((i + turn) % 50),
];
const block = (rows, turn) => Array.from({ length: rows }, (_, i) => line(i, turn));
const PRICE = '[row-index="0"] [col-id="price"]';

const noVault = { get: async () => null, set: async () => undefined, remove: async () => undefined };

async function withEngine(dir, work) {
  const opened = await openEngine({
    dir,
    create: true,
    ports: systemPorts(noVault, silentLogger),
    actor: 'bench',
  });
  try {
    return await work(opened.engine);
  } finally {
    await opened.close();
  }
}

/** The engine's own time for the same paste, without a window, and its undo. */
function engineAlone(dir, texts) {
  return withEngine(dir, async (engine) => {
    const call = (method, params) =>
      dispatch(
        engine,
        method,
        params,
        { actor: 'bench', requestId: v7(), signal: new AbortController().signal },
        { checkOutput: false },
      );
    const { viewId } = await call('views.open', {});
    const started = performance.now();
    const outcome = await call('listings.paste', {
      viewId,
      fromRow: 0,
      fields: FIELDS,
      block: texts,
      locale: 'en',
    });
    const paste = performance.now() - started;
    const from = performance.now();
    await call('history.undo', {});
    return { paste, undo: performance.now() - from, applied: outcome.applied };
  });
}

/** The app with the listings on screen and every column shown. */
async function launch(stage, dir, workspace) {
  const { args, env } = stage;
  const app = await _electron.launch({
    executablePath: stage.runtime.executable,
    args: [
      ...args,
      `--user-data-dir=${join(dir, 'profile')}`,
      '--wait-for-driver',
      `--workspace=${workspace}`,
    ],
    env,
    chromiumSandbox: !args.includes('--no-sandbox'),
  });
  const page = await app.firstWindow();
  await page.locator('[data-app-state="ready"]').waitFor({ state: 'attached' });
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('button', { name: /^Listings/ })
    .click();
  await page.locator('[row-index="0"] [col-id="title"]').filter({ hasText: /\S/ }).waitFor();
  return { app, page };
}

async function showColumns(page) {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const boxes = page.getByRole('checkbox', { checked: false });
  while ((await boxes.count()) > 0) await boxes.first().check();
  await page.keyboard.press('Escape');
  return page.locator('[role="grid"][aria-label="Listings"]').getAttribute('aria-colcount');
}

/** From the key's event until the first price is as wanted, the grid is idle and a frame was painted. */
async function keyUntil(page, key, wanted) {
  await page.evaluate(() => {
    window.keyAt = null;
    addEventListener(
      'keydown',
      (event) => {
        if (event.key.length === 1) window.keyAt ??= event.timeStamp;
      },
      { capture: true },
    );
  });
  await page.keyboard.press(key);
  return page.evaluate(
    async ({ selector, wanted }) => {
      const frame = () =>
        new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      const holds = () =>
        document.querySelector('.qs-sheet')?.getAttribute('aria-busy') === 'false' &&
        (wanted === null || document.querySelector(selector)?.textContent === wanted);
      const deadline = performance.now() + 120_000;
      do {
        await frame();
        if (performance.now() > deadline) {
          throw new Error(
            `The first price is ${document.querySelector(selector)?.textContent}, not ${wanted}`,
          );
        }
      } while (!holds());
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      return performance.now() - window.keyAt;
    },
    { selector: PRICE, wanted },
  );
}

async function pasteBlock({ app, page }, texts) {
  const clip = texts.map((cells) => cells.join('\t')).join('\n');
  await app.evaluate(({ clipboard }, value) => clipboard.writeText(value), clip);
  await page.keyboard.press('Control+Home');
  await page.locator(PRICE).click();
  const before = await page.locator(PRICE).textContent();
  const wanted = before.replace(/[\d.,]+/, texts[0][0]);
  return { before, wanted, ms: await keyUntil(page, 'Control+v', wanted) };
}

/** Ctrl+A until it is painted, and until the figures of all cells are in the status line. */
async function selectAll(page) {
  await page.locator(PRICE).click();
  const painted = await keyUntil(page, 'Control+a', null);
  const started = performance.now();
  await page
    .getByText(/average/i)
    .first()
    .waitFor();
  return { painted, figures: painted + (performance.now() - started) };
}

export async function scale({ listings, log }) {
  await buildStale({ log });
  const stage = await setStage({ log });
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-scale-'));
  const workspace = join(dir, 'workspace');
  const measured = {};
  try {
    await withEngine(workspace, async (engine) => {
      seedListings(engine.db, listings);
      engine.safety.daily();
      await engine.safety.settled();
    });
    const wide = block(10_000, 1);
    const long = block(20_000, 2);
    measured.engineWide = await engineAlone(workspace, wide);
    measured.engineLong = await engineAlone(workspace, long);

    const first = await launch(stage, dir, workspace);
    const { page } = first;
    const columns = await showColumns(page);
    log(`${listings.toLocaleString('en')} rows, ${columns} columns`);
    measured.selectAll = await selectAll(page);
    measured.wide = await pasteBlock(first, wide);
    log('pasted 10,000 x 5');
    measured.undoWide = await keyUntil(page, 'Control+z', measured.wide.before);
    measured.redoWide = await keyUntil(page, 'Control+y', measured.wide.wanted);
    measured.undoAgain = await keyUntil(page, 'Control+z', measured.wide.before);
    measured.long = await pasteBlock(first, long);
    log('pasted 100,000 cells');
    measured.undoLong = await keyUntil(page, 'Control+z', measured.long.before);
    measured.redoLong = await keyUntil(page, 'Control+y', measured.long.wanted);
    await first.app.close();

    const again = await launch(stage, dir, workspace);
    await again.page.locator(PRICE).filter({ hasText: measured.long.wanted }).waitFor();
    await again.page.locator(PRICE).click();
    measured.undoRestarted = await keyUntil(again.page, 'Control+z', measured.long.before);
    log('undone after a restart');
    await again.app.close();
  } finally {
    await stage.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  return { rows: report(measured), raw: measured };
}

function report({ engineWide, engineLong, wide, long, selectAll: all, ...rest }) {
  const ms = (work, what, value, budget = null, note) =>
    row(work, what, Math.round(value), 'ms', budget, note);
  const ratio = (own, alone) => Math.round((own / alone) * 100) / 100;
  return [
    ms('select all in the window', 'from the key to the paint, waits for frames included', all.painted),
    ms('select all in the window', 'from the key to the figures of all cells', all.figures),
    ms(
      'paste 10,000 x 5 in the window',
      'from the key to the paint',
      wide.ms,
      1_000,
      `${engineWide.applied} cells`,
    ),
    row(
      'paste 10,000 x 5 in the window',
      "of the engine's own time",
      ratio(wide.ms, engineWide.paste),
      'x',
      3,
    ),
    ms('undo of it', 'from the key to the paint', rest.undoWide),
    ms('redo of it', 'from the key to the paint', rest.redoWide),
    ms(
      'paste 100,000 cells in the window',
      'from the key to the paint',
      long.ms,
      null,
      `${engineLong.applied} cells`,
    ),
    row(
      'paste 100,000 cells in the window',
      "of the engine's own time",
      ratio(long.ms, engineLong.paste),
      'x',
      3,
    ),
    ms('undo of it', 'from the key to the paint', rest.undoLong),
    ms('redo of it', 'from the key to the paint', rest.redoLong),
    ms('undo of it after a restart', 'from the key to the paint', rest.undoRestarted),
  ];
}
