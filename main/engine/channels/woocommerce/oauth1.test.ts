import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hmacSha256, percentEncode, signatureBase, signUrl } from './oauth1.ts';

describe('OAuth 1.0a', () => {
  test('encodes as RFC 3986 does', () => {
    expect(percentEncode("Ladies + Gentlemen!*'()-._~ä/=&")).toBe(
      'Ladies%20%2B%20Gentlemen%21%2A%27%28%29-._~%C3%A4%2F%3D%26',
    );
  });

  test("builds RFC 5849's own example of a signature base (3.4.1.1)", () => {
    const base = signatureBase('post', new URL('http://EXAMPLE.COM:80/request?ignored=here'), [
      ['b5', '=%3D'],
      ['a3', 'a'],
      ['c@', ''],
      ['a2', 'r b'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ]);
    expect(base).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26' +
        'oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
        'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  test('keeps the port, which is part of the address', () => {
    expect(signatureBase('GET', new URL('http://127.0.0.1:8899/wp-json/wc/v3/orders'), [])).toBe(
      'GET&http%3A%2F%2F127.0.0.1%3A8899%2Fwp-json%2Fwc%2Fv3%2Forders&',
    );
  });

  test('signs with the consumer secret and an empty token secret', () => {
    const base =
      'GET&http%3A%2F%2F127.0.0.1%3A8899%2Fwp-json%2Fwc%2Fv3%2Fproducts&modified_after%3D2026-11-23T02%253A49%253A02%26' +
      'oauth_consumer_key%3Dck_1%26oauth_nonce%3Dn1%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D1795398542%26' +
      'oauth_version%3D1.0%26page%3D2%26per_page%3D100';
    const expected = createHmac('sha256', 'cs_1&').update(base).digest('base64');
    expect(hmacSha256(base, 'cs_1')).toBe(expected);
    const url = new URL(
      'http://127.0.0.1:8899/wp-json/wc/v3/products?per_page=100&page=2&modified_after=2026-11-23T02:49:02',
    );
    const signed = signUrl(
      'get',
      url,
      { consumerKey: 'ck_1', consumerSecret: 'cs_1' },
      { nonce: 'n1', timestamp: 1_795_398_542 },
    );
    expect(signed.searchParams.get('oauth_signature')).toBe(expected);
    expect(signed.searchParams.get('page')).toBe('2');
    expect(signed.href).not.toContain('cs_1');
  });

  test('the signature depends on method, address, parameters and secret', () => {
    const url = new URL('http://localhost/wp-json/wc/v3/products?page=1');
    const keys = { consumerKey: 'ck', consumerSecret: 'cs' };
    const moment = { nonce: 'n', timestamp: 1 };
    const of = (method: string, target: URL, secret = 'cs'): string | null =>
      signUrl(method, target, { ...keys, consumerSecret: secret }, moment).searchParams.get(
        'oauth_signature',
      );
    const all = [
      of('GET', url),
      of('POST', url),
      of('GET', new URL('http://localhost/wp-json/wc/v3/products?page=2')),
      of('GET', new URL('http://localhost/wp-json/wc/v3/orders?page=1')),
      of('GET', url, 'other'),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
