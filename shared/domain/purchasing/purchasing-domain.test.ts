import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, dayOf, endOfDay, isDay } from './calendar-day.ts';
import { costOfNext, layersLeft } from './cost-layers.ts';
import { splitExactly, splitWeights } from './landed-cost.ts';
import { cheaperLot, orderableQuantity, unitPrice } from './price-breaks.ts';
import { allowedSteps, openUnits, PURCHASE_STATES, purchaseState } from './purchase-states.ts';
import { leadTimes, scorecard } from './scorecard.ts';

describe('landed costs', () => {
  it('are shared out to the last minor unit, nearest to the exact share, whatever the weights', () => {
    const weight = fc.integer({ min: 0, max: 2_000_000_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.array(weight, { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const parts = splitExactly(total, weights);
          expect(parts.reduce((a, b) => a + BigInt(b), 0n)).toBe(BigInt(total));
          const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
          for (const [index, part] of parts.entries()) {
            expect(part).toBeGreaterThanOrEqual(0);
            if (sum === 0n) continue;
            const exact = BigInt(total) * BigInt(weights[index] ?? 0);
            const off = BigInt(part) * sum - exact;
            expect(off < sum && off > -sum).toBe(true);
          }
        },
      ),
    );
  });

  it('give the rest to the largest remainders, the earlier one first', () => {
    expect(splitExactly(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(splitExactly(10, [5, 3, 2])).toEqual([5, 3, 2]);
    expect(splitExactly(1, [1, 9])).toEqual([0, 1]);
    expect(splitExactly(5, [0, 0])).toEqual([3, 2]);
    expect(splitExactly(7, [])).toEqual([]);
  });

  it('refuse to go by weight while one is unknown', () => {
    const line = { quantity: 2, goods: 500, weight: 30 };
    expect(splitWeights([line, { ...line, weight: null }], 'weight')).toBeNull();
    expect(splitWeights([line], 'weight')).toEqual([60]);
    expect(splitWeights([line], 'value')).toEqual([500]);
    expect(splitWeights([line], 'quantity')).toEqual([2]);
  });
});

describe('price breaks', () => {
  const breaks = [
    { from: 100, minor: 80 },
    { from: 1, minor: 100 },
    { from: 50, minor: 90 },
  ];

  it('take the price of the highest quantity that is reached', () => {
    expect([1, 49, 50, 99, 100, 5_000].map((quantity) => unitPrice(breaks, quantity))).toEqual([
      100, 100, 90, 90, 80, 80,
    ]);
    expect(unitPrice([{ from: 10, minor: 5 }], 9)).toBeNull();
  });

  it('raise a quantity to the smallest one that the supplier sells', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 200 }),
        fc.option(fc.integer({ min: 1, max: 500 })),
        (wanted, pack, minimum) => {
          const quantity = orderableQuantity(wanted, { pack, minimum });
          expect(quantity % pack).toBe(0);
          expect(quantity).toBeGreaterThanOrEqual(Math.max(wanted, minimum ?? 1));
          expect(quantity - pack).toBeLessThan(Math.max(wanted, minimum ?? 1));
        },
      ),
    );
  });

  it('find a larger lot only where the whole line costs less', () => {
    expect(cheaperLot(breaks, 95, { pack: 1, minimum: null })).toEqual({ quantity: 100, saves: 550 });
    expect(cheaperLot(breaks, 60, { pack: 1, minimum: null })).toBeNull();
    expect(cheaperLot(breaks, 100, { pack: 1, minimum: null })).toBeNull();
  });
});

describe('a purchase order', () => {
  const line = (quantity: number, received: number, short = 0) => ({ quantity, received, short });

  it('has the state that its receipts say', () => {
    expect(purchaseState('sent', [line(5, 0)])).toBe('sent');
    expect(purchaseState('confirmed', [line(5, 0)])).toBe('confirmed');
    expect(purchaseState('confirmed', [line(5, 2), line(1, 0)])).toBe('part_received');
    expect(purchaseState('sent', [line(5, 5)])).toBe('received');
    expect(purchaseState('sent', [line(5, 7), line(4, 1, 3)])).toBe('received');
    expect(purchaseState('closed', [line(5, 2)])).toBe('closed');
  });

  it('is never open for less than nothing, and only an end state allows no step', () => {
    expect(openUnits(line(5, 7))).toBe(0);
    expect(PURCHASE_STATES.filter((state) => allowedSteps(state).length === 0)).toEqual([
      'closed',
      'cancelled',
    ]);
  });
});

