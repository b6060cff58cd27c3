import { afterEach, beforeEach, expect, it } from 'vitest';
import { editListings } from '../catalog/edit.ts';
import { listingRows } from '../catalog/rows.ts';
import type { ListingPush, PushResult } from '../channels/contract.ts';
import { FakeShop } from '../testing/fake-shop.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { addAccount } from './manage-accounts.ts';
import { publish } from './publish.ts';
import { pull } from './pull.ts';

const PRODUCTS = 120;
const BAD = '7';

/** A shop in which every write of one product fails for the moment, again and again. */
class ShopWithBadProduct extends FakeShop {
  override readonly capabilities = { ...new FakeShop().capabilities, maxBatch: 10 };
  calls = 0;

  override async pushListings(context: unknown, ops: readonly ListingPush[]): Promise<PushResult[]> {
    this.calls += 1;
    const [bad, fine] = [ops.filter(isBad), ops.filter((op) => !isBad(op))];
    const failed = bad.map(({ opId }): PushResult => ({
      opId,
      outcome: 'retry',
      code: 'CHANNEL_TRANSIENT',
      message: 'a plugin broke',
      field: null,
    }));
    return [...failed, ...(fine.length > 0 ? await super.pushListings(context, fine) : [])];
  }
}

const isBad = (op: ListingPush): boolean => op.ref.productExternalId === BAD;
const signal = new AbortController().signal;
let test: TestEngine;
let shop: ShopWithBadProduct;

beforeEach(async () => {
  shop = new ShopWithBadProduct();
  for (let index = 0; index < PRODUCTS; index += 1) {
    shop.add(String(index), {
      title: `P${index}`,
      sku: `S${index}`,
      price: 1_000,
      quantity: 5,
      status: 'publish',
    });
  }
  test = await testEngine({ connectors: [shop] });
  const account = {
    platform: 'woocommerce',
    name: 'Shop',
    baseUrl: 'https://shop.example',
    credentials: {},
  } as const;
  await addAccount(test.engine, account, { actor: 'test' });
  await pull(test.engine, {}, signal);
});
afterEach(() => test.close());

it('does not hold up the others, and ends as rejected with its reason', async () => {
  const { engine } = test;
  const rows = listingRows(engine.db, engine.db.pluck<number>('SELECT rid FROM listing ORDER BY rid'));
  const changes = rows.map((row) => ({ listingId: row.listingId, field: 'price', value: '25.00' }));
  editListings(engine.journal, { changes }, { actor: 'test' });
  const first = await publish(engine, {}, signal);
  expect(first).toMatchObject({ sent: PRODUCTS - 1, verified: PRODUCTS - 1, conflicts: [] });
  for (let index = 0; index < PRODUCTS; index += 1) {
    expect(shop.value(String(index), 'price')).toBe(String(index) === BAD ? 1_000 : 2_500);
  }
  // A dozen batches and a few attempts at the one, not one with each batch.
  expect(shop.calls).toBeLessThan(24);
  let last = first;
  for (let run = 0; run < 4 && last.rejected.length === 0; run += 1) last = await publish(engine, {}, signal);
  expect(last.rejected).toEqual([
    {
      listingId: rows.find((row) => row.externalId === BAD)?.listingId,
      field: 'price',
      code: 'CHANNEL_TRANSIENT',
      message: expect.stringContaining('a plugin broke'),
    },
  ]);
});
