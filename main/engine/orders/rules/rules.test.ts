import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import type { OrderRule } from '#shared/contract/order-rules.ts';
import { inventoryUndoHook } from '../../inventory/undo-hook.ts';
import { dispatch } from '../../rpc/dispatch.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../../testing/test-engine.ts';
import { pullOrdersInto, remoteOrder } from '../order-test-kit.ts';
import { orderRecordsHook } from '../records-hook.ts';
import { orderUndoHook } from '../unship.ts';
import { evaluateRules, type OrderFacts } from './evaluate.ts';

const facts: OrderFacts = {
  platform: 'etsy',
  account: 'a',
  country: 'DE',
  method: 'DHL Express',
  currency: 'EUR',
  total: 5_000,
  lines: 1,
  units: 2,
  weight: null,
  skus: ['MUG-RED-L'],
  tags: [],
};
const rule = (name: string, when: OrderRule['when'], outcome: OrderRule['outcome']): OrderRule => ({
  ruleId: name,
  name,
  position: 0,
  enabled: true,
  when,
  outcome,
});
const matches = (when: OrderRule['when'][number], found: Partial<OrderFacts> = {}): boolean =>
  evaluateRules([rule('r', [when], { priority: 1 })], { ...facts, ...found }).rules[0]?.matched ?? false;

describe('one pass of the rules', () => {
  it('reads words, wildcards and bounds', () => {
    expect(matches({ fact: 'country', any: ['at', 'de'] })).toBe(true);
    expect(matches({ fact: 'sku', any: ['mug*l'] })).toBe(true);
    expect(matches({ fact: 'sku', any: ['mug*red*red*'] })).toBe(false);
    expect(matches({ fact: 'method', any: ['express'] })).toBe(true);
    expect(matches({ fact: 'total', min: 5_000, currency: 'EUR' })).toBe(true);
    expect(matches({ fact: 'total', min: 1, currency: 'USD' })).toBe(false);
    expect(matches({ fact: 'weight', max: 10_000 })).toBe(false);
    expect(matches({ fact: 'weight', max: 10_000 }, { weight: 10_000 })).toBe(true);
  });

  it('lets the topmost rule decide, joins tags, and never sees what another rule did', () => {
    const { outcome, rules } = evaluateRules(
      [
        rule('first', [], { carrier: 'DHL', tags: ['a'] }),
        rule('second', [{ fact: 'country', any: ['DE'] }], { carrier: 'UPS', tags: ['b'] }),
        rule('third', [{ fact: 'tag', any: ['a'] }], { hold: 'rule' }),
      ],
      facts,
    );
    expect(outcome).toEqual({ carrier: 'DHL', tags: ['a', 'b'] });
    expect(rules.map(({ matched, set, overruled }) => ({ matched, set, overruled }))).toEqual([
      { matched: true, set: ['carrier', 'tags'], overruled: [] },
      { matched: true, set: ['tags'], overruled: ['carrier'] },
      { matched: false, set: [], overruled: [] },
    ]);
  });

  it('finds wildcards as a regular expression does', () => {
    const text = fc.stringMatching(/^[ab]{0,6}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*]{1,5}$/), text, (pattern, sku) => {
        const wanted = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(sku);
        expect(matches({ fact: 'sku', any: [pattern] }, { skus: [sku] })).toBe(wanted);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the rules of a workspace', () => {
  let test: TestEngine;
  async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
    const who = { actor: 'test', requestId: undefined, signal: new AbortController().signal };
    return (await dispatch(test.engine, method, params, who, { checkOutput: true })) as Result<M>;
  }
  const orders = async () => (await call('orders.query', { sort: 'number' })).rows;

  beforeEach(async () => {
    test = await testEngine({
      undoHooks: [orderUndoHook, inventoryUndoHook({ newId: () => crypto.randomUUID() }), orderRecordsHook],
    });
    seedListings(test.engine, 3);
  });
  afterEach(() => test.close());

  it('run on arrival, on demand and dry, and say why', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1])]);
    const draft = {
      name: 'Germany by DHL',
      enabled: true,
      when: [{ fact: 'country' as const, any: ['DE'] }],
      outcome: { carrier: 'DHL', hold: 'rule' as const, tags: ['home'] },
    };
    const dry = await call('orderRules.dryRun', { draft });
    expect(dry).toMatchObject({
      orders: 1,
      rules: [{ ruleId: null, matched: 1, set: 1, examples: ['100'] }],
    });
    const { ruleId } = await call('orderRules.save', draft);
    expect(await orders()).toMatchObject([{ state: 'ready', tags: [] }]);

    pullOrdersInto(test.engine, [remoteOrder('101', [1])]);
    expect(await orders()).toMatchObject([
      { state: 'ready' },
      { state: 'on_hold', hold: 'rule', tags: ['home'] },
    ]);

    const orderId = (await orders())[0]?.orderId ?? '';
    expect(await call('orderRules.apply', { orderIds: [orderId] })).toMatchObject({ orders: 1, changed: 1 });
    expect(await call('orders.desk', { orderId })).toMatchObject({
      carrier: 'DHL',
      trace: {
        rules: [
          {
            ruleId,
            matched: true,
            clauses: [{ fact: 'country', wanted: 'DE', found: 'DE', matched: true }],
            set: ['carrier', 'tags', 'hold'],
          },
        ],
      },
    });
    await call('history.undo', {});
    expect(await call('orders.desk', { orderId })).toMatchObject({ carrier: '', trace: null });
    expect((await orders())[0]).toMatchObject({ state: 'ready', tags: [] });

    const second = await call('orderRules.save', { ...draft, name: 'Second' });
    await call('orderRules.reorder', { ruleIds: [second.ruleId] });
    expect((await call('orderRules.list', {})).rules.map(({ name }) => name)).toEqual([
      'Second',
      'Germany by DHL',
    ]);
    await call('orderRules.remove', { ruleId });
    await call('history.undo', {});
    expect((await call('orderRules.list', {})).rules).toHaveLength(2);
  });
});
