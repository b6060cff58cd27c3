import { describe, expect, it } from 'vitest';
import { fromLocalField, toLocalField } from './local-time.ts';

describe('the field for date and time', () => {
  it('gives the minute back that it was given', () => {
    const minute = new Date(2026, 2, 5, 7, 9).getTime();
    expect(toLocalField(minute + 59_999)).toBe('2026-03-05T07:09');
    expect(fromLocalField('2026-03-05T07:09')).toBe(minute);
  });

  it('is no time while it is empty or half written', () => {
    expect(fromLocalField('')).toBeNull();
    expect(fromLocalField('2026-13-05T07:09')).toBeNull();
  });
});
