import type { MergePolicy, StoredValue } from '../domain/listing-fields.ts';

/**
 * What to do with one field that has a local edit, when the channel's value is
 * read. `base` is the last value confirmed on the channel before the edit.
 *
 * - keep: the channel still has the base; the edit goes on waiting.
 * - converge: both sides have the same value; nothing is left to send.
 * - remote: the channel's value replaces the local one.
 * - rebase: the local value stays and will be sent over the channel's.
 * - conflict: a person decides.
 */
export type MergeDecision = 'keep' | 'converge' | 'remote' | 'rebase' | 'conflict';

export interface MergeSides {
  readonly base: StoredValue;
  readonly local: StoredValue;
  readonly remote: StoredValue;
}

export type Same = (a: StoredValue, b: StoredValue) => boolean;

export function mergeField(sides: MergeSides, policy: MergePolicy, same: Same = Object.is): MergeDecision {
  if (same(sides.local, sides.remote)) return 'converge';
  if (same(sides.base, sides.remote)) return 'keep';
  if (same(sides.base, sides.local)) return 'remote';
  switch (policy) {
    case 'remote':
      return 'remote';
    case 'local':
      return 'rebase';
    case 'ask':
      return 'conflict';
  }
}
