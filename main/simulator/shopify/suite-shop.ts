import type { ChannelContext, ListingRef } from '../../engine/channels/contract.ts';
import { memoryTokens, testContext } from '../../engine/channels/kit/test-context.ts';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import type { SuiteShop } from '../../engine/testing/suite-shop.ts';
import type { ProductRow, VariantRow } from './rows.ts';
import { startShopifySimulator, type ShopifySimulator, type SimulatorOptions } from './start.ts';

/** A bucket that no test empties by accident; what throttling does has tests of its own. */
const WIDE = { maximumAvailable: 1_000_000, restoreRate: 100_000 };

export async function openSimulator(options: SimulatorOptions = {}): Promise<ShopifySimulator> {
  // Its clock is ahead of all seeded changes, as in a shop that was opened long ago.
  return startShopifySimulator({
    listings: 260,
    orders: 40,
    seed: 21,
    baseMs: Date.now() - 3_600_000,
    bucket: WIDE,
    ...options,
  });
}

/** The simulated shop behind the suite that every connector has to pass. */
export async function openSuiteShop(
  options: SimulatorOptions = {},
): Promise<SuiteShop & { readonly simulator: ShopifySimulator }> {
  const simulator = await openSimulator(options);
  const { store, faults } = simulator;
  const variant = (ref: ListingRef): VariantRow => {
    const found = store.variants.get(Number(ref.variantExternalId));
    if (!found) throw new Error(`The shop has no variant ${ref.variantExternalId}`);
    return found;
  };
  const product = (id: string): ProductRow => {
    const found = store.products.get(Number(id));
    if (!found) throw new Error(`The shop has no product ${id}`);
    return found;
  };
  return {
    simulator,
    connector: createShopifyConnector(),
    context: contextOf(simulator),
    strangerContext: contextOf(simulator, { ...simulator.credentials, clientSecret: 'shpss_wrong' }),
    listings: () => store.variants.size,
    orders: () => store.orders.size,
    refs: () => mixedRefs(simulator),
    priceOf: (ref) => {
      const { price, compareAtPrice } = variant(ref);
      return Math.round(Number(compareAtPrice ?? price) * 100);
    },
    setPrice: (ref, minor) =>
      store.touch(variant(ref), { price: (minor / 100).toFixed(2), compareAtPrice: null }),
    remove: (id) => store.removeProduct(product(id)),
    spoil: (id) => {
      const [first] = store.variantsOf(product(id));
      if (first) first.price = 'see catalogue';
    },
    refused: () => ({ sku: 'S'.repeat(256) }),
    writesOf: (ref) => variant(ref).writes,
    shipped: (id, tracking) => {
      const order = store.orders.get(Number(id));
      const done = order?.parts.every((part) => part.lines.every((line) => line.remaining === 0)) ?? false;
      return { done, told: order?.mails.filter((mail) => mail.includes(tracking)).length ?? 0 };
    },
    orderIn: (id) => {
      const order = store.orders.get(Number(id));
      const levels = order?.lines.map(({ variantId }) => store.variants.get(variantId)?.levels);
      return {
        cancelled: typeof order?.cancelledAt === 'number',
        refunds: order?.refunds.map(({ cents }) => cents) ?? [],
        stock: levels?.reduce((sum, level) => sum + (level?.get(store.location.id) ?? 0), 0) ?? 0,
      };
    },
    fault: (fault, on, options = {}) =>
      faults.script({
        fault,
        delayMs: 5,
        ...options,
        path: on === 'read' ? /^\/(graphql\/query|bulk)\// : /^\/graphql\/mutation\//,
      }),
    scramble: (how) => faults.script({ fault: how, skip: 1, times: 2, path: /\/query\/Products$/ }),
    close: () => simulator.close(),
  };
}

export function contextOf(
  simulator: ShopifySimulator,
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

/** Variants without a sale price, some of them of one product. */
function mixedRefs({ store }: ShopifySimulator): ListingRef[] {
  const plain = [...store.products.values()].filter((row) =>
    store.variantsOf(row).every((variant) => variant.compareAtPrice === null),
  );
  return plain.slice(0, 7).flatMap((row) =>
    store
      .variantsOf(row)
      .slice(0, 2)
      .map((variant) => ({ productExternalId: String(row.id), variantExternalId: String(variant.id) })),
  );
}
