import type { ChannelConnector, ChannelContext } from '../contract.ts';
import { CREDENTIAL_KEYS, newShopMemory, WooClient } from './client.ts';
import { creation } from './create-listings.ts';
import { equivalent } from './equivalent.ts';
import { WRITABLE } from './from-domain.ts';
import { orderActions } from './order-actions.ts';
import { probeShop } from './probe.ts';
import { pullIds } from './pull-ids.ts';
import { pullOrders } from './pull-orders.ts';
import { pullProducts } from './pull-products.ts';
import { pushListings } from './push-listings.ts';
import { readListings } from './read-listings.ts';
import { pushShipment, verifyShipment } from './ship.ts';

/** Modification times have whole seconds and become visible a moment after they were taken. */
const OVERLAP_MS = 60_000;

/** A connector of its own, with nothing learnt about any shop yet. */
export function createWooCommerceConnector(): ChannelConnector {
  const memory = newShopMemory();
  const client = (context: ChannelContext): WooClient => new WooClient(context, memory);
  return {
    platform: 'woocommerce',
    capabilities: {
      writable: WRITABLE,
      maxBatch: 50,
      maxRead: 100,
      overlapMs: OVERLAP_MS,
      limits: [
        { capability: 'categories', reason: 'Categories are assigned in the shop; here they are only shown' },
        {
          capability: 'parentStock',
          reason:
            'A variation without stock of its own shows the stock of its product; a quantity written here gives it its own',
        },
        {
          capability: 'compareAndSet',
          reason:
            'WooCommerce has no locks: a change made in the shop within the same second may be overwritten',
        },
        {
          capability: 'refundOnCancel',
          reason:
            'Cancelling pays nothing back in WooCommerce; a refund is a step of its own, and cancelled units always go back into stock',
        },
        {
          capability: 'tracking',
          reason: 'Tracking numbers are sent as a note to the customer; WooCommerce has no field for them',
        },
      ],
    },
    credentialKeys: CREDENTIAL_KEYS,
    probe: async (context) => probeShop(client(context)),
    pullProducts: async (context, cursor) => pullProducts(client(context), cursor, OVERLAP_MS),
    pullOrders: async (context, cursor) => pullOrders(client(context), cursor, OVERLAP_MS),
    pullIds: async (context, cursor) => pullIds(client(context), cursor),
    readListings: async (context, refs) => readListings(client(context), refs),
    pushListings: async (context, ops) => pushListings(client(context), ops),
    pushShipment: async (context, shipment) => pushShipment(client(context), shipment),
    verifyShipment: async (context, shipment) => verifyShipment(client(context), shipment),
    creation: creation(client),
    orderActions: orderActions(client),
    equivalent,
  };
}

export const woocommerceConnector: ChannelConnector = createWooCommerceConnector();
