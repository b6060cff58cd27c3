import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldEdit } from '#shared/contract/listings.ts';
import type { ListingFieldName, WireValue } from '#shared/domain/listing-fields.ts';
import { undo } from '../journal/undo.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { bulkEdit, bulkPreview, pasteIntoView } from './bulk.ts';
import { viewRows } from './rows.ts';
import { findInView } from './view-text.ts';

const CALLER = { actor: 'test', requestId: undefined };
let test: TestEngine;
let rows: SeededListing[];
let viewId: string;

beforeEach(async () => {
  test = await testEngine();
  rows = seedListings(test.engine, 30);
  viewId = test.engine.views.open(undefined, undefined, undefined, 1).id;
});
afterEach(() => test.close());

const value = (row: number, field: ListingFieldName): WireValue =>
  viewRows(test.engine.db, [rows[row]?.rid ?? -1], [field])[0]?.values[0] ?? null;
const edit = (edits: FieldEdit[], more: { when?: string; spans?: [number, number][] } = {}) => {
  const { spans, ...rest } = more;
  return bulkEdit(
    test.engine,
    { selection: { viewId, ...(spans ? { spans } : {}) }, edits, ...rest },
    CALLER,
  );
};
const find = (text: string, more: object = {}) =>
  findInView(test.engine.db, test.engine.views.get(viewId), {
    viewId,
    text,
    fields: ['sku', 'title', 'price'],
    from: 0,
    ...more,
  });

describe('bulk edits', () => {
  it('changes only the rows that a condition names, as one undo step', () => {
    const outcome = edit([{ op: 'expression', field: 'price', expression: 'price * 1.1', round: '.99' }], {
      when: 'quantity = 0',
    });
    expect(outcome).toMatchObject({ applied: 5, rejectedTotal: 0 });
    expect([value(0, 'price'), value(7, 'price'), value(1, 'price')]).toEqual(['10.99', '10.99', '10.01']);
    expect(undo(test.engine.journal, [], { actor: 'test' }).applied).toBe(5);
    expect(value(7, 'price')).toBe('10.07');
  });

  it('previews the matching rows, their samples and the money at stake', () => {
    const preview = bulkPreview(test.engine, {
      selection: { viewId, spans: [[0, 9]] },
      edits: [{ op: 'expression', field: 'price', expression: 'price + 1' }],
      when: 'quantity = 3 or contains(title, "Product 1")',
    });
    expect(preview).toMatchObject({ rows: 2, changes: 2, unchanged: 0, rejectedTotal: 0 });
    expect(new Set(preview.samples.map(({ sku }) => sku))).toEqual(new Set(['SKU-00001', 'SKU-00003']));
    expect(preview.moneyAtStake).toEqual([{ minor: 100 + 3 * 100, currency: 'EUR' }]);
    expect(value(1, 'price')).toBe('10.01');
  });

  it('refuses a condition that is none and says where', () => {
    const edits: FieldEdit[] = [{ op: 'clear', field: 'gtin' }];
    expect(() => edit(edits, { when: 'quantity + 1' })).toThrow(/comparison/);
    expect(() => edit(edits, { when: 'quantity = ' })).toThrow(/at character/);
    expect(() => edit(edits, { when: 'nonsense = 1' })).toThrow(/nonsense/);
  });

  it('replaces in texts and numbers, and refuses what would be no value', () => {
    edit([{ op: 'replace', field: 'title', find: '^Product (\\d)$', replacement: 'Mug $1', regex: true }]);
    expect([value(4, 'title'), value(14, 'title')]).toEqual(['Mug 4', 'Product 14']);
    expect(edit([{ op: 'replace', field: 'price', find: '10.', replacement: '12.' }]).applied).toBe(30);
    expect(value(5, 'price')).toBe('12.05');
    const outcome = edit([{ op: 'replace', field: 'quantity', find: '3', replacement: 'three' }]);
    expect(outcome).toMatchObject({ applied: 0, rejectedTotal: 4 });
    expect(value(3, 'quantity')).toBe(3);
    const slow: FieldEdit = { op: 'replace', field: 'title', find: '(o+)+x', replacement: '', regex: true };
    expect(() => edit([slow])).toThrow(/repeats itself/);
  });
});

describe('pasting', () => {
  it('writes several targets as one step; the later one wins', () => {
    const outcome = pasteIntoView(
      test.engine,
      {
        viewId,
        fromRow: 0,
        fields: ['salePrice'],
        block: [['']],
        rows: 3,
        also: [
          {
            fromRow: 1,
            fields: ['price', 'quantity'],
            block: [
              ['5,50', '9'],
              [null, 'x'],
            ],
          },
          { fromRow: 2, fields: ['quantity'], block: [['4']], rows: 2 },
        ],
        locale: 'de',
      },
      CALLER,
    );
    expect(outcome).toMatchObject({ applied: 4, rejectedTotal: 1 });
    expect([value(1, 'price'), value(1, 'quantity'), value(2, 'quantity'), value(3, 'quantity')]).toEqual([
      '5.50',
      9,
      4,
      4,
    ]);
    expect(undo(test.engine.journal, [], { actor: 'test' }).applied).toBe(4);
    expect(value(1, 'price')).toBe('10.01');
  });
});

describe('finding', () => {
  it('counts rows and cells, steps both ways and wraps', () => {
    expect(find('0000')).toEqual({ row: 0, field: 'sku', matches: 10, cells: 10 });
    expect(find('0000', { from: 0, direction: 'previous' }).row).toBe(0);
    expect(find('0000', { from: 29, direction: 'previous' }).row).toBe(9);
    expect(find('0000', { from: 10 }).row).toBe(0);
    expect(find('product 2', { matchCase: true })).toEqual({ row: null, field: null, matches: 0, cells: 0 });
  });

  it('finds whole cells and patterns, within spans', () => {
    expect(find('Product 1', { wholeCell: true })).toEqual({ row: 1, field: 'title', matches: 1, cells: 1 });
    expect(find('(1|2)$', { regex: true })).toMatchObject({ row: 1, field: 'sku', matches: 6, cells: 18 });
    expect(find('(1|2)$', { regex: true, spans: [[5, 12]] })).toMatchObject({ row: 11, matches: 2 });
    expect(
      find('Product', {
        spans: [
          [3, 4],
          [8, 8],
        ],
      }),
    ).toMatchObject({ row: 3, matches: 3, cells: 3 });
    expect(() => find('(', { regex: true })).toThrow(/not a valid regular expression/);
  });
});
