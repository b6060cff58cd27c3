import { describe, expect, it } from 'vitest';
import { shipBy } from './ship-by.ts';

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
