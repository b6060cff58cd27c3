import { describe, expect, it, vi } from 'vitest';
import type { KeptScan, ScanKeeper } from './kept-scans.ts';
import { idle, line, start, Warehouse } from './warehouse-test-kit.ts';

/** Remembers what was unanswered, as the settings do over the end of the app. */
class Memory implements ScanKeeper {
  kept: readonly KeptScan[];
  constructor(kept: readonly KeptScan[] = []) {
    this.kept = kept;
  }
  keep(scans: readonly KeptScan[]): void {
    this.kept = scans;
  }
}

describe('a station that comes back after the whole app was killed', () => {
  it('carries out the scans that no engine had answered, once each, whether they had arrived or not', async () => {
    for (const arrived of [0, 1, 2, 3, 4]) {
      const warehouse = new Warehouse();
      warehouse.add('1', [line('A', 2)]);
      warehouse.add('2', [line('A', 1), line('B', 2)]);
      const memory = new Memory();
      const first = start('pick', warehouse, memory);
      const { call } = warehouse;
      let served = 0;
      let lost = 0;
      // The engine carries out some scans; from then on no answer reaches the window any more.
      const dying = vi.fn(async (method: string, params: unknown) => {
        if (method !== 'orders.scan') return call(method as never, params as never);
        served += 1;
        if (served <= arrived) await call(method as never, params as never);
        if (served < arrived) return await call(method as never, params as never);
        lost += 1;
        return new Promise(() => undefined);
      });
      Object.assign(warehouse, { call: dying });
      for (const code of ['A', 'A', 'A', 'B', 'B']) first.session.scan(code);
      await vi.waitFor(() => expect(lost).toBe(1));
      const { kept } = memory;
      first.session.close();

      Object.assign(warehouse, { call });
      const again = new Memory(kept);
      const second = start('pick', warehouse, again);
      await idle(second.session);
      expect(warehouse.read('1').items).toMatchObject([{ picked: 2 }]);
      expect(warehouse.read('2').items).toMatchObject([{ picked: 1 }, { picked: 2 }]);
      expect(second.tones).not.toContain('refused');
      expect(second.session.get().phase).toBe('done');
      expect(again.kept).toEqual([]);
    }
  });

  it('forgets what the person left behind on purpose, and waits for the rest before it leaves', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 3)]);
    const memory = new Memory();
    const { session } = start('pick', warehouse, memory);
    session.scan('A');
    session.scan('A');
    await new Promise<void>((resolve) => {
      session.leave(resolve);
    });
    expect(warehouse.read('1').items[0]?.picked).toBe(2);
    expect(memory.kept).toEqual([]);

    const stuck = start('pick', warehouse, memory);
    await idle(stuck.session);
    Object.assign(warehouse, { call: () => new Promise(() => undefined) });
    stuck.session.scan('A');
    const leave = vi.fn<() => void>();
    stuck.session.leave(leave);
    expect(leave).not.toHaveBeenCalled();
    stuck.session.leave(leave);
    expect(leave).toHaveBeenCalledOnce();
    expect(memory.kept).toEqual([]);
  });
});
