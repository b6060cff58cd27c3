import { describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { TokenStore } from '../contract.ts';
import { failureOfCall, json, memoryTokens, testContext } from '../kit/test-context.ts';
import { AmazonClient } from './client.ts';
import { amazonConnector } from './connector.ts';
import { newAmazonMemory } from './memory.ts';
import { secretAge, secretReminder } from './secret-age.ts';
import { found, KEYS, refusal, testAccount } from './test-account.ts';

const search = { operation: 'searchListingsItems', method: 'GET', path: 'listings/x' } as const;
const DAY = 86_400_000;

describe('access tokens', () => {
  it('come from Amazon’s one address for all regions and are used until shortly before their end', async () => {
    let now = 1_000_000;
    const account = testAccount(() => found(), { clock: { now: () => now, sleep: async () => undefined } });
    await account.client.send(search);
    await account.client.send(search);
    expect(account.tokenRequests().map(({ url, body }) => [url.href, body])).toEqual([
      [
        'https://api.amazon.com/auth/o2/token',
        {
          grant_type: 'refresh_token',
          refresh_token: 'Atzr|first',
          client_id: 'client',
          client_secret: 'secret',
        },
      ],
    ]);
    now += 3_500_000;
    await account.client.send(search);
    expect(account.sent().map(({ headers }) => headers.get('x-amz-access-token'))).toEqual([
      'Atza|1',
      'Atza|1',
      'Atza|2',
    ]);
  });

  it('are asked for once, however many requests wait', async () => {
    const account = testAccount(() => found());
    await Promise.all([1, 2, 3, 4].map(() => account.client.send(search)));
    expect(account.tokenRequests()).toHaveLength(1);
  });

  it('are replaced once when Amazon refuses one, and then the account is at fault', async () => {
    const account = testAccount(() => refusal(403, 'Unauthorized'));
    const error = await failureOfCall(account.client.send(search));
    expect(error).toMatchObject({ code: 'CHANNEL_AUTH', retryable: false });
    expect([account.tokenRequests().length, account.sent().length]).toEqual([2, 2]);
  });

  it('belong to the keys that they were made from', async () => {
    const tokens = memoryTokens();
    const first = testAccount(() => found(), { tokens });
    await first.client.send(search);
    const other = testAccount(() => found(), {
      tokens,
      credentials: { ...KEYS, refreshToken: 'Atzr|other' },
    });
    await other.client.send(search);
    expect(other.tokenRequests()[0]?.body).toMatchObject({ refresh_token: 'Atzr|other' });
  });

  it('bring a new refresh token along, which is stored before it is used', async () => {
    const order: string[] = [];
    const memory = memoryTokens();
    const tokens: TokenStore = {
      read: () => memory.read(),
      write: async (next) => {
        order.push(`stored ${next['refreshToken']}`);
        await memory.write(next);
      },
    };
    const { context, sent } = testContext(
      ({ url }) => {
        if (url.pathname !== '/auth/o2/token') {
          order.push('used');
          return order.filter((entry) => entry === 'used').length === 1
            ? refusal(403, 'Unauthorized')
            : found();
        }
        const answer = {
          access_token: `Atza|${order.length}`,
          refresh_token: 'Atzr|second',
          expires_in: 3_600,
        };
        return json(answer);
      },
      { baseUrl: 'https://sellingpartnerapi-eu.amazon.com', credentials: KEYS, tokens },
    );
    await new AmazonClient(context, newAmazonMemory()).send(search);
    expect(order).toEqual(['stored Atzr|second', 'used', 'stored Atzr|second', 'used']);
    expect(
      sent.flatMap(({ body }) => (body ? [(body as Record<string, string>)['refresh_token']] : [])),
    ).toEqual(['Atzr|first', 'Atzr|second']);
  });

  it.each([
    [401, { error: 'invalid_client', error_description: 'x' }, 'CHANNEL_AUTH'],
    [400, { error: 'invalid_grant' }, 'CHANNEL_AUTH'],
    [503, { error: 'temporarily_unavailable' }, 'CHANNEL_TRANSIENT'],
    [429, { error: 'slow_down' }, 'CHANNEL_RATE'],
  ])('HTTP %i with %j is %s', async (status, body, code) => {
    const { context } = testContext(() => json(body, { status }), {
      baseUrl: 'https://sellingpartnerapi-eu.amazon.com',
      credentials: { ...KEYS, secretIssuedAt: '2020-01-01' },
    });
    const error = await failureOfCall(new AmazonClient(context, newAmazonMemory()).send(search));
    expect(error).toMatchObject({ code });
    // Nothing of the write that was to follow can have been applied.
    expect((error as CodedError).details?.['applied']).toBeUndefined();
    expect((error as Error).message.includes('days old')).toBe(body.error === 'invalid_client');
  });

  it('need all three keys', async () => {
    const account = testAccount(() => found(), { credentials: { ...KEYS, refreshToken: ' ' } });
    expect(await failureOfCall(account.client.send(search))).toMatchObject({ code: 'CREDENTIALS_MISSING' });
  });
});

describe('the age of the client secret', () => {
  const issued = Date.UTC(2026, 0, 1);
  it.each([
    [89, 'fresh'],
    [90, 'renew'],
    [179, 'renew'],
    [180, 'ended'],
  ] as const)('after %i days it is %s', (days, state) => {
    const age = secretAge('2026-01-01', issued + days * DAY);
    expect(age).toEqual({ days, state, endsAtMs: issued + 180 * DAY });
    expect(secretReminder(age) === null).toBe(state === 'fresh');
  });

  it('is told to the engine as the moment that it ends', async () => {
    const { context } = testAccount(() => found(), {
      credentials: { ...KEYS, secretIssuedAt: '2026-01-01' },
    });
    expect(await amazonConnector.expiresAt?.(context)).toBe(issued + 180 * DAY);
    expect(await amazonConnector.expiresAt?.({ ...context, credentials: KEYS })).toBeNull();
  });

  it.each([undefined, '', 'soon', '1.1.2026'])('is unknown for %j', (text) => {
    expect(secretAge(text, issued)).toBeNull();
    expect(secretReminder(null)).toBeNull();
  });
});
