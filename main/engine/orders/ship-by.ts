import type { DueWord } from '#shared/domain/order-states.ts';

/** Default promise: the end of the next working day, 16:00 in the shop's zone. */
const CUT_OFF_HOUR = 16;

/**
 * When an order has to leave: orders of a working day before the cut-off leave
 * on the next working day at 16:00, later ones a working day after that.
 * Computed on the shop's calendar, so that clock changes never move the hour.
 */
export function shipBy(placedAtMs: number, timeZone: string): number {
  const placed = localParts(placedAtMs, timeZone);
  let days = placed.hour >= CUT_OFF_HOUR || isWeekend(placed) ? 2 : 1;
  if (isWeekend(placed)) days = 1;
  let day = { year: placed.year, month: placed.month, day: placed.day };
  while (days > 0) {
    day = nextDay(day);
    if (!isWeekend(day)) days -= 1;
  }
  return atLocalHour(day, CUT_OFF_HOUR, timeZone);
}

/** Late, due on the shop's own today, or later; the buyer was promised the shop's calendar, not the reader's. */
export function dueWord(shipByMs: number, nowMs: number, timeZone: string): DueWord {
  if (shipByMs < nowMs) return 'late';
  // Nothing that is more than a day away can be today; most orders end here.
  if (shipByMs - nowMs > 26 * 3_600_000) return 'later';
  const due = localParts(shipByMs, timeZone);
  const now = localParts(nowMs, timeZone);
  return due.year === now.year && due.month === now.month && due.day === now.day ? 'today' : 'later';
}

interface CalendarDay {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

function isWeekend({ year, month, day }: CalendarDay): boolean {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function nextDay({ year, month, day }: CalendarDay): CalendarDay {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localParts(atMs: number, timeZone: string): CalendarDay & { hour: number; minute: number } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: knownZone(timeZone),
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(
    format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
  );
  return {
    year: parts['year'] ?? 0,
    month: parts['month'] ?? 1,
    day: parts['day'] ?? 1,
    hour: parts['hour'] ?? 0,
    minute: parts['minute'] ?? 0,
  };
}

/** The instant at which the zone's clocks show that hour of that day. */
function atLocalHour(day: CalendarDay, hour: number, timeZone: string): number {
  const wanted = Date.UTC(day.year, day.month - 1, day.day, hour);
  const shown = (at: number): number => {
    const parts = localParts(at, timeZone);
    return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
  };
  // Twice, because the first correction may cross a clock change.
  const first = wanted - (shown(wanted) - wanted);
  return first - (shown(first) - wanted);
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}
