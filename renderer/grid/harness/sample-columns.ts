import type { GridColumn, GridOption } from '../contract.ts';

export const STATUSES: readonly GridOption[] = [
  { value: 'publish', label: 'Published' },
  { value: 'draft', label: 'Draft' },
  { value: 'pending', label: 'Pending review' },
  { value: 'private', label: 'Private' },
];

const base = { editable: true, clearable: true, sortable: true } as const;

const FIXED: readonly GridColumn[] = [
  { ...base, key: 'sku', header: 'SKU', type: 'text', width: 130, pinned: 'left', mono: true },
  { ...base, key: 'title', header: 'Title', type: 'text', width: 300, pinned: 'left', clearable: false },
  {
    ...base,
    key: 'price',
    header: 'Price',
    type: 'money',
    width: 110,
    tooltip: 'What the customer pays',
    validate: (value) =>
      Number(value) < 0
        ? { ok: false, code: 'NEGATIVE', message: 'A price cannot be negative' }
        : { ok: true, value },
  },
  { ...base, key: 'salePrice', header: 'Sale price', type: 'money', width: 110 },
  { ...base, key: 'quantity', header: 'Stock', type: 'integer', width: 90 },
  { ...base, key: 'status', header: 'Status', type: 'enum', width: 130, options: STATUSES, clearable: false },
  { ...base, key: 'manageStock', header: 'Track stock', type: 'boolean', width: 100, clearable: false },
  {
    ...base,
    key: 'account',
    header: 'Account',
    type: 'readonly',
    width: 120,
    editable: false,
    clearable: false,
  },
  { ...base, key: 'tags', header: 'Tags', type: 'tags', width: 180 },
  { ...base, key: 'description', header: 'Description', type: 'html', width: 260 },
  { ...base, key: 'images', header: 'Images', type: 'images', width: 100 },
  { ...base, key: 'gtin', header: 'GTIN', type: 'text', width: 140, mono: true },
  { ...base, key: 'weight', header: 'Weight', type: 'decimal', width: 90 },
  { ...base, key: 'saleFrom', header: 'Sale from', type: 'dateTime', width: 120 },
  { ...base, key: 'saleTo', header: 'Sale to', type: 'dateTime', width: 120 },
];

/** `count` columns: the listing fields, then plain attributes. */
export function sampleColumns(count: number, rightPinned: boolean): GridColumn[] {
  const columns = FIXED.slice(0, count);
  for (let i = columns.length; i < count; i += 1) {
    columns.push({ ...base, key: `attribute${i}`, header: `Attribute ${i}`, type: 'text', width: 120 });
  }
  const last = columns.at(-1);
  if (rightPinned && last) columns[columns.length - 1] = { ...last, pinned: 'right' };
  return columns;
}
