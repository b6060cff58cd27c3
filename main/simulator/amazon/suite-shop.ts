import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import type { ChannelContext, ListingRef } from '../../engine/channels/contract.ts';
import { memoryTokens, testContext } from '../../engine/channels/kit/test-context.ts';
import type { SuiteShop } from '../../engine/testing/suite-shop.ts';
import { entriesAt, numberOf, offerAt, withPrice } from './attribute-values.ts';
import type { ListingRow } from './rows.ts';
import { startAmazonSimulator, type AmazonSimulator, type SimulatorOptions } from './start.ts';

export async function openSimulator(options: SimulatorOptions = {}): Promise<AmazonSimulator> {
  // Its clock is ahead of all seeded changes, as in an account that was opened long ago.
  return startAmazonSimulator({
    listings: 260,
    orders: 40,
    seed: 21,
    baseMs: Date.now() - 3_600_000,
    settleMs: 0,
    feedMs: 0,
    reportMs: 0,
    throttles: false,
    ...options,
  });
}

/** The simulated account behind the suite that every connector has to pass. */
export async function openSuiteShop(
  options: SimulatorOptions = {},
): Promise<SuiteShop & { readonly simulator: AmazonSimulator }> {
  const simulator = await openSimulator(options);
  const { store, faults } = simulator;
  const row = (sku: string): ListingRow => {
    const found = store.listings.get(sku);
    if (!found) throw new Error(`Amazon has no listing ${sku}`);
    return found;
  };
  return {
    simulator,
    connector: createAmazonConnector(),
    context: contextOf(simulator),
    strangerContext: contextOf(simulator, {
      ...simulator.credentials,
      clientSecret: 'amzn1.oa2-cs.v1.wrong',
    }),
    listings: () => store.sellable().length,
    orders: () => store.orders.size,
    refs: () => plainListings(simulator).slice(0, 12).map(refOf),
    priceOf: (ref) => {
      const price = numberOf(offerAt(row(ref.productExternalId), 'our_price')?.['value_with_tax']);
      return Math.round((price ?? Number.NaN) * 100);
    },
    setPrice: (ref, minor) =>
      store.touch(row(ref.productExternalId), withPrice(row(ref.productExternalId), minor / 100)),
    remove: (sku) => store.remove(row(sku)),
    spoil: (sku) => store.touch(row(sku), withPrice(row(sku), 'see catalogue')),
    refused: () => ({ title: 'T'.repeat(201) }),
    writesOf: (ref) => row(ref.productExternalId).writes,
    shipped: (id, tracking) => {
      const order = store.orders.get(id);
      return {
        done: order?.status === 'SHIPPED',
        told: order?.mails.filter((mail) => mail === tracking).length ?? 0,
      };
    },
    orderIn: (id) => {
      const order = store.orders.get(id);
      return {
        cancelled: order?.status === 'CANCELLED',
        refunds: (order?.refunds ?? []).map((entry) => entry.minor),
        // Amazon leaves stock to the seller.
        stock: (order?.items ?? []).reduce((sum, item) => {
          const listing = store.listings.get(item.sku);
          const entries = listing ? entriesAt(listing, 'fulfillment_availability') : [];
          return sum + (numberOf(entries[0]?.['quantity']) ?? 0);
        }, 0),
      };
    },
    fault: (fault, on, more = {}) =>
      faults.script({
        fault,
        delayMs: 5,
        ...more,
        path: /^\/(listings|orders|feeds)\//,
        methods: on === 'read' ? ['GET'] : ['PATCH', 'POST'],
      }),
    scramble: (how) => faults.script({ fault: how, skip: 1, times: 2, path: /\/items\/[^/]+$/ }),
    close: () => simulator.close(),
  };
}

export function contextOf(
  simulator: AmazonSimulator,
  credentials: ChannelContext['credentials'] = { ...simulator.credentials },
  overrides: Partial<ChannelContext> = {},
): ChannelContext {
  return testContext(() => Response.error(), {
    baseUrl: simulator.url,
    credentials,
    currency: 'EUR',
    fetch: (url, init) => fetch(url, init),
    tokens: memoryTokens(),
    ...overrides,
  }).context;
}

/** Listings that the seller sends and that have no sale price. */
export function plainListings({ store }: AmazonSimulator): ListingRow[] {
  return store.sellable().filter((row) => {
    const [stock] = entriesAt(row, 'fulfillment_availability');
    return (
      offerAt(row, 'discounted_price') === undefined && stock?.['fulfillment_channel_code'] === 'DEFAULT'
    );
  });
}

export function refOf(row: ListingRow): ListingRef {
  return { productExternalId: row.sku, variantExternalId: null };
}
