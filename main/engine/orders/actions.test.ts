import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelConnector } from '../channels/contract.ts';
import type { OrderActionResult, OrderActions } from '../channels/order-actions.ts';
import { SyncWorld } from '../testing/sync-world.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';

/** What the shop did, and how it answers next. */
let done: string[];
let answers: (OrderActionResult | Error)[];
let applies: boolean;
let world: SyncWorld;
let orderId: string;

const seam: OrderActions = {
  abilities: { restockOnCancel: 'choice', refundOnCancel: 'choice', notify: 'choice' },
  cancel: (_context, { cancellationId }) => answer(cancellationId),
  refund: (_context, { refundId }) => answer(refundId),
  verifyCancellation: (_context, { cancellationId }) => look(cancellationId),
  verifyRefund: async (_context, { refundId }) => ({ ...(await look(refundId)), amountMinor: 400 }),
};

/** Looks first, as every connector has to. */
async function answer(id: string): Promise<OrderActionResult> {
  const next = answers.shift() ?? { outcome: 'accepted' };
  const taken = !(next instanceof Error) && next.outcome === 'rejected' ? false : applies;
  if (taken && !done.includes(id)) done.push(id);
  if (next instanceof Error) throw next;
  return next;
}

async function look(id: string): Promise<{ confirmed: boolean; detail: string }> {
  return { confirmed: done.includes(id), detail: done.includes(id) ? 'it is there' : 'it is not there' };
}

beforeEach(async () => {
  done = [];
  answers = [];
  applies = true;
  world = await new SyncWorld().open(2);
  (world.shop as { orderActions?: ChannelConnector['orderActions'] }).orderActions = seam;
  pullOrdersInto(world.test.engine, [remoteOrder('7', [2, 1])]);
  const { rows } = await world.call('orders.query', {});
  orderId = rows[0]?.orderId ?? '';
});
afterEach(() => world.close());

const cancel = () =>
  world.call('orders.cancel', { orderId, reason: 'customer', restock: true, refund: true, notify: false });
const refund = (amountMinor: number) =>
  world.call('orders.refund', {
    orderId,
    lines: [],
    shipping: false,
    amountMinor,
    money: 'original',
    notify: false,
  });
const states = async () =>
  (await world.call('orders.actions', { orderId })).actions.map(({ state }) => state);

describe('a cancellation', () => {
  it('can be taken back until it is sent, leaves once, and is read back', async () => {
    const first = await cancel();
    await world.call('orders.takeBackAction', { actionId: first.actionId });
    await world.call('publish.run', {});
    expect(done).toEqual([]);

    const { actionId } = await cancel();
    await expect(cancel()).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await world.call('publish.run', {});
    expect(done).toEqual([actionId]);
    expect(await states()).toEqual(['taken_back', 'verified']);
    const { events } = await world.call('orders.get', { orderId });
    const [account] = (await world.call('channels.list', {})).accounts;
    expect(events.map(({ actor }) => actor)).toContain(`channel:${account?.name ?? ''}`);
    await expect(world.call('orders.takeBackAction', { actionId })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('is refused by the shop with its reason, and may be asked for again', async () => {
    answers = [{ outcome: 'rejected', code: 'CHANNEL_CONFLICT', message: 'Part of it has left' }];
    await cancel();
    await world.call('publish.run', {});
    const { actions, canCancel } = await world.call('orders.actions', { orderId });
    expect(actions).toMatchObject([{ state: 'rejected', message: 'Part of it has left' }]);
    expect(canCancel).toBe(true);
  });
});

describe('a refund', () => {
  it('whose answer was lost is looked for before it is sent again', async () => {
    answers = [new CodedError('CHANNEL_TRANSIENT', 'no answer', { applied: 'unknown' }, { retryable: true })];
    const { actionId } = await refund(400);
    await world.call('publish.run', {});
    expect(await states()).toEqual(['needs_verify']);
    // It would be refused now: it must not be sent a second time.
    answers = [{ outcome: 'rejected', code: 'CHANNEL_INVALID', message: 'twice' }];
    world.test.clock.advance(60_000);
    await world.call('publish.run', {});
    expect(done).toEqual([actionId]);
    const { actions, refundable } = await world.call('orders.actions', { orderId });
    expect(actions).toMatchObject([{ state: 'verified', refunded: { minor: 400 } }]);
    expect(refundable.minor).toBe(600);
    await expect(refund(601)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it('that was accepted and does not show yet is looked at again, not sent again', async () => {
    applies = false;
    const { actionId } = await refund(100);
    await world.call('publish.run', {});
    expect(await states()).toEqual(['accepted']);
    done.push(actionId);
    world.test.clock.advance(20_000);
    answers = [{ outcome: 'rejected', code: 'CHANNEL_INVALID', message: 'twice' }];
    await world.call('publish.run', {});
    expect(await states()).toEqual(['verified']);
  });

  it('of more units than are left is refused here', async () => {
    const { items } = await world.call('orders.get', { orderId });
    const line = { lineId: items[0]?.lineId ?? '', restock: 'no' as const };
    const input = { orderId, shipping: false, money: 'original' as const, notify: false };
    await world.call('orders.refund', { ...input, lines: [{ ...line, quantity: 1 }] });
    await expect(
      world.call('orders.refund', { ...input, lines: [{ ...line, quantity: 2 }] }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

it('waits for a person where the channel has no interface for it', async () => {
  delete (world.shop as { orderActions?: unknown }).orderActions;
  const { actionId } = await cancel();
  await world.call('publish.run', {});
  expect(await states()).toEqual(['by_hand']);
  await world.call('orders.confirmAction', { actionId });
  expect(await states()).toEqual(['verified']);
});
