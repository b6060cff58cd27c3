import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import { checkAnswer, signatureOf, signIn } from '../../engine/channels/shopify/oauth.ts';
import { failureOfCall } from '../../engine/channels/kit/test-context.ts';
import { contextOf, openSimulator } from './suite-shop.ts';
import type { ShopifySimulator } from './start.ts';

const PAGES = { done: 'Done.', failed: 'No.' };
const HOUR_MS = 3_600_000;

let shop: ShopifySimulator;
let nowMs = Date.now();
beforeEach(async () => {
  nowMs = Date.now();
  shop = await openSimulator({ listings: 10, orders: 1, now: () => nowMs });
});
afterEach(() => shop.close());

describe('a sign-in', () => {
  it('gives tokens of an hour that renew themselves, each refresh token once', async () => {
    const clock = { now: () => nowMs, sleep: async () => undefined };
    const context = contextOf(shop, { ...shop.credentials }, { clock });
    const started = await signIn(context, { state: 's1', pages: PAGES, timeoutMs: 10_000, port: 0 });
    const browser = await fetch(started.address);
    expect(await browser.text()).toBe('Done.');
    await started.done;
    const tokens = await context.tokens.read();
    expect(Object.keys(tokens).toSorted()).toEqual([
      'accessToken',
      'clientId',
      'expiresAtMs',
      'refreshToken',
    ]);
    const connector = createShopifyConnector();
    expect((await connector.probe(context)).canWrite).toBe(true);
    expect(shop.access.issued).toBe(1);
    for (let hour = 0; hour < 3; hour += 1) {
      nowMs += HOUR_MS;
      await connector.probe(context);
    }
    expect(shop.access.issued).toBe(4);
    expect((await context.tokens.read())['refreshToken']).not.toBe(tokens['refreshToken']);
  });

  it('that ended for good is an error of the account, not a reason to try the app’s own keys', async () => {
    const context = contextOf(shop);
    await context.tokens.write({
      clientId: shop.credentials.clientId,
      accessToken: 'gone',
      expiresAtMs: '0',
      refreshToken: 'shprt_gone',
    });
    expect(await failureOfCall(createShopifyConnector().probe(context))).toMatchObject({
      code: 'CHANNEL_AUTH',
      details: { channelCode: 'invalid_grant' },
    });
  });

  it('is not taken from anybody but Shopify, and not for another shop', () => {
    const secret = 'shpss_1';
    const answer = new URLSearchParams({ code: 'c', shop: 'quay.myshopify.com', state: 's', timestamp: '1' });
    answer.set('hmac', signatureOf(answer, secret));
    const options = { baseUrl: 'quay.myshopify.com', clientSecret: secret };
    expect(() => checkAnswer(answer, options)).not.toThrow();
    expect(() => checkAnswer(answer, { ...options, clientSecret: 'shpss_2' })).toThrow(/not signed/);
    expect(() => checkAnswer(answer, { ...options, baseUrl: 'other.myshopify.com' })).toThrow(
      /not from other/,
    );
    answer.set('code', 'forged');
    expect(() => checkAnswer(answer, options)).toThrow(/not signed/);
  });
});
