import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { batchKey, createScanKeeper, type KeptScan } from './kept-scans.ts';

const scan = (scanId: string): KeptScan => ({ scanId, code: 'A', orderId: null });

describe('the keeper of unanswered scans', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes nothing for a scan that is answered at once', () => {
    const write = vi.fn<(text: string) => void>();
    const keeper = createScanKeeper('b', { stored: undefined, write });
    keeper.keep([scan('1')]);
    vi.advanceTimersByTime(30);
    keeper.keep([]);
    vi.advanceTimersByTime(5_000);
    expect(write).not.toHaveBeenCalled();
  });

  it('writes the backlog as it is by then, a few times a second, and clears it when the hands rest', () => {
    const texts: string[] = [];
    const keeper = createScanKeeper('b', { stored: undefined, write: (text) => texts.push(text) });
    const list: KeptScan[] = [];
    for (let at = 0; at < 1_000; at += 20) {
      list.push(scan(String(at)));
      keeper.keep([...list]);
      vi.advanceTimersByTime(20);
    }
    expect(texts.length).toBeGreaterThanOrEqual(5);
    expect(texts.length).toBeLessThanOrEqual(8);
    const again = createScanKeeper('b', { stored: texts.at(-1), write: () => undefined });
    expect(again.kept).toEqual(list.slice(0, again.kept.length));
    // At most a seventh of a second of scans is not written yet.
    expect(list.length - again.kept.length).toBeLessThanOrEqual(8);
    keeper.keep([]);
    vi.advanceTimersByTime(1_000);
    expect(createScanKeeper('b', { stored: texts.at(-1), write: () => undefined }).kept).toEqual([]);
  });

  it('gives scans to the walk that they belong to only, and survives a damaged text', () => {
    const texts: string[] = [];
    const batch = batchKey('pick', ['1', '2']);
    createScanKeeper(batch, { stored: undefined, write: (text) => texts.push(text) }).keep([scan('1')]);
    vi.advanceTimersByTime(100);
    const read = (key: string, stored: string | undefined) =>
      createScanKeeper(key, { stored, write: () => undefined }).kept.length;
    expect(read(batch, texts[0])).toBe(1);
    expect(read(batchKey('pack', ['1', '2']), texts[0])).toBe(0);
    expect(read(batchKey('pick', ['1', '3']), texts[0])).toBe(0);
    expect(read(batch, '{"batch":')).toBe(0);
  });

  it('never writes more than the desktop takes, and keeps the oldest', () => {
    const texts: string[] = [];
    const keeper = createScanKeeper('b', { stored: undefined, write: (text) => texts.push(text) });
    const many = Array.from({ length: 500 }, (_, index) => scan(`scan-${String(index).padStart(30, '0')}`));
    keeper.keep(many);
    vi.advanceTimersByTime(100);
    expect(texts[0]?.length).toBeLessThanOrEqual(20_000);
    const { kept } = createScanKeeper('b', { stored: texts[0], write: () => undefined });
    expect(kept.length).toBeGreaterThan(100);
    expect(kept).toEqual(many.slice(0, kept.length));
  });
});
