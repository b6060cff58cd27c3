import { createHmac } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { sameText, startSignIn, type SignIn } from '../kit/loopback-oauth.ts';
import { isLoopback } from '../kit/safe-url.ts';
import { NEEDED_SCOPES } from './probe.ts';
import { shopRoot } from './shop-address.ts';
import { requestToken, storeTokens } from './tokens.ts';

/** The redirect address that has to be listed in the app's settings. */
export const REDIRECT = { host: 'localhost', port: 34_271, path: '/auth/shopify' } as const;

/** The permissions that are asked for. */
export const SCOPES: readonly string[] = NEEDED_SCOPES.map(([first]) => first ?? '');

/** Where the owner of the shop allows the app. */
export function authorizeAddress(
  baseUrl: string,
  options: { readonly clientId: string; readonly redirectUri: string; readonly state: string },
): URL {
  const url = new URL('admin/oauth/authorize', shopRoot(baseUrl));
  url.searchParams.set('client_id', options.clientId);
  url.searchParams.set('scope', SCOPES.join(','));
  url.searchParams.set('redirect_uri', options.redirectUri);
  url.searchParams.set('state', options.state);
  return url;
}

/** Whether Shopify itself sent the browser back, and from this shop. Throws CHANNEL_AUTH. */
export function checkAnswer(
  answer: URLSearchParams,
  options: { readonly baseUrl: string; readonly clientSecret: string },
): void {
  const expected = signatureOf(answer, options.clientSecret);
  if (!sameText(answer.get('hmac') ?? '', expected)) {
    throw new CodedError('CHANNEL_AUTH', 'The answer of the sign-in was not signed by Shopify', {});
  }
  const { hostname } = shopRoot(options.baseUrl);
  const shop = answer.get('shop') ?? '';
  if (shop !== hostname && !isLoopback(hostname)) {
    throw new CodedError('CHANNEL_AUTH', `The sign-in came from ${shop}, not from ${hostname}`, { shop });
  }
}

/** All parameters but the signature, sorted, under the app's secret. Lower-case hexadecimal. */
export function signatureOf(answer: URLSearchParams, clientSecret: string): string {
  const message = [...answer]
    .filter(([name]) => name !== 'hmac')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return createHmac('sha256', clientSecret).update(message).digest('hex');
}

export interface ShopSignIn {
  /** To be opened in the person's browser. */
  readonly address: string;
  /** Resolves when tokens are stored. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/**
 * Signs in to a shop outside the app's own organisation: the browser brings a
 * code, which is exchanged for a token of an hour and a refresh token. `port`
 * other than the listed one is for tests.
 */
export async function signIn(
  context: ChannelContext,
  options: {
    readonly state: string;
    readonly pages: { readonly done: string; readonly failed: string };
    readonly timeoutMs: number;
    readonly port?: number;
  },
): Promise<ShopSignIn> {
  const clientId = context.credentials['clientId']?.trim() ?? '';
  const clientSecret = context.credentials['clientSecret']?.trim() ?? '';
  if (clientId === '' || clientSecret === '') {
    throw new CodedError('CREDENTIALS_MISSING', 'The sign-in needs the client id and secret of an app', {
      accountId: context.accountId,
    });
  }
  const browser: SignIn = await startSignIn({
    addressFor: (redirectUri, state) => authorizeAddress(context.baseUrl, { clientId, redirectUri, state }),
    state: options.state,
    host: REDIRECT.host,
    port: options.port ?? REDIRECT.port,
    path: REDIRECT.path,
    check: (answer) => checkAnswer(answer, { baseUrl: context.baseUrl, clientSecret }),
    timeoutMs: options.timeoutMs,
    signal: context.signal,
    pages: options.pages,
  });
  const finish = async (): Promise<void> => {
    const code = await browser.code;
    const form = { client_id: clientId, client_secret: clientSecret, code, expiring: '1' };
    await storeTokens(context, clientId, await requestToken(context, form));
  };
  const done = finish();
  // Nobody may be listening yet when it fails.
  done.catch(() => undefined);
  return { address: browser.address, done, close: () => browser.close() };
}
