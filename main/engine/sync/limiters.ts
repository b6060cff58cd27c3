import { CodedError } from '#shared/errors/coded-error.ts';
import type { Limiter } from '../channels/contract.ts';
import {
  close,
  fullBucket,
  observe,
  readBucket,
  readPlan,
  take,
  type BucketPlan,
  type BucketState,
} from '../channels/kit/token-bucket.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Clock } from '../ports.ts';

const load = sql<{ account: number; operation: string }, { state: string }>(
  'SELECT state FROM limiter WHERE account_rid = :account AND operation = :operation',
  { hot: true },
);
const save = sql<{ account: number; operation: string; state: string }>(
  `INSERT INTO limiter (account_rid, operation, state) VALUES (:account, :operation, :state)
   ON CONFLICT (account_rid, operation) DO UPDATE SET state = excluded.state`,
);

const everyOf = sql<{ account: number }, { operation: string; state: string }>(
  'SELECT operation, state FROM limiter WHERE account_rid = :account ORDER BY operation',
  { hot: true },
);

/** What is left of one limit; see `channels.health`. */
export interface Quota {
  readonly operation: string;
  readonly left: number;
  readonly capacity: number;
  readonly perSecond: number;
  readonly closedUntil: number | null;
}

const LONGEST_WAIT_MS = 60_000;
/** A bucket that refills slower than this is worth a write each time: its debt outlives a restart. */
const SLOW_PER_SECOND = 0.5;

interface Bucket {
  readonly account: number;
  readonly operation: string;
  /** The newest that was asked with. */
  plan: BucketPlan;
  state: BucketState;
  dirty: boolean;
}

/**
 * The buckets of all accounts. Quick buckets are written when a run ends, slow
 * ones (an hour's or a day's quota) with every token.
 */
export class Limiters {
  private readonly db: Database;
  private readonly clock: Clock;
  private readonly buckets = new Map<string, Bucket>();

  constructor(db: Database, clock: Clock) {
    this.db = db;
    this.clock = clock;
  }

  of(account: number, signal?: AbortSignal): Limiter {
    return {
      take: async (operation, plan, options = {}) => {
        const waitMs = this.reserve(
          account,
          operation,
          plan,
          options.cost ?? 1,
          options.maxWaitMs ?? LONGEST_WAIT_MS,
        );
        if (waitMs > 0) await this.clock.sleep(waitMs, signal);
      },
      observe: (operation, plan, remaining) => {
        const bucket = this.bucket(account, operation, plan);
        this.keep(bucket, plan, observe(plan, bucket.state, this.clock.now(), remaining));
      },
      refund: (operation, plan, cost) => {
        const bucket = this.bucket(account, operation, plan);
        this.keep(bucket, plan, take(plan, bucket.state, this.clock.now(), -Math.max(0, cost)).state);
      },
      close: (operation, plan, retryAfterMs) => {
        const bucket = this.bucket(account, operation, plan);
        this.keep(bucket, plan, close(plan, bucket.state, this.clock.now(), retryAfterMs));
      },
    };
  }

  /** Every limit of an account that was used so far, as it stands now. */
  quotas(account: number): Quota[] {
    const now = this.clock.now();
    const known = new Map<string, { plan: BucketPlan | null; state: BucketState }>();
    for (const { operation, state } of this.db.all(everyOf, { account })) {
      known.set(operation, { plan: readPlan(state), state: readBucket(state, now) });
    }
    for (const bucket of this.buckets.values()) {
      if (bucket.account === account) known.set(bucket.operation, bucket);
    }
    return [...known].flatMap(([operation, { plan, state }]): Quota[] => {
      if (plan === null) return [];
      const { tokens, closedUntilMs } = take(plan, state, now, 0).state;
      const closedUntil = closedUntilMs > now ? closedUntilMs : null;
      return [{ operation, left: Math.floor(tokens), ...plan, closedUntil }];
    });
  }

  /** Stores what changed since the last time. */
  flush(): void {
    const dirty = [...this.buckets.values()].filter((bucket) => bucket.dirty);
    if (dirty.length === 0) return;
    this.db.transaction(() => {
      for (const bucket of dirty) this.store(bucket);
    });
  }

  /** Milliseconds until the caller may send; its place is taken. */
  private reserve(
    account: number,
    operation: string,
    plan: BucketPlan,
    cost: number,
    maxWaitMs: number,
  ): number {
    const bucket = this.bucket(account, operation, plan);
    const grant = take(plan, bucket.state, this.clock.now(), cost);
    if (grant.waitMs > maxWaitMs) {
      throw new CodedError(
        'CHANNEL_RATE',
        `The limit of ${operation} is used up for ${Math.ceil(grant.waitMs / 1_000)} seconds`,
        { operation, retryAfterMs: grant.waitMs },
        { retryable: true },
      );
    }
    this.keep(bucket, plan, grant.state);
    return grant.waitMs;
  }

  private bucket(account: number, operation: string, plan: BucketPlan): Bucket {
    const key = `${account} ${operation}`;
    const known = this.buckets.get(key);
    if (known) {
      known.plan = plan;
      return known;
    }
    const now = this.clock.now();
    const stored = this.db.get(load, { account, operation });
    const state = stored ? readBucket(stored.state, now) : fullBucket(plan, now);
    const bucket = { account, operation, plan, state, dirty: false };
    this.buckets.set(key, bucket);
    return bucket;
  }

  private keep(bucket: Bucket, plan: BucketPlan, state: BucketState): void {
    bucket.state = state;
    bucket.dirty = true;
    if (plan.perSecond < SLOW_PER_SECOND) this.store(bucket);
  }

  private store(bucket: Bucket): void {
    this.db.run(save, {
      account: bucket.account,
      operation: bucket.operation,
      state: JSON.stringify({ ...bucket.state, plan: bucket.plan }),
    });
    bucket.dirty = false;
  }
}
