import { describe, expect, it } from 'vitest';
import { ORDER_STATES } from '#shared/domain/order-states.ts';
import { QUEUE_TABS, tabCount, tabOf, tabQuery } from './queue-tabs.ts';

describe('the tabs of the queue', () => {
  it('put every state into exactly one of the tabs that stand side by side', () => {
    const side = QUEUE_TABS.filter((tab) => !['todo', 'late', 'due', 'all'].includes(tab));
    const states = side.flatMap((tab) => tabQuery(tab).states ?? []);
    expect([...states].sort()).toEqual([...ORDER_STATES].sort());
  });

  it('count what they show', () => {
    const answer = { counts: { ready: 3, picking: 2, shipped: 90, cancelled: 1 }, late: 4, soon: 2 };
    expect(tabCount('todo', answer)).toBe(5);
    expect(tabCount('late', answer)).toBe(4);
    expect(tabCount('due', answer)).toBe(2);
    expect(tabCount('closed', answer)).toBe(1);
    expect(tabCount('all', answer)).toBe(96);
    expect(tabCount('packed', answer)).toBe(0);
  });

  it('are opened by name from other screens', () => {
    expect(tabOf('late')).toBe('late');
    expect(tabOf('due')).toBe('due');
    expect(tabOf('nonsense')).toBeNull();
    expect(tabOf(undefined)).toBeNull();
  });
});
