import { CodedError } from '#shared/errors/coded-error.ts';

/** Keys never travel in the clear: https everywhere, http only to this very machine. Throws INSECURE_URL. */
export function assertSafeUrl(url: URL): void {
  if (url.protocol === 'https:') return;
  if (url.protocol === 'http:' && isLoopback(url.hostname)) return;
  throw new CodedError(
    'INSECURE_URL',
    `${url.origin} is not encrypted; the address must begin with https://`,
    {
      origin: url.origin,
    },
  );
}

export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase();
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}

const SECRET_PARAMETER = /key|secret|token|signature|nonce|password|^oauth_/i;

/** Path and query of an address without anything that could be used to get in. */
export function redactedPath(url: URL): string {
  const kept = [...url.searchParams].filter(([name]) => !SECRET_PARAMETER.test(name));
  if (kept.length === 0) return url.pathname;
  return `${url.pathname}?${kept.map(([name, value]) => `${name}=${value}`).join('&')}`;
}
