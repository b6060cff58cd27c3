import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { callJson, type HttpCall } from './http.ts';
import { failureOfCall, json, testContext } from './test-context.ts';

const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const bare: HttpCall['authorize'] = (_method, url) => ({ url, headers: {} });
const real = (url: string, init: RequestInit): Promise<Response> => fetch(url, init);

function callOf(url: string, more: Partial<HttpCall> = {}): HttpCall {
  return { method: 'GET', url: new URL(url), timeoutMs: 5_000, authorize: bare, ...more };
}

describe('callJson on a real connection', () => {
  test('sends JSON, reads JSON and tells the exchange without secrets', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        response.setHeader('set-cookie', 'session=1');
        response.setHeader('x-wp-total', '7');
        response.end(JSON.stringify({ got: JSON.parse(body) as unknown, url: request.url }));
      });
    });
    const { context, exchanges } = testContext(() => json(null), { fetch: real });
    const authorize: HttpCall['authorize'] = (_method, target) => {
      const keyed = new URL(target);
      keyed.searchParams.set('consumer_secret', 'cs_1');
      return { url: keyed, headers: { authorization: 'Basic x' } };
    };
    const answer = await callJson(
      context,
      callOf(`${url}/a?page=2`, { method: 'POST', body: { price: '1.00' }, authorize }),
    );
    expect(answer.body).toEqual({ got: { price: '1.00' }, url: '/a?page=2&consumer_secret=cs_1' });
    expect(exchanges).toEqual([
      expect.objectContaining({
        method: 'POST',
        path: '/a?page=2',
        status: 200,
        error: null,
        headers: { 'x-wp-total': '7' },
      }),
    ]);
  });

  test('a refused connection: nothing was applied, the network is at fault', async () => {
    const url = await serve(() => undefined);
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const { context, exchanges } = testContext(() => json(null), { fetch: real });
    expect(await failureOfCall(callJson(context, callOf(url, { method: 'POST', body: {} })))).toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      retryable: true,
      details: { network: true, applied: 'no', reason: 'unreachable' },
    });
    expect(exchanges[0]).toMatchObject({ status: null, error: 'CHANNEL_TRANSIENT' });
  });

  test('a write whose connection breaks off or whose answer is cut may have been applied', async () => {
    const dropped = await serve((request) => request.socket.destroy());
    const cut = await serve((_request, response) => {
      response.setHeader('content-length', '100');
      response.write('{"id":');
      setImmediate(() => response.socket?.destroy());
    });
    const { context } = testContext(() => json(null), { fetch: real });
    for (const url of [dropped, cut]) {
      const error = await failureOfCall(callJson(context, callOf(url, { method: 'PUT', body: {} })));
      expect(error).toMatchObject({
        code: 'CHANNEL_TRANSIENT',
        details: { applied: 'unknown', reason: 'dropped' },
      });
      expect(error).not.toMatchObject({ details: { network: true } });
    }
  });

  test('a slow answer ends in time, also when only the body is slow', async () => {
    const url = await serve((_request, response) => void response.write('['));
    const { context } = testContext(() => json(null), { fetch: real });
    const error = await failureOfCall(
      callJson(context, callOf(url, { method: 'POST', body: {}, timeoutMs: 60 })),
    );
    expect(error).toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      details: { reason: 'timeout', applied: 'unknown' },
    });
  });

  test('stopping is CANCELLED, not a failure of the channel', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const { context } = testContext(() => json(null), { fetch: real, signal: stop.signal });
    expect(await failureOfCall(callJson(context, callOf(url)))).toMatchObject({ code: 'CANCELLED' });
  });

  test('a body that is too large is not read to its end', async () => {
    let sent = 0;
    const url = await serve((_request, response) => {
      const more = (): void => {
        while (sent < 50_000_000 && response.write('x'.repeat(100_000))) sent += 100_000;
        if (sent < 50_000_000) response.once('drain', more);
      };
      more();
    });
    const { context } = testContext(() => json(null), { fetch: real });
    const error = await failureOfCall(callJson(context, callOf(url, { maxBytes: 300_000 })));
    expect(error).toMatchObject({ details: { reason: 'too_large' } });
    expect(sent).toBeLessThan(50_000_000);
  });

  test('keys never follow a redirect to another host', async () => {
    const stranger = await serve((_request, response) => response.end('{"stolen":true}'));
    const url = await serve((_request, response) =>
      response.writeHead(302, { location: `${stranger}/x` }).end(),
    );
    const { context, exchanges } = testContext(() => json(null), { fetch: real });
    const error = await failureOfCall(callJson(context, callOf(`${url}/a`)));
    expect(error).toMatchObject({
      code: 'CHANNEL_INVALID',
      details: { reason: 'redirect', location: stranger },
    });
    expect(exchanges).toHaveLength(1);
  });

  test('a read follows its own host, a write and a circle do not', async () => {
    const url = await serve((request, response) => {
      if (request.url?.startsWith('/old')) response.writeHead(301, { location: '/new' }).end();
      else if (request.url?.startsWith('/round')) response.writeHead(302, { location: '/round' }).end();
      else response.end(JSON.stringify({ url: request.url }));
    });
    const { context } = testContext(() => json(null), { fetch: real });
    expect((await callJson(context, callOf(`${url}/old?page=3`))).body).toEqual({ url: '/new?page=3' });
    for (const call of [callOf(`${url}/round`), callOf(`${url}/old`, { method: 'POST', body: {} })]) {
      expect(await failureOfCall(callJson(context, call))).toMatchObject({ details: { reason: 'redirect' } });
    }
  });
});

