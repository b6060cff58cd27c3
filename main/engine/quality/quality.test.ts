import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Params, Result, MethodName } from '#shared/contract/methods.ts';
import { inventoryUndoHook } from '../inventory/undo-hook.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { keepQuality, sweep } from './keep-quality.ts';
import { isCurrent, restartSweep, scoreChanged } from './passes.ts';

const NOBODY = new AbortController().signal;
let world: TestEngine;
let rows: SeededListing[];

async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const caller = { actor: 'test', requestId: undefined, signal: NOBODY };
  return (await dispatch(world.engine, method, params, caller, { checkOutput: true })) as Result<M>;
}
const row = (index: number): SeededListing => {
  const found = rows[index];
  if (!found) throw new Error(`no row ${index}`);
  return found;
};
const platform = (name: string): void => {
  world.engine.db.runComposed('UPDATE account SET platform = :name', { name });
};
const edit = (index: number, field: string, value: string | null): Promise<Result<'listings.edit'>> =>
  call('listings.edit', { changes: [{ listingId: row(index).listingId, field, value }] });
const scoreOf = (index: number): Promise<Result<'quality.listing'>['quality']> =>
  call('quality.listing', { listingId: row(index).listingId }).then(({ quality }) => quality);

beforeEach(async () => {
  world = await testEngine();
  rows = seedListings(world.engine, 12);
});
afterEach(() => world.close());

describe('scores', () => {
  test('a pass judges every listing and adds up; every point is one of a rule', async () => {
    restartSweep(world.engine);
    expect(await sweep(world.engine, NOBODY)).toBe(12);
    expect(isCurrent(world.engine)).toBe(true);
    const { accounts, rules, pass } = await call('quality.overview', {});
    const [account] = accounts;
    expect(pass.running).toBe(false);
    expect(account).toMatchObject({ listings: 12, rejected: 0, improve: 12 });
    expect(rules.find(({ rule }) => rule === 'woocommerce.images.count')?.listings).toBe(12);
    const told = await Promise.all(rows.map((_row, index) => scoreOf(index)));
    const mean = told.reduce((sum, quality) => sum + (quality?.score ?? 0), 0) / 12;
    expect(account?.score).toBeCloseTo(mean, 1);
    const [one] = told;
    const weights = one?.results.reduce((sum, { weight }) => sum + weight, 0) ?? 0;
    const points = one?.results.reduce((sum, { weight, points: got }) => sum + weight * got, 0) ?? 0;
    expect(one?.score).toBeCloseTo((100 * points) / weights, 1);
    expect(one?.missingRequired).toEqual(['images', 'description']);
  });

  test('an edit is judged at once by the keeper, and its undo too', async () => {
    const keeper = keepQuality(world.engine);
    const heard = (): Promise<readonly number[] | undefined> =>
      new Promise((resolve) => {
        const off = world.engine.bus.subscribe(({ event, rids }) => {
          if (event !== 'quality' || !rids?.includes(row(0).rid)) return;
          off();
          resolve(rids);
        });
      });
    await heard();
    const before = (await call('quality.overview', {})).rules;
    expect(before.find(({ rule }) => rule === 'woocommerce.tags.some')?.listings).toBe(12);
    const judged = heard();
    await call('listings.edit', {
      changes: [{ listingId: row(0).listingId, field: 'tags', value: ['mug'] }],
    });
    expect(await judged).toEqual([row(0).rid]);
    const after = (await call('quality.overview', {})).rules;
    expect(after.find(({ rule }) => rule === 'woocommerce.tags.some')?.listings).toBe(11);
    const again = heard();
    await call('history.undo', {});
    await again;
    const undone = (await call('quality.overview', {})).rules;
    expect(undone.find(({ rule }) => rule === 'woocommerce.tags.some')?.listings).toBe(12);
    await keeper.stop();
  });

  test('a removed listing leaves every count', async () => {
    while (scoreChanged(world.engine).length > 0);
    world.engine.db.runComposed('UPDATE listing SET removed_at_ms = 1 WHERE rid = :rid', { rid: row(3).rid });
    scoreChanged(world.engine);
    const { accounts, rules } = await call('quality.overview', {});
    expect(accounts[0]?.listings).toBe(11);
    expect(rules.every(({ listings }) => listings <= 11)).toBe(true);
  });

  test('the spreadsheet can be filtered by a rule and sorted by score', async () => {
    await edit(4, 'description', 'd'.repeat(200));
    while (scoreChanged(world.engine).length > 0);
    const filtered = await call('listings.query', {
      filter: { quality: { rule: 'woocommerce.images.count' } },
    });
    expect(filtered.total).toBe(12);
    const none = await call('listings.query', { filter: { quality: { lane: 'rejected' } } });
    expect(none.total).toBe(0);
    const sorted = await call('listings.query', { sort: [{ field: 'quality', direction: 'desc' }] });
    expect(sorted.rows[0]?.listingId).toBe(row(4).listingId);
    const { viewId } = await call('views.open', {});
    const shown = await call('views.rows', { viewId, from: 4, to: 4, fields: ['sku'] });
    expect(shown.rows[0]?.quality).toMatchObject({ rejected: 0, score: (await scoreOf(4))?.score });
  });
});

