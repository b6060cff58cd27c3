import { v7 } from 'uuid';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Clock, Logger, Ports, Vault } from './ports.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new CodedError('CANCELLED', 'Stopped'));
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(new CodedError('CANCELLED', 'Stopped'));
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

export function systemPorts(vault: Vault, log: Logger): Ports {
  return {
    clock: systemClock,
    fetch: (url, init) => fetch(url, init),
    vault,
    log,
    random: () => Math.random(),
    newId: () => v7(),
  };
}

/** JSON lines on a stream; the host decides where they end up. */
export function lineLogger(write: (line: string) => void): Logger {
  const at = (level: string) => (message: string, data?: Record<string, unknown>) =>
    write(JSON.stringify({ at: new Date().toISOString(), level, message, ...data }));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

export const silentLogger: Logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
