import type { Task } from '#shared/contract/workspace.ts';
import type { ScreenName, ScreenParams } from '../../lib/navigation.ts';

export interface Target {
  readonly screen: ScreenName;
  readonly params: ScreenParams;
}

/** Where a task is dealt with; null when the task's button does it by itself. */
export function targetOf({ kind, facts }: Task): Target | null {
  const account: ScreenParams =
    typeof facts['accountId'] === 'string' ? { accountId: facts['accountId'] } : {};
  switch (kind) {
    case 'orders_late':
      return { screen: 'orders', params: { queue: 'late' } };
    case 'orders_due':
      return { screen: 'orders', params: { queue: 'due' } };
    case 'conflicts':
      return { screen: 'conflicts', params: {} };
    case 'rejected':
      return { screen: 'publish', params: { state: 'rejected' } };
    case 'unpublished':
      return { screen: 'publish', params: {} };
    case 'stock_gaps':
      return { screen: 'inventory', params: { panel: 'gaps' } };
    case 'purchases_late':
      return {
        screen: 'purchasing',
        params: typeof facts['orderId'] === 'string' ? { orderId: facts['orderId'] } : {},
      };
    case 'lots_expiring':
      return { screen: 'inventory', params: { panel: 'expiry', within: '30' } };
    case 'terms_ending':
      return {
        screen: 'purchasing',
        params: typeof facts['supplierId'] === 'string' ? { supplierId: facts['supplierId'] } : {},
      };
    case 'stock_out':
      return { screen: 'listings', params: { stock: 'out' } };
    case 'quarantined':
      return { screen: 'channels', params: { panel: 'quarantine' } };
    case 'auth_required':
      return { screen: 'channels', params: { ...account, panel: 'keys' } };
    case 'offline':
      return { screen: 'channels', params: account };
    case 'no_account':
      return { screen: 'channels', params: { panel: 'add' } };
    case 'no_backup':
      return null;
  }
}
