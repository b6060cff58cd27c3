import { describe, expect, it } from 'vitest';
import { expiryOf, rateOf } from './health.ts';

const NOW = Date.UTC(2026, 10, 24);
const inDays = (days: number): number => NOW + days * 86_400_000;

describe('the end of keys', () => {
  it('is near two weeks before, and three months before with Amazon', () => {
    expect(expiryOf('etsy', inDays(14), NOW)).toEqual({ state: 'far', days: 14 });
    expect(expiryOf('etsy', inDays(14) - 1, NOW)).toEqual({ state: 'near', days: 13 });
    expect(expiryOf('amazon', inDays(89), NOW)).toEqual({ state: 'near', days: 89 });
    expect(expiryOf('amazon', inDays(90), NOW)).toEqual({ state: 'far', days: 90 });
  });

  it('is over at its moment, and unknown without one', () => {
    expect(expiryOf('etsy', NOW + 1, NOW)).toEqual({ state: 'near', days: 0 });
    expect(expiryOf('etsy', NOW, NOW)).toEqual({ state: 'ended', days: 0 });
    expect(expiryOf('woocommerce', null, NOW).state).toBe('unknown');
  });
});

it('a rate is told in the shortest unit with a whole call in it', () => {
  expect(rateOf(10)).toEqual({ unit: 'second', count: 10 });
  expect(rateOf(0.5)).toEqual({ unit: 'minute', count: 30 });
  expect(rateOf(0.0167)).toEqual({ unit: 'minute', count: 1 });
  expect(rateOf(1 / 600)).toEqual({ unit: 'hour', count: 6 });
  expect(rateOf(2 / 86_400)).toEqual({ unit: 'day', count: 2 });
});
