import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FieldEdit } from '#shared/contract/listings.ts';
import { undo } from '../journal/undo.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { bulkEdit, setRanges } from './bulk.ts';
import { editColumn } from './edit-column.ts';
import { compileCondition, compileEdit } from './field-edit.ts';

const CALLER = { actor: 'test', requestId: undefined };
const ROWS = 60;
let whole: TestEngine;
let each: TestEngine;

beforeEach(async () => {
  [whole, each] = [await testEngine(), await testEngine()];
  for (const { engine } of [whole, each]) {
    seedListings(engine, ROWS / 2);
    seedListings(engine, ROWS / 2, { currency: 'JPY' });
    engine.db.exec(`
      UPDATE listing SET sale_price_minor = 900 WHERE rid % 11 = 0;
      UPDATE listing SET price_minor = NULL WHERE rid % 13 = 0 AND sale_price_minor IS NULL;
      UPDATE listing SET product_rid = 1 WHERE rid = 2;
      UPDATE listing SET removed_at_ms = 1 WHERE rid = 5`);
  }
});
afterEach(() => {
  whole.close();
  each.close();
});

const ALL = Int32Array.from({ length: ROWS }, (_, index) => index + 1);

/** All that a command leaves behind, without times and ids. */
function state({ engine: { db } }: TestEngine): unknown {
  return {
    listings: db.rowsOf(
      'SELECT rid, price_minor, sale_price_minor, quantity, weight, removed_at_ms FROM listing ORDER BY rid',
    ),
    products: db.rowsOf('SELECT rid, title, status, tags FROM product ORDER BY rid'),
    changes: db.rowsOf('SELECT * FROM change ORDER BY command_rid, entity, field, entity_rid'),
    ops: db.rowsOf(
      'SELECT entity, entity_rid, field, base, state, lane FROM outbox ORDER BY entity, entity_rid, field, rid',
    ),
    commands: db.rowsOf('SELECT rid, method, label, cells, rows FROM command ORDER BY rid'),
  };
}

const column = (edit: FieldEdit, rids: Int32Array, when?: string) =>
  editColumn(
    whole.engine.journal,
    { method: 'listings.bulkEdit', label: 'Edit', ...CALLER },
    rids,
    compileEdit(edit),
    when === undefined ? null : compileCondition(when),
  );

function rowByRow(edit: FieldEdit, rids: Int32Array, when?: string) {
  const { id } = each.engine.views.open(undefined, undefined, undefined, 1);
  const order = [...each.engine.views.get(id).rids];
  const spans = [...rids].flatMap((rid): [number, number][] => {
    const at = order.indexOf(rid);
    return at < 0 ? [] : [[at, at]];
  });
  return bulkEdit(
    each.engine,
    {
      selection: { viewId: id, spans },
      edits: [edit],
      label: 'Edit',
      ...(when === undefined ? {} : { when }),
    },
    CALLER,
  );
}

const EURO = ALL.subarray(0, ROWS / 2);

const taken: [string, FieldEdit, Int32Array, string?][] = [
  ['one title for rows that share a product', { op: 'set', field: 'title', value: 'Same' }, ALL],
  ['a whole number', { op: 'set', field: 'quantity', value: 7 }, ALL],
  ['a price that is stored differently by currency', { op: 'set', field: 'price', value: '1500' }, ALL],
  ['a clear', { op: 'clear', field: 'salePrice' }, ALL],
  ['a value under a condition', { op: 'set', field: 'quantity', value: 7 }, ALL, 'quantity = 3'],
  [
    'an expression over one field',
    { op: 'expression', field: 'quantity', expression: 'quantity * 2 + 1' },
    ALL,
  ],
  [
    'an expression over empty cells',
    { op: 'expression', field: 'price', expression: 'price * 1.5', round: '.99' },
    ALL,
  ],
  [
    'an expression over two fields',
    { op: 'expression', field: 'weight', expression: 'quantity + price' },
    EURO,
  ],
  ['a replacement in titles', { op: 'replace', field: 'title', find: 'Product 1', replacement: 'Item' }, ALL],
];

