import { describe, expect, it } from 'vitest';
import { METHODS, type MethodName } from '#shared/contract/methods.ts';
import type { ViewRow } from '#shared/contract/listings.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { GroupWords } from './group-rows.ts';
import { EngineSource, openView, toSort, type Caller } from './grid-source.ts';
import { engineWrites, fieldsOfPaste } from './grid-writes.ts';
import { collectReverts } from './reverts.ts';

interface Sent {
  readonly method: MethodName;
  readonly params: unknown;
}

/** Answers from a script; every question must be one that the contract allows. */
function scripted(answers: Partial<Record<MethodName, (params: never) => unknown>>): {
  readonly caller: Caller;
  readonly sent: Sent[];
} {
  const sent: Sent[] = [];
  const call = async (method: MethodName, params: unknown): Promise<unknown> => {
    METHODS[method].input.parse(params);
    sent.push({ method, params });
    return answers[method]?.(params as never);
  };
  return { caller: { call } as unknown as Caller, sent };
}

const UUID = '0192f7a0-0000-7000-8000-000000000001';
const row = (rid: number, change: Partial<ViewRow> = {}): ViewRow => ({
  rid,
  listingId: UUID,
  accountId: UUID,
  platform: 'woocommerce',
  variant: rid === 2 ? 'Blue / XL' : '',
  currency: 'EUR',
  kind: 'simple',
  values: [],
  state: 'clean',
  cells: [],
  readAt: null,
  ...change,
});
const VIEW = { viewId: 'v1', count: 3, rev: 7, listings: 3 };
const WORDS: GroupWords = {
  t: (id, values) => (values ? `${id} ${JSON.stringify(values)}` : id),
  fields: {
    name: (field) => field,
    value: (_field, value) => canonicalText('text', value),
    option: (_field, value) => value,
    reason: (code) => code ?? '',
  },
};
const OUTCOME = { commandId: UUID, applied: 1, unchanged: 0, rejected: [], rejectedTotal: 0 };

describe('the view as the spreadsheet reads it', () => {
  it('asks for fields only and adds what a row knows of itself', async () => {
    const { caller, sent } = scripted({
      'views.rows': () => ({
        rows: [
          row(2, {
            values: ['A1', '12.50'],
            state: 'dirty',
            cells: [{ field: 'price', state: 'dirty', channel: '11.00', code: null, message: null, at: 5 }],
          }),
        ],
      }),
    });
    const source = new EngineSource(caller, VIEW, () => 'Harbour', WORDS);
    const [read] = await source.rows([2], ['sku', 'account', 'variant', 'price', 'state']);
    expect(sent[0]?.params).toMatchObject({ rids: [2], fields: ['sku', 'price'] });
    expect(read?.values).toMatchObject({
      sku: 'A1',
      price: '12.50',
      account: 'Harbour',
      variant: 'Blue / XL',
      state: 'dirty',
      readAt: null,
    });
    expect(read?.cells['price']).toMatchObject({ state: 'dirty', channel: '11.00' });
  });

  it('copies derived columns beside fields, and keeps the place of a row that is gone', async () => {
    const { caller } = scripted({
      'views.ids': () => ({ ids: Int32Array.from([1, 2, 3]) }),
      'views.text': () => ({ rows: [['A1'], [''], ['A3']] }),
      'views.rows': () => ({ rows: [row(1), row(3)] }),
    });
    const source = new EngineSource(caller, VIEW, () => 'Harbour', WORDS);
    expect(await source.text({ fromRow: 0, toRow: 2, keys: ['sku', 'account'] })).toEqual([
      ['A1', 'Harbour'],
      ['', ''],
      ['A3', 'Harbour'],
    ]);
  });

  it('has no sums over derived columns alone and does not ask for them', async () => {
    const { caller, sent } = scripted({});
    const source = new EngineSource(caller, VIEW, () => '', WORDS);
    expect(await source.stats([{ fromRow: 0, toRow: 2, keys: ['account'] }])).toMatchObject({ cells: 0 });
    expect(
      await source.find({ text: 'x', keys: ['account'], from: 0, direction: 'next', matchCase: false }),
    ).toEqual({
      row: null,
      key: null,
      matches: 0,
    });
    expect(sent).toEqual([]);
  });

  it('sorts by what the engine can sort by, at most five keys', async () => {
    const keys = ['state', 'price', 'account', 'variant', 'title', 'sku', 'quantity'];
    expect(toSort(keys.map((key) => ({ key, direction: 'asc' }))).map(({ field }) => field)).toEqual([
      'price',
      'account',
      'variant',
      'title',
      'sku',
    ]);
    const { caller, sent } = scripted({ 'views.open': () => VIEW });
    await openView(caller, {
      text: '  ',
      filter: {},
      sort: [{ key: 'state', direction: 'asc' }],
      grouped: false,
    });
    expect(sent[0]?.params).toEqual({ filter: {}, sort: [] });
  });
});

