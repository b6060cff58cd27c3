import type { ShopInfo } from '../contract.ts';
import type { EtsyClient } from './client.ts';
import { shopSchema } from './records.ts';

/** Checks keys, sign-in and shop, and reads what the shop says about itself. */
export async function probeShop(client: EtsyClient): Promise<ShopInfo> {
  const path = await client.shopPath();
  const shop = await client.get(path, {}, shopSchema, 'now');
  // A shop's page is public; only a list of receipts shows that the sign-in may read orders.
  await client.send({ method: 'GET', path: `${path}/receipts`, query: { limit: 1 }, kind: 'now' });
  return {
    version: 'v3',
    currency: /^[A-Z]{3}$/.test(shop.currency_code) ? shop.currency_code : null,
    // Etsy does not tell a shop's time zone.
    timeZone: null,
    // It shows at the first write only.
    canWrite: null,
    ...(shop.is_vacation ? { reminders: ['The shop is in holiday mode; nothing can be bought'] } : {}),
  };
}
