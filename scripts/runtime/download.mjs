// The official Electron download, given up soon on a machine that cannot reach it.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDir, inRoot } from '../paths.mjs';
import { withLock } from './cache.mjs';

/** Without a byte for so long, the host is taken as unreachable. */
const SILENCE_MS = 20_000;

const failureFile = () => join(cacheDir(), 'electron-download-failed.json');

/** The remembered failure, null when there is none. */
export function readFailure() {
  try {
    const { version, at, reason } = JSON.parse(readFileSync(failureFile(), 'utf8'));
    return typeof version === 'string' && typeof at === 'number'
      ? { version, at, reason: String(reason) }
      : null;
  } catch {
    return null;
  }
}

function rememberFailure(version, reason) {
  mkdirSync(cacheDir(), { recursive: true });
  writeFileSync(failureFile(), JSON.stringify({ version, at: Date.now(), reason }));
}

/** The line of an error dump that says what went wrong. */
export function reasonOf(stderr) {
  const lines = stderr.split('\n').map((line) => line.trim());
  const cause = lines.find((line) => /\b(E[A-Z]{4,}|HTTPError|getaddrinfo|certificate)\b/.test(line));
  const first = cause ?? lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.find((line) => line !== '');
  return (first ?? 'no reason given')
    .replace(/^\[cause\]: /, '')
    .replace(/^\w*Error: /, '')
    .replace(/\s*\{$/, '')
    .slice(0, 160);
}

/** Ends the child when its stdout is silent for `silenceMs`; resolves with null or the reason of the failure. */
export function superviseDownload(command, args, { silenceMs = SILENCE_MS, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    let stderr = '';
    let stuck = false;
    const giveUp = () => {
      stuck = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(giveUp, silenceMs);
    child.stdout.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, silenceMs);
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(null);
      else resolve(stuck ? `no byte for ${silenceMs / 1000} s` : reasonOf(stderr));
    });
  });
}

/**
 * Downloads the pinned Electron into its package. Throws with the reason and
 * remembers it, so that the next start does not wait again.
 */
export async function downloadElectron(version, log = () => undefined) {
  await withLock(join(cacheDir(), 'electron-download.lock'), async () => {
    log(`downloading Electron ${version}`);
    const reason = await superviseDownload(process.execPath, [
      inRoot('scripts', 'runtime', 'download-child.mjs'),
    ]);
    if (reason !== null) {
      rememberFailure(version, reason);
      throw new Error(`the download failed (${reason})`);
    }
    rmSync(failureFile(), { force: true });
  });
}
