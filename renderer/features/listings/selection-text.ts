import type { GridSelection, GridStats } from '../../grid/contract.ts';
import type { Text } from '../../lib/text.ts';

/** What the status bar says of the selection: its size and, over numbers, what a spreadsheet sums up. */
export function selectionText(
  selection: GridSelection | null,
  stats: GridStats | null,
  locale: string,
  t: Text,
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
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const parts = (['sum', 'average', 'min', 'max'] as const).flatMap((name) => {
    const value = stats[name];
    return value === null ? [] : [`${t(`listings.stats.${name}`)} ${number.format(value)}`];
  });
  return [size, ...parts].join(' · ');
}
