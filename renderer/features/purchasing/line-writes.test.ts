import { describe, expect, it } from 'vitest';
import type { PurchaseLine } from '#shared/contract/purchasing.ts';
import { LineSource } from './line-source.ts';
import { lineWrites } from './line-writes.ts';

const line = (index: number): PurchaseLine => ({
  rid: index + 1,
  lineId: `line-${index}`,
  itemId: `item-${index}`,
  sku: `SKU-${index}`,
  title: '',
  supplierCode: '',
  pack: 1,
  quantity: 10 + index,
  received: 0,
  short: 0,
  shortReason: '',
  open: 10 + index,
  priceMinor: index === 2 ? null : 150,
  expectedOn: null,
  tracking: 'none',
  cheaper: null,
});
const source = new LineSource('order', 0, [line(0), line(1), line(2)], 'EUR');

function bench() {
  const sent: unknown[] = [];
  const raised: number[] = [];
  const call = (_method: string, params: unknown): Promise<unknown> => {
    sent.push(params);
    return Promise.resolve({
      commandId: 'c',
      applied: 1,
      unchanged: 0,
      raised: 2,
      rejected: [{ lineId: 'line-1', field: 'quantity', code: 'OUT_OF_RANGE', message: 'no' }],
    });
  };
  const engine = { call } as unknown as Parameters<typeof lineWrites>[0];
  const writes = lineWrites(engine, 'order-1', 'EUR', source, (outcome) => raised.push(outcome.raised));
  return { writes, sent, raised };
}

describe("an order's sheet", () => {
  it('sends what was pasted as one step, in the writing of the person, and names what cannot be read', async () => {
    const { writes, sent, raised } = bench();
    const outcome = await writes.paste({
      kind: 'paste',
      fromRow: 0,
      keys: ['quantity', 'price', 'sku'],
      block: [
        ['1.200', '2,50', 'ignored'],
        [null, '', 'ignored'],
        ['many', null, null],
      ],
      rows: 3,
      locale: 'de',
    });
    expect(sent).toEqual([
      {
        orderId: 'order-1',
        change: [
          { lineId: 'line-0', quantity: 1_200, price: '2.50' },
          { lineId: 'line-1', price: null },
        ],
      },
    ]);
    expect(raised).toEqual([2]);
    expect(outcome.rejected.map(({ id, key }) => `${id} ${key}`)).toEqual([
      'line-2 quantity',
      'line-1 quantity',
    ]);
  });

  it('asks nothing of the engine where nothing of a range can be written', async () => {
    const { writes, sent } = bench();
    const outcome = await writes.clear([{ fromRow: 0, toRow: 2, keys: ['sku', 'quantity', 'received'] }]);
    expect(sent).toEqual([]);
    expect(outcome).toMatchObject({ applied: 0, commandId: null, rejected: [] });
  });

  it('adds up what has a number, and finds text in it', async () => {
    const stats = await source.stats([{ fromRow: 0, toRow: 2, keys: ['quantity', 'price', 'sku'] }]);
    expect(stats).toMatchObject({ cells: 9, filled: 8, numbers: 5, sum: 33 + 3, min: 1.5, max: 12 });
    const query = { keys: ['sku', 'price'], from: 1, direction: 'next', matchCase: false } as const;
    expect(await source.find({ ...query, text: '1.5' })).toMatchObject({ row: 1, key: 'price', matches: 2 });
    expect(await source.find({ ...query, text: '(', regex: true })).toMatchObject({ row: null });
  });
});
