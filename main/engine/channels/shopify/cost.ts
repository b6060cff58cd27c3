import { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import type { BucketPlan } from '../kit/token-bucket.ts';
import type { ShopMemory } from './memory.ts';

/** The one bucket that all queries of an app and a shop share. */
export const BUCKET = 'graphql';

/** Until the shop has described its bucket: the smallest there is. */
const FIRST_PLAN: BucketPlan = { capacity: 1_000, perSecond: 50 };
const MUTATION_COST = 10;
/** A page whose cost nobody knows yet is taken for a large one, so that the first is not refused. */
const UNKNOWN_QUERY_COST = 500;
const LONGEST_WAIT_MS = 60_000;

const costSchema = z.object({
  requestedQueryCost: z.number().nonnegative(),
  actualQueryCost: z.number().nonnegative().nullish(),
  throttleStatus: z.object({
    maximumAvailable: z.number().positive(),
    currentlyAvailable: z.number(),
    restoreRate: z.number().positive(),
  }),
});
const bodySchema = z.object({ extensions: z.object({ cost: costSchema }) });

export interface CostReport {
  readonly requested: number;
  /** null when nothing ran. */
  readonly actual: number | null;
  readonly available: number;
  readonly plan: BucketPlan;
}

/** What the answer says about its cost; null when it says nothing. */
export function readCost(body: unknown): CostReport | null {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) return null;
  const { requestedQueryCost, actualQueryCost, throttleStatus } = parsed.data.extensions.cost;
  return {
    requested: requestedQueryCost,
    actual: actualQueryCost ?? null,
    available: throttleStatus.currentlyAvailable,
    plan: { capacity: throttleStatus.maximumAvailable, perSecond: throttleStatus.restoreRate },
  };
}

/** How long until the shop lets a query of this cost pass, ms. */
export function waitFor(report: CostReport): number {
  const missing = Math.max(1, report.requested - report.available);
  return Math.min(LONGEST_WAIT_MS, Math.ceil((missing / report.plan.perSecond) * 1_000));
}

/** Paces one account's queries by what the shop says they cost. */
export class CostLimiter {
  private readonly context: ChannelContext;
  private readonly memory: ShopMemory;

  constructor(context: ChannelContext, memory: ShopMemory) {
    this.context = context;
    this.memory = memory;
  }

  private get plan(): BucketPlan {
    return this.memory.plans.get(this.context.accountId) ?? FIRST_PLAN;
  }

  /** Waits until the bucket holds what the call will be charged in advance; the charge. */
  async take(kind: 'query' | 'mutation', key: string): Promise<number> {
    const guess = kind === 'mutation' ? MUTATION_COST : UNKNOWN_QUERY_COST;
    const known = this.memory.costs.get(this.costKey(key)) ?? guess;
    const cost = Math.min(known, this.plan.capacity);
    await this.context.limiter.take(BUCKET, this.plan, { cost });
    return cost;
  }

  /** Takes over what the answer says: the bucket's size and rate, what is left, and what the call really cost. */
  settle(key: string, charged: number, report: CostReport): void {
    this.memory.plans.set(this.context.accountId, report.plan);
    this.memory.costs.set(this.costKey(key), report.requested);
    const { limiter } = this.context;
    const unused = charged - (report.actual ?? 0);
    if (unused > 0) limiter.refund?.(BUCKET, report.plan, unused);
    limiter.observe(BUCKET, report.plan, report.available);
  }

  close(waitMs: number): void {
    this.context.limiter.close(BUCKET, this.plan, waitMs);
  }

  private costKey(key: string): string {
    return `${this.context.accountId} ${key}`;
  }
}
