import type { GroupRow } from '#shared/contract/listings.ts';
import type { ListingFieldName, WireValue } from '#shared/domain/listing-fields.ts';
import type { GridRow } from '../../grid/contract.ts';
import type { FieldTexts } from '../../lib/field-texts.ts';
import type { Text } from '../../lib/text.ts';

export interface GroupWords {
  readonly t: Text;
  readonly fields: FieldTexts;
}

/** What a group's row shows, by column key: ranges, totals, and texts that all its listings share. */
export function groupTexts(
  row: GroupRow,
  names: readonly ListingFieldName[],
  accountName: string,
  { t, fields }: GroupWords,
): Record<string, string> {
  const text = (name: string, value: WireValue): string =>
    value === null || value === '' ? '' : fields.value(name, value, row.currency);
  const shown: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const { low = null, high = null, mixed = false } = row.values[index] ?? {};
    shown[name] =
      mixed && low !== null ? `${text(name, low)}\u2009–\u2009${text(name, high)}` : text(name, low);
  }
  return {
    ...shown,
    title: row.title,
    variant: t('listings.group.variants', { count: row.variants }),
    account: accountName,
    state: row.state === 'clean' ? '' : t(`shell.state.${row.state}`),
  };
}

export function toGroupRow(
  row: GroupRow,
  names: readonly ListingFieldName[],
  accountName: string,
  words: GroupWords,
): GridRow {
  return {
    rid: row.rid,
    id: row.productId,
    values: {},
    cells: {},
    state: row.state,
    currency: row.currency,
    readAt: row.readAt,
    group: {
      open: row.open,
      size: row.variants,
      label: row.title,
      texts: groupTexts(row, names, accountName, words),
    },
  };
}