describe('writes of the spreadsheet', () => {
  const labels = {
    edit: () => 'edit',
    paste: () => 'paste',
    clear: (cells: number) => `clear ${cells}`,
    set: (cells: number) => `set ${cells}`,
  };

  it('drops columns of a paste that are no fields, with their texts', () => {
    expect(
      fieldsOfPaste({
        keys: ['sku', 'account', 'price'],
        block: [
          ['a', null, '1'],
          ['b', 'x', null],
        ],
      }),
    ).toEqual({
      fields: ['sku', 'price'],
      block: [
        ['a', '1'],
        ['b', null],
      ],
    });
  });

  it('names rejected cells by listing and column', async () => {
    const { caller } = scripted({
      'listings.edit': () => ({
        ...OUTCOME,
        commandId: null,
        applied: 0,
        rejected: [{ listingId: UUID, field: 'price', code: 'NOT_MONEY', message: 'no' }],
        rejectedTotal: 1,
      }),
    });
    const outcome = await engineWrites(caller, 'v1', labels).edit([
      { rid: 1, id: UUID, key: 'price', value: 'x' },
    ]);
    expect(outcome.rejected).toEqual([{ id: UUID, key: 'price', code: 'NOT_MONEY', message: 'no' }]);
  });

  it('counts the cells of a clear in its name and leaves derived columns alone', async () => {
    const { caller, sent } = scripted({ 'listings.setRanges': () => OUTCOME });
    const writes = engineWrites(caller, 'v1', labels);
    await writes.clear([{ fromRow: 0, toRow: 9, keys: ['price', 'account', 'quantity'] }]);
    expect(sent[0]?.params).toMatchObject({
      label: 'clear 20',
      value: null,
      ranges: [{ fromRow: 0, toRow: 9, fields: ['price', 'quantity'] }],
    });
    expect(await writes.set([{ fromRow: 0, toRow: 0, keys: ['account'] }], 'x')).toMatchObject({
      applied: 0,
    });
    expect(sent).toHaveLength(1);
  });

  it('has nothing to undo without an error, and passes other errors on', async () => {
    const nothing = scripted({
      'history.undo': () => {
        throw new CodedError('NOTHING_TO_UNDO', 'There is nothing to undo');
      },
      'history.redo': () => {
        throw new CodedError('DISK_FULL', 'The disk is full');
      },
    });
    const writes = engineWrites(nothing.caller, 'v1', labels);
    expect(await writes.undo()).toBeNull();
    await expect(writes.redo()).rejects.toThrow('The disk is full');
  });
});

describe('going back to the channel', () => {
  it('reads window by window and takes only changes of mine in the chosen fields', async () => {
    const cell = { channel: '9.00', code: null, message: null, at: 1 } as const;
    const { caller, sent } = scripted({
      'views.rows': () => ({
        rows: [
          row(1, {
            cells: [
              { ...cell, field: 'price', state: 'dirty' },
              { ...cell, field: 'title', state: 'dirty' },
              { ...cell, field: 'salePrice', state: 'verified' },
            ],
          }),
        ],
      }),
    });
    const target = { spans: [[0, 1_499] as const], fields: ['price', 'salePrice'] as const, rows: 1_500 };
    const found = await collectReverts(caller, 'v1', target);
    expect(sent.map(({ params }) => params)).toMatchObject([
      { from: 0, to: 999 },
      { from: 1_000, to: 1_499 },
    ]);
    expect(found).toEqual([
      { listingId: UUID, field: 'price', value: '9.00' },
      { listingId: UUID, field: 'price', value: '9.00' },
    ]);
  });
});
