import type { ChannelConnector, ChannelContext } from '../contract.ts';
import { bulkListings } from './bulk.ts';
import { AmazonClient } from './client.ts';
import { equivalent } from './equivalent.ts';
import { WRITABLE } from './from-domain.ts';
import { marketData } from './market-data.ts';
import { newAmazonMemory } from './memory.ts';
import { orderActions } from './order-actions.ts';
import { probeShop } from './probe.ts';
import { pullIds } from './pull-ids.ts';
import { pullOrders } from './pull-orders.ts';
import { pullProducts } from './pull-products.ts';
import { pushListings } from './push-listings.ts';
import { readListings } from './read-listings.ts';
import { secretAge } from './secret-age.ts';
import { SETTLING } from './settling.ts';
import { tryListings } from './try-listings.ts';
import { pushShipment, verifyShipment } from './ship.ts';

/** Orders are complete up to two minutes ago, and listings show their changes late. */
const OVERLAP_MS = 300_000;

export const CREDENTIAL_KEYS = [
  'clientId',
  'clientSecret',
  'refreshToken',
  'sellerId',
  'marketplaceId',
] as const;
/** `secretIssuedAt` is a date such as 2026-11-24; Amazon ends a secret after 180 days. */
export const OPTIONAL_KEYS = ['secretIssuedAt'] as const;

export interface AmazonOptions {
  /** Changed SKUs from which on a feed is used; by default where it is quicker. */
  readonly feedFrom?: number;
}

/** A connector of its own, with nothing learnt about any account yet. */
export function createAmazonConnector({ feedFrom }: AmazonOptions = {}): ChannelConnector {
  const memory = newAmazonMemory();
  const client = (context: ChannelContext): AmazonClient => new AmazonClient(context, memory);
  return {
    platform: 'amazon',
    capabilities: {
      writable: WRITABLE,
      maxBatch: 100,
      maxRead: 100,
      overlapMs: OVERLAP_MS,
      settling: SETTLING,
      publishLimits: ['searchListingsItems', 'getListingsItem', 'patchListingsItem'],
      limits: [
        {
          capability: 'fbaStock',
          reason: 'Stock in Amazon’s own warehouses is shown; Amazon counts it and it cannot be written',
        },
        {
          capability: 'fbaOrders',
          reason: 'Orders that Amazon sends from its own warehouses are not read; there is nothing to pick',
        },
        {
          capability: 'parents',
          reason: 'Parents that group variations are not shown; each variation is a listing of its own',
        },
        {
          capability: 'compareAndSet',
          reason:
            'Amazon has no locks: a change made in Seller Central within the same moments may be overwritten',
        },
        {
          capability: 'untrackedShipments',
          reason:
            'Amazon takes shipments only with a tracking number; others are confirmed in Seller Central',
        },
        {
          capability: 'oldOrders',
          reason: 'The first read goes back 90 days; from then on everything that changes is read',
        },
        {
          capability: 'orderPace',
          reason: 'Amazon allows one look for orders in three minutes; more looks wait until the next round',
        },
        {
          capability: 'refundShipping',
          reason: 'Items are refunded; what was paid for shipping is refunded in Seller Central',
        },
      ],
    },
    credentialKeys: CREDENTIAL_KEYS,
    shopIdentity: ({ sellerId = '', marketplaceId = '' }) => `${sellerId.trim()} ${marketplaceId.trim()}`,
    optionalCredentialKeys: OPTIONAL_KEYS,
    probe: async (context) => probeShop(client(context)),
    pullProducts: async (context, cursor) => pullProducts(client(context), cursor, OVERLAP_MS),
    pullOrders: async (context, cursor) => pullOrders(client(context), cursor, OVERLAP_MS),
    pullIds: async (context, cursor) => pullIds(client(context), cursor),
    readListings: async (context, refs) => readListings(client(context), refs),
    pushListings: async (context, ops) => pushListings(client(context), ops),
    tryListings: async (context, ops) => tryListings(client(context), ops),
    marketData: marketData(client),
    orderActions: orderActions(client),
    bulk: bulkListings(client, feedFrom),
    pushShipment: async (context, shipment) => pushShipment(client(context), shipment),
    verifyShipment: async (context, shipment) => verifyShipment(client(context), shipment),
    expiresAt: async ({ credentials, clock }) =>
      secretAge(credentials['secretIssuedAt'], clock.now())?.endsAtMs ?? null,
    equivalent,
  };
}

export const amazonConnector: ChannelConnector = createAmazonConnector();
