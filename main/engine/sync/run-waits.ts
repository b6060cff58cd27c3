import type { Engine } from '../engine.ts';
import type { AccountRow } from './accounts.ts';
import { nextRetryAt, nextSettlingAt } from './lease.ts';
import { RUN_POLICY } from './retry.ts';

/** A run waits this long in all for accepted values to show; the rest is looked at by later runs. */
const MOST_SETTLING_MS = 60_000;
/** And this long for items that failed on their own; later runs try them again. */
const MOST_RETRY_WAIT_MS = 15_000;

/** What one run may wait for once nothing more can leave at the moment. */
export class RunWaits {
  private readonly engine: Engine;
  private readonly account: AccountRow;
  private readonly signal: AbortSignal;
  private settledFor = 0;
  private retriedFor = 0;

  constructor(engine: Engine, account: AccountRow, signal: AbortSignal) {
    this.engine = engine;
    this.account = account;
    this.signal = signal;
  }

  /** Sleeps until something is due again; false when that is not worth this run's while. */
  async forSomethingDue(): Promise<boolean> {
    return (await this.forSettling()) || (await this.forRetries());
  }

  private async forSettling(): Promise<boolean> {
    const wait = this.until(nextSettlingAt(this.engine, this.account));
    if (wait === null || this.settledFor + wait > MOST_SETTLING_MS) return false;
    this.settledFor += wait;
    await this.engine.ports.clock.sleep(wait, this.signal);
    return true;
  }

  private async forRetries(): Promise<boolean> {
    const due = this.until(nextRetryAt(this.engine, this.account));
    if (due === null) return false;
    // At least a moment each time, so that the waiting comes to an end.
    const wait = Math.max(due, RUN_POLICY.baseMs);
    if (this.retriedFor + wait > MOST_RETRY_WAIT_MS) return false;
    this.retriedFor += wait;
    await this.engine.ports.clock.sleep(wait, this.signal);
    return true;
  }

  private until(atMs: number | null): number | null {
    return atMs === null ? null : Math.max(0, atMs - this.engine.ports.clock.now());
  }
}
