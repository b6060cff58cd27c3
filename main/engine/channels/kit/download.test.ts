import { expect, it } from 'vitest';
import { download } from './download.ts';
import { failureOfCall, testContext } from './test-context.ts';

const url = new URL('https://files.test/report?signature=secret');
const limits = { timeoutMs: 1_000, maxBytes: 10 };

it('brings the bytes as they are, and sends no keys', async () => {
  const bytes = new Uint8Array([0, 255, 13, 10]);
  const { context, sent } = testContext(
    () => new Response(bytes, { headers: { 'content-type': 'text/plain; charset=ISO-8859-1' } }),
  );
  const { bytes: read, contentType } = await download(context, url, limits);
  expect([[...read], contentType]).toEqual([[0, 255, 13, 10], 'text/plain; charset=ISO-8859-1']);
  expect([...(sent[0]?.headers ?? [])]).toEqual([]);
});

it('is empty for an empty document', async () => {
  const { context } = testContext(() => new Response(null, { status: 200 }));
  expect((await download(context, url, limits)).bytes).toHaveLength(0);
});

it.each([
  [403, 'CHANNEL_TRANSIENT'],
  [404, 'CHANNEL_GONE'],
  [429, 'CHANNEL_RATE'],
  [503, 'CHANNEL_TRANSIENT'],
])('HTTP %i is %s', async (status, code) => {
  const { context } = testContext(() => new Response('no', { status }));
  expect(await failureOfCall(download(context, url, limits))).toMatchObject({ code, details: { status } });
});

it('gives up on a document that is too large, and tells nothing of the signature', async () => {
  const { context } = testContext(() => new Response('x'.repeat(11)));
  const error = await failureOfCall(download(context, url, limits));
  expect(error).toMatchObject({
    code: 'CHANNEL_TRANSIENT',
    details: { reason: 'too_large', path: '/report' },
  });
  expect(JSON.stringify(error)).not.toContain('secret');
});

it('says when the way there is broken, or was ended', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  const offline = testContext(() => Promise.reject(refused)).context;
  expect(await failureOfCall(download(offline, url, limits))).toMatchObject({
    code: 'CHANNEL_TRANSIENT',
    retryable: true,
    details: { network: true },
  });
  const stopped = testContext(() => Promise.reject(new Error('aborted')), { signal: AbortSignal.abort() });
  expect(await failureOfCall(download(stopped.context, url, limits))).toMatchObject({ code: 'CANCELLED' });
});

it('never leaves encryption', async () => {
  const { context, sent } = testContext(() => new Response('x'));
  const error = await failureOfCall(download(context, new URL('http://files.test/'), limits));
  expect(error).toMatchObject({ code: 'INSECURE_URL' });
  expect(sent).toEqual([]);
});
