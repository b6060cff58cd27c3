import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import type { ChannelConnector, ListingPush } from '../../engine/channels/contract.ts';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import type { ProductRow, VariantRow } from './rows.ts';
import type { ShopifySimulator } from './start.ts';
import { contextOf, openSimulator } from './suite-shop.ts';

type Bulk = NonNullable<ChannelConnector['bulk']>;
const bulkOf = (connector: ChannelConnector): Bulk => {
  if (!connector.bulk) throw new Error('The connector has no mass changes');
  return connector.bulk;
};
const namesSent = (shop: ShopifySimulator): string[] =>
  shop.log.all.flatMap(
    ({ body }) => /"query":"(?:mutation) (\w+)/.exec(JSON.stringify(body ?? ''))?.[1] ?? [],
  );

describe('a mass change of a Shopify shop', () => {
  let shop: ShopifySimulator;
  let bulk: Bulk;
  let context: ReturnType<typeof contextOf>;
  beforeEach(async () => {
    shop = await openSimulator({ listings: 120, orders: 0 });
    bulk = bulkOf(createShopifyConnector());
    context = contextOf(shop);
  });
  afterEach(() => shop.close());

  const plain = (): VariantRow[] =>
    [...shop.store.variants.values()].filter(
      (row) => row.compareAtPrice === null && row.tracked && row.levels.has(shop.store.location.id),
    );
  const at = (index: number): VariantRow => plain().filter((row) => row.position === 1)[index] as VariantRow;
  const available = (row: VariantRow): number => row.levels.get(shop.store.location.id) ?? Number.NaN;
  const ofVariant = (opId: string, row: VariantRow, fields: ListingPush['fields']): ListingPush => ({
    opId,
    ref: { productExternalId: String(row.productId), variantExternalId: String(row.id) },
    currency: 'EUR',
    fields,
  });
  const ofProduct = (opId: string, row: VariantRow, fields: ListingPush['fields']): ListingPush => ({
    opId,
    ref: { productExternalId: String(row.productId), variantExternalId: null },
    currency: 'EUR',
    fields,
  });
  const fieldsOf = (op: ListingPush) => new Set(Object.keys(op.fields) as never[]);
  const toEnd = async (
    job: string,
    ops: readonly ListingPush[],
    plan: { message: number; opId: string }[],
  ) => {
    const messages = plan.map(({ message, opId }) => ({
      message,
      fields: fieldsOf(ops.find((op) => op.opId === opId) as ListingPush),
    }));
    for (let turn = 0; turn < 30; turn += 1) {
      const state = await bulk.look(context, job, messages);
      if (state.state !== 'waiting') return state;
    }
    throw new Error('It does not come to an end');
  };

  it('sends every kind of change, one file after the other, and says what was refused', async () => {
    const fresh = at(9);
    fresh.levels.delete(shop.store.location.id);
    const sibling = plain().find((row, index) => index > 20 && row.position === 2) as VariantRow;
    const neighbour = plain().find(
      (row) => row.productId === sibling.productId && row !== sibling,
    ) as VariantRow;
    const ops: ListingPush[] = [
      ofProduct('title', at(0), { title: 'Harbour mug' }),
      ofProduct('no title', at(1), { title: ' ' }),
      ofVariant('price', at(2), { price: 12_300 }),
      ofVariant('price and stock', at(3), { price: 4_500, quantity: 41 }),
      ofVariant('stock', at(4), { quantity: 42 }),
      ofVariant('stale', at(5), { quantity: 43, price: 777 }),
      ofVariant('first stock', fresh, { quantity: 5 }),
      ofVariant('long sku', sibling, { sku: 'S'.repeat(256) }),
      ofVariant('sibling', neighbour, { sku: 'fits' }),
      {
        ...ofVariant('strange', at(6), { price: 1 }),
        ref: { productExternalId: 'x', variantExternalId: 'y' },
      },
    ];
    const plan = await bulk.prepare(context, ops);
    expect(plan.results).toMatchObject([{ opId: 'strange', outcome: 'rejected', code: 'CHANNEL_GONE' }]);
    expect(plan.messages.map(({ opId }) => opId).toSorted()).toEqual(
      ops.flatMap(({ opId }) => (opId === 'strange' ? [] : opId)).toSorted(),
    );
    if (!plan.document) throw new Error('Nothing to send');
    const documentId = await bulk.upload(context, plan.document);
    expect(namesSent(shop)).toEqual(['StageUploads']);
    const job = await bulk.start(context, documentId);
    shop.store.setAvailable(at(5), shop.store.location.id, 1_000);
    const state = await toEnd(job, ops, [...plan.messages]);
    if (state.state !== 'done') throw new Error(state.message);
    const opIdOf = (message: number): string | undefined =>
      plan.messages.find((entry) => entry.message === message)?.opId;
    expect(
      new Map(state.refused.map(({ message, code, field }) => [opIdOf(message), [code, field]])),
    ).toEqual(
      new Map([
        ['long sku', ['CHANNEL_INVALID', 'sku']],
        ['no title', ['CHANNEL_INVALID', 'title']],
        ['stale', ['CHANNEL_CONFLICT', 'quantity']],
      ]),
    );
    const product = shop.store.products.get(at(0).productId) as ProductRow;
    expect(product.title).toBe('Harbour mug');
    expect(at(2).price).toBe('123.00');
    expect([at(3).price, available(at(3))]).toEqual(['45.00', 41]);
    expect(available(at(4))).toBe(42);
    expect([at(5).price, available(at(5))]).toEqual(['7.77', 1_000]);
    expect(available(fresh)).toBe(5);
    expect(neighbour.sku).toBe('fits');
    // Four kinds of changes, four operations, and no call of its own for any of them.
    expect(namesSent(shop).filter((name) => name === 'RunBulkMutation')).toHaveLength(4);
    expect(new Set(namesSent(shop))).toEqual(new Set(['StageUploads', 'RunBulkMutation']));
  });

  it('is found again by the next program, whose memory is empty, and begins nothing twice', async () => {
    const ops = [ofProduct('title', at(0), { title: 'Lost' }), ofVariant('stock', at(1), { quantity: 9 })];
    const plan = await bulk.prepare(context, ops);
    const documentId = await bulk.upload(context, plan.document ?? new Uint8Array());
    expect(await bulk.list(context, 0, 0, documentId)).toEqual([]);
    shop.faults.script({ fault: 'timeout-after-apply', path: /RunBulkMutation$/, delayMs: 5 });
    await expect(bulk.start(context, documentId)).rejects.toMatchObject({ details: { applied: 'unknown' } });
    bulk = bulkOf(createShopifyConnector());
    const [job] = await bulk.list(context, 0, 0, documentId);
    // The second file is begun, too, although its answer is lost.
    shop.faults.script({ fault: 'timeout-after-apply', path: /RunBulkMutation$/, delayMs: 5 });
    let lost = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      await bulk.look(context, job ?? '', []).catch(() => {
        lost += 1;
      });
    }
    expect(lost).toBe(1);
    expect(namesSent(shop).filter((name) => name === 'RunBulkMutation')).toHaveLength(2);
    expect(available(at(1))).toBe(9);
  });

  it('waits its turn: while another one runs, none is begun', async () => {
    const ops = [ofProduct('title', at(0), { title: 'First' })];
    const first = await bulk.prepare(context, ops);
    await bulk.start(context, await bulk.upload(context, first.document ?? new Uint8Array()));
    const second = await bulk.prepare(context, [ofProduct('title', at(1), { title: 'Second' })]);
    const id = await bulk.upload(context, second.document ?? new Uint8Array());
    await expect(bulk.start(context, id)).rejects.toMatchObject({ code: 'CHANNEL_RATE' });
    expect(namesSent(shop).filter((name) => name === 'RunBulkMutation')).toHaveLength(1);
  });

  it('that ended before its time is said to have failed', async () => {
    const ops = [ofProduct('title', at(0), { title: 'Never' })];
    const plan = await bulk.prepare(context, ops);
    const job = await bulk.start(context, await bulk.upload(context, plan.document ?? new Uint8Array()));
    shop.api.bulk.broken = true;
    expect(await toEnd(job, ops, [...plan.messages])).toMatchObject({ state: 'failed' });
  });
});

