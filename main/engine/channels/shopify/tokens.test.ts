import { describe, expect, test } from 'vitest';
import type { ChannelContext } from '../contract.ts';
import { failureOfCall, json, memoryTokens, testContext, type SentRequest } from '../kit/test-context.ts';
import { newShopMemory, type ShopMemory } from './memory.ts';
import { ShopTokens } from './tokens.ts';

const APP = { clientId: 'app', clientSecret: 'secret' };
const HOUR_MS = 3_600_000;

interface Setup {
  readonly context: ChannelContext;
  readonly sent: SentRequest[];
  readonly memory: ShopMemory;
  tokens(): ShopTokens;
  nowMs: number;
}

function setup(
  answer: (request: SentRequest, count: number) => Response,
  credentials: Record<string, string> = APP,
  stored: Record<string, string> = {},
): Setup {
  const made = testContext((request) => answer(request, made.sent.length), {
    credentials,
    tokens: memoryTokens(stored),
    clock: { now: () => all.nowMs, sleep: async () => undefined },
  });
  const memory = newShopMemory();
  const all: Setup = {
    ...made,
    memory,
    nowMs: 1_000_000,
    tokens: () => new ShopTokens(made.context, memory),
  };
  return all;
}

const day = (_request: SentRequest, count: number): Response =>
  json({ access_token: `t${count}`, scope: 'write_products', expires_in: 86_399 });

describe('tokens of an app of the shop’s own', () => {
  test('are asked for once a day with a form, and stored', async () => {
    const shop = setup(day);
    expect(await shop.tokens().current()).toBe('t1');
    expect(await shop.tokens().current()).toBe('t1');
    expect(shop.sent).toHaveLength(1);
    expect(shop.sent[0]?.url.href).toBe('https://shop.test/admin/oauth/access_token');
    expect(shop.sent[0]?.body).toEqual({
      grant_type: 'client_credentials',
      client_id: 'app',
      client_secret: 'secret',
    });
    expect(await shop.context.tokens.read()).toMatchObject({ accessToken: 't1', clientId: 'app' });
    shop.nowMs += 24 * HOUR_MS - 90_000;
    expect(await shop.tokens().current()).toBe('t2');
  });

  test('several calls at once share one request', async () => {
    const shop = setup(day);
    const got = await Promise.all(Array.from({ length: 5 }, () => shop.tokens().current()));
    expect(new Set(got)).toEqual(new Set(['t1']));
    expect(shop.sent).toHaveLength(1);
  });

  test('a token that another call has renewed meanwhile is taken instead of a third', async () => {
    const shop = setup(day);
    await shop.tokens().current();
    expect(await shop.tokens().replace('t1')).toBe('t2');
    expect(await shop.tokens().replace('t1')).toBe('t2');
    expect(shop.sent).toHaveLength(2);
  });

  test('other keys never use the tokens of the former ones', async () => {
    const shop = setup(day, APP, { clientId: 'other', accessToken: 'theirs', expiresAtMs: '9999999999999' });
    expect(await shop.tokens().current()).toBe('t1');
  });
});

describe('tokens with a refresh token', () => {
  test('the new refresh token is stored before anything is done with it, and used the next time', async () => {
    const shop = setup(
      (_request, count) => json({ access_token: `t${count}`, expires_in: 3_600, refresh_token: `r${count}` }),
      APP,
      { clientId: 'app', accessToken: 'old', expiresAtMs: '0', refreshToken: 'r0' },
    );
    expect(await shop.tokens().current()).toBe('t1');
    expect(shop.sent[0]?.body).toMatchObject({ grant_type: 'refresh_token', refresh_token: 'r0' });
    expect(await shop.context.tokens.read()).toMatchObject({ refreshToken: 'r1' });
    shop.nowMs += HOUR_MS;
    await shop.tokens().current();
    expect(shop.sent[1]?.body).toMatchObject({ refresh_token: 'r1' });
  });

  test('a token that could not be stored is not used', async () => {
    const shop = setup(day);
    const broken: ChannelContext = {
      ...shop.context,
      tokens: { read: async () => ({}), write: async () => Promise.reject(new Error('the vault is locked')) },
    };
    await expect(new ShopTokens(broken, shop.memory).current()).rejects.toThrow('the vault is locked');
  });
});

test('a static token is used as it is and cannot be renewed', async () => {
  const shop = setup(day, { accessToken: ' shpat_1 ' });
  expect(await shop.tokens().current()).toBe('shpat_1');
  expect(await shop.tokens().replace('shpat_1')).toBeNull();
  expect(shop.sent).toEqual([]);
});

test('without any way in it says what is missing', async () => {
  const shop = setup(day, { clientId: 'app' });
  expect(await failureOfCall(shop.tokens().current())).toMatchObject({ code: 'CREDENTIALS_MISSING' });
});

describe('refusals', () => {
  test.each(['invalid_client', 'invalid_grant', 'something_new'])(
    '%s is an error of the account',
    async (error) => {
      const shop = setup(() => json({ error, error_description: 'No.' }, { status: 400 }));
      expect(await failureOfCall(shop.tokens().current())).toMatchObject({
        code: 'CHANNEL_AUTH',
        retryable: false,
        details: { channelCode: error },
      });
    },
  );

  test.each(['shop_not_permitted', 'app_not_installed'])(
    '%s without a sign-in says that one is needed',
    async (error) => {
      const refuse = (): Response => json({ error, error_description: 'No.' }, { status: 400 });
      const shop = setup(refuse);
      const failure = await failureOfCall(shop.tokens().current());
      expect(failure).toMatchObject({ code: 'CREDENTIALS_MISSING', details: { channelCode: error } });
      expect(failure).toMatchObject({ message: expect.stringContaining('signed in') as string });
      // Somebody did sign in: it is another matter.
      const stored = { clientId: 'app', accessToken: 'old', expiresAtMs: '0', refreshToken: 'r0' };
      const ended = setup(refuse, APP, stored);
      expect(await failureOfCall(ended.tokens().current())).toMatchObject({ code: 'CHANNEL_AUTH' });
    },
  );

  test('a page for an unknown app is an error of the account, a broken server is not', async () => {
    const page = setup(() => new Response('<!DOCTYPE html><html></html>', { status: 200 }));
    expect(await failureOfCall(page.tokens().current())).toMatchObject({ code: 'CHANNEL_AUTH' });
    const broken = setup(() => new Response('<html></html>', { status: 502 }));
    expect(await failureOfCall(broken.tokens().current())).toMatchObject({ code: 'CHANNEL_TRANSIENT' });
  });
});
