import { expect, it } from 'vitest';
import { makeSbom, onlyShipped } from './sbom.mjs';

it('lists what is shipped and nothing else', { timeout: 60_000 }, async () => {
  const bom = await makeSbom();
  expect(bom).toMatchObject({
    bomFormat: 'CycloneDX',
    metadata: { component: { name: expect.any(String) } },
  });
  const names = bom.components.map((component) => component['bom-ref'].replace(/(?<=.)@[^@]*$/, ''));
  expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'electron', 'react', '@mantine/core']));
  expect(names).not.toContain('vitest');
});

it('says when something shipped is missing', () => {
  const bom = { components: [], dependencies: [], metadata: { component: { 'bom-ref': 'q@1' } } };
  expect(() => onlyShipped(bom, [{ name: 'a', version: '1.0.0' }])).toThrow(/a@1\.0\.0/);
});
