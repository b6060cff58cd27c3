import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeResults, NO_RESULT, scopesOf, type Scope } from './scopes.ts';

const FIELDS = ['price', 'title', 'quantity'] as const;
const cells = fc.uniqueArray(
  fc.record({
    accountId: fc.constantFrom('x', 'y'),
    listingId: fc.constantFrom('1', '2', '3', '4'),
    field: fc.constantFrom(...FIELDS),
  }),
  { selector: ({ accountId, listingId, field }) => `${accountId} ${listingId} ${field}` },
);
const spelled = (scopes: readonly Scope[]): string[] =>
  scopes.flatMap(({ accountId, listingIds, fields }) =>
    (listingIds ?? []).flatMap((listing) =>
      (fields ?? []).map((field) => `${accountId} ${listing} ${field}`),
    ),
  );

describe('scopesOf', () => {
  it('covers exactly the chosen cells, each once', () => {
    fc.assert(
      fc.property(cells, (chosen) => {
        const wanted = chosen.map(({ accountId, listingId, field }) => `${accountId} ${listingId} ${field}`);
        expect(spelled(scopesOf(chosen)).sort()).toEqual(wanted.sort());
      }),
    );
  });

  it('needs one run where the cells are a block', () => {
    const block = ['1', '2'].flatMap((listingId) =>
      FIELDS.map((field) => ({ accountId: 'x', listingId, field })),
    );
    expect(scopesOf(block)).toHaveLength(1);
  });

  it('leaves shipments out: they are not released by cell', () => {
    expect(scopesOf([{ accountId: 'x', listingId: null, field: 'shipment' }])).toEqual([]);
  });
});

describe('mergeResults', () => {
  it('adds up and keeps the last word on who waits', () => {
    const wait = { accountId: 'x', ops: 3, code: 'CHANNEL_RATE', message: '', nextAttemptAt: null };
    const merged = mergeResults(
      { ...NO_RESULT, sent: 2, verified: 1, waiting: [wait, { ...wait, accountId: 'y' }] },
      { ...NO_RESULT, sent: 3, verified: 3, waiting: [{ ...wait, ops: 1 }] },
    );
    expect(merged).toMatchObject({ sent: 5, verified: 4 });
    expect(merged.waiting.map(({ accountId, ops }) => [accountId, ops])).toEqual([
      ['y', 3],
      ['x', 1],
    ]);
  });
});
