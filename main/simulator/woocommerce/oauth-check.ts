import { createHmac, timingSafeEqual } from 'node:crypto';
import { WpError } from './wp-error.ts';

export interface ApiKey {
  readonly consumerKey: string;
  readonly consumerSecret: string;
  readonly permissions: 'read' | 'write' | 'read_write';
}

const OAUTH = [
  'oauth_consumer_key',
  'oauth_timestamp',
  'oauth_nonce',
  'oauth_signature',
  'oauth_signature_method',
] as const;
/** How old a signature may be, in seconds. */
const WINDOW = 15 * 60;

/**
 * Checks a request over plain http the way a shop does: OAuth 1.0a with
 * HMAC-SHA256 and no token. Keys in a header or in the query count for nothing
 * without TLS. Nonces are remembered within the window.
 */
export class OAuthCheck {
  private readonly keys: ReadonlyMap<string, ApiKey>;
  private readonly nonces = new Map<string, number>();

  constructor(keys: readonly ApiKey[]) {
    this.keys = new Map(keys.map((key) => [key.consumerKey, key]));
  }

  /** The query without its signature. Throws the shop's own refusals. */
  check(method: string, url: URL): URLSearchParams {
    const query = url.searchParams;
    const key = this.keys.get(query.get('oauth_consumer_key') ?? '');
    if (!key) throw cannotView(method);
    for (const name of OAUTH) {
      if (!query.get(name)) throw refused(`Missing OAuth parameter: ${name}`);
    }
    if (query.get('oauth_signature_method') !== 'HMAC-SHA256') throw refused('Signature method is invalid.');
    this.checkSignature(method, url, key);
    this.checkNonce(key, Number(query.get('oauth_timestamp')), query.get('oauth_nonce') ?? '');
    const writes = method !== 'GET' && method !== 'HEAD';
    if (writes && key.permissions === 'read') {
      throw refused('The API key provided does not have write permissions.');
    }
    if (!writes && key.permissions === 'write') {
      throw refused('The API key provided does not have read permissions.');
    }
    return new URLSearchParams([...query].filter(([name]) => !name.startsWith('oauth_')));
  }

  private checkSignature(method: string, url: URL, key: ApiKey): void {
    const pairs = [...url.searchParams]
      .filter(([name]) => name !== 'oauth_signature')
      .map(([name, value]): [string, string] => [encode(name), encode(value)])
      .sort(([a, x], [b, y]) => order(a, b) || order(x, y))
      .map(([name, value]) => `${encode(name)}%3D${encode(value)}`);
    const base = `${method}&${encode(`${url.protocol}//${url.host}${url.pathname}`)}&${pairs.join('%26')}`;
    const expected = createHmac('sha256', `${key.consumerSecret}&`).update(base).digest();
    const given = Buffer.from(url.searchParams.get('oauth_signature') ?? '', 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw refused('Invalid signature - provided signature does not match.');
    }
  }

  private checkNonce(key: ApiKey, timestamp: number, nonce: string): void {
    const now = Math.floor(Date.now() / 1_000);
    if (!Number.isInteger(timestamp) || Math.abs(now - timestamp) > WINDOW)
      throw refused('Invalid timestamp.');
    const used = `${key.consumerKey} ${nonce}`;
    if (this.nonces.has(used)) throw refused('Invalid nonce - nonce has already been used.');
    this.nonces.set(used, timestamp);
    if (this.nonces.size <= 50_000) return;
    for (const [old, at] of this.nonces) if (now - at > WINDOW) this.nonces.delete(old);
  }
}

function cannotView(method: string): WpError {
  const what = method === 'GET' ? 'view' : 'create';
  const message = method === 'GET' ? 'list resources' : 'create resources';
  return new WpError(`woocommerce_rest_cannot_${what}`, `Sorry, you cannot ${message}.`, 401);
}

function refused(message: string): WpError {
  return new WpError('woocommerce_rest_authentication_error', message, 401);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
