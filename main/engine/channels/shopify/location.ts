import { z } from 'zod';
import { callFailed } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { LOCATION, LOCATIONS, PRIMARY_LOCATION } from './documents.ts';
import { toGid } from './gid.ts';

const locationSchema = z.object({ id: z.string(), name: z.string().catch(''), isActive: z.boolean() });
const oneSchema = z.object({ location: locationSchema.nullable() });
const manySchema = z.object({ locations: z.object({ nodes: z.array(locationSchema) }) });

/**
 * The global id of the one location whose stock is kept here: the one named by
 * the setting `locationId`, otherwise the shop's default one, otherwise the
 * first that is active.
 */
export async function stockLocation(client: ShopifyClient): Promise<string> {
  const { context, memory } = client;
  const wish = context.credentials['locationId']?.trim() ?? '';
  const key = `${context.accountId} ${context.baseUrl} ${wish}`;
  const known = memory.locations.get(key);
  if (known) return known;
  const id = wish === '' ? await defaultLocation(client) : await wishedLocation(client, wish);
  memory.locations.set(key, id);
  return id;
}

async function wishedLocation(client: ShopifyClient, wish: string): Promise<string> {
  const { location } = await client.send(LOCATION, { id: toGid('Location', wish) }, oneSchema);
  if (location?.isActive) return location.id;
  const why = location ? `"${location.name}" is not active` : 'it does not exist';
  throw refused(`The location ${wish} cannot be used: ${why}; choose another one in the account's settings`);
}

async function defaultLocation(client: ShopifyClient): Promise<string> {
  const { location } = await client.send(PRIMARY_LOCATION, {}, oneSchema);
  if (location?.isActive) return location.id;
  const { locations } = await client.send(LOCATIONS, { first: 50 }, manySchema);
  const first = locations.nodes.find((node) => node.isActive);
  if (first) return first.id;
  throw refused('The shop has no active location; stock cannot be kept');
}

function refused(message: string): Error {
  return callFailed('CHANNEL_INVALID', message, { method: 'POST', path: 'locations', reason: 'blocked' });
}
