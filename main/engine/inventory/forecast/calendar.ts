const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  } as const;
  let made: Intl.DateTimeFormat;
  try {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    made = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
  formats.set(timeZone, made);
  return made;
}

/**
 * Numbers the days of a zone's calendar from 1970 on: 0 is 1970-01-01. The
 * zone's offset is looked up once an hour of time, since years of orders share
 * few hours.
 */
export function dayNumbers(timeZone: string): (atMs: number) => number {
  const format = formatOf(timeZone);
  const offsets = new Map<number, number>();
  const offsetOf = (hour: number): number => {
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const at = hour * HOUR_MS;
    const parts = new Map<string, number>(
      format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: string): number => parts.get(type) ?? 0;
    const local = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    offsets.set(hour, local - at);
    return local - at;
  };
  return (atMs) => Math.floor((atMs + offsetOf(Math.floor(atMs / HOUR_MS))) / DAY_MS);
}

export function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

export function dayNumberOf(text: string): number {
  return Math.round(Date.parse(`${text}T00:00:00Z`) / DAY_MS);
}
