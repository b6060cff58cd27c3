import type { EventTopic } from '#shared/contract/envelope.ts';
import type { MethodName } from '#shared/contract/methods.ts';

/** Events after which a query's answer may be old, by the area of its method. */
const TOPICS: Readonly<Record<string, readonly EventTopic[]>> = {
  listings: ['listings', 'outbox'],
  quality: ['quality', 'listings', 'jobs'],
  drafts: ['history', 'listings'],
  localisation: ['listings', 'accounts'],
  market: ['listings', 'accounts', 'outbox'],
  matrix: ['listings', 'outbox'],
  migration: ['listings', 'accounts', 'jobs'],
  orderRules: ['orders'],
  returns: ['orders', 'inventory'],
  orders: ['orders', 'outbox', 'inventory'],
  operators: ['inventory'],
  papers: ['orders', 'inventory'],
  waves: ['orders', 'inventory'],
  purchasing: ['inventory', 'listings'],
  inventory: ['inventory', 'orders', 'listings', 'accounts'],
  channelStock: ['inventory', 'orders', 'listings', 'outbox', 'accounts'],
  counting: ['inventory'],
  forecast: ['inventory'],
  reorder: ['inventory', 'orders'],
  channels: ['accounts', 'connectivity', 'outbox', 'listings', 'orders'],
  history: ['history', 'listings', 'orders', 'inventory'],
  privacy: ['orders', 'accounts'],
  publish: ['listings', 'outbox', 'accounts'],
  outbox: ['outbox'],
  conflicts: ['outbox', 'listings'],
  workspace: ['accounts', 'jobs', 'listings', 'orders'],
  today: ['listings', 'orders', 'inventory', 'outbox', 'accounts', 'connectivity', 'jobs'],
  jobs: ['jobs'],
  status: ['listings', 'orders', 'history', 'outbox', 'accounts', 'jobs', 'connectivity', 'engine'],
};

export function staleAfter(method: MethodName, topic: EventTopic): boolean {
  const [area = ''] = method.split('.');
  return TOPICS[area]?.includes(topic) ?? false;
}
