import { describe, expect, test } from 'vitest';
import type { ShopInfo } from '../contract.ts';
import { failureOfCall, json, testContext } from '../kit/test-context.ts';
import { ShopifyClient } from './client.ts';
import { newShopMemory } from './memory.ts';
import { probeShop } from './probe.ts';

const FULL = [
  'write_products',
  'write_inventory',
  'read_locations',
  'write_orders',
  'write_assigned_fulfillment_orders',
];
const LOCATIONS = [
  { id: 'gid://shopify/Location/1', name: 'Closed', isActive: false },
  { id: 'gid://shopify/Location/2', name: 'Open', isActive: true },
];

interface Body {
  readonly operationName: string;
  readonly variables: Readonly<Record<string, string>>;
}

function probe(scopes: readonly string[], credentials: Record<string, string> = {}) {
  const { context, sent } = testContext(
    (request) => {
      const { operationName, variables } = request.body as Body;
      switch (operationName) {
        case 'Shop':
          return json({
            data: {
              shop: { name: 'Quay', currencyCode: 'SEK', ianaTimezone: 'Europe/Stockholm' },
              currentAppInstallation: { accessScopes: scopes.map((handle) => ({ handle })) },
            },
          });
        case 'PrimaryLocation':
          return json({ data: { location: LOCATIONS[0] } });
        case 'Location':
          return json({ data: { location: LOCATIONS.find((row) => row.id === variables['id']) ?? null } });
        default:
          return json({ data: { locations: { nodes: LOCATIONS } } });
      }
    },
    { credentials: { accessToken: 'shpat_1', ...credentials } },
  );
  const client = new ShopifyClient(context, newShopMemory());
  return { run: (): Promise<ShopInfo> => probeShop(client), sent };
}

describe('a probe', () => {
  test('says what the shop is, and finds a location that is open', async () => {
    const { run, sent } = probe(FULL);
    expect(await run()).toEqual({
      version: '2026-10',
      currency: 'SEK',
      timeZone: 'Europe/Stockholm',
      canWrite: true,
    });
    expect(sent.map((request) => (request.body as Body).operationName)).toEqual([
      'Shop',
      'PrimaryLocation',
      'Locations',
    ]);
  });

  test('tells an app that may only read from one that lacks what reading needs', async () => {
    const reading = ['read_products', 'read_inventory', 'read_locations', 'read_orders'];
    expect((await probe(reading).run()).canWrite).toBe(false);
    const failure = await failureOfCall(probe(['write_products']).run());
    expect(failure).toMatchObject({
      code: 'CHANNEL_AUTH',
      details: { missing: ['read_inventory', 'read_orders'] },
    });
  });

  test('takes the location of the settings, by number or global id, or says why it cannot', async () => {
    for (const locationId of ['2', 'gid://shopify/Location/2']) {
      const { run, sent } = probe(FULL, { locationId });
      await run();
      expect(sent[1]?.body).toMatchObject({ variables: { id: 'gid://shopify/Location/2' } });
    }
    for (const [locationId, why] of [
      ['1', 'is not active'],
      ['9', 'does not exist'],
    ] as const) {
      const failure = (await failureOfCall(probe(FULL, { locationId }).run())) as Error;
      expect(failure).toMatchObject({ code: 'CHANNEL_INVALID' });
      expect(failure.message).toContain(why);
    }
  });
});
