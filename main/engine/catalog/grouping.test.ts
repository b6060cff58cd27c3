import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupByProduct,
  groupSize,
  isGroupRid,
  OpenGroups,
  productOfGroup,
  visibleRows,
} from './grouping.ts';

/** Listings in any order, each with its product; ids of listings are distinct. */
const view = fc
  .uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 60 })
  .chain((rids) =>
    fc.tuple(
      fc.constant(rids),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: rids.length, maxLength: rids.length }),
    ),
  );
const opened = fc.record({ all: fc.boolean(), turned: fc.array(fc.integer({ min: 1, max: 9 })) });

describe('grouping a view by product', () => {
  it('loses and doubles no listing, keeps products together, and changes no order that the sort made', () => {
    fc.assert(
      fc.property(view, ([rids, products]) => {
        const grouping = groupByProduct(Int32Array.from(rids), Int32Array.from(products));
        const productOf = new Map(rids.map((rid, at) => [rid, products[at] ?? 0]));
        expect([...grouping.rids].toSorted((a, b) => a - b)).toEqual(rids.toSorted((a, b) => a - b));
        expect([...grouping.products]).toEqual([...new Set(products)]);
        grouping.products.forEach((product, group) => {
          const members = grouping.rids.subarray(grouping.starts[group], grouping.starts[group + 1]);
          expect([...members]).toEqual(rids.filter((rid) => productOf.get(rid) === product));
        });
      }),
    );
  });

  it('shows each group once before its listings, hides those of closed ones, and gives single listings no parent', () => {
    fc.assert(
      fc.property(view, opened, ([rids, products], { all, turned }) => {
        const grouping = groupByProduct(Int32Array.from(rids), Int32Array.from(products));
        const open = new OpenGroups(all);
        for (const product of turned) open.set(product, !open.has(product));
        const rows = visibleRows(grouping, (product) => open.has(product));
        const expected = [...grouping.products].flatMap((product, group) => {
          const members = [...grouping.rids.subarray(grouping.starts[group], grouping.starts[group + 1])];
          if (groupSize(grouping, group) === 1) return members;
          return open.has(product) ? [-product, ...members] : [-product];
        });
        expect([...rows]).toEqual(expected);
        expect(new Set(rows).size).toBe(rows.length);
        expect(
          [...rows]
            .filter(isGroupRid)
            .map(productOfGroup)
            .every((product) => products.includes(product)),
        ).toBe(true);
      }),
    );
  });
});

describe('open groups', () => {
  it('are as the last word about them said, whatever all of them were told before', () => {
    const step = fc.oneof(
      fc.record({ product: fc.integer({ min: 1, max: 5 }), open: fc.boolean() }),
      fc.record({ product: fc.constant(null), open: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.boolean(), fc.array(step), (first, steps) => {
        const groups = new OpenGroups(first);
        const said = new Map<number, boolean>([1, 2, 3, 4, 5].map((product) => [product, first]));
        for (const { product, open } of steps) {
          if (product === null) {
            groups.setAll(open);
            for (const each of said.keys()) said.set(each, open);
          } else {
            groups.set(product, open);
            said.set(product, open);
          }
        }
        for (const [product, open] of said) {
          expect(groups.has(product)).toBe(open);
          expect(groups.copy().has(product)).toBe(open);
        }
      }),
    );
  });
});
