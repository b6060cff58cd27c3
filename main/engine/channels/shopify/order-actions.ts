import type { ChannelContext } from '../contract.ts';
import type { OrderActions } from '../order-actions.ts';
import { cancelOrder, verifyCancellation } from './cancel-order.ts';
import type { ShopifyClient } from './client.ts';
import { refundOrder, verifyRefund } from './refund-order.ts';

export function orderActions(client: (context: ChannelContext) => ShopifyClient): OrderActions {
  return {
    abilities: { restockOnCancel: 'choice', refundOnCancel: 'choice', notify: 'choice' },
    cancel: async (context, request) => cancelOrder(client(context), request),
    verifyCancellation: async (context, request) => verifyCancellation(client(context), request),
    refund: async (context, request) => refundOrder(client(context), request),
    verifyRefund: async (context, request) => verifyRefund(client(context), request),
  };
}
