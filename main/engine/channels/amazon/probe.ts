import type { ShopInfo } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import { REGION_HOSTS } from './marketplaces.ts';
import { participationsSchema } from './records.ts';
import { secretAge, secretReminder } from './secret-age.ts';

/** Checks address, keys and marketplace, and reads what Amazon says about the seller there. */
export async function probeShop(client: AmazonClient): Promise<ShopInfo> {
  const { marketplaceId, marketplace } = client.seller;
  const path = 'sellers/v1/marketplaceParticipations';
  const { payload } = await client.read(
    { operation: 'getMarketplaceParticipations', method: 'GET', path },
    participationsSchema,
  );
  const own = payload.find((entry) => entry.marketplace.id === marketplaceId);
  if (!own) {
    const known = payload.map((entry) => `${entry.marketplace.name} (${entry.marketplace.id})`).join(', ');
    const host = marketplace ? `; the address for it is ${REGION_HOSTS[marketplace.region]}` : '';
    const message = `The seller has no marketplace ${marketplaceId} at this address, only ${known || 'none'}${host}`;
    throw callFailed('CHANNEL_INVALID', message, { method: 'GET', path });
  }
  if (!own.participation.isParticipating) {
    const message = `The seller does not sell in ${own.marketplace.name}; join it in Seller Central first`;
    throw callFailed('CHANNEL_INVALID', message, { method: 'GET', path });
  }
  const { credentials, clock, log } = client.context;
  const reminder = secretReminder(secretAge(credentials['secretIssuedAt'], clock.now()));
  if (reminder !== null) log.warn(reminder, { accountId: client.context.accountId });
  return {
    version: 'SP-API',
    currency: own.marketplace.defaultCurrencyCode,
    timeZone: marketplace?.timeZone ?? null,
    // Amazon tells which roles the app has only by refusing a write.
    canWrite: null,
  };
}
