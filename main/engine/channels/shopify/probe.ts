import { z } from 'zod';
import type { ShopInfo } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { API_VERSION, SHOP } from './documents.ts';
import { stockLocation } from './location.ts';

/** What the app has to be allowed; a write permission includes reading. */
export const NEEDED_SCOPES: readonly (readonly string[])[] = [
  ['write_products'],
  ['write_inventory'],
  ['read_locations', 'write_locations'],
  ['read_orders', 'write_orders'],
  [
    'write_merchant_managed_fulfillment_orders',
    'write_assigned_fulfillment_orders',
    'write_third_party_fulfillment_orders',
  ],
];

/** Without these nothing can be read, and the first read would fail in its middle. */
const READ_SCOPES: readonly (readonly string[])[] = [
  ['read_products', 'write_products'],
  ['read_inventory', 'write_inventory'],
  ['read_orders', 'write_orders'],
];

const schema = z.object({
  shop: z.object({ name: z.string(), currencyCode: z.string(), ianaTimezone: z.string().catch('') }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
});

/** Checks address, keys, permissions and location, and reads what the shop says about itself. */
export async function probeShop(client: ShopifyClient): Promise<ShopInfo> {
  const { shop, currentAppInstallation } = await client.send(SHOP, {}, schema);
  const granted = new Set(currentAppInstallation.accessScopes.map((scope) => scope.handle));
  const missing = missingScopes(granted, READ_SCOPES);
  if (missing.length > 0) {
    throw callFailed(
      'CHANNEL_AUTH',
      `The app lacks the permissions ${missing.join(', ')}; grant them in Shopify`,
      {
        method: 'POST',
        path: SHOP.name,
        missing,
      },
    );
  }
  await stockLocation(client);
  return {
    version: API_VERSION,
    currency: /^[A-Z]{3}$/.test(shop.currencyCode) ? shop.currencyCode : null,
    timeZone: shop.ianaTimezone || null,
    canWrite: missingScopes(granted, NEEDED_SCOPES).length === 0,
  };
}

/** The first choice of every permission of which none is granted. */
export function missingScopes(
  granted: ReadonlySet<string>,
  needed: readonly (readonly string[])[],
): string[] {
  return needed.flatMap((choices) =>
    choices.some((scope) => granted.has(scope)) ? [] : choices.slice(0, 1),
  );
}