describe('cost layers', () => {
  it('give what is known of 100 at 10 and 50 at 12 when 120 are sold: 1,240 left the shelf, 360 are left', () => {
    const layers = [
      { quantity: 100, cost: 1_000, currency: 'EUR' },
      { quantity: 50, cost: 600, currency: 'EUR' },
    ];
    expect(costOfNext(layers, 150, 120)).toEqual({ cost: 1_240, currency: 'EUR' });
    expect(layersLeft(layers, 30)).toEqual({
      left: [{ layer: 1, quantity: 30, cost: 360, currency: 'EUR' }],
      unknown: 0,
    });
  });

  it('know no cost of units that were there before, nor of several currencies at once', () => {
    const layer = { quantity: 5, cost: 50, currency: 'EUR' };
    expect(costOfNext([layer], 6, 1)).toBeNull();
    expect(costOfNext([layer, { ...layer, currency: 'USD' }], 10, 6)).toBeNull();
    expect(costOfNext([layer, { ...layer, currency: 'USD' }], 10, 5)).toEqual({ cost: 50, currency: 'EUR' });
    expect(layersLeft([layer], 8)).toMatchObject({ unknown: 3 });
  });

  it('add up: what leaves and what is left is what came, in whole minor units', () => {
    const layer = fc.record({
      quantity: fc.integer({ min: 1, max: 60 }),
      cost: fc.integer({ min: 0, max: 99_999 }),
      currency: fc.constant('EUR'),
    });
    fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 6 }), fc.nat(), (layers, seed) => {
        const all = layers.reduce((sum, { quantity }) => sum + quantity, 0);
        const sold = seed % (all + 1);
        const left = layersLeft(layers, all - sold);
        const value = left.left.reduce((sum, { cost }) => sum + cost, 0);
        const gone = sold === 0 ? 0 : (costOfNext(layers, all, sold)?.cost ?? Number.NaN);
        expect(gone + value).toBe(layers.reduce((sum, { cost }) => sum + cost, 0));
      }),
    );
  });
});

describe('the scorecard', () => {
  const day = 86_400_000;
  it('judges what is done or due, and says how many lines that is', () => {
    const lines = [
      // In time.
      { ordered: 10, sentAt: 0, dueAt: 10 * day, done: true, receipts: [{ at: 8 * day, quantity: 10 }] },
      // In two parts, the second one late.
      {
        ordered: 10,
        sentAt: 0,
        dueAt: 10 * day,
        done: true,
        receipts: [
          { at: 14 * day, quantity: 6 },
          { at: 9 * day, quantity: 4 },
        ],
      },
      // Overdue and incomplete.
      { ordered: 20, sentAt: day, dueAt: 5 * day, done: false, receipts: [{ at: 4 * day, quantity: 5 }] },
      // Not due yet: says nothing.
      { ordered: 99, sentAt: day, dueAt: 90 * day, done: false, receipts: [] },
    ];
    expect(scorecard(lines, 20 * day)).toEqual({
      onTime: { n: 3, hits: 1, rate: 1 / 3 },
      fill: { n: 3, ordered: 40, received: 25, rate: 0.625 },
      leadTime: {
        n: 2,
        mean: 11,
        sd: Math.sqrt(18),
        median: 11,
        p90: 13.4,
        p95: expect.closeTo(13.7, 10) as number,
        least: 8,
        most: 14,
      },
      from: 0,
      to: day,
    });
  });

  it('claims nothing without deliveries', () => {
    expect(scorecard([], 0)).toMatchObject({
      onTime: { n: 0, rate: null },
      fill: { rate: null },
      leadTime: { n: 0, mean: null, sd: null, p95: null },
      from: null,
    });
    expect(leadTimes([3])).toMatchObject({ n: 1, mean: 3, sd: null, median: 3 });
  });
});

describe('calendar days', () => {
  it('are days that exist', () => {
    expect(['2026-02-28', '2024-02-29'].map(isDay)).toEqual([true, true]);
    expect(['2026-02-29', '2026-13-01', '26-01-01', '', '2026-1-1'].map(isDay)).toEqual(Array(5).fill(false));
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(dayOf(endOfDay('2026-03-29'))).toBe('2026-03-29');
    expect(dayOf(endOfDay('2026-03-29') + 1)).toBe('2026-03-30');
  });
});
