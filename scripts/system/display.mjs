// A screen for machines without one: Xvfb on a free display number, closed to
// other users of the machine, gone when we are.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCREEN = '1920x1080x24';

export function hasDisplay(env = process.env) {
  return process.platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * An Xauthority entry that is good for any display of this machine. Fields are
 * counted with 16-bit big-endian lengths: family, address, number, name, data.
 */
export function authorityEntry(cookie) {
  const counted = (bytes) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const anyFamily = Buffer.from([0xff, 0xff]);
  const empty = Buffer.alloc(0);
  return Buffer.concat([
    anyFamily,
    counted(empty),
    counted(empty),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ]);
}

/**
 * Starts Xvfb and waits until it accepts clients.
 * @returns {Promise<{ env: { DISPLAY: string, XAUTHORITY: string }, stop: () => Promise<void> }>}
 */
export async function startDisplay() {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-display-'));
  const authority = join(dir, 'authority');
  writeFileSync(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  // Detached: a Ctrl+C in the terminal must not take the screen away before the app could close.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-auth', authority],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = new Promise((resolve) => {
    server.once('exit', resolve);
    server.once('error', resolve);
  });
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    process.off('exit', kill);
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const number = await displayNumber(server);
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let printed = '';
    let problems = '';
    server.stderr.on('data', (chunk) => {
      problems = `${problems}${chunk}`.slice(-2000);
    });
    server.stdio[3].on('data', (chunk) => {
      printed += chunk;
      if (printed.includes('\n')) resolve(printed.trim());
    });
    server.once('error', (error) => reject(new Error(`Xvfb did not start: ${error.message}`)));
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code}: ${problems.trim()}`)));
  });
}
