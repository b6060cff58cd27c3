import { describe, expect, it } from 'vitest';
import { dueWord, shipBy } from './ship-by.ts';

const at = (iso: string): number => Date.parse(iso);

describe('ship-by', () => {
  it('is 16:00 of the next working day in the shop zone', () => {
    expect(shipBy(at('2026-11-23T09:00:00Z'), 'UTC')).toBe(at('2026-11-24T16:00:00Z'));
    expect(shipBy(at('2026-11-23T17:00:00Z'), 'UTC')).toBe(at('2026-11-25T16:00:00Z'));
    expect(shipBy(at('2026-11-23T09:00:00Z'), 'America/New_York')).toBe(at('2026-11-24T21:00:00Z'));
  });

  it('steps over weekends', () => {
    expect(shipBy(at('2026-11-27T09:00:00Z'), 'UTC')).toBe(at('2026-11-30T16:00:00Z'));
    expect(shipBy(at('2026-11-28T09:00:00Z'), 'UTC')).toBe(at('2026-11-30T16:00:00Z'));
    expect(shipBy(at('2026-11-29T23:00:00Z'), 'UTC')).toBe(at('2026-11-30T16:00:00Z'));
  });

  it('keeps the hour over a clock change', () => {
    // Clocks go back on Sunday, 25 October 2026.
    expect(shipBy(at('2026-10-23T08:00:00Z'), 'Europe/Berlin')).toBe(at('2026-10-26T15:00:00Z'));
    expect(shipBy(at('2026-10-22T08:00:00Z'), 'Europe/Berlin')).toBe(at('2026-10-23T14:00:00Z'));
  });

  it('treats an unknown zone as UTC', () => {
    expect(shipBy(at('2026-11-23T09:00:00Z'), 'Nowhere/Land')).toBe(at('2026-11-24T16:00:00Z'));
  });
});

describe('due', () => {
  const now = at('2026-11-23T09:00:00Z');

  it.each([
    ['2026-11-23T08:59:59Z', 'UTC', 'late'],
    ['2026-11-23T09:00:00Z', 'UTC', 'today'],
    ['2026-11-23T23:59:59Z', 'UTC', 'today'],
    ['2026-11-24T00:00:00Z', 'UTC', 'later'],
    // 22:00 of Monday in Auckland, 23:00 of Sunday in Honolulu.
    ['2026-11-23T11:00:00Z', 'Pacific/Auckland', 'later'],
    ['2026-11-23T10:59:00Z', 'Pacific/Auckland', 'today'],
    ['2026-11-23T10:00:00Z', 'Pacific/Honolulu', 'later'],
    ['2026-11-23T09:59:00Z', 'Pacific/Honolulu', 'today'],
    ['2026-11-29T16:00:00Z', 'UTC', 'later'],
  ])('%s in %s is %s', (due, zone, word) => {
    expect(dueWord(at(due), now, zone)).toBe(word);
  });
});
