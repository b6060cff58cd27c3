import { describe, expect, it } from 'vitest';
import type { BatchDetail, BatchStop } from '#shared/contract/waves.ts';
import { binsAfter, nextStop, totesOf } from './batch-walk.ts';

const stop = (bin: string, tote: number, units: number, done = 0, missing = 0): BatchStop => ({
  bin,
  onMap: true,
  lineId: `${bin}-${tote}`,
  orderId: `order-${tote}`,
  tote,
  units,
  done,
  missing,
});
const tote = (number: number, stopped: string | null = null) => ({
  tote: number,
  orderId: `order-${number}`,
  number: `#${number}`,
  customerName: '',
  stopped,
});

function batch(stops: BatchStop[], totes = [tote(1), tote(2)]): BatchDetail {
  return {
    batchId: '',
    waveId: '',
    wave: 'Morning',
    number: 1,
    mode: 'multi',
    zone: '',
    operator: null,
    open: true,
    route: { rule: 's-shape', metres: 0, costs: [], offMap: [] },
    totes,
    lines: [],
    stops,
    units: 0,
    picked: 0,
    missing: 0,
  };
}

describe('the walk of a round', () => {
  it('goes on to the first stop with something left, over what is missing and what the shop stopped', () => {
    const stops = [stop('A', 1, 2, 1, 1), stop('B', 2, 1), stop('C', 1, 1)];
    expect(nextStop(batch(stops))?.bin).toBe('B');
    expect(nextStop(batch(stops, [tote(1), tote(2, 'cancelled')]))?.bin).toBe('C');
    expect(nextStop(batch([stop('A', 1, 1, 1)]))).toBeNull();
  });

  it('says what comes after, one line a bin, and how full every tote is', () => {
    const first = stop('A', 1, 1);
    const walk = batch([first, stop('B', 1, 2, 1), stop('B', 2, 3, 0, 1), stop('C', 2, 1, 1)]);
    expect(binsAfter(walk, first)).toEqual([{ bin: 'B', units: 3 }]);
    expect(totesOf(walk).map(({ done, units }) => [done, units])).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
});
