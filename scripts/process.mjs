// Starting and ending child processes without leaving orphans.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** True when the module is the program that was started, also through a symlink. */
export function isMain(url) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === realpathSync(fileURLToPath(url));
}

export function isRoot() {
  return process.getuid?.() === 0;
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Exit code a shell would report: the code, or 128 + the signal's number. */
export function exitCodeOf(code, signal) {
  if (code !== null) return code;
  return 128 + (constants.signals[signal] ?? 0);
}

/**
 * Runs a program with this terminal and passes signals on; a second signal
 * within its wait ends it by force. Resolves with a shell's exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 */
export function runForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', env: options.env, cwd: options.cwd });
    let asked = false;
    const pass = (signal) => {
      child.kill(asked ? 'SIGKILL' : signal);
      // A terminal's Ctrl+C reaches the child as well, so a first signal may arrive twice at once.
      setTimeout(() => {
        asked = true;
      }, 500).unref();
    };
    for (const signal of FORWARDED) process.on(signal, pass);
    const done = () => {
      for (const signal of FORWARDED) process.off(signal, pass);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      done();
      resolve(exitCodeOf(code, signal));
    });
  });
}

/**
 * Runs a program and collects what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, echo?: boolean }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string, output: string }>} `output` holds both streams as they came
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: options.env,
      cwd: options.cwd,
      timeout: options.timeoutMs,
    });
    const text = { stdout: '', stderr: '', output: '' };
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8');
      child[stream].on('data', (chunk) => {
        text[stream] += chunk;
        text.output += chunk;
        if (options.echo) process.stderr.write(chunk);
      });
    }
    const stop = (signal) => child.kill(signal);
    for (const signal of FORWARDED) process.on(signal, stop);
    const done = () => {
      for (const signal of FORWARDED) process.off(signal, stop);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve({ code: exitCodeOf(code, signal), ...text });
    });
  });
}
