import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../catalog/edit.ts';
import type { ListingPush, PushResult } from '../channels/contract.ts';
import { FakeShop } from '../testing/fake-shop.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { addAccount } from './manage-accounts.ts';
import { publish, sendReleased } from './publish.ts';
import { pull } from './pull.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };
const POLL_MS = 15_000;
const GIVE_UP_MS = 600_000;

/** A channel that accepts at once and shows the new values only when told to. */
class SlowShop extends FakeShop {
  override readonly capabilities = {
    ...new FakeShop().capabilities,
    settling: { pollMs: POLL_MS, giveUpMs: GIVE_UP_MS },
  };
  /** Reads until what was accepted shows; Infinity = never. */
  readsUntilShown = 2;
  pushes = 0;
  private held: ListingPush[] = [];

  override async pushListings(_context: unknown, ops: readonly ListingPush[]): Promise<PushResult[]> {
    this.pushes += 1;
    this.held.push(...ops);
    return ops.map((op) => ({ opId: op.opId, outcome: 'accepted' }));
  }

  override async readListings(...args: Parameters<FakeShop['readListings']>) {
    if (this.held.length > 0) {
      this.readsUntilShown -= 1;
      if (this.readsUntilShown <= 0) {
        const ops = this.held;
        this.held = [];
        await super.pushListings(null, ops);
      }
    }
    return super.readListings(...args);
  }
}

let shop: SlowShop;
let test: TestEngine;
beforeEach(async () => {
  shop = new SlowShop();
  test = await testEngine({ connectors: [shop] });
  shop.add('1', { title: 'One', sku: 'S1', price: 1000, quantity: 5, status: 'publish' });
  await addAccount(
    test.engine,
    { platform: 'woocommerce', name: 'Slow', baseUrl: 'https://shop.example', credentials: {} },
    call,
  );
  await pull(test.engine, {}, signal);
});
afterEach(() => test.close());

const edit = (value: string): void => {
  const [listingId = ''] = test.engine.db.pluck<string>('SELECT id FROM listing');
  editListings(test.engine.journal, { changes: [{ listingId, field: 'price', value }] }, call);
};
const states = (): string[] => test.engine.db.pluck('SELECT state FROM outbox ORDER BY rid');

describe('a channel that shows accepted values later', () => {
  it('is verified in the same run when it shows them soon, and is sent to once', async () => {
    edit('12.50');
    expect(await publish(test.engine, {}, signal)).toMatchObject({ sent: 1, verified: 1, waiting: [] });
    expect(shop.pushes).toBe(1);
    expect(states()).toEqual(['verified']);
  });

  it('stays accepted past the end of a run and over a restart, and is looked at, not sent, by the next', async () => {
    shop.readsUntilShown = 20;
    edit('12.50');
    const first = await publish(test.engine, {}, signal);
    expect(first).toMatchObject({ sent: 1, verified: 0 });
    expect(first.waiting).toMatchObject([{ ops: 1 }]);
    expect(states()).toEqual(['accepted']);
    test = await test.restart();
    expect(states()).toEqual(['accepted']);
    while (shop.readsUntilShown > 0) {
      test.clock.advance(POLL_MS);
      await sendReleased(test.engine, { refused: [], signal });
    }
    expect(states()).toEqual(['verified']);
    expect(shop.pushes).toBe(1);
  });

  it('is shown as not taken when the value never comes', async () => {
    shop.readsUntilShown = Infinity;
    edit('12.50');
    await publish(test.engine, {}, signal);
    test.clock.advance(GIVE_UP_MS);
    const last = await sendReleased(test.engine, { refused: [], signal });
    expect(last.rejected).toMatchObject([{ code: 'READ_BACK_MISMATCH', field: 'price' }]);
    expect(states()).toEqual(['rejected']);
  });

  it('holds a newer edit of the cell back until the earlier one is settled, then sends it', async () => {
    shop.readsUntilShown = 20;
    edit('12.50');
    await publish(test.engine, {}, signal);
    edit('13.00');
    await publish(test.engine, {}, signal);
    expect(shop.pushes).toBe(1);
    shop.readsUntilShown = 1;
    for (let run = 0; run < 3; run += 1) {
      test.clock.advance(POLL_MS);
      await sendReleased(test.engine, { refused: [], signal });
      shop.readsUntilShown = 1;
    }
    expect(shop.value('1', 'price')).toBe(1300);
    expect(shop.pushes).toBe(2);
    expect(states()).toEqual(['superseded', 'verified']);
  });

  it('keeps looking when a look fails', async () => {
    shop.readsUntilShown = 20;
    edit('12.50');
    await publish(test.engine, {}, signal);
    test.clock.advance(POLL_MS);
    shop.readFaults.push('auth');
    await sendReleased(test.engine, { refused: [], signal });
    expect(states()).toEqual(['accepted']);
  });
});
