import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schedule } from '#shared/contract/publish.ts';
import { SyncWorld } from '../testing/sync-world.ts';
import { addSchedule, fireDue } from './schedules.ts';

const HOUR = 3_600_000;
let world: SyncWorld;
let now: number;
beforeEach(async () => {
  world = await new SyncWorld().open(3);
  now = world.test.clock.now();
});
afterEach(() => world.close());

const signal = new AbortController().signal;
const look = () => fireDue(world.test.engine, signal);
const price = (row: number) => world.shop.value(String(row), 'price');

async function schedule(
  more: { values?: string[]; endAt?: number | undefined; startAt?: number } = {},
): Promise<string> {
  const { values = ['5.00', '6.00'], endAt, startAt = now + HOUR } = more;
  const { scheduleId } = await world.call('publish.schedule', {
    label: 'Black Friday',
    changes: values.map((value, row) => ({
      listingId: world.listingIds[row] ?? '',
      field: 'price' as const,
      value,
    })),
    startAt,
    ...(endAt === undefined ? {} : { endAt }),
  });
  return scheduleId;
}

async function only(): Promise<Schedule | undefined> {
  const { schedules } = await world.call('publish.scheduled', {});
  expect(schedules).toHaveLength(1);
  return schedules[0];
}

describe('a scheduled change', () => {
  it('is stored once although the request is repeated after its time', async () => {
    const input = {
      label: 'Once',
      changes: [{ listingId: world.listingIds[0] ?? '', field: 'price' as const, value: '5.00' }],
      startAt: now + HOUR,
    };
    const call = { actor: 'test', requestId: 'once' };
    const first = addSchedule(world.test.engine, input, call);
    world.test.clock.advance(2 * HOUR);
    expect(addSchedule(world.test.engine, input, call)).toEqual(first);
    await only();
    expect(() => addSchedule(world.test.engine, input, { ...call, requestId: 'new' })).toThrow(/passed/);
  });

  it('touches nothing before its time, goes live, and goes back at its end', async () => {
    await schedule({ endAt: now + 2 * HOUR });
    await look();
    expect(await world.call('outbox.query', {})).toMatchObject({ total: 0 });

    world.test.clock.advance(HOUR);
    await look();
    expect([price(0), price(1), price(2)]).toEqual([500, 600, 1_002]);
    expect(await only()).toMatchObject({ state: 'live', cells: 2, applied: 2, rejected: 0 });

    world.test.clock.advance(HOUR);
    await look();
    expect([price(0), price(1)]).toEqual([1_000, 1_001]);
    expect(await only()).toMatchObject({ state: 'done', reverted: 2, changedSince: 0 });
    const { commands } = await world.call('history.list', { limit: 2 });
    expect(commands.map(({ actor, label }) => [actor, label])).toEqual([
      ['schedule', 'Black Friday'],
      ['schedule', 'Black Friday'],
    ]);
  });

  it('leaves alone what somebody changed meanwhile, and other edits where they are', async () => {
    await schedule({ endAt: now + 2 * HOUR });
    await world.edit(2, 'price', '77.00');
    world.test.clock.advance(HOUR);
    await look();
    expect(price(2)).toBe(1_002);
    await world.edit(0, 'price', '4.00');
    world.test.clock.advance(HOUR);
    await look();
    expect(price(1)).toBe(1_001);
    expect(await only()).toMatchObject({ state: 'done', reverted: 1, changedSince: 1 });
  });

  it('counts what a rule refuses and does the rest', async () => {
    await schedule({ values: ['nonsense', '6.00'] });
    world.test.clock.advance(HOUR);
    await look();
    expect(await only()).toMatchObject({ state: 'done', applied: 1, rejected: 1 });
    expect(price(1)).toBe(600);
  });
});

