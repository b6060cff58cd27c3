// What the build makes, from which folders, and how.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { inRoot, root } from '../paths.mjs';

/** Oldest runtimes the bundles must run on (development runtime: Electron 25). */
const MAIN_TARGET = 'node18';
const ENGINE_TARGET = 'node22';
const RENDERER_TARGET = 'chrome114';

/**
 * One file for Node or Electron's main process, dependencies bundled.
 * @param {{ entry: string, outDir: string, file: string, format: 'cjs' | 'esm', target: string, external: (string | RegExp)[] }} options
 */
async function bundleForNode(options) {
  await build({
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: inRoot(options.entry),
      outDir: options.outDir,
      emptyOutDir: false,
      target: options.target,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        external: [/^node:/, ...options.external],
        output: {
          format: options.format,
          entryFileNames: options.file,
          codeSplitting: false,
        },
      },
    },
  });
}

async function bundleRenderer(outDir) {
  await build({
    root: inRoot('renderer'),
    configFile: false,
    envDir: false,
    publicDir: existsSync(inRoot('renderer/public')) ? inRoot('renderer/public') : false,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir,
      emptyOutDir: false,
      target: RENDERER_TARGET,
      cssTarget: RENDERER_TARGET,
      // The content security policy allows neither inline scripts nor data: fonts.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      sourcemap: true,
      chunkSizeWarningLimit: 4096,
    },
  });
}

/**
 * `entries` must exist for the target to be built; `inputs` are files and
 * folders whose change makes it stale; `make(dir)` writes into an empty folder.
 */
export const targets = [
  {
    name: 'app',
    entries: ['main/app/main.ts', 'main/preload/preload.ts'],
    inputs: ['main/app', 'main/preload', 'main/secrets', 'main/settings', 'shared'],
    outputs: ['main.cjs', 'preload.cjs'],
    async make(dir) {
      const common = { outDir: dir, format: 'cjs', target: MAIN_TARGET, external: ['electron'] };
      await bundleForNode({ ...common, entry: 'main/app/main.ts', file: 'main.cjs' });
      await bundleForNode({ ...common, entry: 'main/preload/preload.ts', file: 'preload.cjs' });
    },
  },
  {
    name: 'engine',
    entries: ['main/process/engine-entry.ts'],
    inputs: ['main/process', 'main/engine', 'main/simulator', 'shared', 'resources/rule-packs'],
    outputs: ['engine.cjs', 'worker.cjs', 'migrations', 'rule-packs'],
    async make(dir) {
      await bundleForNode({
        entry: 'main/process/engine-entry.ts',
        outDir: dir,
        // CommonJS, because every Electron's utility process can start it.
        file: 'engine.cjs',
        format: 'cjs',
        target: ENGINE_TARGET,
        external: ['better-sqlite3'],
      });
      await bundleWorker(dir);
      copyEngineData(dir);
    },
  },
  {
    name: 'cli',
    entries: ['main/cli/quayside.ts'],
    inputs: [
      'main/cli',
      'main/engine',
      'main/secrets',
      'main/simulator',
      'main/process',
      'shared',
      'resources/rule-packs',
    ],
    outputs: ['quayside.mjs', 'worker.cjs', 'migrations', 'rule-packs'],
    async make(dir) {
      await bundleForNode({
        entry: 'main/cli/quayside.ts',
        outDir: dir,
        file: 'quayside.mjs',
        format: 'esm',
        target: ENGINE_TARGET,
        external: ['better-sqlite3'],
      });
      await bundleWorker(dir);
      copyEngineData(dir);
    },
  },
  {
    name: 'renderer',
    entries: ['renderer/index.html', 'renderer/app/main.tsx'],
    inputs: ['renderer', 'shared'],
    outputs: ['index.html'],
    make: bundleRenderer,
  },
];

/** The thread beside the engine: pure arithmetic, one file that is read as text and started. */
async function bundleWorker(dir) {
  await bundleForNode({
    entry: 'main/engine/workers/worker-entry.ts',
    outDir: dir,
    file: 'worker.cjs',
    format: 'cjs',
    target: ENGINE_TARGET,
    external: [],
  });
}

/** The engine reads its schema steps and the rules of the channels from the folders beside its bundle. */
function copyEngineData(dir) {
  cpSync(inRoot('resources/rule-packs'), join(dir, 'rule-packs'), { recursive: true });
  cpSync(inRoot('main/engine/db/migrations'), join(dir, 'migrations'), { recursive: true });
}
