import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FORMS } from '#shared/domain/channel-credentials.ts';
import { signsIn, waysToConnect } from './sign-in-keys.ts';

describe('ways to connect', () => {
  it('with Etsy are a sign-in, until a refresh token is entered', () => {
    const app = { keystring: 'k', sharedSecret: 's' };
    expect(waysToConnect('etsy', { keystring: 'k' })).toEqual({
      signIn: true,
      signInReady: false,
      keysReady: false,
    });
    expect(waysToConnect('etsy', app)).toEqual({ signIn: true, signInReady: true, keysReady: false });
    expect(waysToConnect('etsy', { ...app, refreshToken: ' ' }).signIn).toBe(true);
    expect(waysToConnect('etsy', { ...app, refreshToken: 'r' })).toEqual({
      signIn: false,
      signInReady: false,
      keysReady: true,
    });
  });

  it('with an app of Shopify are both', () => {
    expect(waysToConnect('shopify', { clientId: 'a', clientSecret: 'b' })).toEqual({
      signIn: true,
      signInReady: true,
      keysReady: true,
    });
    expect(waysToConnect('shopify', { accessToken: 't' })).toEqual({
      signIn: false,
      signInReady: false,
      keysReady: true,
    });
  });

  it('are keys alone where nobody signs in', () => {
    const keys = { consumerKey: 'ck', consumerSecret: 'cs' };
    expect(waysToConnect('woocommerce', keys)).toEqual({
      signIn: false,
      signInReady: false,
      keysReady: true,
    });
    expect(signsIn('woocommerce')).toBe(false);
    expect(signsIn('local')).toBe(false);
  });

  it('name only keys that the form has', () => {
    for (const platform of ['shopify', 'etsy'] as const) {
      const all = (CREDENTIAL_FORMS[platform]?.fields ?? []).map(({ key }) => [key, 'x'] as const);
      expect(waysToConnect(platform, Object.fromEntries(all)).signIn).toBe(false);
      const app = all.filter(([key]) => !/token$/i.test(key));
      expect(waysToConnect(platform, Object.fromEntries(app)).signInReady).toBe(true);
    }
  });
});
