import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToClient } from '#shared/contract/envelope.ts';
import { serveClient } from '../rpc/server.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
beforeEach(async () => {
  test = await inventoryEngine();
});
afterEach(() => test.close());

const add = (name = 'Ana', badge?: string) =>
  call('operators.add', { name, pin: '4711', ...(badge ? { badge } : {}) });

describe('an operator', () => {
  it('signs in by PIN or badge; the PIN itself is stored nowhere', async () => {
    const { operatorId } = await add('Ana', 'BADGE-0001');
    expect(await call('operators.signIn', { operatorId, pin: '4711' })).toMatchObject({
      outcome: 'signed_in',
      name: 'Ana',
    });
    expect(await call('operators.signIn', { badge: ' BADGE-0001 ' })).toMatchObject({
      outcome: 'signed_in',
      operatorId,
    });
    expect(await call('operators.signIn', { badge: 'BADGE-0002' })).toMatchObject({ outcome: 'wrong' });
    const stored = test.engine.db.allComposed<{ text: string }>(
      "SELECT pin_hash || coalesce(badge_hash, '') AS text FROM operator UNION ALL SELECT coalesce(after, '') || coalesce(before, '') FROM record_change UNION ALL SELECT coalesce(result, '') FROM command",
      {},
    );
    expect(stored.length).toBeGreaterThan(1);
    expect(stored.filter(({ text }) => /4711|BADGE/.test(text.replace(/scrypt\$\S+/g, 'scrypt')))).toEqual(
      [],
    );
    await expect(add('ana')).rejects.toThrow(/already/);
    await expect(add('Ben', 'BADGE-0001')).rejects.toThrow(/somebody else/);
  });

  it('is locked after five wrong PINs, across a restart, and free again later', async () => {
    const { operatorId } = await add();
    const wrong = () => call('operators.signIn', { operatorId, pin: '0000' });
    expect((await wrong()).triesLeft).toBe(4);
    for (let tries = 0; tries < 3; tries += 1) await wrong();
    test = await test.restart();
    expect(await wrong()).toMatchObject({ outcome: 'locked', triesLeft: 0 });
    expect(await call('operators.signIn', { operatorId, pin: '4711' })).toMatchObject({ outcome: 'locked' });
    test.clock.advance(6 * 60_000);
    expect(await call('operators.signIn', { operatorId, pin: '4711' })).toMatchObject({
      outcome: 'signed_in',
    });
  });

  it('is the actor of what is done on that connection, and of that one alone', async () => {
    const { operatorId } = await add();
    const connect = () => {
      const replies = new Map<number, (reply: ToClient) => void>();
      const session = serveClient(
        test.engine,
        {
          send: (reply) => {
            if ('id' in reply) replies.get(reply.id)?.(reply);
          },
        },
        { checkOutput: true },
      );
      let id = 0;
      const ask = (method: string, params: unknown): Promise<ToClient> => {
        id += 1;
        const own = id;
        return new Promise((resolve) => {
          replies.set(own, resolve);
          session.receive({ v: 1, id: own, method, params });
        });
      };
      return { ask, session };
    };
    const [one, two] = [connect(), connect()];
    await one.ask('operators.signIn', { operatorId, pin: '4711' });
    await one.ask('inventory.addLocation', { name: 'One', kind: 'warehouse' });
    await two.ask('inventory.addLocation', { name: 'Two', kind: 'warehouse' });
    await one.ask('operators.signOut', {});
    await one.ask('inventory.addLocation', { name: 'Three', kind: 'warehouse' });
    const actors = (await call('history.list', {})).commands
      .filter(({ method }) => method === 'inventory.addLocation')
      .map(({ actor }) => actor);
    expect(actors).toEqual(['test', 'test', 'Ana']);
    await Promise.all([one.session.close(), two.session.close()]);
  });

  it('can be archived, which is undone like any step', async () => {
    const { operatorId } = await add();
    await call('operators.edit', { operatorId, archived: true });
    await expect(call('operators.signIn', { operatorId, pin: '4711' })).rejects.toThrow(/any more/);
    await call('history.undo', {});
    expect((await call('operators.list', {})).operators[0]).toMatchObject({
      archived: false,
      hasBadge: false,
    });
  });
});
