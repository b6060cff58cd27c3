import { describe, expect, it } from 'vitest';
import { criteriaOf, FIRST_FORM } from './wave-form.ts';

describe('the form of a wave', () => {
  it('asks for nothing that was left open', () => {
    expect(criteriaOf(FIRST_FORM, 1_000)).toEqual({ mode: 'multi', totes: 8 });
  });

  it('takes one aisle as a range of one, and waits while it is no aisle', () => {
    expect(criteriaOf({ ...FIRST_FORM, from: 'B' }, 0)?.aisles).toEqual({ from: 'B', to: 'B' });
    expect(criteriaOf({ ...FIRST_FORM, from: 'A', to: 'c' }, 0)?.aisles).toEqual({ from: 'A', to: 'c' });
    expect(criteriaOf({ ...FIRST_FORM, from: 'A-3' }, 0)).toBeNull();
  });

  it('counts the cut-off from now', () => {
    expect(criteriaOf({ ...FIRST_FORM, due: 'now' }, 5)?.dueBy).toBe(5);
    expect(criteriaOf({ ...FIRST_FORM, due: 'day', units: 40 }, 5)).toMatchObject({
      dueBy: 86_400_005,
      units: 40,
    });
  });
});
