// Start-up and memory of the whole app, against the same Electron with an empty window.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron } from '@playwright/test';
import { openEngine } from '../../main/engine/open-engine.ts';
import { silentLogger, systemPorts } from '../../main/engine/system-ports.ts';
import { buildStale } from '../build.mjs';
import { setStage } from '../system.mjs';
import { inTurns, median } from './measure.mjs';
import { seedListings } from './workspace.mjs';

const EMPTY_MAIN = `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadURL('data:text/html,<title>empty</title><p data-app-state="ready">empty</p>');
});
app.on('window-all-closed', () => app.quit());
`;

/** An app with one empty window, in the way this runtime takes an app: by argument, or lying in its resources. */
function emptyApp(stage, dir) {
  const app = join(dir, 'empty-app');
  mkdirSync(app);
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.cjs' }),
  );
  writeFileSync(join(app, 'main.cjs'), EMPTY_MAIN);
  if (stage.runtime.appArgs.length > 0) {
    const args = stage.args.slice(0, stage.args.length - stage.runtime.appArgs.length);
    return { executable: stage.runtime.executable, args: [...args, app] };
  }
  const home = dirname(stage.runtime.executable);
  const copy = join(dir, 'runtime');
  cpSync(home, copy, { recursive: true, filter: (path) => path !== join(home, 'resources', 'app') });
  symlinkSync(app, join(copy, 'resources', 'app'));
  return { executable: join(copy, 'electron'), args: stage.args };
}

/** Proportional memory of a process and all below it, in MiB; shared pages count once. Linux only. */
function memoryOf(root) {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8'))?.[1];
      children.set(parent, [...(children.get(parent) ?? []), name]);
    } catch {
      // It ended while we looked.
    }
  }
  const pids = [String(root)];
  for (const pid of pids) pids.push(...(children.get(pid) ?? []));
  let kib = 0;
  for (const pid of pids) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // As above.
    }
  }
  return kib / 1024;
}

export async function start({ listings, log }) {
  await buildStale({ log });
  const stage = await setStage({ log });
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-start-'));
  try {
    const workspace = join(dir, 'workspace');
    const vault = { get: async () => null, set: async () => undefined, remove: async () => undefined };
    const opened = await openEngine({
      dir: workspace,
      create: true,
      ports: systemPorts(vault, silentLogger),
      actor: 'bench',
    });
    seedListings(opened.engine.db, listings);
    // The day's backup is not part of a start.
    opened.engine.safety.daily();
    await opened.engine.safety.settled();
    await opened.close();

    const empty = emptyApp(stage, dir);
    const own = { executable: stage.runtime.executable, args: stage.args };
    const memory = { empty: [], own: [] };
    let app = null;
    let profile = 0;
    const launch = (name, { executable, args }, more) => ({
      run: async () => {
        profile += 1;
        app = await _electron.launch({
          executablePath: executable,
          args: [...args, `--user-data-dir=${join(dir, `profile-${profile}`)}`, ...more],
          env: stage.env,
          chromiumSandbox: !args.includes('--no-sandbox'),
        });
        const page = await app.firstWindow();
        await page.locator('[data-app-state="ready"]').waitFor({ state: 'attached' });
      },
      after: async () => {
        memory[name].push(Math.round(memoryOf(app.process().pid)));
        await app.close();
      },
    });
    const raw = await inTurns(
      { empty: launch('empty', empty, []), own: launch('own', own, [`--workspace=${workspace}`]) },
      { repetitions: 3, warmUp: 1 },
    );
    const [emptyMiB, ownMiB] = [median(memory.empty), median(memory.own)];
    const k = listings.toLocaleString('en');
    return {
      rows: [
        {
          work: `start to ready with ${k} listings`,
          measured: 'of an empty Electron window',
          value: Math.round((raw.own.median / raw.empty.median) * 100) / 100,
          unit: 'x',
          budget: 1.3,
        },
        {
          work: `memory of the whole app with ${k} listings`,
          measured: `of 1.6 empty Electron windows (${emptyMiB} MiB each) + 150 MiB`,
          value: Math.round((ownMiB / (emptyMiB * 1.6 + 150)) * 100) / 100,
          unit: 'x',
          budget: 1,
          note: `${ownMiB} MiB`,
        },
      ],
      raw: { ...raw, memoryMiB: memory },
    };
  } finally {
    await stage.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
