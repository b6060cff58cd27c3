import { expect, it } from 'vitest';
import type { AttributePart } from '#shared/contract/market.ts';
import { partChanges } from './part-changes.ts';

const part = (path: string, kind: AttributePart['kind'], value: AttributePart['value']): AttributePart => ({
  path,
  title: path,
  kind,
  options: [],
  required: false,
  editable: true,
  value,
});
const PARTS = [part('/a', 'text', 'x'), part('/b', 'number', 2.5), part('/c', 'boolean', true)];

it('turns what was typed into values of the parts, and leaves out what stays', () => {
  expect(partChanges(PARTS, { '/a': 'x', '/b': '2,75', '/c': 'false' })).toEqual({
    ok: true,
    changes: [
      { path: '/b', value: 2.75 },
      { path: '/c', value: false },
    ],
  });
  expect(partChanges(PARTS, { '/a': '' })).toEqual({ ok: true, changes: [{ path: '/a', value: null }] });
});

it('refuses what is no number', () => {
  expect(partChanges(PARTS, { '/b': 'two' })).toEqual({ ok: false, text: 'two' });
});
