import { expect, it } from 'vitest';
import { addressHints } from './address-hints.ts';

const good = { name: 'Ada', company: '', line1: 'Street 1', city: 'Town', postcode: '12345', country: 'DE' };

it.each([
  [{}, []],
  [{ postcode: '1234' }, ['odd_postcode']],
  [{ postcode: '', city: ' ' }, ['no_city', 'no_postcode']],
  [{ country: 'GB', postcode: 'sw1a 1aa' }, []],
  [{ country: 'IE', postcode: '' }, []],
  [{ country: '', name: '', line1: '' }, ['no_name', 'no_street', 'no_country']],
  [{ name: '', company: 'Ltd' }, []],
])('hints at %j', (change, hints) => {
  expect(addressHints({ ...good, ...change })).toEqual(hints);
});
