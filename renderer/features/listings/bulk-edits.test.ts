import { describe, expect, it } from 'vitest';
import { bulkTarget, opsOfField, readCondition, readForm, startForm, type BulkForm } from './bulk-edits.ts';

const form = (change: Partial<BulkForm>): BulkForm => ({
  ...startForm(bulkTarget([]), 'set'),
  ...change,
});

describe('bulkTarget', () => {
  it('joins ranges of the same columns and counts each row once', () => {
    const target = bulkTarget([
      { fromRow: 4, toRow: 6, keys: ['price', 'account'] },
      { fromRow: 5, toRow: 9, keys: ['price', 'account'] },
      { fromRow: 20, toRow: 20, keys: ['price', 'account'] },
    ]);
    expect(target).toEqual({
      spans: [
        [4, 9],
        [20, 20],
      ],
      fields: ['price'],
      rows: 7,
    });
  });

  it('never writes a cell that is not selected: ranges without a common field fall back to the last one', () => {
    const target = bulkTarget([
      { fromRow: 0, toRow: 99, keys: ['price'] },
      { fromRow: 5, toRow: 6, keys: ['title'] },
    ]);
    expect(target).toEqual({ spans: [[5, 6]], fields: ['title'], rows: 2 });
  });

  it('is empty without a selection', () => {
    expect(bulkTarget([])).toEqual({ spans: [], fields: [], rows: 0 });
  });
});

describe('startForm', () => {
  it('takes the first selected field that the operation fits', () => {
    const target = bulkTarget([{ fromRow: 0, toRow: 3, keys: ['price', 'title'] }]);
    expect(startForm(target, 'replace')).toMatchObject({ op: 'replace', field: 'price', scope: 'selection' });
    expect(startForm(target, 'expression')).toMatchObject({ op: 'expression', field: 'price' });
  });

  it('falls back to setting a value, and to the whole view without a selection', () => {
    const target = bulkTarget([{ fromRow: 0, toRow: 3, keys: ['images'] }]);
    expect(startForm(target, 'replace')).toMatchObject({ op: 'set', field: 'images' });
    expect(startForm(bulkTarget([]), 'set')).toMatchObject({ scope: 'view' });
  });

  it('has no operation for what the channel decides', () => {
    expect(opsOfField('categories')).toEqual([]);
    expect(opsOfField('title')).not.toContain('clear');
  });
});

describe('readCondition', () => {
  it('takes no text for no condition, and names what is wrong with one', () => {
    expect(readCondition('  ')).toEqual({ ok: true, when: null });
    expect(readCondition(' quantity = 0 and price > 5 ')).toEqual({
      ok: true,
      when: 'quantity = 0 and price > 5',
    });
    expect(readCondition('quantty = 0')).toMatchObject({ ok: false });
  });
});

describe('readForm', () => {
  it('reads a value as the locale writes it', () => {
    const read = readForm(form({ op: 'set', field: 'price', value: '1.299,50' }), 'de', 'EUR');
    expect(read).toEqual({ ok: true, edit: { op: 'set', field: 'price', value: '1299.50' } });
  });

  it('refuses a value with its code, and says nothing about an empty form', () => {
    expect(readForm(form({ op: 'set', field: 'price', value: 'cheap' }), 'en', 'EUR')).toMatchObject({
      ok: false,
      code: 'NOT_MONEY',
    });
    expect(readForm(form({ op: 'set', field: 'price' }), 'en', 'EUR')).toMatchObject({
      ok: false,
      code: null,
    });
  });

  it('rounds prices only', () => {
    const price = readForm(
      form({ op: 'expression', field: 'price', expression: 'price * 2', round: '.99' }),
      'en',
      'EUR',
    );
    const stock = readForm(
      form({ op: 'expression', field: 'quantity', expression: 'quantity + 1', round: '.99' }),
      'en',
      'EUR',
    );
    expect(price).toMatchObject({ edit: { round: '.99' } });
    expect(stock.ok && stock.edit).not.toHaveProperty('round');
  });

  it('refuses an expression and a pattern that mean nothing', () => {
    expect(readForm(form({ op: 'expression', expression: 'prise * 2' }), 'en', 'EUR').ok).toBe(false);
    expect(
      readForm(form({ op: 'replace', field: 'title', find: '(', regex: true }), 'en', 'EUR'),
    ).toMatchObject({
      ok: false,
      code: 'BAD_PATTERN',
    });
    expect(readForm(form({ op: 'replace', field: 'title', find: '(' }), 'en', 'EUR').ok).toBe(true);
  });
});