describe('a time at which nothing ran', () => {
  it('is listed, not made up for, until a person says so', async () => {
    const scheduleId = await schedule({ endAt: now + 9 * HOUR });
    world.test.clock.advance(2 * HOUR);
    await look();
    await look();
    expect(await only()).toMatchObject({ state: 'missed' });
    expect(world.shop.applied).toEqual([]);
    expect(await world.call('publish.scheduleNow', { scheduleId })).toMatchObject({
      state: 'live',
      applied: 2,
    });
    expect(price(0)).toBe(500);
  });

  it('shows when it really happened when a person did it early', async () => {
    const scheduleId = await schedule({ startAt: now + 48 * HOUR, endAt: now + 72 * HOUR });
    const begun = await world.call('publish.scheduleNow', { scheduleId });
    expect(begun.startAt).toBeLessThan(now + HOUR);
    expect(begun.endAt).toBe(now + 72 * HOUR);
    const over = await world.call('publish.scheduleNow', { scheduleId });
    expect(over).toMatchObject({ state: 'done', startAt: begun.startAt });
    expect(over.endAt).toBeLessThan(now + HOUR);
  });

  it('an end that was missed is listed too, and can be done by hand', async () => {
    const scheduleId = await schedule({ endAt: now + 2 * HOUR });
    world.test.clock.advance(HOUR);
    await look();
    world.test.clock.advance(3 * HOUR);
    await look();
    expect(await only()).toMatchObject({ state: 'end_missed' });
    expect(price(0)).toBe(500);
    expect(await world.call('publish.scheduleNow', { scheduleId })).toMatchObject({
      state: 'done',
      reverted: 2,
    });
    expect(price(0)).toBe(1_000);
    await expect(world.call('publish.scheduleNow', { scheduleId })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('is no missed time when the program ended between the change and the note of it', async () => {
    await schedule({ endAt: now + 2 * HOUR });
    world.test.clock.advance(HOUR);
    await look();
    world.test.engine.db.runComposed("UPDATE schedule SET state = 'waiting', command_id = NULL", {});
    world.test = await world.test.restart();
    world.test.clock.advance(HOUR);
    await look();
    expect(await only()).toMatchObject({ state: 'done', applied: 2, reverted: 2 });
    expect(price(0)).toBe(1_000);
    world.test.engine.db.runComposed("UPDATE schedule SET state = 'live', reverted = 0", {});
    await look();
    expect(await only()).toMatchObject({ state: 'done', reverted: 2 });
    expect(world.shop.applied).toHaveLength(4);
  });
});

describe('cancelling', () => {
  it('before the start nothing happens', async () => {
    const scheduleId = await schedule();
    expect(await world.call('publish.unschedule', { scheduleId })).toMatchObject({ state: 'cancelled' });
    world.test.clock.advance(HOUR);
    await look();
    expect(world.shop.applied).toEqual([]);
  });

  it('while it is live the values stay', async () => {
    const scheduleId = await schedule({ endAt: now + 2 * HOUR });
    world.test.clock.advance(HOUR);
    await look();
    expect(await world.call('publish.unschedule', { scheduleId })).toMatchObject({ state: 'done' });
    world.test.clock.advance(HOUR);
    await look();
    expect(price(0)).toBe(500);
  });
});

it.each([
  ['a time that has passed', { startAt: 1 }],
  ['an end before the start', { endAt: 2 }],
])('refuses %s', async (_what, more) => {
  await expect(schedule(more)).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

describe('edits that wait', () => {
  it('leave the queue, and come back and leave at their time', async () => {
    await world.edit(0, 'price', '7.00');
    await world.edit(1, 'price', '8.00');
    const { ops } = await world.call('outbox.query', { states: ['pending'], listingId: world.listingIds[0] });
    const opIds = ops.map(({ opId }) => opId);
    const pending = { opIds };
    expect(
      await world.call('publish.schedule', { label: 'Later', pending, startAt: now + HOUR }),
    ).toMatchObject({ cells: 1 });
    expect(await world.call('publish.preview', {})).toMatchObject({ total: 1 });
    await expect(
      world.call('publish.schedule', { label: 'Again', pending, startAt: now + HOUR }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });

    world.test.clock.advance(HOUR);
    // No scheduler runs: whoever publishes keeps the appointment.
    await world.call('publish.run', { fields: ['title'] });
    expect([price(0), price(1)]).toEqual([700, 1_001]);
  });

  it('come back when the schedule is dropped, and a missed one gets another time', async () => {
    await world.edit(0, 'price', '7.00');
    const { scheduleId } = await world.call('publish.schedule', {
      label: 'Later',
      pending: {},
      startAt: now + HOUR,
    });
    world.test.clock.advance(2 * HOUR);
    await look();
    expect(await only()).toMatchObject({ state: 'missed' });
    await expect(world.call('publish.reschedule', { scheduleId, startAt: now + HOUR })).rejects.toMatchObject(
      { code: 'BAD_INPUT' },
    );
    const startAt = now + 3 * HOUR;
    expect(await world.call('publish.reschedule', { scheduleId, startAt })).toMatchObject({
      state: 'waiting',
      startAt,
    });
    expect(await world.call('publish.unschedule', { scheduleId, restore: true })).toMatchObject({
      state: 'cancelled',
    });
    expect(await world.call('publish.preview', {})).toMatchObject({ total: 1 });
    expect(price(0)).toBe(1_000);
  });
});
