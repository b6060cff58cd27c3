/** How a listing looked when it was last seen; a difference is a change although its time may not say so. */
export type Fingerprint = string;

export interface EtsyQuota {
  readonly perSecond: number;
  readonly perDay: number;
}

/**
 * What was learnt about shops while this process lives. Nothing here is truth:
 * losing it costs a request or a cautious first minute.
 */
export interface EtsyMemory {
  /** What the app may ask for, as the answers last said, by account. */
  readonly quotas: Map<string, EtsyQuota>;
  /** Shop ids by account, for accounts that do not name theirs. */
  readonly shops: Map<string, string>;
  /** A token that is being asked for, by account: one request at a time. */
  readonly renewals: Map<string, Promise<string>>;
  /** By account and listing. */
  readonly seen: Map<string, Fingerprint>;
  /** The unit that a listing's weight is kept in, by account and listing. */
  readonly weightUnits: Map<string, string>;
}

export function newEtsyMemory(): EtsyMemory {
  return {
    quotas: new Map(),
    shops: new Map(),
    renewals: new Map(),
    seen: new Map(),
    weightUnits: new Map(),
  };
}

/** Enough for the largest shops a person works in; the oldest are forgotten first. */
const MOST = 100_000;

export function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
