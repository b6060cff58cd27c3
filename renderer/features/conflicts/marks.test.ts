import { describe, expect, it } from 'vitest';
import type { Conflict } from '#shared/contract/publish.ts';
import { extend, markAll, markedOf, NO_MARKS, toggle } from './marks.ts';

const list = ['1', '2', '3', '4', '5'].map((opId) => ({ opId }) as Conflict);
const ids = (marks: ReturnType<typeof toggle>): string[] => markedOf(marks, list).map(({ opId }) => opId);

describe('marked conflicts', () => {
  it('come and go one by one, in any order', () => {
    const marks = toggle(toggle(toggle(NO_MARKS, '4'), '1'), '3');
    expect(ids(marks)).toEqual(['1', '3', '4']);
    expect(ids(toggle(marks, '3'))).toEqual(['1', '4']);
  });

  it('reach from the last that was touched, in both directions, and keep what was marked', () => {
    const marks = toggle(toggle(NO_MARKS, '1'), '3');
    expect(ids(extend(marks, list, '5'))).toEqual(['1', '3', '4', '5']);
    expect(ids(extend(marks, list, '2'))).toEqual(['1', '2', '3']);
    expect(ids(extend(NO_MARKS, list, '2'))).toEqual(['2']);
    expect(ids(extend(marks, list, 'gone'))).toEqual(['1', '3']);
  });

  it('forget nothing else when a group is marked or unmarked', () => {
    const marks = markAll(toggle(NO_MARKS, '5'), list.slice(0, 2), true);
    expect(ids(marks)).toEqual(['1', '2', '5']);
    expect(ids(markAll(marks, list.slice(1), false))).toEqual(['1']);
  });

  it('leave out what somebody decided meanwhile', () => {
    expect(markedOf(markAll(NO_MARKS, list, true), list.slice(3)).map(({ opId }) => opId)).toEqual([
      '4',
      '5',
    ]);
  });
});
