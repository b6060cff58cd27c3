import { describe, expect, test } from 'vitest';
import { advance, openCursor, searchOf, sortOut, type ChangeCursor } from './change-feed.ts';
import type { Connection } from './records.ts';

const MINUTE = 60_000;
const AT = Date.parse('2026-11-23T09:00:00Z');
const node = (id: number, atMs = AT): object => ({
  id: `gid://shopify/Product/${id}`,
  updatedAt: new Date(atMs).toISOString(),
});
const page = (size: number, endCursor: string | null, hasNextPage = endCursor !== null): Connection => ({
  nodes: Array.from({ length: size }, (_unused, index) => node(index)),
  pageInfo: { hasNextPage, endCursor },
});
const started = (): ChangeCursor => openCursor(null, 5 * MINUTE);

describe('a read', () => {
  test('goes page by page and begins some time before the newest change the next time', () => {
    const first = advance(started(), page(8, 'c1'), AT);
    expect(first).toMatchObject({ done: false, cursor: { after: 'c1', newest: AT } });
    const last = advance(first.cursor, page(3, null), AT + 1_500);
    expect(last).toMatchObject({ done: true, cursor: { after: null, newest: AT + 1_500, count: 11 } });
    const next = openCursor(JSON.stringify(last.cursor), 5 * MINUTE);
    expect(searchOf(next)).toBe("updated_at:>='2026-11-23T08:55:01Z'");
    expect(searchOf(started())).toBeNull();
  });

  test('that was interrupted goes on with the same search and page', () => {
    const rest = advance(started(), page(1, null), AT).cursor;
    const again = openCursor(JSON.stringify(rest), 5 * MINUTE);
    const middle = advance(again, page(8, 'c9'), AT).cursor;
    const resumed = openCursor(JSON.stringify(middle), 5 * MINUTE);
    expect(resumed).toEqual(middle);
    expect(searchOf(resumed)).toBe(searchOf(again));
  });

  test('without anything new keeps its place', () => {
    const rest = advance(started(), page(1, null), AT).cursor;
    const empty = advance(openCursor(JSON.stringify(rest), MINUTE), page(0, null), null).cursor;
    expect(empty.newest).toBe(AT);
  });

  test('does not take a repeated page for progress', () => {
    const first = advance(started(), page(8, 'c1'), AT).cursor;
    const repeated = (): unknown => advance(first, page(8, 'c1'), AT);
    expect(repeated).toThrow(expect.objectContaining({ code: 'CHANNEL_TRANSIENT', retryable: true }));
    expect(() =>
      advance(first, { ...page(8, null), pageInfo: { hasNextPage: true, endCursor: null } }, AT),
    ).toThrow('repeats');
  });

  test('becomes a new list before Shopify ends it, if time has moved', () => {
    const long = { ...started(), listed: 19_995, after: 'c1' };
    expect(advance(long, page(8, 'c2'), AT).cursor).toMatchObject({ since: AT, after: null, listed: 0 });
    const one = { ...long, since: AT, newest: AT };
    expect(advance(one, page(8, 'c2'), AT).cursor).toMatchObject({ since: AT, after: 'c2', listed: 20_003 });
  });

  test('with a cursor of another kind begins anew', () => {
    for (const text of ['', '{', '{"v":2}', 'null', '[]'])
      expect(openCursor(text, MINUTE)).toEqual(started());
  });
});

test('records are taken once, and those without id or time are set aside', () => {
  const sorted = sortOut([node(1), node(2, AT + 1_000), node(1), { id: 'x' }, null]);
  expect(sorted.records).toHaveLength(2);
  expect(sorted.newest).toBe(AT + 1_000);
  expect(sorted.poison.map((poison) => poison.externalId)).toEqual(['x', null]);
});
