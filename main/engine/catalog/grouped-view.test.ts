import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Params, Result } from '#shared/contract/methods.ts';
import type { MethodName } from '#shared/contract/methods.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { seedVariants } from './variants-kit.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await testEngine();
  // Teapot with three variants, Mug alone, Bowl with two.
  seedVariants(test.engine, 'Shop', [
    [
      'Teapot',
      [
        ['TP-S', 1990, 3],
        ['TP-M', 2290, 0],
        ['TP-L', 2490, 4],
      ],
    ],
    ['Mug', [['MUG', 900, 9]]],
    [
      'Bowl',
      [
        ['BW-1', 1500, 2],
        ['BW-2', 1500, 2],
      ],
    ],
  ]);
});
afterEach(() => test.close());

async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const context = { actor: 'test', requestId: v7(), signal: new AbortController().signal };
  return (await dispatch(test.engine, method, params, context, { checkOutput: true })) as Result<M>;
}

const open = (params: Params<'views.open'> = {}) => call('views.open', { group: 'product', ...params });
const fields = ['sku', 'title', 'price', 'quantity'] as const;
async function shown(viewId: string): Promise<string[]> {
  const { ids } = await call('views.ids', { viewId });
  const { rows } = await call('views.text', {
    viewId,
    range: { fromRow: 0, toRow: ids.length - 1, fields: [...fields] },
  });
  return rows.map((texts) => texts.join(' | '));
}

describe('a view grouped by product', () => {
  it('sums up closed products, opens one, all and none, and a single listing needs no parent', async () => {
    const { viewId, count, listings } = await open();
    expect({ count, listings }).toEqual({ count: 3, listings: 6 });
    expect(await shown(viewId)).toEqual([
      ' | Teapot | 19.90 – 24.90 | 7',
      'MUG | Mug | 9.00 | 9',
      ' | Bowl | 15.00 | 4',
    ]);
    const { ids } = await call('views.ids', { viewId });
    const { groups = [], rows } = await call('views.rows', { viewId, from: 0, to: 9, fields: [...fields] });
    expect(groups.map(({ title, variants, open: isOpen }) => [title, variants, isOpen])).toEqual([
      ['Teapot', 3, false],
      ['Bowl', 2, false],
    ]);
    expect(rows).toHaveLength(1);

    expect(await call('views.toggle', { viewId, groups: [ids[2] ?? 0], open: true })).toEqual({ count: 5 });
    expect((await shown(viewId)).slice(2)).toEqual([
      ' | Bowl | 15.00 | 4',
      'BW-1 | Bowl | 15.00 | 2',
      'BW-2 | Bowl | 15.00 | 2',
    ]);
    // The same groups are open in the order that the sort would give now.
    expect((await open({ like: viewId })).count).toBe(5);
    expect(await call('views.toggle', { viewId, open: true })).toEqual({ count: 8 });
    expect(await call('views.toggle', { viewId, open: false })).toEqual({ count: 3 });
  });

  it('stands in the order of the sort, groups by their first listing', async () => {
    const { viewId } = await open({ sort: [{ field: 'price', direction: 'desc' }], open: true });
    expect((await shown(viewId)).map((row) => row.split(' | ')[0] || row.split(' | ')[1])).toEqual([
      'Teapot',
      'TP-L',
      'TP-M',
      'TP-S',
      'Bowl',
      'BW-1',
      'BW-2',
      'MUG',
    ]);
  });

  it('changes listings and never a group, whatever a paste, a fill or a bulk edit covers', async () => {
    const { viewId } = await open({ open: true });
    // Teapot, its three, Mug, Bowl, its two: a paste over all of them, group texts included.
    const block = ['1.00 – 9.00', '31.00', '32.00', '33.00', '34.00', '5.00', '36.00', '37.00'].map(
      (text) => [text],
    );
    const pasted = await call('listings.paste', { viewId, fromRow: 0, fields: ['price'], block });
    expect(pasted).toMatchObject({ applied: 6, rejectedTotal: 0 });
    const set = await call('listings.setRanges', {
      viewId,
      ranges: [{ fromRow: 0, toRow: 7, fields: ['quantity'] }],
      value: 1,
    });
    expect(set).toMatchObject({ applied: 6, rejectedTotal: 0 });
    await call('views.toggle', { viewId, open: false });
    // Closed groups only: nothing of what they hide is meant.
    const bowl = await call('listings.bulkEdit', {
      selection: { viewId, spans: [[2, 2]] },
      edits: [{ op: 'set', field: 'price', value: '99.00' }],
    });
    expect(bowl).toMatchObject({ applied: 0, commandId: null });
    // The whole view is all its listings.
    const all = await call('listings.bulkEdit', {
      selection: { viewId },
      edits: [{ op: 'expression', field: 'price', expression: 'price + 1' }],
    });
    expect(all.applied).toBe(6);
    expect(await shown(viewId)).toEqual([
      ' | Teapot | 32.00 – 34.00 | 3',
      'MUG | Mug | 35.00 | 1',
      ' | Bowl | 37.00 – 38.00 | 2',
    ]);
  });

  it('replaces in listings only, finds what is shown, and refuses to open groups of a plain view', async () => {
    const { viewId } = await open({ open: true });
    const replaced = await call('listings.bulkEdit', {
      selection: { viewId, spans: [[0, 7]] },
      edits: [{ op: 'replace', field: 'sku', find: 'TP', replacement: 'POT' }],
    });
    expect(replaced.applied).toBe(3);
    expect(await call('views.find', { viewId, text: 'bowl', fields: ['title'], from: 0 })).toMatchObject({
      row: 6,
      matches: 2,
    });
    const plain = await call('views.open', {});
    await expect(call('views.toggle', { viewId: plain.viewId, open: true })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });
});
