import { describe, expect, test } from 'vitest';
import type { ListingPush } from '../contract.ts';
import { json, testContext } from '../kit/test-context.ts';
import { ShopifyClient } from './client.ts';
import { newShopMemory } from './memory.ts';
import { setQuantities, type StockItem } from './push-stock.ts';

interface Quantity {
  readonly inventoryItemId: string;
}
type Refuse = (quantities: readonly Quantity[]) => readonly object[];

function shopThat(refuse: Refuse): { client: ShopifyClient; calls: string[][]; keys: string[] } {
  const calls: string[][] = [];
  const keys: string[] = [];
  const { context } = testContext(
    (request) => {
      const { variables } = request.body as { variables: { key: string; input: { quantities: Quantity[] } } };
      calls.push(variables.input.quantities.map((quantity) => quantity.inventoryItemId));
      keys.push(variables.key);
      const userErrors = refuse(variables.input.quantities);
      return json({ data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } } });
    },
    { credentials: { accessToken: 'shpat_1' } },
  );
  return { client: new ShopifyClient(context, newShopMemory()), calls, keys };
}

const items = (count: number): StockItem[] =>
  Array.from({ length: count }, (_unused, index) => ({
    op: { opId: String(index), fields: { quantity: 1 } } as unknown as ListingPush,
    inventoryItemId: `i${index}`,
    quantity: 1,
    from: 0,
  }));

describe('a call that is refused as a whole', () => {
  test('without saying for which quantity is halved until the wrong one is found', async () => {
    const { client, calls, keys } = shopThat((quantities) =>
      quantities.some(({ inventoryItemId }) => inventoryItemId === 'i5')
        ? [{ field: ['input'], message: 'No.', code: 'NON_MUTABLE_INVENTORY_ITEM' }]
        : [],
    );
    const results = await setQuantities(client, 'l', items(8));
    expect(results.filter((result) => result.outcome === 'accepted')).toHaveLength(7);
    expect(results.find((result) => result.outcome !== 'accepted')).toMatchObject({
      opId: '5',
      outcome: 'rejected',
      field: 'quantity',
    });
    expect(calls.map((call) => call.length)).toEqual([8, 4, 4, 2, 1, 1, 2]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ['IDEMPOTENCY_CONCURRENT_REQUEST', 'unknown'],
    ['IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED', 'retry'],
    ['IDEMPOTENCY_KEY_PARAMETER_MISMATCH', 'retry'],
    ['INVALID_LOCATION', 'rejected'],
  ])('by %s is not cut: every op is %s', async (code, outcome) => {
    const { client, calls } = shopThat(() => [{ field: ['input'], message: 'No.', code }]);
    const results = await setQuantities(client, 'l', items(4));
    expect(results.map((result) => result.outcome)).toEqual(Array(4).fill(outcome));
    expect(calls).toHaveLength(1);
  });

  test('when the rest fails then, what was settled is not lost and the rest is looked at first', async () => {
    let sent = 0;
    const { context } = testContext(
      () => {
        sent += 1;
        if (sent > 1) return new Response('<html></html>', { status: 502 });
        const error = { field: ['input', 'quantities', '1', 'changeFromQuantity'], message: 'Stale' };
        const userErrors = [{ ...error, code: 'CHANGE_FROM_QUANTITY_STALE' }];
        return json({ data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } } });
      },
      { credentials: { accessToken: 'shpat_1' } },
    );
    const results = await setQuantities(new ShopifyClient(context, newShopMemory()), 'l', items(3));
    expect(results.map(({ opId, outcome }) => [opId, outcome])).toEqual([
      ['1', 'retry'],
      ['0', 'unknown'],
      ['2', 'unknown'],
    ]);
  });
});
