import { describe, expect, test } from 'vitest';
import { failureOfCall, json, testContext } from '../kit/test-context.ts';
import { newShopMemory, shopRoot, WooClient } from './client.ts';
import { createWooCommerceConnector } from './connector.ts';
import { hmacSha256, signatureBase } from './oauth1.ts';
import { TestShop } from './test-shop.ts';

const refused = (code: string): Response =>
  json({ code, message: 'No', data: { status: 401 } }, { status: 401 });

describe('proving who we are', () => {
  test('Basic over https, keys nowhere else', async () => {
    const { context, sent, exchanges } = testContext(() => json([]));
    await new WooClient(context, newShopMemory()).get('products', { per_page: 1 });
    expect(sent[0]?.headers.get('authorization')).toBe(
      `Basic ${Buffer.from('ck_test:cs_test').toString('base64')}`,
    );
    expect(sent[0]?.url.href).toBe('https://shop.test/wp-json/wc/v3/products?per_page=1');
    expect(JSON.stringify(exchanges)).not.toMatch(/ck_test|cs_test/);
  });

  test('a host that takes the header away gets the keys in the query, and is remembered', async () => {
    const { context, sent, exchanges } = testContext((request) =>
      request.url.searchParams.get('consumer_secret') === 'cs_test'
        ? json([])
        : refused('woocommerce_rest_cannot_view'),
    );
    const memory = newShopMemory();
    await new WooClient(context, memory).get('products');
    await new WooClient(context, memory).get('products');
    expect(sent.map((request) => request.url.searchParams.has('consumer_key'))).toEqual([false, true, true]);
    expect(sent[1]?.headers.has('authorization')).toBe(false);
    expect(JSON.stringify(exchanges)).not.toMatch(/ck_test|cs_test/);
  });

  test('wrong keys are CHANNEL_AUTH, never retried in a circle', async () => {
    for (const code of ['woocommerce_rest_cannot_view', 'woocommerce_rest_authentication_error']) {
      const { context, sent } = testContext(() => refused(code));
      const error = await failureOfCall(new WooClient(context, newShopMemory()).get('products'));
      expect(error).toMatchObject({ code: 'CHANNEL_AUTH', retryable: false, details: { channelCode: code } });
      expect(sent.length).toBeLessThanOrEqual(2);
    }
  });

  test('OAuth 1.0a over plain http to this machine, a new nonce each time', async () => {
    const { context, sent } = testContext(() => json([]), { baseUrl: 'http://127.0.0.1:8899/' });
    const client = new WooClient(context, newShopMemory());
    await client.get('products', { page: 2, modified_after: '2026-11-23T02:49:02' });
    await client.get('products');
    const query = sent[0]?.url.searchParams ?? new URLSearchParams();
    const signature = query.get('oauth_signature');
    query.delete('oauth_signature');
    const base = signatureBase('GET', new URL('http://127.0.0.1:8899/wp-json/wc/v3/products'), [...query]);
    expect(signature).toBe(hmacSha256(base, 'cs_test'));
    expect(query.get('oauth_nonce')).not.toBe(sent[1]?.url.searchParams.get('oauth_nonce'));
    expect(
      sent.some((request) => request.url.href.includes('cs_test') || request.headers.has('authorization')),
    ).toBe(false);
  });

  test('keys never go in the clear to another machine, and missing keys are named', async () => {
    const plain = testContext(() => json([]), { baseUrl: 'http://shop.test' });
    expect(await failureOfCall(new WooClient(plain.context, newShopMemory()).get('products'))).toMatchObject({
      code: 'INSECURE_URL',
    });
    expect(plain.sent).toHaveLength(0);
    const empty = testContext(() => json([]), { credentials: { consumerKey: ' ' } });
    expect(await failureOfCall(createWooCommerceConnector().probe(empty.context))).toMatchObject({
      code: 'CREDENTIALS_MISSING',
    });
  });

  test.each([
    ['https://shop.test', 'https://shop.test/'],
    ['shop.test/', 'https://shop.test/'],
    ['https://shop.test/store//', 'https://shop.test/store/'],
    ['https://shop.test/wp-json/wc/v3/', 'https://shop.test/'],
    ['https://u:p@shop.test/store/wp-admin/index.php?x=1#y', 'https://shop.test/store/'],
  ])('%s means the shop at %s', (pasted, root) => {
    expect(shopRoot(pasted).href).toBe(root);
  });

  test('what is no address is said to be none', () => {
    expect(() => shopRoot('https://')).toThrow(expect.objectContaining({ code: 'CHANNEL_INVALID' }));
  });
});

describe('probe', () => {
  const shop = new TestShop();

  test('reads version, currency and the time zone of the site', async () => {
    const { context, sent } = testContext((request) => shop.answer(request));
    expect(await createWooCommerceConnector().probe(context)).toEqual({
      version: '10.0.2',
      currency: 'USD',
      timeZone: 'Europe/Berlin',
      canWrite: null,
    });
    // The public index needs no keys and gets none.
    expect(sent.find((request) => request.url.pathname === '/wp-json/')?.headers.has('authorization')).toBe(
      false,
    );
  });

  test('a key that may not see the system status serves all the same', async () => {
    const { context } = testContext((request) => {
      if (request.url.pathname.endsWith('/system_status')) return refused('woocommerce_rest_cannot_view');
      if (request.url.pathname.endsWith('/data/currencies/current'))
        return json({ code: 'EUR', name: 'Euro' });
      return request.url.pathname === '/wp-json/' ? new Response('', { status: 404 }) : shop.answer(request);
    });
    expect(await createWooCommerceConnector().probe(context)).toEqual({
      version: null,
      currency: 'EUR',
      timeZone: null,
      canWrite: null,
    });
  });

  test('wrong keys, a wrong address and a web page are told apart', async () => {
    const probe = (answer: () => Response): Promise<unknown> =>
      failureOfCall(createWooCommerceConnector().probe(testContext(answer).context));
    expect(await probe(() => refused('woocommerce_rest_cannot_view'))).toMatchObject({
      code: 'CHANNEL_AUTH',
    });
    for (const answer of [
      () => new Response('<!doctype html><html></html>'),
      () => new Response('<html>Not found</html>', { status: 404 }),
      () => json({ code: 'rest_no_route', message: 'No route', data: { status: 404 } }, { status: 404 }),
    ]) {
      expect(await probe(answer)).toMatchObject({
        code: 'CHANNEL_INVALID',
        retryable: false,
        message: expect.stringContaining('address') as string,
      });
    }
  });

  test('a zone that is only an offset, and PHP warnings before the data', async () => {
    const { context } = testContext((request) => {
      if (request.url.pathname === '/wp-json/') return json({ timezone_string: '', gmt_offset: 5 });
      return new Response(
        `<br />\n<b>Deprecated</b>: x<br />\n${JSON.stringify({ environment: { version: '9.1' }, settings: { currency: 'JPY' } })}`,
      );
    });
    expect(await createWooCommerceConnector().probe(context)).toMatchObject({
      version: '9.1',
      currency: 'JPY',
      timeZone: 'Etc/GMT-5',
    });
  });
});
