import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatMinor } from '#shared/domain/money.ts';
import { backoff } from './backoff.ts';
import { canonicalDecimal, roundToMinor } from './decimal.ts';
import { readJsonBody } from './json-body.ts';
import { runAll, runInOrder } from './parallel.ts';
import { parseRetryAfter } from './retry-after.ts';
import { assertSafeUrl, isLoopback, redactedPath } from './safe-url.ts';

describe('readJsonBody', () => {
  test('skips a byte order mark, PHP warnings before and comments after the document', () => {
    const document = '{"id":1,"tags":[{"a":"<b>{"}]}';
    const warning =
      '<br />\n<b>Warning</b>:  Undefined array key [0] in <b>/a/b.php</b> on line <b>12</b><br />\n';
    for (const text of [
      document,
      `\uFEFF${document}`,
      warning + document,
      `\nNotice: x in y.php on line 3\n${document}`,
      `${document}\n<!-- cached -->`,
      `${warning}${warning}${document}<!-- {"x":1} -->`,
    ]) {
      expect(readJsonBody(text)).toMatchObject({ ok: true, value: JSON.parse(document) as unknown });
    }
  });

  test('names what is there instead', () => {
    expect(readJsonBody('  ')).toEqual({ ok: false, reason: 'empty' });
    expect(readJsonBody('<!DOCTYPE html><html><body>{"id":1}</body></html>')).toEqual({
      ok: false,
      reason: 'html',
    });
    expect(readJsonBody('<p>Sorry</p>')).toEqual({ ok: false, reason: 'html' });
    expect(readJsonBody('upstream timed out')).toEqual({ ok: false, reason: 'not_json' });
    expect(readJsonBody('[{"id":1},{"id":')).toEqual({ ok: false, reason: 'truncated' });
  });

  test('never takes a part of a broken document for the whole', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ id: fc.nat(), text: fc.string(), inner: fc.record({ a: fc.array(fc.nat()) }) }),
          { minLength: 1 },
        ),
        fc.nat(),
        fc.boolean(),
        (value, at, warned) => {
          const text = JSON.stringify(value);
          const cut = text.slice(0, 1 + (at % (text.length - 1)));
          const read = readJsonBody(warned ? `<br />\n<b>Warning</b>: x<br />\n${cut}` : cut);
          expect(read.ok).toBe(false);
        },
      ),
    );
  });

  test('reads every document back whatever a host puts around it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (value, warned) => {
        const text = `${warned ? '\uFEFF<b>Deprecated</b>: y<br />\n' : ''}${JSON.stringify(value)}`;
        expect(readJsonBody(text)).toMatchObject({
          ok: true,
          value: JSON.parse(JSON.stringify(value)) as unknown,
        });
      }),
    );
  });
});

describe('money and decimals', () => {
  test('rounds what is finer than the currency, halves to even', () => {
    const cases: [string, string, number | null][] = [
      ['12.345', 'EUR', 1234],
      ['12.355', 'EUR', 1236],
      ['12.3450001', 'EUR', 1235],
      ['-12.345', 'EUR', -1234],
      ['11', 'USD', 1100],
      ['10.5', 'JPY', 10],
      ['11.5', 'JPY', 12],
      ['1.2345', 'KWD', 1234],
      ['.5', 'USD', 50],
      ['5.', 'USD', 500],
      ['0.999999', 'USD', 100],
      ['-0.001', 'USD', 0],
      ['12,50', 'EUR', null],
      ['', 'EUR', null],
      ['.', 'EUR', null],
      ['abc', 'EUR', null],
      ['999999999999999', 'KWD', null],
    ];
    for (const [text, currency, minor] of cases) expect(roundToMinor(text, currency)).toBe(minor);
  });

  test('exact amounts come back as they are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(roundToMinor(formatMinor(minor, currency), currency)).toBe(minor === 0 ? 0 : minor);
        },
      ),
    );
  });

  test('decimals have one form', () => {
    expect(['1.50', '01.5', '.5', '0', '-0.10', 'x', '1,5'].map(canonicalDecimal)).toEqual([
      '1.5',
      '1.5',
      '0.5',
      '0',
      '-0.1',
      null,
      null,
    ]);
  });
});

describe('waiting', () => {
  test('reads seconds and dates', () => {
    const now = Date.parse('2026-11-23T09:00:00Z');
    expect(parseRetryAfter('120', now)).toBe(120_000);
    expect(parseRetryAfter('Mon, 23 Nov 2026 09:00:30 GMT', now)).toBe(30_000);
    expect(parseRetryAfter('Mon, 23 Nov 2026 08:00:30 GMT', now)).toBe(0);
    expect(parseRetryAfter('9999999', now)).toBe(86_400_000);
    for (const header of [null, '', 'soon', '-5', '1e9']) expect(parseRetryAfter(header, now)).toBeNull();
  });

  test('waits within its bounds, longer after each failure, and as long as it was asked to', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, random) => {
          const wait = backoff(attempt, random, null, { baseMs: 500, capMs: 60_000 });
          expect(wait).toBeGreaterThanOrEqual(500);
          expect(wait).toBeLessThanOrEqual(60_000);
          expect(backoff(attempt, random, 7_000)).toBe(7_000);
          expect(backoff(attempt + 1, random)).toBeGreaterThanOrEqual(backoff(attempt, random));
        },
      ),
    );
  });
});

describe('addresses', () => {
  test('only https, or this very machine', () => {
    for (const url of [
      'https://shop.test',
      'http://localhost:3000',
      'http://127.0.0.1:8899',
      'http://[::1]:80',
    ]) {
      expect(() => assertSafeUrl(new URL(url))).not.toThrow();
    }
    for (const url of [
      'http://shop.test',
      'http://127.0.0.1.evil.test',
      'http://192.168.0.2',
      'ftp://localhost',
    ]) {
      expect(() => assertSafeUrl(new URL(url))).toThrow(expect.objectContaining({ code: 'INSECURE_URL' }));
    }
    expect(isLoopback('localhost.evil.test')).toBe(false);
  });

  test('nothing that opens a door is told', () => {
    const url = new URL(
      'https://shop.test/wp-json/wc/v3/orders?page=2&consumer_key=ck_1&consumer_secret=cs_1&oauth_nonce=n&oauth_signature=s%3D',
    );
    expect(redactedPath(url)).toBe('/wp-json/wc/v3/orders?page=2');
  });
});

describe('parallel', () => {
  test('keeps what was done before the first failure and starts nothing after it', async () => {
    const started: number[] = [];
    const run = await runInOrder([0, 1, 2, 3, 4, 5, 6], 2, async (item) => {
      started.push(item);
      await Promise.resolve();
      if (item === 3) throw new Error('no');
      return item * 10;
    });
    expect(run.done).toEqual([0, 10, 20]);
    expect(run.failure?.error).toEqual(new Error('no'));
    expect(Math.max(...started)).toBeLessThanOrEqual(4);
    await expect(
      runAll([1, 3], 2, async (item) => (item === 3 ? Promise.reject(new Error('no')) : item)),
    ).rejects.toThrow('no');
  });

  test('never runs more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    await runAll(
      Array.from({ length: 20 }, (_, i) => i),
      3,
      async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
      },
    );
    expect(most).toBe(3);
  });
});
