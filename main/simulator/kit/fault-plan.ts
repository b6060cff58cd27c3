import type { Random } from './random.ts';

/** What can go wrong with one exchange. Each name is what a person asks for on the command line. */
export const FAULT_NAMES = [
  'rate-limit',
  'unavailable',
  'server-error',
  'slow',
  'timeout-after-apply',
  'gateway-timeout',
  'drop',
  'truncated',
  'html',
  'duplicate-page',
  'reordered-page',
  'batch-item',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface FaultTarget {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
}

/** "The next `times` requests that match, after `skip` of them, do `fault`." */
export interface ScriptedFault {
  readonly fault: FaultName;
  readonly times?: number;
  readonly skip?: number;
  readonly methods?: readonly string[];
  readonly path?: RegExp;
  /** Seconds for Retry-After of `rate-limit` and `unavailable`; null leaves the header out. */
  readonly retryAfter?: number | null;
  /** How long `slow` waits and `timeout-after-apply` keeps silent, ms. */
  readonly delayMs?: number;
}

export interface Fault {
  readonly name: FaultName;
  readonly retryAfter: number | null;
  readonly delayMs: number;
}

/** How often a fault that was asked for by name strikes. */
const NOW_AND_THEN = 0.04;
const SLOW_MS = 800;

/** Decides for every request whether it goes wrong: scripted faults first, then seeded chance. */
export class FaultPlan {
  private readonly random: Random;
  private readonly scripted: { fault: ScriptedFault; skip: number; left: number }[] = [];
  private now: readonly FaultName[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  /** Faults that happen now and then from here on; an empty list ends them. */
  sometimes(names: readonly FaultName[]): void {
    this.now = names;
  }

  script(fault: ScriptedFault): void {
    this.scripted.push({ fault, skip: fault.skip ?? 0, left: fault.times ?? 1 });
  }

  clear(): void {
    this.scripted.length = 0;
    this.now = [];
  }

  /** Scripted faults that are still to come. */
  get pending(): number {
    return this.scripted.reduce((sum, entry) => sum + entry.left, 0);
  }

  next(target: FaultTarget): Fault | null {
    return this.take(target, (name) => name !== 'batch-item');
  }

  /** Whether this item of a batch fails although the request as a whole is fine. */
  failsItem(target: FaultTarget): boolean {
    return this.take(target, (name) => name === 'batch-item') !== null;
  }

  private take(target: FaultTarget, accept: (name: FaultName) => boolean): Fault | null {
    for (const [index, entry] of this.scripted.entries()) {
      if (!accept(entry.fault.fault) || !matches(entry.fault, target)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      if (entry.left <= 0) this.scripted.splice(index, 1);
      return faultOf(entry.fault.fault, entry.fault);
    }
    const possible = this.now.filter(accept);
    if (possible.length === 0 || !this.random.chance(NOW_AND_THEN)) return null;
    return faultOf(this.random.pick(possible), {});
  }
}

function matches(fault: ScriptedFault, target: FaultTarget): boolean {
  if (fault.methods && !fault.methods.includes(target.method)) return false;
  return fault.path === undefined || fault.path.test(target.path);
}

function faultOf(name: FaultName, options: Pick<ScriptedFault, 'retryAfter' | 'delayMs'>): Fault {
  return {
    name,
    retryAfter: options.retryAfter === undefined ? 1 : options.retryAfter,
    delayMs: options.delayMs ?? SLOW_MS,
  };
}
