import type { OrderLine } from '#shared/contract/orders.ts';
import { remaining, toFind } from '#shared/domain/order-states.ts';

export type StationStep = 'pick' | 'pack';

const walk = new Intl.Collator('en', { numeric: true });

/** Lines in the order of the walk: by bin, then by SKU. What was taken off the order is left out. */
export function inWalkOrder(lines: readonly OrderLine[]): OrderLine[] {
  return lines
    .filter((line) => line.quantity > 0)
    .sort(
      (a, b) =>
        walk.compare(a.bin ?? '\u{FFFF}', b.bin ?? '\u{FFFF}') ||
        walk.compare(a.sku ?? '\u{FFFF}', b.sku ?? '\u{FFFF}') ||
        walk.compare(a.title, b.title),
    );
}

/** Units of the line that the station still waits for. */
export function left(step: StationStep, line: OrderLine): number {
  return step === 'pick' ? toFind(line) : remaining('pack', line);
}

export function unitsLeft(step: StationStep, lines: readonly OrderLine[]): number {
  return lines.reduce((sum, line) => sum + left(step, line), 0);
}

/**
 * The line to show: the wanted one while something of it is left, else the
 * next one on the walk, else the first that is left; null when all is done.
 */
export function lineInFocus(
  step: StationStep,
  lines: readonly OrderLine[],
  wanted: string | null,
): OrderLine | null {
  const at = Math.max(
    0,
    lines.findIndex((line) => line.lineId === wanted),
  );
  const open = (line: OrderLine): boolean => left(step, line) > 0;
  return lines.slice(at).find(open) ?? lines.find(open) ?? null;
}

/** The open line that many steps further, for the arrow keys; stays at the ends. */
export function lineBeside(
  step: StationStep,
  lines: readonly OrderLine[],
  current: string | null,
  delta: 1 | -1,
): string | null {
  const open = lines.filter((line) => left(step, line) > 0 || line.lineId === current);
  const at = open.findIndex((line) => line.lineId === current);
  return open[Math.min(open.length - 1, Math.max(0, at + delta))]?.lineId ?? null;
}
