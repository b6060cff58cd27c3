import { describe, expect, it } from 'vitest';
import type { GridSelection } from '../../grid/contract.ts';
import type { Text } from '../../lib/text.ts';
import { selectionText, sharedCurrency } from './selection-text.ts';

const t = ((key: string) => key) as Text;
const selected = (key: string): GridSelection => ({
  ranges: [{ fromRow: 0, toRow: 1, keys: [key] }],
  active: null,
  rows: 2,
  columns: 1,
  cells: 2,
});
const stats = { cells: 2, numbers: 2, filled: 2, sum: 1234.5, average: null, min: null, max: null };

describe('selectionText', () => {
  it('sums prices up in the currency that all rows share', () => {
    expect(selectionText(selected('price'), stats, 'en', t, 'EUR')).toContain('€1,234.50');
  });

  it('names no currency where there are several, nor for counts', () => {
    expect(selectionText(selected('price'), stats, 'en', t, null)).toMatch(/ 1,234\.50$/);
    expect(selectionText(selected('quantity'), stats, 'en', t, 'EUR')).toMatch(/ 1,234\.5$/);
  });
});

describe('sharedCurrency', () => {
  it('is the one that all accounts have', () => {
    expect(sharedCurrency([{ currency: 'EUR' }, { currency: 'EUR' }])).toBe('EUR');
    expect(sharedCurrency([{ currency: 'EUR' }, { currency: 'USD' }])).toBeNull();
    expect(sharedCurrency([{ currency: null }, { currency: 'USD' }])).toBeNull();
    expect(sharedCurrency([])).toBeNull();
  });
});
