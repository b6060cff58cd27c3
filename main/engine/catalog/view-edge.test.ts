import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '#shared/contract/methods.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { seedVariants } from './variants-kit.ts';

let test: TestEngine;
let viewId: string;

async function call<T>(method: Parameters<typeof dispatch>[1], params: unknown): Promise<T> {
  const context = { actor: 'test', requestId: v7(), signal: new AbortController().signal };
  return (await dispatch(test.engine, method, params, context, { checkOutput: true })) as T;
}

/** Quantities of 2,600 listings by position; null is an empty cell. */
const quantity = (at: number): number | null => (at < 3 || (at >= 10 && at < 2_500) ? 7 : null);

beforeAll(async () => {
  test = await testEngine();
  const variants = Array.from({ length: 2_600 }, (_, at): [string, number, number] => [
    `SKU-${String(at).padStart(4, '0')}`,
    1_000,
    quantity(at) ?? 0,
  ]);
  seedVariants(test.engine, 'Shop', [['Cloth', variants]]);
  test.engine.db.transaction(() => {
    test.engine.db.exec('UPDATE listing SET quantity = NULL WHERE quantity = 0');
  });
  const view = await call<Result<'views.open'>>('views.open', { sort: [{ field: 'sku', direction: 'asc' }] });
  ({ viewId } = view);
});
afterAll(() => test.close());

const edge = async (
  from: number,
  direction: 'up' | 'down',
  field = 'quantity',
  view = viewId,
): Promise<number> =>
  (await call<Result<'views.edge'>>('views.edge', { viewId: view, field, from, direction })).row;

describe('the edge of filled cells', () => {
  it.each([
    ['the end of the block it stands in', 0, 'down', 2],
    ['the next block from the last cell of one', 2, 'down', 10],
    ['the next block from a gap', 5, 'down', 10],
    ['a far end that takes several readings', 10, 'down', 2_499],
    ['the end of the view where nothing follows', 2_499, 'down', 2_599],
    ['the start of the block it stands in', 2_400, 'up', 10],
    ['the block before from the first cell of one', 10, 'up', 2],
    ['the top', 2, 'up', 0],
    ['the top again', 0, 'up', 0],
    ['the end again', 2_599, 'down', 2_599],
    ['a start outside the view', 9_000, 'up', 2_499],
  ] as const)('is %s', async (_, from, direction, expected) => {
    expect(await edge(from, direction)).toBe(expected);
  });

  it('is the end of a column that is full or empty, and a field that is none is refused', async () => {
    expect(await edge(5, 'down', 'sku')).toBe(2_599);
    expect(await edge(5, 'down', 'salePrice')).toBe(2_599);
    await expect(edge(0, 'down', 'nothing')).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('passes over rows of groups', async () => {
    const grouped = await call<Result<'views.open'>>('views.open', { group: 'product' });
    expect(grouped.count).toBe(1);
    expect(await edge(0, 'down', 'sku', grouped.viewId)).toBe(0);
  });
});
