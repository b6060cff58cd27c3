import { createHmac } from 'node:crypto';

/** Keys of one account; there is no token, so the signing key ends with an empty half: `cs…&`. */
export interface OAuthKeys {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export interface OAuthMoment {
  /** Unused before; the shop refuses a nonce it has seen. */
  readonly nonce: string;
  /** Epoch seconds. */
  readonly timestamp: number;
}

/** RFC 3986: everything but letters, digits and `-._~`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** RFC 5849 3.4.1: method, address without query, and all parameters sorted, each part encoded again. */
export function signatureBase(
  method: string,
  url: URL,
  parameters: readonly (readonly [string, string])[],
): string {
  const address = `${url.protocol}//${url.host}${url.pathname}`;
  const pairs = parameters
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`);
  return [method.toUpperCase(), address, pairs.join('&')].map(percentEncode).join('&');
}

export function hmacSha256(base: string, consumerSecret: string): string {
  return createHmac('sha256', `${percentEncode(consumerSecret)}&`)
    .update(base)
    .digest('base64');
}

/**
 * Signs a request the way WooCommerce wants it where there is no TLS: OAuth 1.0a
 * HMAC-SHA256 in the query string. A JSON body is not part of the signature.
 */
export function signUrl(method: string, url: URL, keys: OAuthKeys, moment: OAuthMoment): URL {
  const parameters: [string, string][] = [
    ...url.searchParams,
    ['oauth_consumer_key', keys.consumerKey],
    ['oauth_nonce', moment.nonce],
    ['oauth_signature_method', 'HMAC-SHA256'],
    ['oauth_timestamp', String(moment.timestamp)],
    ['oauth_version', '1.0'],
  ];
  const signature = hmacSha256(signatureBase(method, url, parameters), keys.consumerSecret);
  const signed = new URL(url);
  signed.search = [...parameters, ['oauth_signature', signature] as const]
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
  return signed;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
