import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import type { CellWrite } from './write-cells.ts';

const ROWS = 6;
const STATES = [
  'pending',
  'leased',
  'sent',
  'accepted',
  'needs_verify',
  'rejected',
  'conflict',
  'retry_wait',
  'verified',
];

type Step =
  | { kind: 'write'; field: 'price' | 'title'; cells: CellWrite[] }
  /** What the sync engine does to the newest op of a cell in between. */
  | { kind: 'settle'; nth: number; state: string }
  | { kind: 'release' };

const cell = (field: 'price' | 'title'): fc.Arbitrary<CellWrite> =>
  fc.record({
    rid: fc.integer({ min: 1, max: ROWS }),
    value: field === 'price' ? fc.integer({ min: 1, max: 3 }) : fc.constantFrom('A', 'B'),
  });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('price' as const, 'title' as const)
      .chain((field) =>
        fc
          .uniqueArray(cell(field), { minLength: 1, maxLength: ROWS, selector: ({ rid }) => rid })
          .map((cells): Step => ({ kind: 'write', field, cells })),
      ),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      nth: fc.nat({ max: 20 }),
      state: fc.constantFrom(...STATES),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'release' }) },
);

function write({ engine }: TestEngine, field: 'price' | 'title', cells: readonly CellWrite[]): void {
  const spec = { method: 'listings.edit', label: 'x', actor: 'test', reversible: true };
  engine.journal.run(spec, (scope) => scope.write(field === 'price' ? 'listing' : 'product', field, cells));
}

/** Moves the nth cell's op; a state in which another op of the cell waits already is skipped, alike in both. */
function settle({ engine: { db } }: TestEngine, nth: number, state: string): void {
  const ops = db.allComposed<{ rid: number; entity: string; entity_rid: number; field: string }>(
    `SELECT max(rid) AS rid, entity, entity_rid, field FROM outbox WHERE state NOT IN ('superseded', 'cancelled')
     GROUP BY entity, entity_rid, field ORDER BY entity, entity_rid, field`,
  );
  const op = ops[nth % Math.max(1, ops.length)];
  if (op) db.runComposed('UPDATE outbox SET state = :state WHERE rid = :rid', { state, rid: op.rid });
}

const outcome = ({ engine: { db } }: TestEngine): unknown => ({
  rows: db.rowsOf(
    'SELECT l.rid, l.price_minor, p.title FROM listing l JOIN product p ON p.rid = l.product_rid ORDER BY l.rid',
  ),
  log: db.rowsOf(
    'SELECT entity, field, entity_rid, before, after FROM change ORDER BY entity, field, entity_rid, command_rid',
  ),
  ops: db.rowsOf(
    `SELECT entity, field, entity_rid, kind, lane, product_rid, base, state, released_at_ms IS NULL, attempts, code
     FROM outbox ORDER BY entity, field, entity_rid, rid`,
  ),
});

describe('writing a set of cells', () => {
  it('does to rows, log and outbox what writing them one by one does, whatever their ops are at', async () => {
    const [asSet, oneByOne] = [await testEngine(), await testEngine()];
    try {
      for (const test of [asSet, oneByOne]) seedListings(test.engine, ROWS);
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
          for (const next of steps) {
            if (next.kind === 'write') {
              write(asSet, next.field, next.cells);
              for (const one of next.cells) write(oneByOne, next.field, [one]);
            } else {
              for (const test of [asSet, oneByOne]) {
                if (next.kind === 'settle') settle(test, next.nth, next.state);
                else test.engine.db.exec("UPDATE outbox SET released_at_ms = 1 WHERE state = 'pending'");
              }
            }
          }
          expect(outcome(asSet)).toEqual(outcome(oneByOne));
        }),
        { numRuns: 60 },
      );
    } finally {
      asSet.close();
      oneByOne.close();
    }
  });
});
