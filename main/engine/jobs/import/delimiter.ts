export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Excel's own hint in the first line: `sep=;`. */
export function separatorLine(sample: string): Delimiter | null {
  const match = /^﻿?"?sep=([,;\t])"?\r?\n/i.exec(sample);
  return DELIMITERS.find((delimiter) => delimiter === match?.[1]) ?? null;
}

/**
 * The delimiter that gives the most columns in the header and the same number
 * in most of the lines below it. Quoted parts are skipped, so commas and line
 * breaks in texts do not count.
 */
export function sniffDelimiter(sample: string): Delimiter {
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const counts = columnCounts(sample, delimiter);
    const header = counts[0] ?? 1;
    if (header < 2) continue;
    const body = counts.slice(1);
    const same = body.filter((count) => count === header).length;
    const score = header * (body.length === 0 ? 1 : 0.2 + (0.8 * same) / body.length);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

const MAX_LINES = 200;

function columnCounts(sample: string, delimiter: string): number[] {
  const counts: number[] = [];
  let columns = 1;
  let quoted = false;
  let filled = false;
  for (const char of sample) {
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === delimiter) columns += 1;
    else if (char === '\n' || char === '\r') {
      if (filled) counts.push(columns);
      if (counts.length >= MAX_LINES) return counts;
      columns = 1;
      filled = false;
      continue;
    }
    filled = true;
  }
  // The last line of a sample may be cut off; it counts only when it is all there is.
  if (counts.length === 0) counts.push(columns);
  return counts;
}
