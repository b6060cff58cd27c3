import type { ChannelConnector, ChannelContext } from '../contract.ts';
import { bulkListings } from './bulk-mutations.ts';
import { ShopifyClient } from './client.ts';
import { equivalent } from './equivalent.ts';
import { WRITABLE } from './from-domain.ts';
import { newShopMemory } from './memory.ts';
import { signIn } from './oauth.ts';
import { orderActions } from './order-actions.ts';
import { probeShop } from './probe.ts';
import { pullIds } from './pull-ids.ts';
import { pullOrders } from './pull-orders.ts';
import { pullProducts } from './pull-products.ts';
import { pushListings } from './push-listings.ts';
import { readListings } from './read-listings.ts';
import { pushShipment, verifyShipment } from './ship.ts';

/** Shopify's search lags behind its data by moments up to minutes. */
const OVERLAP_MS = 300_000;

/**
 * Either `accessToken` or `clientId` with `clientSecret`. `locationId` names the
 * location whose stock is kept; `notifyCustomers` "no" ships without mails.
 */
export const CREDENTIAL_NAMES = [
  'accessToken',
  'clientId',
  'clientSecret',
  'locationId',
  'notifyCustomers',
] as const;

/** A connector of its own, with nothing learnt about any shop yet. */
export function createShopifyConnector(): ChannelConnector {
  const memory = newShopMemory();
  const client = (context: ChannelContext): ShopifyClient => new ShopifyClient(context, memory);
  return {
    platform: 'shopify',
    capabilities: {
      writable: WRITABLE,
      maxBatch: 100,
      maxRead: 225,
      overlapMs: OVERLAP_MS,
      limits: [
        {
          capability: 'locations',
          reason:
            'Stock is kept at one location, the one in the account’s settings; other locations are not shown',
        },
        {
          capability: 'images',
          reason: 'Images are shown; they are changed in Shopify',
        },
        {
          capability: 'categories',
          reason: 'Shopify’s product category is shown; it is assigned in Shopify',
        },
        {
          capability: 'saleDates',
          reason: 'Shopify has no dates for sale prices; a sale price holds until it is taken away',
        },
        {
          capability: 'compareAndSet',
          reason:
            'Only stock is compared before it is written; a title or price changed in Shopify within the same moments may be overwritten',
        },
        {
          capability: 'oldOrders',
          reason: 'Shopify shows orders older than 60 days only to apps that were granted all orders',
        },
        {
          capability: 'parcelsWithoutNumber',
          reason:
            'Parcels without a tracking number are told apart by contents and time; give a number when an order leaves in several equal parcels',
        },
      ],
    },
    credentialKeys: [],
    optionalCredentialKeys: CREDENTIAL_NAMES,
    probe: async (context) => probeShop(client(context)),
    pullProducts: async (context, cursor) => pullProducts(client(context), cursor, OVERLAP_MS),
    pullOrders: async (context, cursor) => pullOrders(client(context), cursor, OVERLAP_MS),
    pullIds: async (context, cursor) => pullIds(client(context), cursor),
    readListings: async (context, refs) => readListings(client(context), refs),
    pushListings: async (context, ops) => pushListings(client(context), ops),
    pushShipment: async (context, shipment) => pushShipment(client(context), shipment),
    verifyShipment: async (context, shipment) => verifyShipment(client(context), shipment),
    bulk: bulkListings(client),
    orderActions: orderActions(client),
    equivalent,
    signIn,
  };
}

export const shopifyConnector: ChannelConnector = createShopifyConnector();
