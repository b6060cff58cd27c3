import { expect, it } from 'vitest';
import type { FieldTexts } from '../../lib/field-texts.ts';
import { cellText } from './cell-text.ts';

const fields: FieldTexts = {
  value: (_field, value) => JSON.stringify(value).slice(1, -1),
  name: (field) => field,
  option: (_field, value) => value,
  reason: () => '',
};
const entry = (value: string | number): object => ({ value, marketplace_id: 'M1' });

it('shows of attributes only those that the draft changes', () => {
  const before = JSON.stringify({ material: [entry('Cork')], size: [entry(3)] });
  const after = JSON.stringify({ material: [entry('Glass')], origin: [entry('PT')], size: [entry(3)] });
  const cell = { field: 'typeAttributes', before, after, currency: 'EUR' } as const;
  expect(cellText(fields, cell, before)).toBe('material: Cork; origin: –');
  expect(cellText(fields, cell, after)).toBe('material: Glass; origin: PT');
});

it('shows other values as they are', () => {
  const cell = { field: 'price', before: '1.00', after: '2.00', currency: 'EUR' } as const;
  expect(cellText(fields, cell, '2.00')).toBe('2.00');
});
