import { createHash, randomBytes } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { startSignIn, type SignIn } from '../kit/loopback-oauth.ts';
import { consentAddress } from './addresses.ts';
import { newEtsyMemory } from './memory.ts';
import { credential, requestToken, storeTokens } from './tokens.ts';

/** The redirect address that has to be listed in the app's settings, to the letter. */
export const REDIRECT = { host: 'localhost', port: 34_272, path: '/auth/etsy' } as const;

/** The permissions that are asked for. */
export const SCOPES: readonly string[] = [
  'listings_r',
  'listings_w',
  'transactions_r',
  'transactions_w',
  'shops_r',
];

/** Where the owner of the shop allows the app (PKCE, S256). */
export function authorizeAddress(
  baseUrl: string,
  options: {
    readonly keystring: string;
    readonly redirectUri: string;
    readonly state: string;
    readonly verifier: string;
  },
): URL {
  const url = consentAddress(baseUrl);
  url.searchParams.set('response_type', 'code');
  url.searchParams.set('client_id', options.keystring);
  url.searchParams.set('redirect_uri', options.redirectUri);
  url.searchParams.set('scope', SCOPES.join(' '));
  url.searchParams.set('state', options.state);
  url.searchParams.set('code_challenge', challengeOf(options.verifier));
  url.searchParams.set('code_challenge_method', 'S256');
  return url;
}

export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

export interface EtsySignIn {
  /** To be opened in the person's browser. */
  readonly address: string;
  /** Resolves when tokens are stored. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a sign-in in the person's browser; the account's tokens are stored
 * when it comes back. Throws CREDENTIALS_MISSING, and BAD_INPUT when the port
 * of the redirect address is taken.
 */
export async function signIn(
  context: ChannelContext,
  options: {
    readonly state: string;
    readonly pages: { readonly done: string; readonly failed: string };
    readonly timeoutMs: number;
    readonly port?: number;
  },
): Promise<EtsySignIn> {
  const keystring = credential(context, 'keystring');
  if (keystring === '') {
    throw new CodedError('CREDENTIALS_MISSING', 'The sign-in needs the keystring of an app', {
      accountId: context.accountId,
    });
  }
  const verifier = randomBytes(48).toString('base64url');
  const browser: SignIn = await startSignIn({
    addressFor: (redirectUri, state) =>
      authorizeAddress(context.baseUrl, { keystring, redirectUri, state, verifier }),
    state: options.state,
    host: REDIRECT.host,
    port: options.port ?? REDIRECT.port,
    path: REDIRECT.path,
    timeoutMs: options.timeoutMs,
    signal: context.signal,
    pages: options.pages,
  });
  const finish = async (): Promise<void> => {
    const code = await browser.code;
    const answer = await requestToken(context, newEtsyMemory(), {
      grant_type: 'authorization_code',
      client_id: keystring,
      redirect_uri: browser.redirectUri,
      code,
      code_verifier: verifier,
    });
    await storeTokens(context, answer);
  };
  const done = finish();
  // Nobody may be listening yet when it fails.
  done.catch(() => undefined);
  return { address: browser.address, done, close: () => browser.close() };
}
