import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ShopInfo } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import type { WooClient } from './client.ts';

const statusSchema = z.object({
  environment: z
    .object({ version: z.string().catch(''), default_timezone: z.string().catch('') })
    .optional()
    .catch(undefined),
  settings: z
    .object({ currency: z.string().catch('') })
    .optional()
    .catch(undefined),
});
const currencySchema = z.object({ code: z.string() });
const siteSchema = z.object({
  timezone_string: z.string().catch(''),
  gmt_offset: z.union([z.number(), z.string()]).transform(Number).catch(0),
});

/**
 * Checks the address and the keys, and reads what the shop says about itself.
 * A key that may not see the system status still serves, as long as it sees
 * products. WooCommerce does not tell whether a key may write.
 */
export async function probeShop(client: WooClient): Promise<ShopInfo> {
  try {
    const system = await systemStatus(client);
    if (!system) await client.get('products', { per_page: 1, _fields: 'id' });
    const currency = system?.settings?.currency || (await orNull(() => currentCurrency(client)));
    const zone = system?.environment?.default_timezone ?? '';
    // PHP under WordPress always counts in UTC; the site's own zone is in its public index.
    const timeZone = zone !== '' && zone !== 'UTC' ? zone : await orNull(() => siteTimeZone(client));
    return {
      version: system?.environment?.version || null,
      currency: currency && /^[A-Z]{3}$/.test(currency) ? currency : null,
      timeZone: timeZone && isTimeZone(timeZone) ? timeZone : null,
      canWrite: null,
    };
  } catch (error) {
    throw explained(error);
  }
}

async function systemStatus(client: WooClient): Promise<z.output<typeof statusSchema> | null> {
  try {
    const answer = await client.get('system_status', { _fields: 'environment,settings' });
    return statusSchema.catch({}).parse(answer.body);
  } catch (error) {
    // Only administrators see it. Whether the keys are good at all shows with the products.
    if (error instanceof CodedError && error.code === 'CHANNEL_AUTH') return null;
    // Plugins break this page more than any other.
    if (error instanceof CodedError && failureOf(error)?.status === 500) return null;
    throw error;
  }
}

async function currentCurrency(client: WooClient): Promise<string> {
  return currencySchema.parse((await client.get('data/currencies/current')).body).code;
}

async function siteTimeZone(client: WooClient): Promise<string | null> {
  const site = siteSchema.parse((await client.getSiteIndex()).body);
  if (site.timezone_string !== '') return site.timezone_string;
  // In this notation the sign is the other way round.
  if (!Number.isInteger(site.gmt_offset) || site.gmt_offset === 0) return null;
  return `Etc/GMT${site.gmt_offset > 0 ? '-' : '+'}${Math.abs(site.gmt_offset)}`;
}

/** For what is nice to know: the shop is connected without it too. */
async function orNull<T>(read: () => Promise<T | null>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CANCELLED') throw error;
    return null;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** A page instead of data at this point means a wrong address rather than a passing fault. */
function explained(error: unknown): unknown {
  const failure = failureOf(error);
  if (!failure) return error;
  const { reason, channelCode, status = 0, method = 'GET', path = '' } = failure;
  const elsewhere = channelCode === 'rest_no_route' || (status === 404 && reason !== undefined);
  const page = reason === 'html' && status < 300;
  if (!elsewhere && !page) return error;
  return callFailed(
    'CHANNEL_INVALID',
    'There is no WooCommerce REST API at this address; check it, and that permalinks are not "Plain" in the shop',
    { method, path, status, reason: 'html' },
    error,
  );
}
