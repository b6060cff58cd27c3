#!/usr/bin/env node
// `npx quayside`: the engine without a window. Runs the CLI on a Node that can
// load SQLite and read TypeScript: this one when it is new enough, else the
// project's own.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findPinnedNode, isGoodNode, oldNodeMessage } from './node.mjs';

const self = realpathSync(fileURLToPath(import.meta.url));

/** Sources where there are any (Node strips no types below node_modules), else the bundle. */
function findCli() {
  const root = join(dirname(self), '..');
  const source = join(root, 'main', 'cli', 'quayside.ts');
  const bundle = join(root, 'out', 'cli', 'quayside.mjs');
  const fromSource = existsSync(source) && !self.includes(`${sep}node_modules${sep}`);
  return fromSource || !existsSync(bundle) ? source : bundle;
}

/** Hands over to another Node: same terminal, same signals, same exit. */
function runUnder(node) {
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  child.once('error', (error) => {
    console.error(`quayside could not start ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.once('exit', (code, signal) => {
    for (const name of signals) process.off(name, pass);
    if (signal === null) process.exitCode = code ?? 1;
    else if (signals.includes(signal)) process.kill(process.pid, signal);
    else process.exitCode = 128 + constants.signals[signal];
  });
}

/** npx passes no signal on to what it runs, so its end is taken for one: no simulator or pull outlives the script that stopped it. */
function endWithNpx() {
  if (process.env.npm_command !== 'exec') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

/** Nodes before 24.12 announce on stderr that they strip types; nobody asked. */
function silenceTypeStripping() {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning, ...rest) => {
    if (rest[0] === 'ExperimentalWarning' && String(warning).startsWith('Type Stripping')) return;
    emitWarning(warning, ...rest);
  };
}

endWithNpx();
if (isGoodNode(process.versions, process.features.typescript)) {
  silenceTypeStripping();
  module.enableCompileCache();
  const cli = findCli();
  // The CLI sees itself as the program, as if Node had started it.
  process.argv[1] = cli;
  await import(pathToFileURL(cli).href);
} else {
  const node = findPinnedNode(import.meta.url);
  if (node === null) {
    console.error(oldNodeMessage());
    process.exitCode = 1;
  } else {
    runUnder(node);
  }
}
