import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byExpiry, sellable, takeByExpiry, type LotCell } from './fefo.ts';
import { cycleThrough, leavesOf, possibleKits, type Kit } from './kits.ts';

const TODAY = '2026-11-24';

const cell: fc.Arbitrary<LotCell> = fc.record({
  bin: fc.integer({ min: 0, max: 3 }),
  lot: fc.integer({ min: 0, max: 5 }),
  quantity: fc.integer({ min: -3, max: 20 }),
  expiresOn: fc.constantFrom(null, '2026-11-01', '2026-11-24', '2026-12-01', '2027-05-31'),
  blocked: fc.boolean(),
});

describe('first expired, first out', () => {
  it('takes exactly what is asked for, never more of a lot than it has, and nothing that may not be sold while other units are left', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 12 }), fc.integer({ min: 1, max: 120 }), (found, quantity) => {
        const cells = [...new Map(found.map((one) => [`${one.bin} ${one.lot}`, one])).values()];
        const taken = takeByExpiry(cells, quantity, TODAY);
        expect(taken.reduce((sum, take) => sum + take.quantity, 0)).toBe(quantity);
        const of = (one: LotCell): number =>
          taken
            .filter(({ bin, lot }) => bin === one.bin && lot === one.lot)
            .reduce((sum, take) => sum + take.quantity, 0);
        for (const one of cells.filter(({ lot }) => lot !== 0)) {
          expect(of(one)).toBeLessThanOrEqual(Math.max(0, one.quantity));
        }
        const unsold = cells.some((one) => sellable(one, TODAY) && of(one) < one.quantity);
        const unsellable = cells.filter((one) => !sellable(one, TODAY));
        expect(unsold && unsellable.some((one) => of(one) > 0)).toBe(false);
      }),
    );
  });

  it('goes by expiry, then what does not expire, then what has no lot, then what may not be sold', () => {
    const lots = [
      { bin: 1, lot: 0, quantity: 4, expiresOn: null, blocked: false },
      { bin: 1, lot: 1, quantity: 4, expiresOn: null, blocked: false },
      { bin: 1, lot: 2, quantity: 4, expiresOn: '2027-01-01', blocked: false },
      { bin: 1, lot: 3, quantity: 4, expiresOn: '2026-11-23', blocked: false },
      { bin: 1, lot: 4, quantity: 4, expiresOn: '2026-12-01', blocked: true },
      { bin: 1, lot: 5, quantity: 4, expiresOn: TODAY, blocked: false },
    ];
    expect(byExpiry(lots, TODAY).map(({ lot }) => lot)).toEqual([5, 2, 1, 0, 3, 4]);
  });
});

describe('kits', () => {
  const kit = (virtual: boolean, ...parts: [number, number][]): Kit => ({
    virtual,
    parts: parts.map(([item, quantity]) => ({ item, quantity })),
  });

  it('resolve virtual kits in virtual kits and take built ones as they are', () => {
    const kits = new Map([
      [1, kit(true, [2, 2], [3, 1])],
      [2, kit(true, [3, 3], [4, 1])],
      [4, kit(false, [5, 9])],
    ]);
    expect(leavesOf(kits, 1)).toEqual([
      { item: 3, quantity: 7 },
      { item: 4, quantity: 2 },
    ]);
  });

  it('find every way of an item back to itself', () => {
    const kits = new Map([
      [1, kit(true, [2, 1])],
      [2, kit(false, [3, 1], [9, 1])],
      [3, kit(true, [1, 1])],
    ]);
    expect(cycleThrough(kits, 1)).toEqual([1, 2, 3, 1]);
    expect(cycleThrough(new Map([[1, kit(true, [1, 1])]]), 1)).toEqual([1, 1]);
    expect(cycleThrough(new Map([[1, kit(true, [2, 1])]]), 1)).toBeNull();
  });

  it('never promise more kits than every part is enough for', () => {
    const part = fc.record({
      available: fc.integer({ min: -5, max: 500 }),
      quantity: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const kits = possibleKits(parts);
        expect(kits).toBeGreaterThanOrEqual(0);
        const short = parts.some(({ available, quantity }) => kits * quantity > available);
        expect(kits > 0 && short).toBe(false);
        expect(parts.some(({ available, quantity }) => (kits + 1) * quantity > available)).toBe(true);
      }),
    );
    expect(possibleKits([])).toBe(0);
  });

  it('refuse absurd quantities', () => {
    const kits = new Map([
      [1, kit(true, [2, 10_000])],
      [2, kit(true, [3, 10_000])],
      [3, kit(true, [4, 10_000])],
    ]);
    expect(() => leavesOf(kits, 1)).toThrow(RangeError);
  });
});
