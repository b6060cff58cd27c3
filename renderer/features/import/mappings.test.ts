import { expect, test } from 'vitest';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { recalled, remembered, type Mappings } from './mappings.ts';

const columns = (targets: Record<string, string | null>): Pick<ImportPlan, 'format' | 'columns'> => ({
  format: 'generic',
  columns: Object.entries(targets).map(([header, target]) => ({ header, target })),
});
const plan = (targets: Record<string, string | null>): ImportPlan => columns(targets) as ImportPlan;
const none: Mappings = { list: [] };

test('columns are remembered for files with the same header in any order', () => {
  const mappings = remembered(none, { Art: 'sku', Name: '', Nr: 'gtin' });
  expect(recalled(mappings, plan({ Nr: null, Art: 'sku', Name: 'title' }))).toEqual({
    Art: 'sku',
    Name: '',
    Nr: 'gtin',
  });
  expect(recalled(mappings, plan({ Art: 'sku', Name: 'title' }))).toBeNull();
});

test('columns that already stand so, and other formats, are left alone', () => {
  const mappings = remembered(none, { Art: 'sku', Name: '' });
  expect(recalled(mappings, plan({ Art: 'sku', Name: null }))).toBeNull();
  expect(recalled(mappings, { ...plan({ Art: null, Name: null }), format: 'shopify' })).toBeNull();
});

test('the newest choice counts and old ones make room', () => {
  let mappings = remembered(remembered(none, { A: 'sku' }), { A: 'title' });
  expect(mappings.list).toEqual([{ A: 'title' }]);
  for (let n = 0; n < 40; n += 1) mappings = remembered(mappings, { [`H${n}`]: 'sku' });
  expect(mappings.list).toHaveLength(12);
  const wide = Object.fromEntries(
    Array.from({ length: 400 }, (_, n) => [`A rather long header ${n}`, 'sku']),
  );
  expect(JSON.stringify(remembered(mappings, wide)).length).toBeLessThan(20_000);
});