describe('what breaks on a day', () => {
  test('are listings that pass the day before and fail on it, by the rules that begin alone', async () => {
    platform('amazon');
    await edit(1, 'title', 'x'.repeat(76));
    await edit(2, 'title', 'x'.repeat(75));
    const day = await call('quality.breaks', { from: '2026-07-26', to: '2026-07-27' });
    expect(day).toMatchObject({
      checked: 12,
      breaking: 1,
      rules: [{ rule: 'amazon.title.short', listings: 1 }],
    });
    expect(day.listings).toMatchObject([
      { listingId: row(1).listingId, rules: ['amazon.title.short'], found: 76 },
    ]);
    const later = await call('quality.breaks', { from: '2026-07-27', to: '2026-08-27' });
    expect(later).toEqual({ checked: 0, breaking: 0, rules: [], listings: [] });
  });
});

describe('keywords', () => {
  test('make rules apply, are listed once, and adding them can be undone', async () => {
    const accountId = (await call('channels.list', {})).accounts[0]?.accountId ?? '';
    expect((await scoreOf(0))?.keywords).toEqual([]);
    const { added, commandId } = await call('quality.addKeywords', {
      accountId,
      phrases: ['products', 'Products', 'lamp'],
    });
    expect({ added, logged: commandId !== null }).toEqual({ added: 2, logged: true });
    expect((await scoreOf(0))?.keywords).toEqual([
      { phrase: 'products', covered: true },
      { phrase: 'lamp', covered: false },
    ]);
    expect(isCurrent(world.engine)).toBe(false);
    const { keywords } = await call('quality.keywords', { accountId });
    await call('quality.removeKeyword', { keywordId: keywords[1]?.keywordId ?? '' });
    expect((await call('quality.keywords', { accountId })).keywords).toHaveLength(1);
  });

  test('undo brings a bank back', async () => {
    world.close();
    const hooked = await testEngine({ undoHooks: [inventoryUndoHook({ newId: () => crypto.randomUUID() })] });
    world = hooked;
    seedListings(world.engine, 1);
    const accountId = (await call('channels.list', {})).accounts[0]?.accountId ?? '';
    await call('quality.addKeywords', { accountId, phrases: ['lamp'] });
    await call('history.undo', {});
    expect((await call('quality.keywords', { accountId })).keywords).toEqual([]);
  });
});

describe('doubles and calibration', () => {
  test('titles that differ in order and signs only are doubles of one account', async () => {
    await edit(0, 'title', 'Blue mug, large');
    await edit(1, 'title', 'Large Blue Mug!');
    while (scoreChanged(world.engine).length > 0);
    const { groups } = await call('quality.doubles', { by: 'title' });
    expect(groups.map(({ key, products }) => [key, products])).toEqual([['blue large mug', 2]]);
    expect((await scoreOf(0))?.doubles).toMatchObject([{ by: 'title', listingId: row(1).listingId }]);
    expect((await call('quality.doubles', { by: 'gtin' })).groups).toEqual([]);
  });

  test('figures of the channel decide, and too few say nothing', async () => {
    while (scoreChanged(world.engine).length > 0);
    expect((await call('quality.calibration', {})).verdict).toBe('tooFew');
    for (const [index, { rid }] of rows.entries()) {
      world.engine.db.runComposed('UPDATE quality_score SET score = :score WHERE listing_rid = :rid', {
        score: index,
        rid,
      });
      const figure = {
        kind: 'salesAndTraffic',
        from: '2026-11-01',
        to: '2026-11-20',
        sessions: 100,
        pageViews: 100,
        buyBox: 90,
        unitsPerSession: index,
        units: index,
        sales: { minor: 0, currency: 'EUR' },
      };
      world.engine.db.runComposed(
        `INSERT INTO market_figure (listing_rid, kind, value, as_of_ms, read_at_ms, source) VALUES (:rid, 'salesAndTraffic', :value, 0, 0, 't')`,
        { rid, value: JSON.stringify(figure) },
      );
    }
    const found = await call('quality.calibration', {});
    expect(found).toMatchObject({ measure: 'unitsPerSession', pairs: 12, verdict: 'better' });
    expect(found.correlation?.rho).toBeCloseTo(1, 6);
    world.engine.db.runComposed('UPDATE quality_score SET score = (listing_rid * 7) % 12', {});
    expect((await call('quality.calibration', {})).verdict).toBe('notPredictive');
  });
});
