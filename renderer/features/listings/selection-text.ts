import type { GridSelection, GridStats } from '../../grid/contract.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import { fieldsOf } from './grid-source.ts';
import type { Text } from '../../lib/text.ts';

/** What the status bar says of the selection: its size and, over numbers, what a spreadsheet sums up. */
export function selectionText(
  selection: GridSelection | null,
  stats: GridStats | null,
  locale: string,
  t: Text,
  /** Of all listings, where they share one. */
  currency: string | null,
): string {
  if (!selection || selection.cells <= 1) return '';
  const size =
    selection.rows * selection.columns === selection.cells
      ? t('listings.selected', { rows: selection.rows, columns: selection.columns })
      : t('listings.selected.cells', { cells: selection.cells });
  if (!stats || stats.numbers === 0) {
    return stats && stats.filled > 0
      ? `${size} · ${t('listings.stats.filled', { count: stats.filled })}`
      : size;
  }
  // Sums of prices look like prices; a sum over several currencies is not named after one.
  const prices = selection.ranges.every(({ keys }) =>
    fieldsOf(keys).every((name) => listingField(name)?.type === 'money'),
  );
  const number = new Intl.NumberFormat(
    locale,
    prices && currency !== null
      ? { style: 'currency', currency }
      : { minimumFractionDigits: prices ? 2 : 0, maximumFractionDigits: 2 },
  );
  const parts = (['sum', 'average', 'min', 'max'] as const).flatMap((name) => {
    const value = stats[name];
    return value === null ? [] : [`${t(`listings.stats.${name}`)} ${number.format(value)}`];
  });
  return [size, ...parts].join(' · ');
}

/** The currency that every account has; null where they differ or one's is unknown. */
export function sharedCurrency(accounts: readonly { readonly currency: string | null }[]): string | null {
  const [first] = accounts;
  return first && accounts.every(({ currency }) => currency === first.currency) ? first.currency : null;
}
