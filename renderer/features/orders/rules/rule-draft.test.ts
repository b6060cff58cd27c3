import { describe, expect, it } from 'vitest';
import { draftOf, NEW_CLAUSE, NEW_DRAFT, ruleOf } from './rule-draft.ts';

describe('a rule in the form', () => {
  it('is not ready while a name, a value or an outcome is missing', () => {
    const ready = { ...NEW_DRAFT, name: 'R', when: [{ ...NEW_CLAUSE, any: ['DE'] }], carrier: 'DHL' };
    expect(ruleOf(ready)).toEqual({
      name: 'R',
      enabled: true,
      when: [{ fact: 'country', any: ['DE'] }],
      outcome: { carrier: 'DHL' },
    });
    expect(ruleOf({ ...ready, name: ' ' })).toBeNull();
    expect(ruleOf({ ...ready, carrier: '' })).toBeNull();
    expect(ruleOf({ ...ready, when: [NEW_CLAUSE] })).toBeNull();
    expect(ruleOf({ ...ready, when: [{ ...NEW_CLAUSE, fact: 'weight', min: '1.5' }] })).toBeNull();
  });

  it('comes back from what was saved as it was', () => {
    const saved = {
      ruleId: 'r',
      position: 1,
      name: 'R',
      enabled: false,
      when: [
        { fact: 'sku' as const, any: ['A*'] },
        { fact: 'total' as const, min: 100, currency: 'USD' },
      ],
      outcome: { tags: ['x'], priority: 0, hold: 'rule' as const },
    };
    const { position: _position, ...rule } = saved;
    expect(ruleOf(draftOf(saved))).toEqual(rule);
  });
});
