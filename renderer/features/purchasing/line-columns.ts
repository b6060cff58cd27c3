import type { PurchaseLine } from '#shared/contract/purchasing.ts';
import { isDay } from '#shared/domain/purchasing/calendar-day.ts';
import type { GridColumn } from '../../grid/contract.ts';
import type { Text } from '../../lib/text.ts';
import { LINE_TYPES, type LineKey } from './line-source.ts';

const WIDTHS: Readonly<Record<LineKey, number>> = {
  sku: 150,
  supplierCode: 140,
  title: 280,
  quantity: 96,
  price: 112,
  sum: 120,
  received: 96,
  open: 96,
  expectedOn: 124,
};
const EDITABLE: ReadonlySet<LineKey> = new Set(['quantity', 'price', 'expectedOn']);

/** Columns of an order's lines; quantity, price and day are written while the order may be edited. */
export function lineColumns(t: Text, editable: boolean, lines: readonly PurchaseLine[]): GridColumn[] {
  const cameAlready = new Set(lines.filter(({ received }) => received > 0).map(({ lineId }) => lineId));
  return (Object.keys(WIDTHS) as LineKey[]).map((key): GridColumn => ({
    key,
    header: t(`purchasing.line.${key}`),
    tooltip: t(`purchasing.line.${key}.meaning`),
    type: LINE_TYPES[key],
    width: WIDTHS[key],
    editable: editable && EDITABLE.has(key),
    clearable: key === 'price' || key === 'expectedOn',
    ...(key === 'sku' ? { pinned: 'left' as const, mono: true } : {}),
    ...(key === 'supplierCode' ? { mono: true } : {}),
    ...(key === 'quantity'
      ? {
          validate: (value) =>
            typeof value === 'number' && value < 1
              ? { ok: false, code: 'OUT_OF_RANGE', message: t('purchasing.line.tooFew') }
              : { ok: true, value },
        }
      : {}),
    ...(key === 'price'
      ? {
          lock: (row) =>
            cameAlready.has(row.id) ? { kind: 'readOnly', reason: t('purchasing.line.priceStays') } : null,
        }
      : {}),
    ...(key === 'expectedOn'
      ? {
          validate: (value) =>
            typeof value === 'string' && !isDay(value)
              ? { ok: false, code: 'INVALID_VALUE', message: t('purchasing.line.noDay') }
              : { ok: true, value },
        }
      : {}),
  }));
}
