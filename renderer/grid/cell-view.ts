import { canonicalText, displayText, localText } from '#shared/grid/cell-text.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { CellVerdict, GridCellState, GridColumn, GridRow } from './contract.ts';
import { ageText, gridLabels } from './labels.ts';
import type { GridLabels } from './labels.ts';

/** Where a value was never asked for. */
export const UNKNOWN = '—';

export interface CellWords {
  readonly locale: string;
  readonly labels: GridLabels;
}

/** What a cell shows; '' for clear, a dash for unknown. */
export function cellDisplay(column: GridColumn, row: GridRow, words: CellWords): string {
  if (row.group) return row.group.texts[column.key] ?? '';
  const value = row.values[column.key];
  if ((value === null || value === undefined) && column.lock?.(row)?.kind === 'absent') return UNKNOWN;
  return value === undefined ? UNKNOWN : valueDisplay(column, value, row, words);
}

export function valueDisplay(
  column: GridColumn,
  value: WireValue,
  row: GridRow,
  { locale, labels }: CellWords,
): string {
  if (value === null) return '';
  if (column.format) return column.format(value, row);
  if (column.type === 'boolean') return value === true ? labels.yes : labels.no;
  if (column.type === 'images' && typeof value === 'object') {
    return value.length === 0 ? '' : labels.images(value.length);
  }
  if (column.type === 'enum') {
    return column.options?.find((option) => option.value === value)?.label ?? canonicalText('enum', value);
  }
  return displayText(column.type, value, locale, row.currency);
}

/** What an editor opens with. */
export function cellEditText(column: GridColumn, row: GridRow, locale: string): string {
  if (row.group) return row.group.texts[column.key] ?? '';
  return localText(column.type, canonicalText(column.type, row.values[column.key] ?? null), locale);
}

/** Typed or pasted text against the column's own parser, its type and its rules. */
export function readCell(column: GridColumn, text: string, row: GridRow, locale: string): CellVerdict {
  if (row.group) return { ok: false, code: 'READ_ONLY_FIELD', message: gridLabels(locale).groupReadOnly };
  const lock = column.lock?.(row);
  if (lock) return { ok: false, code: 'READ_ONLY_FIELD', message: lock.reason };
  const parsed = column.parse
    ? column.parse(text, row)
    : parseCellText(
        {
          name: column.header,
          type: column.type,
          clearable: column.clearable,
          options: column.options,
        },
        text,
        { locale, currency: row.currency },
      );
  if (!parsed.ok || !column.validate || parsed.value === null) return parsed;
  return column.validate(parsed.value, row);
}

export function cellState(column: GridColumn, row: GridRow): GridCellState {
  return row.cells[column.key]?.state ?? (row.state === 'stale' ? 'stale' : 'clean');
}

/**
 * The tooltip of a cell: its state in words, the channel's value and mine, how
 * old that is, and why. null when the cell has nothing to say beyond its text.
 */
export function cellTooltip(
  column: GridColumn,
  row: GridRow,
  refusal: string | undefined,
  words: CellWords,
): string | null {
  const { labels, locale } = words;
  if (row.group) return labels.groupReadOnly;
  const cell = row.cells[column.key];
  const value = row.values[column.key];
  const lines: string[] = [];
  if (refusal !== undefined) lines.push(labels.notChanged(refusal));
  const lock = column.lock?.(row);
  if (lock) lines.push(lock.reason);
  else if (value === undefined) lines.push(labels.unknown);
  const state = cellState(column, row);
  if (state !== 'clean') lines.push(labels.states[state]);
  if (cell?.link) lines.push(labels.link(cell.link));
  if (cell) {
    const show = (shown: WireValue | undefined): string =>
      shown === undefined || shown === null || shown === ''
        ? labels.nothing
        : valueDisplay(column, shown, row, words);
    if (cell.theirs !== undefined) lines.push(labels.theirs(show(cell.theirs)));
    if (cell.channel !== undefined) lines.push(labels.onChannel(show(cell.channel)));
    if (state !== 'verified' && state !== 'clean') lines.push(labels.mine(show(value)));
    if (cell.message) lines.push(cell.message);
  }
  if (lines.length > 0) {
    lines.push(row.readAt === null ? labels.never : labels.readAgo(ageText(row.readAt, Date.now(), locale)));
  }
  return lines.length === 0 ? null : lines.join('\n');
}
