import { describe, expect, it } from 'vitest';
import { json, type SentRequest } from '../kit/test-context.ts';
import { pullIds } from './pull-ids.ts';
import { pullProducts } from './pull-products.ts';
import { listing, refusal, testAccount } from './test-account.ts';

interface Row {
  readonly sku: string;
  at: number;
}

const START = Date.UTC(2026, 0, 1);
const OVERLAP = 300_000;
const COUNT = 95;

/** Amazon with pages by position, the least helpful kind of paging: rows that move shift all others. */
function byPosition(): { rows: Row[]; answer: (request: SentRequest) => Response } {
  const rows = Array.from({ length: COUNT }, (_unused, index): Row => ({
    sku: `SKU-${index}`,
    at: START + index * 1_000_000,
  }));
  const answer = ({ url }: SentRequest): Response => {
    const asked = url.searchParams;
    const since = Date.parse(asked.get('lastUpdatedAfter') ?? '1970-01-01T00:00:00Z');
    const down = asked.get('sortOrder') === 'DESC';
    const found = rows
      .filter((row) => row.at >= since)
      .toSorted((a, b) => (down ? b.at - a.at : a.at - b.at));
    const from = Number(asked.get('pageToken') ?? 0);
    const to = from + Number(asked.get('pageSize'));
    const items = found.slice(from, to).map((row) => {
      const [summary] = listing(row.sku)['summaries'] as object[];
      return {
        ...listing(row.sku),
        summaries: [{ ...summary, lastUpdatedDate: new Date(row.at).toISOString() }],
      };
    });
    const pagination = to < found.length ? { nextToken: String(to) } : {};
    return json({ numberOfResults: found.length, pagination, items });
  };
  return { rows, answer };
}

async function products(
  account: ReturnType<typeof testAccount>,
  from: string | null,
  between: (page: number) => void = () => undefined,
): Promise<{ skus: Set<string>; cursor: string }> {
  const skus = new Set<string>();
  let cursor = from;
  for (let page = 0; page < 60; page += 1) {
    const answer = await pullProducts(account.client, cursor, OVERLAP);
    for (const product of answer.products) skus.add(product.externalId);
    cursor = answer.cursor;
    if (answer.done) return { skus, cursor };
    between(page);
  }
  throw new Error('Reading does not come to an end');
}

describe('a search that things change under', () => {
  it('passes over nothing when listings are changed meanwhile', async () => {
    const { rows, answer } = byPosition();
    const account = testAccount(answer);
    const changed = new Set<string>();
    const first = await products(account, null, (page) => {
      for (const row of [rows[page * 7], rows[90 - page]]) {
        if (!row) continue;
        row.at = START + 200_000_000 + page;
        changed.add(row.sku);
      }
    });
    const second = await products(account, first.cursor);
    expect(new Set([...first.skus, ...second.skus]).size).toBe(COUNT);
    for (const sku of changed) expect(second.skus).toContain(sku);
  });

  it.each([0, 1, 2, 3])('passes over nothing when listings are deleted after page %i', async (when) => {
    const { rows, answer } = byPosition();
    const account = testAccount(answer);
    const { skus } = await products(account, null, (page) => {
      if (page === when) rows.splice(80, 6);
    });
    for (const row of rows) expect(skus).toContain(row.sku);
  });

  it.each([0, 1, 2, 3])('names every id although listings are deleted after page %i', async (when) => {
    const { rows, answer } = byPosition();
    const account = testAccount(answer);
    const ids = new Set<string>();
    let cursor: string | null = null;
    for (let page = 0, done = false; !done && page < 60; page += 1) {
      const part = await pullIds(account.client, cursor);
      for (const product of part.products) ids.add(product.externalId);
      ({ cursor, done } = part);
      if (page === when) rows.splice(1, 5);
    }
    for (const row of rows) expect(ids).toContain(row.sku);
  });

  it('does not believe a list that is shorter than Amazon counts', async () => {
    const account = testAccount(() => json({ numberOfResults: 3, items: [listing('A')] }));
    await expect(pullIds(account.client, null)).rejects.toMatchObject({ code: 'CHANNEL_TRANSIENT' });
  });

  it('begins anew when Amazon no longer knows the token', async () => {
    const { answer } = byPosition();
    const account = testAccount((request) =>
      request.url.searchParams.get('pageToken') === 'gone' ? refusal(400, 'InvalidInput') : answer(request),
    );
    const { cursor } = await pullProducts(account.client, null, OVERLAP);
    const broken = JSON.stringify({ ...(JSON.parse(cursor) as object), token: 'gone' });
    expect((await products(account, broken)).skus.size).toBe(COUNT);
  });

  it('starts over with a cursor that it cannot read', async () => {
    const { answer } = byPosition();
    for (const text of ['no json', '{"v":2}', 'null']) {
      expect((await products(testAccount(answer), text)).skus.size).toBe(COUNT);
    }
  });
});
