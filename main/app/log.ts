import log from 'electron-log/main';

/** Things that must never reach a log, whatever put them into a message. */
const SECRETS = [
  /\b(ck|cs)_[0-9a-f]{8,}\b/gi,
  /\b(Atz[ar]\||shpat_|shpss_)[\w.|-]+/g,
  /("?(?:consumer(?:Key|Secret)|access_?token|refresh_?token)"?\s*[:=]\s*)"?[^"\s,}]+/gi,
];

export function redact(text: string): string {
  return SECRETS.reduce((clean, pattern) => clean.replace(pattern, '[redacted]'), text);
}

export function setUpLog(dir: string): void {
  log.transports.file.resolvePathFn = () => `${dir}/main.log`;
  log.transports.file.maxSize = 2_000_000;
  log.transports.console.level = false;
  log.hooks.push((message) => ({
    ...message,
    data: message.data.map((item: unknown) =>
      redact(typeof item === 'string' ? item : (JSON.stringify(item) ?? '')),
    ),
  }));
}

export function logLine(message: string, data?: unknown): void {
  log.info(message, data === undefined ? '' : data);
}
