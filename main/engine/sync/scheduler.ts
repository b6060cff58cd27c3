import type { Engine } from '../engine.ts';
import { listAccounts } from './accounts.ts';
import { heldBySku } from './holds.ts';
import { DUE_ACTION } from './push-order-actions.ts';
import { sendReleased } from './publish.ts';
import { pull } from './pull.ts';
import { fireDue } from './schedules.ts';

export interface SchedulerOptions {
  /** Between two reads of a shop that answers. */
  readonly pullEveryMs: number;
  /** Between two looks at what is due, and at a shop that could not be reached. */
  readonly tickMs: number;
}

export const SCHEDULE: SchedulerOptions = { pullEveryMs: 5 * 60_000, tickMs: 20_000 };

/**
 * The open window's heartbeat: reads each shop now and then, tries unreachable
 * ones more often, and lets released ops leave as soon as their shop answers.
 * What is due is worked out from the database each time, so sleep, restarts
 * and clock jumps change nothing.
 */
export class Scheduler {
  private readonly engine: Engine;
  private readonly options: SchedulerOptions;
  private readonly controller = new AbortController();
  private running: Promise<void> | null = null;
  private wake: (() => void) | null = null;

  constructor(engine: Engine, options: SchedulerOptions = SCHEDULE) {
    this.engine = engine;
    this.options = options;
  }

  start(): void {
    this.running ??= this.loop();
  }

  /** Looks again at once: the machine woke up, or a shipment was queued. */
  nudge(): void {
    this.wake?.();
  }

  async stop(): Promise<void> {
    this.controller.abort();
    this.nudge();
    await this.running;
  }

  private async loop(): Promise<void> {
    while (!this.controller.signal.aborted) {
      try {
        await this.tick();
      } catch (error) {
        this.engine.ports.log.warn('scheduled sync failed', {
          message: error instanceof Error ? error.message : String(error),
        });
      }
      await this.pause();
    }
  }

  private async pause(): Promise<void> {
    const nap = new AbortController();
    this.wake = () => nap.abort();
    if (this.controller.signal.aborted) return;
    await this.engine.ports.clock.sleep(this.options.tickMs, nap.signal).catch(() => undefined);
    this.wake = null;
  }

  private async tick(): Promise<void> {
    const { engine } = this;
    const signal = this.controller.signal;
    const now = engine.ports.clock.now();
    await fireDue(engine, signal);
    for (const account of listAccounts(engine.db)) {
      if (account.platform === 'local' || account.status !== 'active' || signal.aborted) continue;
      const due =
        account.offline_since_ms !== null || now - (account.last_pull_at_ms ?? 0) >= this.options.pullEveryMs;
      if (due) await pull(engine, { accountId: account.id }, signal).catch(() => undefined);
    }
    if (this.hasDueOps(now) && !signal.aborted) await sendReleased(engine, { refused: [], signal });
  }

  private hasDueOps(now: number): boolean {
    const row = this.engine.db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM outbox o JOIN account a ON a.rid = o.account_rid
       WHERE a.removed_at_ms IS NULL AND a.status = 'active' AND a.offline_since_ms IS NULL
         AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.kind = 'platform' AND h.value = a.platform)
         AND (o.state = 'needs_verify' OR (o.state = 'accepted' AND o.next_attempt_at_ms <= :now)
           OR EXISTS (SELECT 1 FROM push_job j WHERE j.account_rid = a.rid AND j.next_look_at_ms <= :now)
           OR (o.state IN ('pending', 'retry_wait') AND o.released_at_ms IS NOT NULL
              AND coalesce(o.next_attempt_at_ms, 0) <= :now
              AND NOT ${heldBySku('o')}))`,
      { now },
    );
    return (row?.n ?? 0) > 0 || this.hasDueActions(now);
  }

  /** Cancellations and refunds. */
  private hasDueActions(now: number): boolean {
    const row = this.engine.db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM order_action x JOIN sales_order o ON o.rid = x.order_rid JOIN account a ON a.rid = o.account_rid
       WHERE a.removed_at_ms IS NULL AND a.status = 'active' AND a.offline_since_ms IS NULL
         AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.kind = 'platform' AND h.value = a.platform) AND ${DUE_ACTION}`,
      { now },
    );
    return (row?.n ?? 0) > 0;
  }
}
