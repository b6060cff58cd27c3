import type { CellTextType } from './cell-text.ts';
import { nextNames } from './fill-names.ts';
import { dateSeries } from './fill-dates.ts';
import { linearNumbers } from './fill-numbers.ts';

/**
 * The fill handle. `auto` continues what the source cells show and copies
 * where they show no series, as Excel does; Ctrl turns the one into the other.
 */
export type FillMode = 'auto' | 'copy' | 'series';

export interface FillOptions {
  readonly type: CellTextType;
  readonly mode: FillMode;
  /** Language of month and weekday names besides English. */
  readonly locale: string;
  /** Filling up or to the left: the series runs backwards from the first cell. */
  readonly backwards?: boolean;
}

/** `count` canonical texts after (or before, nearest first) the canonical source texts. */
export function fillSeries(source: readonly string[], count: number, options: FillOptions): string[] {
  if (source.length === 0 || count <= 0) return [];
  const cells = options.backwards ? source.toReversed() : source;
  const series = seriesOf(cells, count, options);
  return series ?? repeat(cells, count);
}

/** What `auto` does with these cells; Ctrl does the other. */
export function naturalMode(
  source: readonly string[],
  options: Omit<FillOptions, 'mode'>,
): 'copy' | 'series' {
  return seriesOf(source, 1, { ...options, mode: 'auto' }) === null ? 'copy' : 'series';
}

function repeat(cells: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, i) => cells[i % cells.length] ?? '');
}

function seriesOf(cells: readonly string[], count: number, options: FillOptions): string[] | null {
  if (options.mode === 'copy' || cells.some((cell) => cell === '')) return null;
  const step = options.backwards ? -1 : 1;
  switch (options.type) {
    case 'money':
    case 'integer':
    case 'decimal':
      return cells.length > 1 || options.mode === 'series' ? linearNumbers(cells, count, step) : null;
    case 'dateTime':
      return dateSeries(cells, count, step);
    case 'text':
    case 'readonly':
      return (
        dateSeries(cells, count, step) ??
        nextNames(cells, count, step, options.locale) ??
        (cells.length > 1 || options.mode === 'series' ? linearNumbers(cells, count, step) : null) ??
        codes(cells, count, step)
      );
    default:
      return null;
  }
}

interface Code {
  readonly prefix: string;
  readonly digits: string;
  readonly suffix: string;
}

/** The last run of digits of a text that has letters or signs too; a bare number is no code. */
function splitCode(text: string): Code | null {
  const match = /^(.*?)(\d+)(\D*)$/s.exec(text);
  const [, prefix = '', digits = '', suffix = ''] = match ?? [];
  return match && (prefix !== '' || suffix !== '' || /^0\d/.test(digits)) ? { prefix, digits, suffix } : null;
}

/**
 * `SKU-009, SKU-010` continues by its step with the same padding; codes that
 * differ in more than the number each count on their own, and plain texts
 * between them repeat.
 */
function codes(cells: readonly string[], count: number, step: 1 | -1): string[] | null {
  const parts = cells.map(splitCode);
  const first = parts[0];
  const alike =
    first && parts.every((part) => part?.prefix === first.prefix && part.suffix === first.suffix)
      ? commonStep(parts.map((part) => BigInt(part?.digits ?? 0)))
      : null;
  const last = parts.at(-1);
  if (alike !== null && last) {
    const by = cells.length > 1 ? alike : BigInt(step);
    return Array.from({ length: count }, (_, i) => writeCode(last, by * BigInt(i + 1)));
  }
  if (parts.every((part) => part === null)) return null;
  return Array.from({ length: count }, (_, i) => {
    const part = parts[i % cells.length];
    const round = BigInt((Math.floor(i / cells.length) + 1) * step);
    return part ? writeCode(part, round) : (cells[i % cells.length] ?? '');
  });
}

function commonStep(numbers: readonly bigint[]): bigint | null {
  const step = (numbers[1] ?? 0n) - (numbers[0] ?? 0n);
  return numbers.every((value, i) => i === 0 || value - (numbers[i - 1] ?? 0n) === step) ? step : null;
}

/** Below zero Excel counts up again; a code has no sign. */
function writeCode({ prefix, digits, suffix }: Code, by: bigint): string {
  const value = BigInt(digits) + by;
  const magnitude = value < 0n ? -value : value;
  return `${prefix}${magnitude.toString().padStart(digits.length, '0')}${suffix}`;
}
