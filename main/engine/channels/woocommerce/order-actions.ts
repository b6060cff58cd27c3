import type { ChannelContext } from '../contract.ts';
import type { OrderActions } from '../order-actions.ts';
import { cancelOrder, verifyCancellation } from './cancel-order.ts';
import type { WooClient } from './client.ts';
import { refundOrder, verifyRefund } from './refund-order.ts';

export function orderActions(client: (context: ChannelContext) => WooClient): OrderActions {
  return {
    abilities: { restockOnCancel: 'always', refundOnCancel: 'never', notify: 'shop' },
    cancel: async (context, request) => cancelOrder(client(context), request),
    verifyCancellation: async (context, request) => verifyCancellation(client(context), request),
    refund: async (context, request) => refundOrder(client(context), request),
    verifyRefund: async (context, request) => verifyRefund(client(context), request),
  };
}
