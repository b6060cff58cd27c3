export interface Quota {
  readonly perSecond: number;
  readonly perDay: number;
}

export interface Reading {
  readonly headers: Readonly<Record<string, string>>;
  /** The answer's error when the call was one too many. */
  readonly error: string | null;
}

const DAY_MS = 86_400_000;

/** Counts calls in a second and in a day that both move along. */
export class Meter {
  readonly quota: Quota;
  private readonly now: () => number;
  private calls: number[] = [];
  /** Calls that were refused. */
  refused = 0;

  constructor(quota: Quota, now: () => number) {
    this.quota = quota;
    this.now = now;
  }

  /** As if so many calls had been made a moment ago. */
  use(calls: number): void {
    const at = this.now() - 2_000;
    this.calls = [...Array.from({ length: calls }, () => at), ...this.calls].toSorted((a, b) => a - b);
  }

  count(): Reading {
    const now = this.now();
    const { perSecond, perDay } = this.quota;
    const from = this.calls.findIndex((at) => at > now - DAY_MS);
    this.calls = from < 0 ? [] : this.calls.slice(from);
    let lately = 0;
    while (lately < this.calls.length && (this.calls.at(-1 - lately) ?? 0) > now - 1_000) lately += 1;
    if (this.calls.length >= perDay) {
      const wait = Math.ceil(((this.calls[0] ?? now) + DAY_MS - now) / 1_000);
      return this.refusal('Exceeded daily rate limit', wait, lately);
    }
    if (lately >= perSecond) return this.refusal('Exceeded per second rate limit', 1, lately);
    this.calls.push(now);
    return { headers: this.headers(lately + 1), error: null };
  }

  private refusal(error: string, wait: number, lately: number): Reading {
    this.refused += 1;
    return { headers: { ...this.headers(lately), 'retry-after': String(wait) }, error };
  }

  private headers(lately: number): Record<string, string> {
    const { perSecond, perDay } = this.quota;
    return {
      'x-limit-per-second': String(perSecond),
      'x-remaining-this-second': String(Math.max(0, perSecond - lately)),
      'x-limit-per-day': String(perDay),
      'x-remaining-today': String(Math.max(0, perDay - this.calls.length)),
    };
  }
}
