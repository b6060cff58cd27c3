import { describe, expect, it } from 'vitest';
import { fromZonedField, toZonedField, zoneOf } from './zoned-time.ts';

const utc = (text: string): number => Date.parse(text);

describe('a time on the clock of a zone', () => {
  it.each([
    ['2026-11-27T00:00', 'Europe/Berlin', '2026-11-26T23:00:00Z'],
    ['2026-07-01T08:30', 'America/New_York', '2026-07-01T12:30:00Z'],
    ['2026-07-01T08:30', 'Asia/Kathmandu', '2026-07-01T02:45:00Z'],
    ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
  ])('%s in %s is %s, and back', (field, zone, expected) => {
    const at = fromZonedField(field, zone);
    expect(at).toBe(utc(expected));
    expect(toZonedField(at ?? 0, zone)).toBe(field);
  });

  it('means the first of an hour that comes twice, and the moment of the change for one that is skipped', () => {
    expect(fromZonedField('2026-10-25T02:30', 'Europe/Berlin')).toBe(utc('2026-10-25T00:30:00Z'));
    expect(fromZonedField('2026-03-29T02:30', 'Europe/Berlin')).toBe(utc('2026-03-29T01:30:00Z'));
  });

  it('is nothing while the field is empty', () => {
    expect(fromZonedField('', 'UTC')).toBeNull();
    expect(fromZonedField('soon', 'UTC')).toBeNull();
  });
});

describe('zoneOf', () => {
  const shop = (accountId: string, timeZone: string, platform = 'etsy') => ({
    accountId,
    timeZone,
    platform,
  });
  it('is that of the account, or of all shops', () => {
    const shops = [shop('a', 'Asia/Tokyo'), shop('b', 'Asia/Tokyo'), shop('c', 'UTC', 'local')];
    expect(zoneOf(shops)).toBe('Asia/Tokyo');
    expect(zoneOf([...shops, shop('d', 'America/Lima')], 'd')).toBe('America/Lima');
  });
});
