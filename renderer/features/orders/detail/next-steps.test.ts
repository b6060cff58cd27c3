import { describe, expect, it } from 'vitest';
import type { OrderLine } from '#shared/contract/orders.ts';
import { nextSteps } from './next-steps.ts';

function line(quantity: number, picked: number, packed: number, shipped: number, missing = 0): OrderLine {
  return {
    lineId: 'l',
    externalId: '1',
    sku: 'A',
    title: 'A',
    variant: '',
    quantity,
    picked,
    packed,
    shipped,
    missing,
    unitPrice: { minor: 1, currency: 'EUR' },
    listingId: null,
    gtin: null,
    image: null,
    bin: null,
  };
}

describe('the next steps of an order', () => {
  it.each([
    ['ready', [line(2, 0, 0, 0)], ['pick', 'markPicked']],
    ['picking', [line(2, 1, 0, 0)], ['pack', 'markPacked', 'pick', 'markPicked']],
    ['picked', [line(2, 2, 1, 0)], ['pack', 'markPacked']],
    ['packed', [line(2, 2, 2, 0)], ['ship']],
    // What could not be found does not hold up the rest.
    ['picking', [line(2, 1, 1, 0, 1)], ['ship']],
    ['shipped', [line(2, 2, 2, 2)], []],
    ['cancelled', [line(2, 1, 0, 0)], []],
  ] as const)('when %s', (state, items, steps) => {
    expect(nextSteps({ state, items: [...items] })).toEqual(steps);
  });
});
