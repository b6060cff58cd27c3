// The spreadsheet beside a bare AG Grid, Glide Data Grid and RevoGrid: the same
// catalogue, the same browser, in turns. The other two are installed on demand
// into scripts/bench/grids and are no part of the product.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, preview } from 'vite';
import { inRoot } from '../paths.mjs';
import { runForeground } from '../process.mjs';
import { ADAPTERS } from './grids/adapters.mjs';
import { clip, find, frames, jumps, keyUntil, painted, selectAll } from './grids/measures.mjs';
import { gridRows } from './grids/report.mjs';
import { LISTING_FIELD_NAMES } from '../../shared/domain/listing-fields.ts';
import { openBench, seedListings } from './workspace.mjs';

const HERE = inRoot('scripts', 'bench', 'grids');
const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const ROWS = 250_000;
const ROUNDS = 3;

/** One folder of pages, built into `outDir` and served. */
async function serve(root, outDir, configFile) {
  const options = {
    root,
    configFile,
    logLevel: 'error',
    base: './',
    build: { outDir, emptyOutDir: true, target: 'chrome114', chunkSizeWarningLimit: 4_000 },
  };
  await build(options);
  const server = await preview({ ...options, preview: { host: '127.0.0.1', port: 4350 } });
  return { url: server.resolvedUrls.local[0], close: () => server.close() };
}

async function round(page, kind, url, raw) {
  const add = (name, value) => (raw[name][kind] ??= []).push(...[value].flat());
  await page.goto('about:blank');
  await page.goto(url);
  add('mount', await painted(page));
  await frames(page, 'vertical', 64, 30);
  for (const axis of ['vertical', 'horizontal']) {
    const measured = await frames(page, axis, axis === 'vertical' ? 64 : 40, 120);
    add(axis, measured.cpu);
    add(`${axis}Fps`, measured.fps);
    add('longTasks', measured.longTasks);
  }
  const fast = await frames(page, 'vertical', 640, 120);
  add('fast', fast.cpu);
  add('fastFps', fast.fps);
  add('jump', await jumps(page, ROWS, 20));
  if (kind === 'bare') return;
  add('selectAll', await selectAll(page));
  const wide = clip(10_000, 5);
  add('pasteWide', await keyUntil(page, { ...wide, key: 'Control+v', toRow: 0 }));
  if (kind === 'sheet') add('undoWide', await keyUntil(page, { ...wide, key: 'Control+z', undo: true }));
  const long = clip(100_000, 1);
  add('pasteLong', await keyUntil(page, { ...long, key: 'Control+v', toRow: 0 }));
  if (kind === 'sheet') add('undoLong', await keyUntil(page, { ...long, key: 'Control+z', undo: true }));
  add('fill', await keyUntil(page, { fill: true, column: 'attribute20', toRow: 99_999 }));
  if (kind === 'glide') add('find', await find(page, ROWS));
}

/** Our search runs in the engine, over the same number of listings; the others look at the page's own rows. */
async function engineFind(raw) {
  const bench = await openBench();
  try {
    seedListings(bench.db, ROWS);
    const { viewId } = await bench.call('views.open', {});
    raw.find.sheet = [];
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      const started = performance.now();
      const { row } = await bench.call('views.find', {
        viewId,
        text: `SKU-${String(ROWS - 1).padStart(7, '0')}`,
        fields: [...LISTING_FIELD_NAMES],
        from: 0,
        direction: 'next',
        matchCase: false,
      });
      raw.find.sheet.push(performance.now() - started);
      if (row === null) throw new Error('The last listing was not found');
    }
  } finally {
    await bench.close();
  }
}

export async function grids({ log }) {
  if (!existsSync(join(HERE, 'node_modules'))) {
    log('installing the other grids into scripts/bench/grids');
    const code = await runForeground('npm', ['ci'], { cwd: HERE });
    if (code !== 0)
      throw new Error('The other grids could not be installed: npm ci failed in scripts/bench/grids');
  }
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-grids-'));
  const own = await serve(
    inRoot('renderer', 'grid', 'harness'),
    join(dir, 'own'),
    inRoot('e2e', 'grid', 'vite.config.ts'),
  );
  const others = await serve(HERE, join(dir, 'others'), false);
  const browser = await chromium.launch({
    ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  const size = `rows=${ROWS}&columns=40`;
  const urls = {
    bare: `${own.url}?${size}&bare`,
    sheet: `${own.url}?${size}`,
    glide: `${others.url}?${size}&grid=glide`,
    revo: `${others.url}?${size}&grid=revo`,
  };
  const raw = new Proxy({}, { get: (all, name) => (all[name] ??= {}) });
  try {
    for (let turn = 0; turn < ROUNDS; turn += 1) {
      for (const [kind, url] of Object.entries(urls)) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
        await context.grantPermissions(['clipboard-read', 'clipboard-write']);
        const page = await context.newPage();
        await page.addInitScript(ADAPTERS);
        await round(page, kind, url, raw);
        await context.close();
        log(`round ${turn + 1}: ${kind}`);
      }
    }
    await engineFind(raw);
    return { rows: gridRows(raw), raw: { ...raw, browser: browser.version() } };
  } finally {
    await browser.close();
    await Promise.all([own.close(), others.close()]);
    rmSync(dir, { recursive: true, force: true });
  }
}
