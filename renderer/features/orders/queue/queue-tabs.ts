import type { Params, Result } from '#shared/contract/methods.ts';
import { OPEN_STATES, type OrderState } from '#shared/domain/order-states.ts';

export type QueryParams = Params<'orders.query'>;
type Answer = Result<'orders.query'>;

export const QUEUE_TABS = [
  'todo',
  'late',
  'due',
  'ready',
  'picking',
  'picked',
  'packed',
  'held',
  'shipped',
  'closed',
  'all',
] as const;
export type QueueTab = (typeof QUEUE_TABS)[number];

const STATES: Record<Exclude<QueueTab, 'late' | 'due' | 'all'>, readonly OrderState[]> = {
  todo: OPEN_STATES,
  ready: ['ready'],
  picking: ['picking'],
  picked: ['picked'],
  packed: ['packed'],
  held: ['awaiting_payment', 'on_hold', 'unknown'],
  shipped: ['shipped'],
  closed: ['cancelled', 'refunded', 'returned'],
};

/** What a tab asks for. Open orders come in the order in which they have to leave, the others newest first. */
export function tabQuery(
  tab: QueueTab,
): Pick<QueryParams, 'states' | 'late' | 'soon' | 'sort' | 'direction'> {
  switch (tab) {
    case 'late':
      return { late: true, sort: 'shipBy' };
    case 'due':
      return { soon: true, sort: 'shipBy' };
    case 'all':
      return { sort: 'placedAt', direction: 'desc' };
    case 'shipped':
    case 'closed':
      return { states: [...STATES[tab]], sort: 'placedAt', direction: 'desc' };
    default:
      return { states: [...STATES[tab]], sort: 'shipBy' };
  }
}

/** What the filter by marks asks for. */
export function markQuery(mark: string): Pick<QueryParams, 'tag' | 'urgent'> {
  if (mark === '') return {};
  return mark === '!' ? { urgent: true } : { tag: mark.slice(1) };
}

export function tabCount(
  tab: QueueTab,
  { counts, late, soon }: Pick<Answer, 'counts' | 'late' | 'soon'>,
): number {
  if (tab === 'late') return late;
  if (tab === 'due') return soon;
  const states = tab === 'all' ? Object.keys(counts) : STATES[tab];
  return states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** The tab that another screen asked for, by its own words. */
export function tabOf(queue: string | undefined): QueueTab | null {
  return QUEUE_TABS.find((tab) => tab === queue) ?? null;
}
