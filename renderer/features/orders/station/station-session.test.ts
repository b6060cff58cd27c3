import { describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { StationSession } from './station-session.ts';
import { idle, line, start, Warehouse } from './warehouse-test-kit.ts';

describe('a pick station', () => {
  it('carries a burst over several orders, every scan in its order', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    warehouse.add('2', [line('A', 1)]);
    const { session, tones } = start('pick', warehouse);
    for (const code of ['A', 'B', 'A', 'A']) session.scan(code);
    await idle(session);
    expect(warehouse.scanned).toEqual(['A', 'B', 'A', 'A']);
    expect(warehouse.read('2').items[0]?.picked).toBe(1);
    expect(session.get()).toMatchObject({ phase: 'done', finished: 2 });
    expect(tones).toEqual(['taken', 'taken', 'complete', 'complete', 'done']);
  });

  it('refuses the wrong item and says what it expects', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    const { session, tones } = start('pick', warehouse);
    session.scan('X');
    await idle(session);
    expect(session.get().said).toMatchObject({ kind: 'wrong_item', code: 'X', expected: { sku: 'A' } });
    expect(tones).toEqual(['refused']);
    expect(session.get().undo).toEqual([]);
  });

  it('goes on without what is not there, and undo brings it back', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    const { session } = start('pick', warehouse);
    session.short('damaged');
    session.take('one');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'done', finished: 1 });
    expect(warehouse.read('1').items).toMatchObject([{ missing: 2 }, { picked: 1 }]);
    session.undo();
    session.undo();
    await idle(session);
    expect(warehouse.read('1').items).toMatchObject([{ missing: 0 }, { picked: 0 }]);
    expect(session.get()).toMatchObject({ phase: 'working', index: 0, focus: 'A' });
    session.undo();
    await idle(session);
    expect(session.get().said?.kind).toBe('nothing_to_undo');
  });

  it('walks over orders that are done or gone, and stops at one that the shop stopped', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 1, 1)]);
    warehouse.add('2', [line('A', 1)]);
    warehouse.add('3', [line('A', 1)]);
    warehouse.orders.set('3', { ...warehouse.read('3'), state: 'cancelled' });
    const session = new StationSession('pick', ['1', 'gone', '2', '3'], warehouse);
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'working', index: 2 });
    session.scan('A');
    session.scan('A');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'blocked', index: 3, said: { kind: 'not_now', code: 'A' } });
    session.skip();
    await idle(session);
    expect(session.get().phase).toBe('done');
  });

  it('tells a failure and works on', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2)]);
    const { session, tones } = start('pick', warehouse);
    await idle(session);
    warehouse.failure = new CodedError('DISK_FULL', 'no room');
    session.scan('A');
    session.scan('A');
    await idle(session);
    expect(tones).toEqual(['refused', 'taken']);
    expect(warehouse.read('1').items[0]?.picked).toBe(1);
  });
});

describe('a pack station', () => {
  it('closes a box only when everything picked is in it, and then asks for the carrier', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2, 2), line('B', 1, 1)]);
    const { session } = start('pack', warehouse);
    session.scan('A');
    session.scan('A');
    session.ship('DHL', 'T1');
    session.scan('A');
    await idle(session);
    // Shipping an open box does nothing; a third A is one too many.
    expect(session.get()).toMatchObject({ phase: 'working', said: { kind: 'too_many' } });
    expect(warehouse.read('1').items[0]).toMatchObject({ packed: 2, shipped: 0 });
    session.scan('B');
    await idle(session);
    expect(session.get().phase).toBe('ship');
    session.ship('DHL', 'T1');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'shipped', shipmentId: 's', finished: 1 });
    session.undo();
    await idle(session);
    expect(session.get().phase).toBe('ship');
  });

  it('says when nothing is picked yet', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2)]);
    const { session } = start('pack', warehouse);
    await idle(session);
    expect(session.get().phase).toBe('unpicked');
  });
});
