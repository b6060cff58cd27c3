interface Stamp {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What follows the date, kept as it is. */
  readonly time: string;
}

const DAY = 86_400_000;

function readStamp(text: string): Stamp | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})(T[\d:.]+Z)?$/.exec(text);
  if (!match) return null;
  const stamp = {
    year: Number(match[1]),
    month: Number(match[2]) - 1,
    day: Number(match[3]),
    time: match[4] ?? '',
  };
  return new Date(daysOf(stamp) * DAY).getUTCDate() === stamp.day ? stamp : null;
}

function daysOf({ year, month, day }: Pick<Stamp, 'year' | 'month' | 'day'>): number {
  return Date.UTC(year, month, day) / DAY;
}

function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

function write(year: number, month: number, day: number, time: string): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10) + time;
}

/**
 * Continues ISO dates: one counts days, several keep their step in months
 * (same day, or always the last of the month) or in days. null when a text is
 * no date, the times differ, or there is no common step.
 */
export function dateSeries(cells: readonly string[], count: number, step: 1 | -1): string[] | null {
  const stamps = cells.map(readStamp);
  const last = stamps.at(-1);
  const known = stamps.filter((stamp) => stamp !== null);
  if (!last || known.length !== cells.length || known.some((stamp) => stamp.time !== last.time)) return null;
  const series = known.length === 1 ? byDays(last, step) : (monthly(known) ?? daily(known) ?? null);
  if (!series) return null;
  const result: string[] = [];
  for (let i = 1; i <= count; i += 1) {
    const text = series(i);
    if (!/^\d{4}-/.test(text)) return null;
    result.push(text);
  }
  return result;
}

type Series = (index: number) => string;

function byDays(from: Stamp, step: number): Series {
  return (i) => write(from.year, from.month, from.day + step * i, from.time);
}

function daily(stamps: readonly Stamp[]): Series | null {
  const last = stamps.at(-1);
  const step = constantStep(stamps.map(daysOf));
  return step === null || !last ? null : byDays(last, step);
}

function monthly(stamps: readonly Stamp[]): Series | null {
  const last = stamps.at(-1);
  const atEnd = stamps.every(({ year, month, day }) => day === lastDay(year, month));
  const day = Math.max(...stamps.map((stamp) => stamp.day));
  const sameDay = stamps.every((stamp) => stamp.day === Math.min(day, lastDay(stamp.year, stamp.month)));
  const step = constantStep(stamps.map(({ year, month }) => year * 12 + month));
  if (!last || !(atEnd || sameDay) || step === null || step === 0) return null;
  return (i) => {
    const months = last.year * 12 + last.month + step * i;
    const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
    const end = lastDay(year, month);
    return write(year, month, atEnd ? end : Math.min(day, end), last.time);
  };
}

function constantStep(values: readonly number[]): number | null {
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  return values.every((value, i) => i === 0 || value - (values[i - 1] ?? 0) === step) ? step : null;
}
