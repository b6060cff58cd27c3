import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate, formatMinor, parseDecimalToMinor } from './money.ts';

describe('money', () => {
  it('knows the exponent of the currency', () => {
    expect(parseDecimalToMinor('12.5', 'EUR')).toEqual({ ok: true, minor: 1250 });
    expect(parseDecimalToMinor('12', 'JPY')).toEqual({ ok: true, minor: 12 });
    expect(parseDecimalToMinor('1.234', 'KWD')).toEqual({ ok: true, minor: 1234 });
    expect(formatMinor(5, 'EUR')).toBe('0.05');
    expect(formatMinor(-5, 'EUR')).toBe('-0.05');
    expect(formatMinor(12, 'JPY')).toBe('12');
  });

  it('refuses what it cannot represent', () => {
    expect(parseDecimalToMinor('12,50', 'EUR')).toEqual({ ok: false, reason: 'format' });
    expect(parseDecimalToMinor('1.005', 'EUR')).toEqual({ ok: false, reason: 'precision' });
    expect(parseDecimalToMinor('1.5', 'JPY')).toEqual({ ok: false, reason: 'precision' });
    expect(parseDecimalToMinor('999999999999999', 'KWD')).toEqual({ ok: false, reason: 'range' });
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(parseDecimalToMinor(formatMinor(minor, currency), currency)).toEqual({ ok: true, minor });
        },
      ),
    );
  });

  it('splits without losing a cent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 }),
        (total, weights) => {
          expect(allocate(total, weights).reduce((a, b) => a + b, 0)).toBe(total);
        },
      ),
    );
  });
});
