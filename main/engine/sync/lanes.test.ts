import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  ChannelContext,
  ListingPush,
  ListingRef,
  PushResult,
  ReadListing,
} from '../channels/contract.ts';
import { FakeShop } from '../testing/fake-shop.ts';
import { SyncWorld } from '../testing/sync-world.ts';

/** Notes its calls; `during` runs once within the next push. */
class WatchedShop extends FakeShop {
  readonly calls: string[] = [];
  during: (() => Promise<unknown>) | null = null;

  override async pushListings(context: ChannelContext, ops: readonly ListingPush[]): Promise<PushResult[]> {
    this.calls.push(`push ${[...new Set(ops.flatMap(({ fields }) => Object.keys(fields)))].join()}`);
    const { during } = this;
    this.during = null;
    await during?.();
    return super.pushListings(context, ops);
  }

  override async readListings(context: ChannelContext, refs: readonly ListingRef[]): Promise<ReadListing[]> {
    this.calls.push(`read ${refs.length}`);
    return super.readListings(context, refs);
  }
}

class WatchedWorld extends SyncWorld {
  override readonly shop = new WatchedShop();
}

let world: WatchedWorld;
beforeEach(async () => {
  world = new WatchedWorld();
  await world.open(3);
  world.shop.calls.length = 0;
});
afterEach(() => world.close());

const states = () =>
  world.test.engine.db.pluck<string>(
    "SELECT field || ' ' || state FROM outbox WHERE state <> 'superseded' ORDER BY field",
  );

describe('stock and price', () => {
  it('take the next call even before the content that was just sent is read back, which then happens at once with theirs', async () => {
    await world.edit(0, 'title', 'New');
    let other: Promise<unknown> | undefined;
    world.shop.during = async () => {
      await world.edit(1, 'quantity', 2);
      // Another run of the same account waits for this one; its release is what counts.
      other = world.call('publish.run', { fields: ['quantity'] });
    };
    await world.call('publish.run', { fields: ['title'] });
    await other;
    expect(world.shop.calls.slice(0, 5)).toEqual([
      'read 1',
      'push title',
      'read 1',
      'push quantity',
      'read 2',
    ]);
    expect(states()).toEqual(['quantity verified', 'title verified']);
  });

  it('leave content in doubt, not in limbo, when the run ends before it was read back', async () => {
    await world.edit(0, 'title', 'New');
    const stop = new AbortController();
    world.shop.during = async () => {
      await world.edit(1, 'quantity', 2);
      world.test.engine.db.exec("UPDATE outbox SET released_at_ms = 1 WHERE field = 'quantity'");
      stop.abort();
    };
    await world.call('publish.run', { fields: ['title'] }, stop.signal).catch(() => undefined);
    expect(states()).toEqual(['quantity pending', 'title needs_verify']);
    await world.call('publish.run', {});
    expect(states()).toEqual(['quantity verified', 'title verified']);
    expect(world.shop.applied.filter(({ field }) => field === 'title')).toHaveLength(1);
  });
});
