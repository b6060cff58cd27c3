import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeField } from './three-way.ts';

const value = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'));
const policy = fc.constantFrom('ask' as const, 'remote' as const, 'local' as const);

describe('three-way merge', () => {
  it('never loses an edit without asking or a policy that says so', () => {
    fc.assert(
      fc.property(value, value, value, (base, local, remote) => {
        const decision = mergeField({ base, local, remote }, 'ask');
        if (local !== base && decision === 'remote') throw new Error('an edit was dropped');
        if (remote !== base && local !== remote && decision === 'keep')
          throw new Error('a remote change was ignored');
      }),
    );
  });

  it('converges when both sides agree, whatever the policy', () => {
    fc.assert(
      fc.property(value, value, policy, (base, both, how) => {
        expect(mergeField({ base, local: both, remote: both }, how)).toBe('converge');
      }),
    );
  });

  it('takes the side that changed when only one did', () => {
    fc.assert(
      fc.property(value, value, policy, (base, other, how) => {
        fc.pre(base !== other);
        expect(mergeField({ base, local: other, remote: base }, how)).toBe('keep');
        expect(mergeField({ base, local: base, remote: other }, how)).toBe('remote');
      }),
    );
  });

  it('follows the policy when both changed', () => {
    expect(mergeField({ base: 1, local: 2, remote: 3 }, 'ask')).toBe('conflict');
    expect(mergeField({ base: 1, local: 2, remote: 3 }, 'remote')).toBe('remote');
    expect(mergeField({ base: 1, local: 2, remote: 3 }, 'local')).toBe('rebase');
  });
});