const refused: [string, FieldEdit, Int32Array][] = [
  ['a price below a sale price', { op: 'set', field: 'price', value: '5' }, ALL],
  ['a sale price that is not below some price', { op: 'set', field: 'salePrice', value: '10.10' }, EURO],
  ['a cleared price under a sale price', { op: 'clear', field: 'price' }, ALL],
  ['decimals that one currency does not have', { op: 'set', field: 'price', value: '15.50' }, ALL],
  [
    'a quantity below zero on some rows',
    { op: 'expression', field: 'quantity', expression: 'quantity - 1' },
    ALL,
  ],
  ['a division by an empty stock', { op: 'expression', field: 'price', expression: 'price / quantity' }, ALL],
  ['a value that is none', { op: 'set', field: 'quantity', value: 'many' }, ALL],
  ['a field that is only shown', { op: 'set', field: 'categories', value: ['a'] }, ALL],
];

describe('a column edited as a whole', () => {
  it.each(taken)('leaves behind what going row by row leaves: %s', (_name, edit, rids, when) => {
    const outcome = column(edit, rids, when);
    expect(outcome).not.toBeNull();
    expect(outcome?.applied).toBeGreaterThan(0);
    const slow = rowByRow(edit, rids, when);
    expect({ ...outcome, commandId: null }).toEqual({ ...slow, commandId: null });
    expect(state(whole)).toEqual(state(each));
    // And again, now that ops wait, and back.
    column({ op: 'set', field: 'quantity', value: 3 }, rids);
    rowByRow({ op: 'set', field: 'quantity', value: 3 }, rids);
    for (const { engine } of [whole, each]) {
      undo(engine.journal, [], { actor: 'test' });
      undo(engine.journal, [], { actor: 'test' });
    }
    expect(state(whole)).toEqual(state(each));
  });

  it.each(refused)('is left to the rows, with nothing written: %s', (_name, edit, rids) => {
    const before = state(whole);
    expect(column(edit, rids)).toBeNull();
    expect(state(whole)).toEqual(before);
    expect(rowByRow(edit, rids).rejectedTotal).toBeGreaterThan(0);
  });

  it('leaves SKUs and sale dates to the rows, which compare them with others', () => {
    for (const field of ['sku', 'saleFrom', 'saleTo'] as const)
      expect(column({ op: 'clear', field }, ALL)).toBeNull();
  });

  it('writes nothing where nothing changes', () => {
    column({ op: 'set', field: 'quantity', value: 7 }, ALL);
    const before = state(whole);
    expect(column({ op: 'set', field: 'quantity', value: 7 }, ALL)).toMatchObject({
      commandId: null,
      applied: 0,
      unchanged: ROWS - 1,
    });
    expect(state(whole)).toEqual(before);
  });
});

describe('the calls behind it', () => {
  it('answer the same for many rows: one event, one command, once per request', () => {
    const { engine } = whole;
    seedListings(engine, 1_200);
    const { id: viewId } = engine.views.open(undefined, undefined, undefined, 1);
    const events: string[] = [];
    engine.bus.subscribe(({ event, rids }) => events.push(`${event}${rids ? ' of rows' : ''}`));
    const caller = { actor: 'test', requestId: 'r1' };
    const range = { fromRow: 0, toRow: 1_200, fields: ['quantity' as const] };
    const set = () => setRanges(engine, { viewId, ranges: [range], value: 900 }, caller);
    expect(set()).toMatchObject({ applied: 1_201 });
    expect(set()).toMatchObject({ applied: 1_201 });
    const edits: FieldEdit[] = [{ op: 'expression', field: 'quantity', expression: 'quantity + 1' }];
    expect(bulkEdit(engine, { selection: { viewId }, edits }, CALLER)).toMatchObject({ applied: 1_259 });
    expect(engine.db.rowsOf('SELECT label, cells, rows FROM command ORDER BY rid')).toEqual([
      ['Set 1201 cells', 1_201, 1_201],
      ['quantity = quantity + 1', 1_259, 1_259],
    ]);
    expect(events.filter((event) => event.startsWith('listings'))).toEqual(['listings', 'listings']);
  });
});
