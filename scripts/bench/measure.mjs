// Repetitions, medians and spreads. Machines are noisy: what counts is a ratio
// of two medians that were measured in turns, in one run.

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Nearest-rank percentile, `share` in (0, 1]. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

const rounded = (ms) => Math.round(ms * 1000) / 1000;

/**
 * Runs the named works in turns, so that a slow minute of the machine hits all
 * of them. A work may be `{ before, run, after }`; only `run` is timed.
 * @param {Record<string, (() => unknown) | { before?: () => unknown, run: () => unknown, after?: () => unknown }>} works
 * @returns {Promise<Record<string, { median: number, min: number, max: number, runs: number[], cpu: number }>>} milliseconds
 */
export async function inTurns(works, { repetitions = 5, warmUp = 1 } = {}) {
  const runs = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  const cpu = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let turn = -warmUp; turn < repetitions; turn += 1) {
    for (const [name, work] of Object.entries(works)) {
      const { before, run, after } = typeof work === 'function' ? { run: work } : work;
      await before?.();
      const [started, used] = [performance.now(), process.cpuUsage()];
      await run();
      const ms = performance.now() - started;
      const { user, system } = process.cpuUsage(used);
      await after?.();
      if (turn < 0) continue;
      runs[name].push(rounded(ms));
      cpu[name].push(rounded((user + system) / 1_000));
    }
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, values]) => [
      name,
      {
        median: rounded(median(values)),
        min: Math.min(...values),
        max: Math.max(...values),
        runs: values,
        // What the process itself used, threads included; other work on the machine disturbs it little.
        cpu: rounded(median(cpu[name])),
      },
    ]),
  );
}

/** Times each of many calls; gives p50, p95 and the slowest in milliseconds. */
export async function eachCall(count, call) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const started = performance.now();
    await call(index);
    times.push(performance.now() - started);
  }
  return {
    calls: count,
    p50: rounded(percentile(times, 0.5)),
    p95: rounded(percentile(times, 0.95)),
    max: rounded(Math.max(...times)),
  };
}

/** Ratio of two medians, two digits. */
export const ratio = (a, b) => Math.round((a.median / b.median) * 100) / 100;

/** The same by processor time, as words for a note. */
export const cpuRatio = (a, b) => `${Math.round((a.cpu / b.cpu) * 100) / 100} x by processor time`;

/** One line of the report; `budget` is null where there is none. */
export function row(work, measured, value, unit, budget, note) {
  return { work, measured, value, unit, budget, ...(note ? { note } : {}) };
}