describe('a POST', () => {
  test('can be a form', async () => {
    const { context, sent } = testContext(() => json({ access_token: 't' }));
    const form = { grant_type: 'client_credentials', client_id: 'a b&c' };
    await callJson(context, callOf('https://shop.test/token', { method: 'POST', form }));
    expect(sent[0]?.headers.get('content-type')).toBe('application/x-www-form-urlencoded');
    expect(sent[0]?.body).toEqual(form);
  });

  test('that only asks never tells that something may have been applied', async () => {
    const { context } = testContext(() => json({}, { status: 502 }));
    const asking = callOf('https://shop.test/q', { method: 'POST', body: {}, readOnly: true });
    const error = (await failureOfCall(callJson(context, asking))) as CodedError;
    expect(error.code).toBe('CHANNEL_TRANSIENT');
    expect(error.details).not.toHaveProperty('applied');
    const { readOnly: _readOnly, ...writing } = asking;
    expect((await failureOfCall(callJson(context, writing))) as CodedError).toMatchObject({
      details: { applied: 'unknown' },
    });
  });
});

describe('classification', () => {
  const cases: [number, string, Record<string, unknown>][] = [
    [400, 'CHANNEL_INVALID', { applied: 'no' }],
    [401, 'CHANNEL_AUTH', { applied: 'no' }],
    [404, 'CHANNEL_GONE', { applied: 'no' }],
    [409, 'CHANNEL_CONFLICT', { applied: 'no' }],
    [410, 'CHANNEL_GONE', { applied: 'no' }],
    [413, 'CHANNEL_INVALID', { applied: 'no', reason: 'too_large' }],
    [429, 'CHANNEL_RATE', { applied: 'no' }],
    [500, 'CHANNEL_TRANSIENT', { applied: 'unknown' }],
    [503, 'CHANNEL_TRANSIENT', { applied: 'unknown' }],
  ];
  test.each(cases)('%i with a JSON error -> %s', async (status, code, details) => {
    const { context } = testContext(() =>
      json({ code: 'x', message: 'rate limit exceeded, 401 unauthorized' }, { status }),
    );
    const error = await failureOfCall(
      callJson(context, callOf('https://shop.test', { method: 'PUT', body: {} })),
    );
    expect(error).toMatchObject({ code, details: { status, ...details } });
  });

  test('Retry-After is told in milliseconds', async () => {
    const { context } = testContext(
      () => new Response('', { status: 503, headers: { 'retry-after': '12' } }),
    );
    expect(await failureOfCall(callJson(context, callOf('https://shop.test')))).toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      details: { retryAfterMs: 12_000 },
    });
  });

  test('a firewall page is not taken for refused keys', async () => {
    const { context } = testContext(() => new Response('<html>Blocked</html>', { status: 403 }));
    const error = await failureOfCall(
      callJson(context, callOf('https://shop.test', { method: 'POST', body: {} })),
    );
    expect(error).toMatchObject({ code: 'CHANNEL_INVALID', details: { reason: 'blocked', applied: 'no' } });
  });

  test('garbage after a write may have been applied', async () => {
    for (const [text, reason] of [
      ['<html>Maintenance</html>', 'html'],
      ['{"update":[{"id":1', 'truncated'],
      ['', 'empty'],
    ]) {
      const { context } = testContext(() => new Response(text, { status: 200 }));
      const error = await failureOfCall(
        callJson(context, callOf('https://shop.test', { method: 'POST', body: {} })),
      );
      expect(error).toMatchObject({ code: 'CHANNEL_TRANSIENT', details: { reason, applied: 'unknown' } });
    }
  });

  test('an address without encryption is refused before anything is sent', async () => {
    const { context, sent } = testContext(() => json({}));
    const error = await failureOfCall(callJson(context, callOf('http://shop.test')));
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({ code: 'INSECURE_URL' });
    expect(sent).toHaveLength(0);
  });

  test('an untrusted certificate is neither offline nor retried', async () => {
    const { context } = testContext(() => {
      throw new TypeError('fetch failed', {
        cause: Object.assign(new Error('self-signed'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
      });
    });
    const error = await failureOfCall(
      callJson(context, callOf('https://shop.test', { method: 'POST', body: {} })),
    );
    expect(error).toMatchObject({
      code: 'CHANNEL_INVALID',
      retryable: false,
      details: { reason: 'certificate', applied: 'no' },
    });
  });
});
