import { createServer } from 'node:http';
import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { startSignIn, type SignIn, type SignInOptions } from './loopback-oauth.ts';
import { failureOfCall } from './test-context.ts';

const open: SignIn[] = [];
afterEach(async () => {
  for (const signIn of open.splice(0)) await signIn.close();
});

async function start(more: Partial<SignInOptions> = {}): Promise<SignIn> {
  const signIn = await startSignIn({
    addressFor: (redirectUri, state) => {
      const address = new URL('https://platform.test/authorize');
      address.searchParams.set('redirect_uri', redirectUri);
      address.searchParams.set('state', state);
      return address;
    },
    state: 'state-1',
    port: 0,
    path: '/back',
    timeoutMs: 60_000,
    pages: { done: 'Done.', failed: 'No.' },
    ...more,
  });
  open.push(signIn);
  return signIn;
}

async function visit(
  signIn: SignIn,
  query: string,
  host?: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${signIn.redirectUri}?${query}`, host ? { headers: { host } } : {}, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    call.on('error', reject);
    call.end();
  });
}

describe('a sign-in in the browser', () => {
  test('hands back the code and is over then', async () => {
    const signIn = await start();
    expect(signIn.address).toBe(
      `https://platform.test/authorize?redirect_uri=${encodeURIComponent(signIn.redirectUri)}&state=state-1`,
    );
    expect(await visit(signIn, 'code=c1&state=state-1')).toEqual({ status: 200, body: 'Done.' });
    expect(await signIn.code).toBe('c1');
    await expect(visit(signIn, 'code=c2&state=state-1')).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
  });

  test('is not disturbed by visits that do not know the state, the path or the host', async () => {
    const signIn = await start();
    expect((await visit(signIn, 'code=bad&state=guess')).status).toBe(400);
    expect((await visit(signIn, 'code=bad')).status).toBe(400);
    expect((await visit(signIn, 'code=bad&state=state-1', 'evil.test')).status).toBe(404);
    expect((await fetch(signIn.redirectUri.replace('/back', '/favicon.ico'))).status).toBe(404);
    expect((await visit(signIn, 'code=c1&state=state-1')).status).toBe(200);
    expect(await signIn.code).toBe('c1');
  });

  test('ends with the platform’s refusal, or with an answer that is not genuine', async () => {
    const refused = await start();
    expect((await visit(refused, 'error=access_denied&state=state-1')).body).toBe('No.');
    expect(await failureOfCall(refused.code)).toMatchObject({ code: 'CHANNEL_AUTH' });
    const forged = await start({
      check: () => {
        throw new CodedError('CHANNEL_AUTH', 'not genuine', {});
      },
    });
    await visit(forged, 'code=c1&state=state-1');
    expect(await failureOfCall(forged.code)).toMatchObject({ message: 'not genuine' });
    const empty = await start();
    await visit(empty, 'state=state-1');
    expect(await failureOfCall(empty.code)).toMatchObject({ code: 'CHANNEL_AUTH' });
  });

  test('ends when nobody comes back, and when it is stopped', async () => {
    const late = await start({ timeoutMs: 20 });
    expect(await failureOfCall(late.code)).toMatchObject({ code: 'TIMEOUT' });
    const stop = new AbortController();
    const stopped = await start({ signal: stop.signal });
    stop.abort();
    expect(await failureOfCall(stopped.code)).toMatchObject({ code: 'CANCELLED' });
    const closed = await start();
    await closed.close();
    expect(await failureOfCall(closed.code)).toMatchObject({ code: 'CANCELLED' });
  });

  test('says so when its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await failureOfCall(start({ port }))).toMatchObject({ code: 'BAD_INPUT', details: { port } });
    await new Promise((resolve) => other.close(resolve));
  });
});
