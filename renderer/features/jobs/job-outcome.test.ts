import { describe, expect, it } from 'vitest';
import { messages } from '../../locales/messages.ts';
import { outcomeOf } from './job-outcome.ts';

const counts = { added: 2, changed: 3, removed: 1 };

describe('what came of a job', () => {
  it('counts a read', () => {
    const result = { listings: counts, orders: counts, quarantined: 1, conflicts: 0, failed: [] };
    expect(outcomeOf({ kind: 'pull', result })).toEqual({
      text: 'pull',
      values: { listings: 6, orders: 5, quarantined: 1, failed: 0 },
    });
  });

  it('tells an import from its preview', () => {
    const applied = { created: 1, changed: 2, unchanged: 3, skippedTotal: 0, skipped: [] };
    const preview = { create: 1, change: 2, unchanged: 3, skippedTotal: 0 };
    expect(outcomeOf({ kind: 'import', result: applied })?.text).toBe('applied');
    expect(outcomeOf({ kind: 'import', result: preview })?.text).toBe('preview');
  });

  it('sums what a publish left waiting', () => {
    const result = { sent: 9, verified: 4, rejected: [{}], conflicts: [], waiting: [{ ops: 2 }, { ops: 3 }] };
    expect(outcomeOf({ kind: 'publish', result })?.values).toEqual({
      verified: 4,
      rejected: 1,
      conflicts: 0,
      waiting: 5,
    });
  });

  it('says nothing about a result of another shape, e.g. of an older version', () => {
    expect(outcomeOf({ kind: 'backup', result: null })).toBeNull();
    expect(outcomeOf({ kind: 'pull', result: { pages: 3 } })).toBeNull();
  });

  it('has a sentence for every kind of result', () => {
    for (const text of [
      'pull',
      'publish',
      'applied',
      'preview',
      'export',
      'backup',
      'forecast',
      'validate',
      'market',
    ])
      expect(messages('en')).toHaveProperty([`jobs.outcome.${text}`]);
  });
});
