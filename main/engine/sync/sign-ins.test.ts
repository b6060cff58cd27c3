import { afterEach, beforeEach, expect, it } from 'vitest';
import { startSignIn } from '../channels/kit/loopback-oauth.ts';
import type { ChannelContext, SignInRequest } from '../channels/contract.ts';
import { SyncWorld } from '../testing/sync-world.ts';

let world: SyncWorld;
const contexts: ChannelContext[] = [];
beforeEach(async () => {
  contexts.length = 0;
  world = await new SyncWorld().open(1);
  world.shop.signIn = async (context: ChannelContext, request: SignInRequest) => {
    contexts.push(context);
    const browser = await startSignIn({
      ...request,
      port: 0,
      path: '/back',
      signal: context.signal,
      addressFor: (redirectUri, state) => new URL(`${redirectUri}?state=${state}&code=secret-code`),
    });
    const done = browser.code.then((code) => context.tokens.write({ accessToken: code }));
    done.catch(() => undefined);
    return { address: browser.address, done, close: () => browser.close() };
  };
});
afterEach(async () => {
  await world.test.engine.signIns.close();
  world.close();
});

const start = () => world.call('channels.authorizeStart', { accountId: world.accountId });

it('gives an address for the browser, waits, and the account works again', async () => {
  world.shop.readFaults.push('auth');
  await world.call('sync.pull', { accountId: world.accountId }).catch(() => undefined);
  expect((await world.call('channels.list', {})).accounts[0]?.status).toBe('auth_required');

  const { authorizationId, url } = await start();
  const finished = world.call('channels.authorizeFinish', { authorizationId });
  expect(await (await fetch(url)).text()).toContain('signed in');
  expect(await finished).toEqual({ accountId: world.accountId });

  const [account] = (await world.call('channels.list', {})).accounts;
  expect(account).toMatchObject({ status: 'active', lastError: null });
  expect(await contexts[0]?.tokens.read()).toEqual({ accessToken: 'secret-code' });
  await expect(world.call('channels.authorizeFinish', { authorizationId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('a cancelled wait ends the sign-in', async () => {
  const { authorizationId, url } = await start();
  const stop = new AbortController();
  const finished = world.call('channels.authorizeFinish', { authorizationId }, stop.signal);
  stop.abort();
  await expect(finished).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect((await world.call('channels.health', { accountId: world.accountId })).failures).toEqual([]);
});

it('a refusal is told and stays in the trail of failures', async () => {
  const { authorizationId, url } = await start();
  const finished = world.call('channels.authorizeFinish', { authorizationId });
  const [outcome] = await Promise.allSettled([
    finished,
    fetch(url.replace('code=secret-code', 'error=access_denied')),
  ]);
  expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'CHANNEL_AUTH' } });
  expect((await world.call('channels.health', { accountId: world.accountId })).failures).toMatchObject([
    { activity: 'sign-in', code: 'CHANNEL_AUTH' },
  ]);
});

it('a second one takes the place of the first', async () => {
  const first = await start();
  await start();
  await expect(fetch(first.url)).rejects.toThrow('fetch failed');
});

it('says so where keys are entered by hand', async () => {
  delete world.shop.signIn;
  await expect(start()).rejects.toMatchObject({ code: 'CHANNEL_NOT_SUPPORTED' });
});
