import { createHmac, randomUUID } from 'node:crypto';
import type { Credentials, WooCommerceSimulator } from './start.ts';

export interface ShopAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface ShopClient {
  /** `path` below `/wp-json/wc/v3/`, with its query. */
  get(path: string): Promise<ShopAnswer>;
  send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<ShopAnswer>;
}

/** Speaks to the simulated shop the way any program may: signed, one request at a time. */
export function shopClient(
  shop: Pick<WooCommerceSimulator, 'url'> & { readonly credentials: Credentials },
): ShopClient {
  const request = async (method: string, path: string, body: unknown): Promise<ShopAnswer> => {
    const url = new URL(`${shop.url}/wp-json/wc/v3/${path}`);
    const response = await fetch(signed(method, url, shop.credentials), {
      method,
      ...(body === undefined
        ? {}
        : {
            body: typeof body === 'string' ? body : JSON.stringify(body),
            headers: { 'content-type': 'application/json' },
          }),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    get: (path) => request('GET', path, undefined),
    send: (method, path, body) => request(method, path, body),
  };
}

function signed(method: string, url: URL, { consumerKey, consumerSecret }: Credentials): URL {
  const parameters: [string, string][] = [
    ...url.searchParams,
    ['oauth_consumer_key', consumerKey],
    ['oauth_nonce', randomUUID()],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(Math.floor(Date.now() / 1_000))],
  ];
  const sorted = parameters
    .map(([name, value]): [string, string] => [encodeURIComponent(name), encodeURIComponent(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const query = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [method, `${url.origin}${url.pathname}`, query].map(encodeURIComponent).join('&');
  const signature = createHmac('sha256', `${consumerSecret}&`).update(base).digest('base64');
  const target = new URL(url);
  target.search = `${query}&oauth_signature=${encodeURIComponent(signature)}`;
  return target;
}
