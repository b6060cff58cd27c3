import log from 'electron-log/main';
import { redactSecrets } from '#shared/domain/redact-secrets.ts';

const MAX_BYTES = 2_000_000;

/** Writes main.log in `dir`, without secrets; electron-log keeps one older file beside it. */
export function setUpLog(dir: string): void {
  log.transports.file.resolvePathFn = () => `${dir}/main.log`;
  log.transports.file.maxSize = MAX_BYTES;
  log.transports.console.level = false;
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((item: unknown) =>
      redactSecrets(typeof item === 'string' ? item : (JSON.stringify(item) ?? '')),
    ),
  }));
}

export function logLine(message: string, data?: unknown): void {
  log.info(message, data === undefined ? '' : data);
}
