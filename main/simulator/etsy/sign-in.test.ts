import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext } from '../../engine/channels/contract.ts';
import { createEtsyConnector } from '../../engine/channels/etsy/connector.ts';
import { signIn } from '../../engine/channels/etsy/oauth.ts';
import { failureOfCall, memoryTokens } from '../../engine/channels/kit/test-context.ts';
import { contextOf, openSimulator } from './suite-shop.ts';
import type { EtsySimulator } from './start.ts';

const PAGES = { done: 'Done.', failed: 'No.' };
const HOUR_MS = 3_600_000;

let shop: EtsySimulator;
let nowMs = Date.now();
beforeEach(async () => {
  nowMs = Date.now();
  shop = await openSimulator({ listings: 10, orders: 1, now: () => nowMs });
});
afterEach(() => shop.close());

const clock = { now: () => nowMs, sleep: async () => undefined };
const keysOnly = (): ChannelContext['credentials'] => ({
  keystring: shop.credentials.keystring,
  sharedSecret: shop.credentials.sharedSecret,
});

describe('a sign-in', () => {
  it('comes back with a code that only its own verifier opens, and renews itself from then on', async () => {
    const context = contextOf(shop, keysOnly(), { clock });
    const started = await signIn(context, { state: 's1', pages: PAGES, timeoutMs: 10_000, port: 0 });
    const asked = new URL(started.address).searchParams;
    expect(asked.get('scope')).toBe('listings_r listings_w transactions_r transactions_w shops_r');
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/);
    expect(await (await fetch(started.address)).text()).toBe('Done.');
    await started.done;
    const connector = createEtsyConnector();
    await connector.probe(context);
    expect(shop.access.issued).toBe(1);
    expect(await connector.expiresAt?.(context)).toBe(nowMs + 90 * 24 * HOUR_MS);
    for (let hour = 0; hour < 3; hour += 1) {
      nowMs += HOUR_MS;
      await connector.probe(context);
    }
    expect(shop.access.issued).toBe(4);
    expect((await context.tokens.read())['refreshToken']).toBe(shop.access.refreshToken);
  });

  it('that nobody did yet is asked for by name', async () => {
    const failure = await failureOfCall(createEtsyConnector().probe(contextOf(shop, keysOnly())));
    expect(failure).toMatchObject({ code: 'CREDENTIALS_MISSING' });
  });
});

describe('a refresh token', () => {
  it('is stored before the new access token is used', async () => {
    const steps: string[] = [];
    const store = memoryTokens();
    const context = contextOf(
      shop,
      { ...shop.credentials },
      {
        tokens: {
          read: () => store.read(),
          write: async (tokens) => {
            await new Promise((done) => setTimeout(done, 5));
            await store.write(tokens);
            steps.push(`stored ${tokens['refreshToken'] === shop.access.refreshToken}`);
          },
        },
        fetch: (url, init) => {
          steps.push(new URL(url).pathname.split('/').at(-1) ?? '');
          return fetch(url, init);
        },
      },
    );
    await createEtsyConnector().probe(context);
    expect(steps.slice(0, 3)).toEqual(['token', 'stored true', 'me']);
  });

  it('is used once however many calls need it at the same time', async () => {
    const context = contextOf(shop, { ...shop.credentials });
    const connector = createEtsyConnector();
    await Promise.all(Array.from({ length: 5 }, () => connector.probe(context)));
    expect(shop.access.issued).toBe(1);
    shop.access.endTokens();
    await Promise.all(Array.from({ length: 5 }, () => connector.probe(context)));
    expect(shop.access.issued).toBe(2);
  });

  it('that is dead is an error of the account, and a pasted one begins anew', async () => {
    const context = contextOf(shop, { ...shop.credentials });
    await createEtsyConnector().probe(context);
    const connector = createEtsyConnector();
    shop.access.endTokens();
    const elsewhere = contextOf(shop, { ...shop.credentials });
    // Another machine pasted the same token, which is dead since its first use.
    expect(await failureOfCall(connector.probe(elsewhere))).toMatchObject({
      code: 'CHANNEL_AUTH',
      retryable: false,
      details: { channelCode: 'invalid_grant' },
    });
    const pasted = { ...shop.credentials, refreshToken: shop.access.refreshToken };
    const again = contextOf(shop, pasted, { tokens: context.tokens });
    expect(await connector.probe(again)).toMatchObject({ currency: 'EUR' });
    shop.access.revoke();
    expect(await failureOfCall(connector.probe(again))).toMatchObject({
      code: 'CHANNEL_AUTH',
      details: { channelCode: 'invalid_grant' },
    });
  });
});
