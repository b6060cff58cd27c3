import type { DueWord } from '#shared/domain/order-states.ts';

export interface DueParts {
  /** Key of the sentence under `orders.due`. */
  readonly key: 'late' | 'today' | 'later';
  /** Time left or overdue, in the coarsest unit that still tells something. */
  readonly unit: 'minutes' | 'hours' | 'days';
  readonly count: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How late an order is, or how long it still has. A time that passed since the engine looked makes it late. */
export function dueParts(shipBy: number, due: DueWord, now: number): DueParts {
  const ms = Math.abs(shipBy - now);
  const key = shipBy < now ? 'late' : due === 'late' ? 'today' : due;
  if (ms < HOUR) return { key, unit: 'minutes', count: Math.max(1, Math.floor(ms / MINUTE)) };
  if (ms < 2 * DAY) return { key, unit: 'hours', count: Math.floor(ms / HOUR) };
  return { key, unit: 'days', count: Math.floor(ms / DAY) };
}
