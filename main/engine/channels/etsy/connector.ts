import type { ChannelConnector, ChannelContext } from '../contract.ts';
import { EtsyClient } from './client.ts';
import { equivalent } from './equivalent.ts';
import { etsyByFiles } from './files/connector.ts';
import { WRITABLE } from './from-domain.ts';
import { newEtsyMemory } from './memory.ts';
import { signIn } from './oauth.ts';
import { probeShop } from './probe.ts';
import { pullIds } from './pull-ids.ts';
import { pullOrders } from './pull-orders.ts';
import { pullProducts } from './pull-products.ts';
import { pushListings } from './push-listings.ts';
import { readListings } from './read-listings.ts';
import { pushShipment, verifyShipment } from './ship.ts';
import { refreshTokenEnds } from './tokens.ts';
import { translations } from './translations.ts';

/** Covers clocks that differ a little and changes that show late in lists. */
const OVERLAP_MS = 120_000;

/** A connector of its own, with nothing learnt about any shop yet. */
export function createEtsyConnector(): ChannelConnector {
  const memory = newEtsyMemory();
  const client = (context: ChannelContext): EtsyClient => new EtsyClient(context, memory);
  return {
    platform: 'etsy',
    capabilities: {
      writable: WRITABLE,
      maxBatch: 60,
      maxRead: 100,
      overlapMs: OVERLAP_MS,
      limits: LIMITS,
    },
    credentialKeys: ['keystring', 'sharedSecret'],
    // A token begins with the number of the user who gave it; a user has one shop.
    shopIdentity: ({ shopId = '', refreshToken = '' }) =>
      /^\d+(?=\.)/.exec(refreshToken.trim())?.[0] ?? (shopId.trim() || null),
    optionalCredentialKeys: ['refreshToken', 'shopId'],
    probe: async (context) => probeShop(client(context)),
    pullProducts: async (context, cursor) => pullProducts(client(context), cursor, OVERLAP_MS),
    pullOrders: async (context, cursor) => pullOrders(client(context), cursor, OVERLAP_MS),
    pullIds: async (context, cursor) => pullIds(client(context), cursor),
    readListings: async (context, refs) => readListings(client(context), refs),
    pushListings: async (context, ops) => pushListings(client(context), ops),
    pushShipment: async (context, shipment) => pushShipment(client(context), shipment),
    verifyShipment: async (context, shipment) => verifyShipment(client(context), shipment),
    equivalent,
    byFiles: etsyByFiles,
    translations: translations(client),
    signIn,
    expiresAt: refreshTokenEnds,
  };
}

const LIMITS: ChannelConnector['capabilities']['limits'] = [
  {
    capability: 'cancelOrder',
    reason: 'Etsy lets programs cancel no orders; cancel in Shop Manager, the change is read from there',
  },
  {
    capability: 'refundOrder',
    reason: 'Etsy lets programs pay nothing back; refund in Shop Manager, the change is read from there',
  },
  {
    capability: 'partialShipments',
    reason:
      'Etsy marks a whole order as sent with its first tracking number; it is confirmed with the last parcel',
  },
  {
    capability: 'quietShipments',
    reason: 'Etsy mails the buyer about every tracking number; it cannot be told not to',
  },
  {
    capability: 'changesOnly',
    reason: 'Etsy cannot say which listings changed, so every read looks through the lists of all listings',
  },
  {
    capability: 'dailyQuota',
    reason:
      'Etsy counts an app’s calls by the day; the last fifth is kept for stock, prices, orders and shipments, and content waits',
  },
  {
    capability: 'compareAndSet',
    reason:
      'Etsy writes the stock of all variants of a listing at once and compares nothing; what is sold between the look and the write may be overwritten',
  },
  {
    capability: 'sharedValues',
    reason:
      'A price, stock or SKU that does not vary between variants on Etsy is one value; changing it on one variant changes it on all',
  },
  {
    capability: 'variants',
    reason: 'Variants are known by what the buyer chooses; a renamed choice is shown as a new variant',
  },
  {
    capability: 'status',
    reason: 'Programs can publish and deactivate; drafts, expiry and sold out are set by Etsy',
  },
  {
    capability: 'newImages',
    reason: 'Pictures are sorted, described and taken away here; new ones are uploaded in Shop Manager',
  },
  { capability: 'categories', reason: 'Etsy’s category is not shown; it is chosen in Shop Manager' },
  { capability: 'salePrices', reason: 'Sales and coupons can only be made in Shop Manager' },
  { capability: 'advertising', reason: 'Etsy Ads cannot be seen or changed by programs' },
  { capability: 'messages', reason: 'Messages of buyers can be read and answered on Etsy only' },
  {
    capability: 'phone',
    reason: 'Etsy shows no phone numbers, and in some regions addresses to approved apps only',
  },
];

export const etsyConnector: ChannelConnector = createEtsyConnector();
