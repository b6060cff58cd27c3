import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { redo, undo } from '../journal/undo.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { editListings } from './edit.ts';
import { viewRows } from './rows.ts';

let test: TestEngine;
let rows: SeededListing[];

beforeEach(async () => {
  test = await testEngine();
  rows = seedListings(test.engine, 20);
});
afterEach(() => test.close());

const edit = (changes: { row: number; field: string; value: WireValue }[], requestId?: string) =>
  editListings(
    test.engine.journal,
    {
      changes: changes.map(({ row, field, value }) => ({
        listingId: rows[row]?.listingId ?? '',
        field,
        value,
      })),
    },
    { actor: 'test', requestId },
  );
const undoLast = () => undo(test.engine.journal, [], { actor: 'test' });
const redoLast = () => redo(test.engine.journal, [], { actor: 'test' });
const value = (row: number, field: 'price' | 'title' | 'sku' | 'quantity' | 'salePrice'): WireValue =>
  viewRows(test.engine.db, [rows[row]?.rid ?? -1], [field])[0]?.values[0] ?? null;
const cell = (row: number, field: string): string | undefined =>
  viewRows(test.engine.db, [rows[row]?.rid ?? -1], ['price'])[0]?.cells.find((info) => info.field === field)
    ?.state;
const ops = (): { field: string; state: string; base: unknown }[] =>
  test.engine.db.allComposed("SELECT field, state, base FROM outbox WHERE state <> 'cancelled' ORDER BY rid");

describe('editing listings', () => {
  it('applies what is legal and names what is not', () => {
    const outcome = edit([
      { row: 0, field: 'price', value: '12.50' },
      { row: 1, field: 'price', value: '12,50' },
      { row: 2, field: 'price', value: '-1' },
      { row: 3, field: 'title', value: 'x'.repeat(300) },
      { row: 4, field: 'nonsense', value: 'x' },
      { row: 5, field: 'sku', value: 'SKU-00001' },
      { row: 6, field: 'salePrice', value: '99' },
      { row: 7, field: 'categories', value: ['a'] },
    ]);
    expect(outcome.applied).toBe(1);
    expect(outcome.rejected.map(({ field, code }) => `${field} ${code}`).sort()).toEqual([
      'categories READ_ONLY_FIELD',
      'nonsense UNKNOWN_FIELD',
      'price COMMA_PRICE',
      'price NEGATIVE_PRICE',
      'salePrice SALE_NOT_BELOW_PRICE',
      'sku SKU_DUPLICATE',
      'title TITLE_TOO_LONG',
    ]);
    expect(outcome.rejected.every(({ listingId }) => rows.some((row) => row.listingId === listingId))).toBe(
      true,
    );
    expect(value(0, 'price')).toBe('12.50');
    expect(cell(0, 'price')).toBe('dirty');
  });

  it('lets two rows swap their SKUs in one command', () => {
    expect(
      edit([
        { row: 0, field: 'sku', value: 'SKU-00001' },
        { row: 1, field: 'sku', value: 'SKU-00000' },
      ]).applied,
    ).toBe(2);
  });

  it('joins later edits to the waiting op and keeps its oldest base', () => {
    edit([{ row: 0, field: 'price', value: '11' }]);
    edit([{ row: 0, field: 'price', value: '12' }]);
    expect(ops()).toEqual([{ field: 'price', state: 'pending', base: 1000 }]);
    edit([{ row: 0, field: 'price', value: '10.00' }]);
    expect(ops()).toEqual([]);
    expect(cell(0, 'price')).toBeUndefined();
  });

  it('answers a repeated request with the first result', () => {
    const requestId = '018f0000-0000-7000-8000-000000000001';
    const first = edit([{ row: 0, field: 'price', value: '11' }], requestId);
    edit([{ row: 0, field: 'price', value: '15' }]);
    expect(edit([{ row: 0, field: 'price', value: '11' }], requestId)).toEqual(first);
    expect(value(0, 'price')).toBe('15.00');
  });

  it('undoes and redoes across a restart, by row and not by position', async () => {
    edit([
      { row: 0, field: 'price', value: '11' },
      { row: 1, field: 'title', value: 'New' },
    ]);
    edit([{ row: 0, field: 'quantity', value: 9 }]);
    test = await test.restart();
    expect(undoLast().applied).toBe(1);
    expect(undoLast().applied).toBe(2);
    expect([value(0, 'price'), value(1, 'title'), value(0, 'quantity')]).toEqual(['10.00', 'Product 1', 0]);
    expect(ops()).toEqual([]);
    expect(() => undoLast()).toThrow(/nothing to undo/);
    test = await test.restart();
    redoLast();
    redoLast();
    expect([value(0, 'price'), value(1, 'title'), value(0, 'quantity')]).toEqual(['11.00', 'New', 9]);
    expect(() => redoLast()).toThrow(/nothing to redo/);
    undoLast();
    expect(value(0, 'quantity')).toBe(0);
  });

  it('redoes only what was undone', () => {
    const { commandId } = edit([{ row: 0, field: 'price', value: '11' }]);
    const again = (): unknown => redo(test.engine.journal, [], { actor: 'test', commandId: commandId ?? '' });
    expect(again).toThrow(/is not an undo/);
    expect(value(0, 'price')).toBe('11.00');
  });

  it('leaves alone what changed since', () => {
    const first = edit([
      { row: 0, field: 'price', value: '11' },
      { row: 1, field: 'price', value: '11' },
    ]);
    edit([{ row: 1, field: 'price', value: '22' }]);
    const outcome = undo(test.engine.journal, [], { actor: 'test', commandId: first.commandId ?? '' });
    expect(outcome).toMatchObject({ applied: 1, changedSinceTotal: 1 });
    expect([value(0, 'price'), value(1, 'price')]).toEqual(['10.00', '22.00']);
  });

  it('queues the compensating op after a push', () => {
    edit([{ row: 0, field: 'price', value: '11' }]);
    test.engine.db.exec("UPDATE outbox SET state = 'verified', sent = 1100");
    undoLast();
    expect(ops()).toEqual([
      { field: 'price', state: 'verified', base: 1000 },
      { field: 'price', state: 'pending', base: 1100 },
    ]);
    expect(cell(0, 'price')).toBe('dirty');
  });

  it('keeps no journal entry for a change that changes nothing', () => {
    expect(edit([{ row: 0, field: 'price', value: '10.00' }])).toMatchObject({
      commandId: null,
      applied: 0,
      unchanged: 1,
    });
    expect(test.engine.db.pluck('SELECT count(*) FROM command')).toEqual([0]);
  });
});
