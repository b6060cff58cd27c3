import { expect, it } from 'vitest';
import { amountOf } from './refund-amount.ts';

const left = { minor: 5_000, currency: 'EUR' };

it.each([
  ['', 'en', null, null],
  ['12.50', 'en', 1_250, null],
  ['12,50', 'de', 1_250, null],
  ['50', 'en', 5_000, null],
  ['50.01', 'en', null, 'tooMuch'],
  ['0', 'en', null, 'unreadable'],
  ['-1', 'en', null, 'unreadable'],
  ['much', 'en', null, 'unreadable'],
])('%j in %s is %s minor units, problem %s', (text, locale, minor, problem) => {
  expect(amountOf(text, locale, left)).toEqual({ minor, problem });
});
