import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkTranslation } from '#shared/domain/translation/check-translation.ts';
import { similarity } from '#shared/domain/translation/similarity.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { fromXliff, toXliff } from './xliff.ts';

let test_: TestEngine;
const call = caller(() => test_);
beforeEach(async () => {
  test_ = await inventoryEngine();
  seedListings(test_.engine, 4);
});
afterEach(() => test_.close());

async function account(): Promise<string> {
  const { accounts } = await call('localisation.overview', {});
  const accountId = accounts[0]?.accountId ?? '';
  await call('localisation.setLocales', { accountId, locales: ['de', 'fr'] });
  return accountId;
}
const rows = async (accountId: string, only: 'all' | 'missing' | 'stale' = 'all') =>
  (await call('localisation.rows', { accountId, locale: 'de', only })).cells;

test('a translation is a command: completeness counts it, undo takes it back, redo brings it again', async () => {
  const accountId = await account();
  const [first] = await rows(accountId);
  if (!first) throw new Error('no text');
  await call('localisation.edit', {
    locale: 'de',
    cells: [{ productId: first.productId, field: first.field, text: 'Lampe' }],
  });
  expect((await rows(accountId))[0]).toMatchObject({ text: 'Lampe', stale: false });
  const [de] = (await call('localisation.overview', {})).accounts[0]?.locales ?? [];
  expect(de).toMatchObject({ locale: 'de', done: 1 });
  await call('history.undo', {});
  expect((await rows(accountId))[0]?.text).toBe('');
  await call('localisation.edit', {
    locale: 'de',
    cells: [{ productId: first.productId, field: first.field, text: 'Leuchte' }],
  });
  test_.engine.db.exec("UPDATE product SET title = title || ' new'");
  expect(await rows(accountId, 'stale')).toMatchObject([{ text: 'Leuchte', stale: true }]);
});

test('the memory offers equal and like texts, the glossary and placeholders are checked', async () => {
  const accountId = await account();
  const [first] = await rows(accountId);
  if (!first) throw new Error('no text');
  await call('localisation.edit', {
    locale: 'de',
    cells: [{ productId: first.productId, field: 'title', text: 'Tasse' }],
  });
  const { suggestions } = await call('localisation.suggest', {
    locale: 'de',
    field: 'title',
    source: `${first.source}s`,
  });
  expect(suggestions[0]).toMatchObject({ text: 'Tasse' });
  expect(suggestions[0]?.similarity).toBeLessThan(1);
  await call('localisation.saveTerm', {
    locale: 'de',
    source: first.source.split(' ')[0] ?? '',
    target: 'Becher',
  });
  expect((await rows(accountId))[0]?.issues).toEqual([{ code: 'TERM_MISSING', detail: 'Becher' }]);
});

test.each(['texts.csv', 'texts.xlf'])('%s goes to a translator and comes back', async (name) => {
  const accountId = await account();
  const file = join(test_.dir, name);
  const { texts } = await call('localisation.export', {
    accountId,
    locale: 'de',
    sourceLocale: 'en',
    file,
  });
  expect(texts).toBeGreaterThan(3);
  const sent = readFileSync(file, 'utf8');
  const back = name.endsWith('csv')
    ? sent.replaceAll(/,\r\n/g, ',"=1+1"\r\n')
    : sent.replaceAll('</source></trans', '</source><target>=1+1</target></trans');
  writeFileSync(file, back);
  expect(await call('localisation.import', { file })).toMatchObject({
    changed: texts,
    rejected: [],
    locale: 'de',
  });
  expect((await rows(accountId)).every(({ text }) => text === '=1+1')).toBe(true);
  await call('history.undo', {});
  expect((await rows(accountId)).every(({ text }) => text === '')).toBe(true);
});

test('a workbook for a translator is read back as it is', async () => {
  const accountId = await account();
  const file = join(test_.dir, 'texts.xlsx');
  await call('localisation.export', { accountId, locale: 'de', sourceLocale: 'en', file });
  const outcome = await call('localisation.import', { file });
  expect(outcome).toMatchObject({ changed: 0, commandId: null, locale: 'de' });
});

test('XLIFF of both versions gives every text back', () => {
  const text = fc.oneof(
    fc.constantFrom('Hi {name}, <b>50 %</b> & "more"', '%1$s\r\n]]> {{ x }}', "a'b", ' lead '),
    fc.string({ unit: 'grapheme' }).filter((value) => !/\p{Cc}|[\ufffe\uffff]/u.test(value)),
  );
  fc.assert(
    fc.property(text, text, fc.constantFrom('1.2' as const, '2.0' as const), (source, target, version) => {
      const unit = { productId: 'p-1', field: 'title' as const, source, text: target };
      const xml = toXliff([unit], version, 'en', 'de');
      expect(fromXliff(xml, 'x')).toEqual({ locale: 'de', units: [unit] });
    }),
  );
  expect(() => fromXliff('<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', 'x')).toThrow('DOCTYPE');
  expect(() => fromXliff('<html></html>', 'x')).toThrow('no XLIFF');
});

test('likeness is symmetric, bounded, and 1 only for equal texts', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      const value = similarity(a, b);
      expect(value).toBeCloseTo(similarity(b, a), 10);
      expect(value >= 0 && value <= 1).toBe(true);
      expect(similarity(a, a)).toBe(1);
      expect(similarity(a, b, 0.6)).toBeCloseTo(value >= 0.6 ? value : 0, 10);
    }),
  );
  expect(
    checkTranslation('soaked in {oil}', 'in {Öl} getränkt', [{ source: 'oak', target: 'Eiche' }]),
  ).toEqual([{ code: 'PLACEHOLDER_MISSING', detail: '{oil}' }]);
});
