import { expect, test } from 'vitest';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import {
  fileName,
  nextFlow,
  shownColumns,
  START,
  toRemark,
  withColumn,
  writesAnything,
  type ImportEvent,
  type ImportFlow,
  type ImportOutcome,
} from './import-flow.ts';

const plan: ImportPlan = {
  planId: 'p1',
  format: 'generic',
  encoding: 'utf-8',
  delimiter: ',',
  account: 'Imported catalogue',
  newAccount: true,
  currency: 'EUR',
  currencyAssumed: false,
  rows: 2,
  products: 2,
  variants: 2,
  images: 0,
  create: 1,
  change: 1,
  unchanged: 0,
  cells: 3,
  skipped: [],
  skippedTotal: 0,
  warnings: [],
  columns: [
    { header: 'Art', target: 'sku' },
    { header: 'Name', target: 'title' },
    { header: 'Colour', target: null },
  ],
  samples: [],
};
const outcome: ImportOutcome = {
  commandId: null,
  accountId: null,
  products: 2,
  created: 1,
  changed: 1,
  unchanged: 0,
  skipped: [],
  skippedTotal: 0,
  rejected: [],
};
const play = (...events: ImportEvent[]): ImportFlow => events.reduce(nextFlow, START);

const chosen: ImportEvent = { type: 'chosen', run: 1, file: '/a.csv' };
const planned: ImportEvent = { type: 'planned', run: 1, plan };

test('a file is previewed, applied, and undone', () => {
  expect(play(chosen)).toMatchObject({ step: 'previewing', plan: null });
  expect(play(chosen, planned)).toMatchObject({ step: 'ready', plan });
  const done = play(chosen, planned, { type: 'applied', run: 2 }, { type: 'finished', run: 2, outcome });
  expect(done).toMatchObject({ step: 'done', outcome, undone: false });
  expect(nextFlow(done, { type: 'undone', changedSince: 2 })).toMatchObject({
    undone: true,
    changedSince: 2,
  });
});

test('the answer of an older preview is not shown', () => {
  const flow = play(chosen, { type: 'changed', run: 2, patch: { format: 'shopify' } }, planned);
  expect(flow).toMatchObject({ step: 'previewing', run: 2, request: { format: 'shopify' } });
  expect(nextFlow(flow, { type: 'failed', run: 1, error: { code: 'FILE_FORMAT', message: '' } })).toBe(flow);
});

test('a new preview keeps the old plan in sight, another file does not', () => {
  expect(play(chosen, planned, { type: 'changed', run: 2, patch: { accountId: 'x' } })).toMatchObject({
    step: 'previewing',
    plan,
  });
  expect(
    play(
      chosen,
      planned,
      { type: 'changed', run: 2, patch: { accountId: 'x' } },
      { type: 'chosen', run: 3, file: '/b.csv' },
    ),
  ).toEqual({
    step: 'previewing',
    run: 3,
    request: { file: '/b.csv', accountId: 'x' },
    plan: null,
  });
});

test('stopping goes back, failing keeps what was chosen', () => {
  const stop = (run: number): ImportEvent => ({
    type: 'failed',
    run,
    error: { code: 'CANCELLED', message: '' },
  });
  expect(play(chosen, stop(1))).toEqual(START);
  expect(play(chosen, planned, { type: 'applied', run: 2 }, stop(2))).toMatchObject({ step: 'ready', plan });
  const failed = play(chosen, { type: 'failed', run: 1, error: { code: 'FILE_FORMAT', message: 'no' } });
  expect(failed).toMatchObject({
    step: 'failed',
    error: { code: 'FILE_FORMAT' },
    request: { file: '/a.csv' },
  });
  expect(nextFlow(failed, { type: 'changed', run: 2, patch: { format: 'generic' } })).toMatchObject({
    step: 'previewing',
  });
});

test('nothing changes while an import is written', () => {
  const applying = play(chosen, planned, { type: 'applied', run: 2 });
  expect(nextFlow(applying, { type: 'changed', run: 3, patch: { format: 'shopify' } })).toBe(applying);
  expect(nextFlow(applying, planned)).toBe(applying);
});

test('a target moves from its old column to the new one', () => {
  expect(withColumn(plan.columns, 'Colour', 'title')).toEqual({ Art: 'sku', Name: '', Colour: 'title' });
  expect(withColumn(plan.columns, 'Art', '')).toEqual({ Art: '', Name: 'title', Colour: '' });
});

test('columns are shown as chosen, also for a file that no column could be learned from', () => {
  expect(shownColumns(START)).toEqual([]);
  expect(shownColumns(play(chosen, planned))).toEqual(plan.columns);
  const failed = play(chosen, {
    type: 'failed',
    run: 1,
    error: { code: 'FILE_FORMAT', message: '', columns: ['A', 'B'] },
  });
  expect(shownColumns(failed)).toEqual([
    { header: 'A', target: null },
    { header: 'B', target: null },
  ]);
  const changed = nextFlow(play(chosen, planned), {
    type: 'changed',
    run: 2,
    patch: { mapping: { Art: '', Name: 'title', Colour: 'sku' } },
  });
  expect(shownColumns(changed).map(({ target }) => target)).toEqual([null, 'title', 'sku']);
});

test('file names and empty plans', () => {
  expect(fileName('C:\\x\\y.csv')).toBe('y.csv');
  expect(fileName('/x/y.csv')).toBe('y.csv');
  expect(writesAnything({ ...plan, create: 0, cells: 0 })).toBe(false);
  expect(writesAnything(plan)).toBe(true);
});

test('a refused cell is listed with its row and SKU', () => {
  expect(toRemark({ code: 'X', message: 'Row 5 (PEN-7): "zwei" is not a price' })).toEqual({
    row: 5,
    sku: 'PEN-7',
    code: 'X',
    message: '"zwei" is not a price',
  });
  expect(toRemark({ code: 'X', message: 'Row 5: no' })).toMatchObject({ row: 5, sku: null, message: 'no' });
  expect(toRemark({ code: 'X', message: 'something' })).toMatchObject({ row: 0, message: 'something' });
});
