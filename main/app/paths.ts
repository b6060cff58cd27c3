import { join } from 'node:path';
import { app } from 'electron';

/** The bundle lies in out/app; its siblings are the engine and the renderer. */
const out = join(__dirname, '..');

export const RENDERER_DIR = join(out, 'renderer');
export const PRELOAD_FILE = join(out, 'app', 'preload.cjs');
export const ENGINE_FILE = join(out, 'engine', 'engine.cjs');
/** Node of the project, for runtimes whose own Node cannot load the SQLite binding. */
export const PINNED_NODE = join(
  out,
  '..',
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

export const logDir = (): string => app.getPath('logs');
export const workspacesDir = (): string => join(app.getPath('userData'), 'workspaces');