describe('a mass change and the engine', () => {
  let test: TestEngine;
  let shop: ShopifySimulator;
  const signal = new AbortController().signal;
  const call = { actor: 'test' };
  let dieAt: string | null = null;
  beforeEach(async () => {
    dieAt = null;
    const connector = createShopifyConnector();
    test = await testEngine({
      // Few products are many here.
      connectors: [{ ...connector, bulk: { ...bulkOf(connector), from: 5 } }],
      fetch: (url, init) => fetch(url, init),
      atPoint: (point) => {
        if (point === dieAt) throw new Error('Killed');
      },
    });
    const now = (): number => test.clock.now();
    shop = await openSimulator({ listings: 60, orders: 0, seed: 5, now, baseMs: now() - 3_600_000 });
    const { url: baseUrl, credentials } = shop;
    await addAccount(
      test.engine,
      { platform: 'shopify', name: 'Quay', baseUrl, credentials: { ...credentials } },
      call,
    );
    await pull(test.engine, {}, signal);
  });
  afterEach(async () => {
    test.close();
    await shop.close();
  });

  const editAll = (): void => {
    const rows = test.engine.db.getComposed<{ ids: string }>(
      'SELECT json_group_array(id) AS ids FROM listing',
      {},
    );
    const changes = (JSON.parse(rows?.ids ?? '[]') as string[]).map((listingId) => ({
      listingId,
      field: 'price',
      value: '7700.00',
    }));
    expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
  };
  const states = (): string[] => [...new Set(test.engine.db.pluck<string>('SELECT state FROM outbox'))];
  const priced = (): number =>
    [...shop.store.variants.values()].filter((row) => (row.compareAtPrice ?? row.price) === '7700.00').length;

  it('of many products is one job, and verified by reading', async () => {
    editAll();
    await publish(test.engine, {}, signal);
    expect(states()).toEqual(['verified']);
    expect(priced()).toBe(shop.store.variants.size);
    expect(namesSent(shop)).toEqual(['StageUploads', 'RunBulkMutation']);
  });

  it.each(['publish.before-job', 'publish.after-job'])(
    'survives the end of the program at %s: every price is written once',
    async (point) => {
      editAll();
      dieAt = point;
      await publish(test.engine, {}, signal).catch(() => undefined);
      dieAt = null;
      test = await test.restart();
      test.clock.advance(600_000);
      await publish(test.engine, {}, signal);
      expect(states()).toEqual(['verified']);
      expect(priced()).toBe(shop.store.variants.size);
      expect([...shop.store.variants.values()].every((row) => row.writes === 1)).toBe(true);
    },
  );
});
