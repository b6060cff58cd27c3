import { z } from 'zod';

/** The four mutations that a mass change may need, in the order in which they run. */
export const BULK_KINDS = ['products', 'variants', 'activations', 'stock'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

const range = z.object({ from: z.number().int(), count: z.number().int() });

/**
 * Which message each line of the files is, small enough to be kept in a job's
 * id. Messages are numbered from 1: products first, then variants in the order
 * activation only, activation and values, values only, values and stock, stock
 * only. That makes the messages of every file one unbroken range.
 */
export const layoutSchema = z.object({
  products: range,
  /** Lengths of lines, a run each: [length, how many lines of it]. */
  variants: z.object({
    from: z.number().int(),
    lines: z.array(z.tuple([z.number().int(), z.number().int()])),
  }),
  activations: range,
  stock: range,
});
export type BulkLayout = z.output<typeof layoutSchema>;

/** Messages of a file by its lines; a line of variants has several. */
export function messagesByLine(layout: BulkLayout, kind: BulkKind): number[][] {
  if (kind !== 'variants') {
    const { from, count } = layout[kind];
    return Array.from({ length: count }, (_line, index) => [from + index]);
  }
  const lines: number[][] = [];
  let next = layout.variants.from;
  for (const [length, times] of layout.variants.lines) {
    for (let line = 0; line < times; line += 1) {
      const first = next;
      lines.push(Array.from({ length }, (_variant, index) => first + index));
      next += length;
    }
  }
  return lines;
}

/** `[3, 1, 1]` -> `[[3, 1], [1, 2]]`. */
export function runsOf(lengths: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const length of lengths) {
    const last = runs.at(-1);
    if (last?.[0] === length) last[1] += 1;
    else runs.push([length, 1]);
  }
  return runs;
}
