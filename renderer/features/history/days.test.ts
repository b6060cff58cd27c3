import { describe, expect, it } from 'vitest';
import { byDay } from './days.ts';

const at = (iso: string): { at: number } => ({ at: Date.parse(iso) });

describe('byDay', () => {
  it('puts times under the calendar day of the zone', () => {
    const items = [at('2026-11-24T00:30:00Z'), at('2026-11-23T23:30:00Z'), at('2026-11-23T10:00:00Z')];
    expect(byDay(items, 'UTC').map(({ day, members }) => [day, members.length])).toEqual([
      ['2026-11-24', 1],
      ['2026-11-23', 2],
    ]);
    expect(byDay(items, 'Europe/Berlin').map(({ day, members }) => [day, members.length])).toEqual([
      ['2026-11-24', 2],
      ['2026-11-23', 1],
    ]);
  });
});
