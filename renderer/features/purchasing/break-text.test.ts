import { describe, expect, it } from 'vitest';
import { readBreaks } from './break-text.ts';

describe('price breaks as text', () => {
  it('are read from quantity and price, one price alone is from the first unit', () => {
    expect(readBreaks('1: 2.00; 100: 1,80')).toEqual([
      { from: 1, price: '2.00' },
      { from: 100, price: '1.80' },
    ]);
    expect(readBreaks(' 5.55 ')).toEqual([{ from: 1, price: '5.55' }]);
    expect(readBreaks('')).toEqual([]);
  });

  it('are refused as a whole where a part cannot be read', () => {
    for (const text of ['abc', '0: 1.00', '1: -2', '1: 2: 3', '10: ', '1.000,00']) {
      expect(readBreaks(text)).toBeNull();
    }
  });
});
