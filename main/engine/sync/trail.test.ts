import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';
import { recoverLeases } from './outbox.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(2);
  await world.edit(0, 'price', '20.00');
});
afterEach(() => world.close());

const steps = async (): Promise<string[]> => (await world.trail()).map(({ step }) => step);
const publish = () => world.call('publish.run', {});

describe('why is this cell not live', () => {
  it('sent, taken, read back, live', async () => {
    await publish();
    expect(await world.trail()).toMatchObject([
      { step: 'sent', text: 'Sent "2000"; the shop had "1000"' },
      { step: 'accepted' },
      { step: 'read back', text: 'The shop has "2000"' },
      { step: 'verified' },
    ]);
  });

  it('the shop had it already', async () => {
    world.shop.edit('0', { price: 2_000 });
    await publish();
    expect(await world.trail()).toEqual([{ step: 'verified', text: 'The shop already had this value' }]);
  });

  it('the shop changed it meanwhile', async () => {
    world.shop.edit('0', { price: 1_500 });
    await publish();
    expect(await world.trail()).toEqual([
      { step: 'conflict', text: 'The shop changed it to "1500" meanwhile; nothing was sent' },
    ]);
  });

  it('the shop refused it', async () => {
    world.shop.pushFaults.push('refuse-price');
    await publish();
    expect((await world.trail()).at(-1)).toEqual({ step: 'rejected', text: 'bad_price: no such price' });
  });

  it('the limit was used up, then it went', async () => {
    world.shop.pushFaults.push('rate');
    await publish();
    expect(await steps()).toEqual(['sent', 'retry_wait', 'sent', 'accepted', 'read back', 'verified']);
    expect((await world.trail())[1]?.text).toMatch(
      /^CHANNEL_RATE: slow down\. It goes again after 2026-11-23T/,
    );
  });

  it('no answer came although it had arrived', async () => {
    world.shop.pushFaults.push('drop-after');
    await publish();
    expect(await steps()).toEqual(['sent', 'needs_verify', 'read back', 'verified']);
  });

  it('the shop stored something else', async () => {
    world.shop.pushFaults.push('coerce');
    await publish();
    expect(await world.trail()).toMatchObject([
      { step: 'sent' },
      { step: 'accepted' },
      { step: 'read back', text: 'The shop has "200000"' },
      { step: 'rejected', text: expect.stringContaining('READ_BACK_MISMATCH') },
    ]);
  });

  it('the shop could not be read, so nothing was sent', async () => {
    world.shop.readFaults.push('auth');
    await publish();
    expect(await world.trail()).toEqual([
      { step: 'pending', text: 'CHANNEL_AUTH: keys refused. Nothing was sent; it waits again' },
    ]);
  });

  it('the listing is gone', async () => {
    world.shop.products.delete('0');
    await publish();
    expect((await world.trail()).at(-1)?.text).toBe('CHANNEL_GONE: The shop no longer has this listing');
  });

  it('the program ended in the middle', async () => {
    world.test.engine.db.runComposed("UPDATE outbox SET state = 'sent', lease = 'x', released_at_ms = 1", {});
    recoverLeases(world.test.engine.db, 1);
    expect(await steps()).toEqual(['needs_verify']);
    await publish();
    expect(await steps()).toEqual([
      'needs_verify',
      'read back',
      'retry_wait',
      'sent',
      'accepted',
      'read back',
      'verified',
    ]);
  });
});
