import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MatrixRow } from '#shared/contract/matrix.ts';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import { dispatch } from '../../rpc/dispatch.ts';
import { testEngine, type TestEngine } from '../../testing/test-engine.ts';
import { seedVariants } from '../variants-kit.ts';

let test: TestEngine;
let shop: string;
let craft: string;
let dollar: string;
beforeEach(async () => {
  test = await testEngine();
  shop = seedVariants(test.engine, 'Shop', [
    [
      'Teapot',
      [
        ['TP-S', 1990, 3],
        ['TP-L', 2490, 4],
      ],
    ],
    ['Mug', [['MUG', 900, 9]]],
    ['Lamp', [['LAMP', 5000, 1]]],
  ]).accountId;
  craft = seedVariants(
    test.engine,
    'Craft',
    [
      [
        'Teapot',
        [
          ['TP-S', 1990, 3],
          ['TP-L', 2690, 4],
        ],
      ],
      ['Mug', [['MUG', 900, 9]]],
    ],
    { platform: 'etsy' },
  ).accountId;
  dollar = seedVariants(test.engine, 'Dollar', [['Mug', [['MUG', 900, 9]]]], { currency: 'USD' }).accountId;
});
afterEach(() => test.close());

async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const context = { actor: 'test', requestId: v7(), signal: new AbortController().signal };
  return (await dispatch(test.engine, method, params, context, { checkOutput: true })) as Result<M>;
}
const open = async (params: Params<'matrix.open'> = {}) => (await call('matrix.open', params)).viewId;
async function row(sku: string): Promise<MatrixRow> {
  const viewId = await open();
  const { rows } = await call('matrix.rows', { viewId, from: 0, to: 20 });
  const found = rows.find((each) => each.sku === sku);
  if (!found) throw new Error(`no row ${sku}`);
  return found;
}
/** Value and link of a cell, as `24.90 inherit`. */
async function cell(
  sku: string,
  account: string,
  field: 'title' | 'price' | 'quantity' = 'price',
): Promise<string> {
  const entry = (await row(sku)).channels.find(({ accountId }) => accountId === account)?.fields[field];
  return entry
    ? `${canonicalText('text', entry.value)} ${entry.link}${entry.differs ? ' differs' : ''}`
    : '(none)';
}
const edit = (sku: string, column: string, value: string | number | null) =>
  call('matrix.edit', { changes: [{ sku, column, value }] });
const undo = () => call('history.undo', {});
const position = async (viewId: string, sku: string): Promise<number> =>
  (await call('matrix.rows', { viewId, from: 0, to: 20 })).rows.findIndex((each) => each.sku === sku);

