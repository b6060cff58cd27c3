import type { AccountPlatform, Platform } from '#shared/domain/platforms.ts';
import { cleanCredentials, isComplete, type Credentials } from './credentials.ts';

interface SignInKeys {
  /** The app's own keys: without them the browser cannot be sent anywhere. */
  readonly needs: readonly string[];
  /** What a sign-in brings. Who enters one of them does not want to sign in. */
  readonly brings: readonly string[];
  /** Whether the app's keys alone may do too, as with an app of the shop's own organisation. */
  readonly alsoWithout: boolean;
}

const SIGN_INS: Readonly<Partial<Record<AccountPlatform, SignInKeys>>> = {
  shopify: { needs: ['clientId', 'clientSecret'], brings: ['accessToken'], alsoWithout: true },
  etsy: { needs: ['keystring', 'sharedSecret'], brings: ['refreshToken'], alsoWithout: false },
};

/** How an account can be connected with what was entered so far. */
export interface Ways {
  /** The platform signs people in, and no token was entered. */
  readonly signIn: boolean;
  /** Everything that a sign-in needs is there. */
  readonly signInReady: boolean;
  /** The entered keys may do without a sign-in. */
  readonly keysReady: boolean;
}

export function waysToConnect(platform: Platform, values: Credentials): Ways {
  const keys = SIGN_INS[platform];
  const given = cleanCredentials(values);
  const has = (key: string): boolean => given[key] !== undefined;
  const complete = isComplete(platform, values);
  if (!keys || keys.brings.some(has)) return { signIn: false, signInReady: false, keysReady: complete };
  return {
    signIn: true,
    signInReady: keys.needs.every(has),
    keysReady: complete && keys.alsoWithout,
  };
}

/** Whether accounts of this platform can sign in again with the app's keys that are kept. */
export function signsIn(platform: AccountPlatform): boolean {
  return SIGN_INS[platform] !== undefined;
}
