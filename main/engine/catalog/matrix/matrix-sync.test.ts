import { afterEach, beforeEach, expect, it } from 'vitest';
import { SyncWorld } from '../../testing/sync-world.ts';

let world: SyncWorld;
let viewId: string;
beforeEach(async () => {
  world = await new SyncWorld().open(2);
  ({ viewId } = await world.call('matrix.open', {}));
  await world.call('matrix.adopt', { viewId, accountId: world.accountId });
});
afterEach(() => world.close());

const cells = async (): Promise<string> => {
  const { rows } = await world.call('matrix.rows', { viewId, from: 0, to: 0 });
  const fields = rows[0]?.channels[0]?.fields;
  return (['title', 'price', 'quantity'] as const)
    .map((name) => {
      const { value, link, differs } = fields?.[name] ?? { value: null, link: '', differs: false };
      return `${JSON.stringify(value)} ${link}${differs ? ' differs' : ''}`;
    })
    .join(', ');
};
const master = (column: string, value: string | number) =>
  world.call('matrix.edit', { changes: [{ sku: 'S0', column, value }] });

it('a price or a title that somebody changed in the shop overrides; stock that was sold there still inherits', async () => {
  world.shop.edit('0', { title: 'Theirs', price: 1_777, quantity: 3 });
  await world.call('sync.pull', {});
  expect(await cells()).toBe('"Theirs" override differs, "17.77" override differs, 3 inherit differs');
  await master('master.price', '20.00');
  await master('master.quantity', 9);
  expect(await cells()).toBe('"Theirs" override differs, "17.77" override differs, 9 inherit');
});

it('a master on its way to a channel that changed meanwhile is a conflict, and whose value wins decides the link', async () => {
  await master('master.price', '20.00');
  world.shop.edit('0', { price: 1_777 });
  expect(await world.call('sync.pull', {})).toMatchObject({ conflicts: 1 });
  expect(await cells()).toBe('"P0" inherit, "20.00" inherit, 5 inherit');
  await world.call('conflicts.resolve', { choice: 'theirs' });
  expect(await cells()).toBe('"P0" inherit, "17.77" override differs, 5 inherit');
  await world.call('history.undo', {});
  expect(await cells()).toBe('"P0" inherit, "20.00" inherit, 5 inherit');
});

it('a published master is verified on the channel and goes on inheriting', async () => {
  await master('master.price', '20.00');
  await world.call('publish.run', {});
  const { rows } = await world.call('matrix.rows', { viewId, from: 0, to: 0 });
  expect(rows[0]?.channels[0]?.cells.map(({ field, state }) => `${field} ${state}`)).toEqual([
    'price verified',
  ]);
  expect(await cells()).toBe('"P0" inherit, "20.00" inherit, 5 inherit');
});