describe('the matrix', () => {
  it('has one row a SKU with its listing on every account, sorted and filtered like listings', async () => {
    const { rows } = await call('matrix.rows', { viewId: await open(), from: 0, to: 20 });
    expect(rows.map(({ sku, channels }) => `${sku} ${channels.length}`)).toEqual([
      'LAMP 1',
      'MUG 3',
      'TP-L 2',
      'TP-S 2',
    ]);
    const byPrice = await open({ sort: [{ column: `price@${craft}`, direction: 'desc' }] });
    expect(
      (await call('matrix.rows', { viewId: byPrice, from: 0, to: 20 })).rows.map(({ sku }) => sku),
    ).toEqual(['TP-L', 'TP-S', 'MUG', 'LAMP']);
    const teapots = await open({ text: 'teapot' });
    expect((await call('views.ids', { viewId: teapots })).ids).toHaveLength(2);
  });

  it('links channels by the first master, writes those that inherit, and takes all of it back as one step, after a restart too', async () => {
    const viewId = await open();
    await call('matrix.adopt', { viewId, accountId: shop });
    expect(await cell('TP-S', craft)).toBe('19.90 inherit');
    expect(await cell('TP-L', craft)).toBe('26.90 override differs');
    // Another currency has no part in it.
    expect(await cell('MUG', dollar)).toBe('9.00 detached');
    expect(await cell('MUG', dollar, 'quantity')).toBe('9 inherit');

    expect(await edit('TP-S', 'master.price', '21.00')).toMatchObject({ applied: 3, rejectedTotal: 0 });
    expect(await cell('TP-S', shop)).toBe('21.00 inherit');
    expect(await cell('TP-S', craft)).toBe('21.00 inherit');
    await edit('TP-L', 'master.price', '25.00');
    expect(await cell('TP-L', shop)).toBe('25.00 inherit');
    expect(await cell('TP-L', craft)).toBe('26.90 override differs');
    // Both channels wait to be published.
    expect(
      (await row('TP-S')).channels.map(({ cells }) => cells.map(({ field, state }) => `${field} ${state}`)),
    ).toEqual([['price dirty'], ['price dirty']]);

    test = await test.restart();
    await undo();
    expect(await cell('TP-L', shop)).toBe('24.90 inherit');
    await undo();
    expect((await row('TP-S')).master.price).toBe('19.90');
    expect(await cell('TP-S', craft)).toBe('19.90 inherit');
    expect(test.engine.db.pluck("SELECT count(*) FROM outbox WHERE state <> 'cancelled'")).toEqual([0]);
    await undo();
    expect((await row('TP-S')).master).toEqual({ title: null, price: null, quantity: null });
    expect(await cell('TP-S', craft)).toBe('19.90 detached');
    expect(test.engine.db.pluck('SELECT count(*) FROM listing WHERE price_link IS NOT NULL')).toEqual([0]);
    await call('history.redo', {});
    expect(await cell('TP-L', craft)).toBe('26.90 override differs');
    expect((await call('workspace.verify', {})).ok).toBe(true);
  });

  it('lets a cell that is written anywhere override, and undo lets it inherit again', async () => {
    await call('matrix.adopt', { viewId: await open(), accountId: shop });
    const listingId = (await row('TP-S')).channels[1]?.listingId ?? '';
    // The same through the spreadsheet of listings: the journal knows, not the screen.
    await call('listings.edit', { changes: [{ listingId, field: 'price', value: '22.50' }] });
    expect(await cell('TP-S', craft)).toBe('22.50 override differs');
    await edit('TP-S', 'master.price', '20.00');
    expect(await cell('TP-S', craft)).toBe('22.50 override differs');
    expect(await cell('TP-S', shop)).toBe('20.00 inherit');
    await undo();
    await undo();
    expect(await cell('TP-S', craft)).toBe('19.90 inherit');
    // The master's own value written by hand changes nothing about it.
    await edit('TP-S', `price@${craft}`, '19.90');
    expect(await cell('TP-S', craft)).toBe('19.90 inherit');
  });

  it('inherits, overrides and detaches a selection, and says why a cell cannot', async () => {
    const viewId = await open();
    await call('matrix.adopt', { viewId, accountId: shop });
    const at = await position(viewId, 'TP-L');
    const range = { fromRow: at, toRow: at, columns: [`price@${craft}`] };
    await call('matrix.link', { viewId, ranges: [range], link: 'inherit' });
    expect(await cell('TP-L', craft)).toBe('24.90 inherit');
    await undo();
    expect(await cell('TP-L', craft)).toBe('26.90 override differs');
    await call('matrix.link', { viewId, ranges: [range], link: 'detached' });
    await edit('TP-L', 'master.price', '30.00');
    expect(await cell('TP-L', craft)).toBe('26.90 detached');

    const all = { fromRow: 0, toRow: 3, columns: [`price@${dollar}`] };
    const refused = await call('matrix.link', { viewId, ranges: [all], link: 'inherit' });
    expect(refused.rejected.map(({ listingId, field, code }) => [listingId, field, code])).toEqual([
      ['LAMP', `price@${dollar}`, 'NOT_LISTED'],
      ['MUG', `price@${dollar}`, 'OTHER_CURRENCY'],
      ['TP-L', `price@${dollar}`, 'NOT_LISTED'],
      ['TP-S', `price@${dollar}`, 'NOT_LISTED'],
    ]);
    // A master that a channel cannot take stays off it, and the cell does not claim to inherit.
    await edit('MUG', 'master.title', 'm'.repeat(200));
    expect(await cell('MUG', shop, 'title')).toMatch(/^m{200} inherit$/);
    expect(await cell('MUG', craft, 'title')).toBe('Mug inherit differs');
    const craftMug = { fromRow: 1, toRow: 1, columns: [`title@${craft}`] };
    await call('matrix.link', { viewId, ranges: [craftMug], link: 'override' });
    expect((await call('matrix.link', { viewId, ranges: [craftMug], link: 'inherit' })).rejectedTotal).toBe(
      1,
    );
    expect(await cell('MUG', craft, 'title')).toBe('Mug override differs');
  });

  it('pastes over the master and two channels as one step: what was pasted wins over what would follow', async () => {
    const viewId = await open();
    await call('matrix.adopt', { viewId, accountId: shop });
    const fromRow = await position(viewId, 'TP-L');
    const pasted = await call('matrix.paste', {
      viewId,
      fromRow,
      columns: ['master.price', `price@${shop}`, `price@${craft}`],
      block: [
        ['31,00', '31,00', '32,50'],
        ['41,00', 'dear', '41,00'],
      ],
      locale: 'de',
    });
    expect(pasted).toMatchObject({ rejectedTotal: 1 });
    expect(pasted.rejected[0]).toMatchObject({ listingId: 'TP-S', field: `price@${shop}` });
    expect(await cell('TP-L', shop)).toBe('31.00 inherit');
    expect(await cell('TP-L', craft)).toBe('32.50 override differs');
    expect(await cell('TP-S', shop)).toBe('41.00 inherit');
    expect(await cell('TP-S', craft)).toBe('41.00 inherit');
    await undo();
    expect(await cell('TP-L', shop)).toBe('24.90 inherit');
    expect(await cell('TP-L', craft)).toBe('26.90 override differs');
    expect(await cell('TP-S', shop)).toBe('19.90 inherit');
  });

  it('does by name, without a view, what a script wants', async () => {
    await call('matrix.adopt', { accountId: craft });
    expect((await row('LAMP')).master.price).toBeNull();
    const cells = [{ sku: 'TP-L', column: `price@${shop}` }];
    expect(await cell('TP-L', shop)).toBe('24.90 override differs');
    await call('matrix.link', { cells, link: 'inherit' });
    const { rows } = await call('matrix.rows', { skus: ['TP-L', 'nobody'] });
    expect(rows.map(({ sku, master }) => [sku, master.quantity])).toEqual([['TP-L', 4]]);
    expect(await cell('TP-L', shop)).toBe('26.90 inherit');
    expect((await edit('TP-XL', 'master.price', '1.00')).rejected[0]?.code).toBe('NOT_LISTED');
    await expect(call('matrix.link', { link: 'inherit' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    await expect(call('matrix.rows', {})).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('shares the title of a product with the masters of its other SKUs', async () => {
    await call('matrix.adopt', { viewId: await open(), accountId: shop });
    await edit('TP-S', 'master.title', 'Teapot, blue');
    expect((await row('TP-L')).master.title).toBe('Teapot, blue');
    expect(await cell('TP-L', craft, 'title')).toBe('Teapot, blue inherit');
    await undo();
    expect((await row('TP-L')).master.title).toBe('Teapot');
    expect(await cell('TP-S', craft, 'title')).toBe('Teapot inherit');
  });

  it('copies, sums and finds over rows that no window has loaded, and filters by how cells stand', async () => {
    const viewId = await open();
    await call('matrix.adopt', { viewId, accountId: shop, fields: ['price'] });
    const columns = ['master.price', `price@${shop}`, `price@${craft}`];
    const { rows } = await call('matrix.text', { viewId, range: { fromRow: 0, toRow: 3, columns } });
    expect(rows).toEqual([
      ['50.00', '50.00', ''],
      ['9.00', '9.00', '9.00'],
      ['24.90', '24.90', '26.90'],
      ['19.90', '19.90', '19.90'],
    ]);
    const stats = await call('matrix.stats', {
      viewId,
      ranges: [{ fromRow: 0, toRow: 3, columns: [`price@${craft}`] }],
    });
    expect(stats).toMatchObject({ cells: 4, filled: 3, numbers: 3, sum: 55.8, min: 9, max: 26.9 });
    const found = await call('matrix.find', {
      viewId,
      text: '26.90',
      columns: ['sku', ...columns],
      from: 0,
      wholeCell: true,
    });
    expect(found).toMatchObject({ row: 2, column: `price@${craft}`, matches: 1 });
    const overridden = await open({ filter: { states: ['overridden'] } });
    expect(
      (await call('matrix.rows', { viewId: overridden, from: 0, to: 9 })).rows.map(({ sku }) => sku),
    ).toEqual(['TP-L']);
    const inherited = await call('views.open', { filter: { states: ['inherited'] } });
    expect(inherited.count).toBe(6);
  });

  it('refuses lists that are not of SKUs, and cells of a SKU that an account has twice', async () => {
    const { viewId: plain } = await call('views.open', {});
    await expect(call('matrix.rows', { viewId: plain })).rejects.toMatchObject({ code: 'INVALID_STATE' });
    seedVariants(test.engine, 'Twice', [
      ['A', [['MUG', 100, 1]]],
      ['B', [['MUG', 200, 1]]],
    ]);
    const twice = (await row('MUG')).channels.find(({ ambiguous }) => ambiguous);
    const outcome = await edit('MUG', `price@${twice?.accountId ?? ''}`, '3.00');
    expect(outcome.rejected[0]?.code).toBe('SKU_AMBIGUOUS');
  });
});
