import type { ChannelContext, ListingRef } from '../../engine/channels/contract.ts';
import { createEtsyConnector } from '../../engine/channels/etsy/connector.ts';
import { variantKey } from '../../engine/channels/etsy/variant-key.ts';
import { memoryTokens, testContext } from '../../engine/channels/kit/test-context.ts';
import type { SuiteShop } from '../../engine/testing/suite-shop.ts';
import type { InventoryRow, ListingRow } from './rows.ts';
import { startEtsySimulator, type EtsySimulator, type SimulatorOptions } from './start.ts';

/** A quota that no test uses up by accident; what it does has tests of its own. */
const WIDE = { perSecond: 100_000, perDay: 10_000_000 };

export async function openSimulator(options: SimulatorOptions = {}): Promise<EtsySimulator> {
  // Its clock is ahead of all seeded changes, as in a shop that was opened long ago.
  return startEtsySimulator({
    listings: 320,
    orders: 40,
    seed: 21,
    baseMs: Date.now() - 3_600_000,
    quota: WIDE,
    ...options,
  });
}

export function keyOf(product: InventoryRow): string | null {
  return variantKey(
    product.choices.map((choice) => ({
      property_id: choice.propertyId,
      value_ids: [...choice.valueIds],
      values: [...choice.values],
      scale_id: choice.scaleId,
    })),
  );
}

export function refOf(listing: ListingRow, product: InventoryRow): ListingRef {
  return { productExternalId: String(listing.id), variantExternalId: keyOf(product) };
}

/** The simulated shop behind the suite that every connector has to pass. */
export async function openSuiteShop(): Promise<SuiteShop & { readonly simulator: EtsySimulator }> {
  const simulator = await openSimulator();
  const { store, faults } = simulator;
  const listing = (id: string): ListingRow => {
    const found = store.listings.get(Number(id));
    if (!found) throw new Error(`The shop has no listing ${id}`);
    return found;
  };
  const product = (ref: ListingRef): InventoryRow => {
    const found = listing(ref.productExternalId).products.find((row) => keyOf(row) === ref.variantExternalId);
    if (!found) throw new Error(`The shop has no variant ${ref.variantExternalId}`);
    return found;
  };
  return {
    simulator,
    connector: createEtsyConnector(),
    context: contextOf(simulator),
    strangerContext: contextOf(simulator, { ...simulator.credentials, sharedSecret: 'wrong' }),
    listings: () => [...store.listings.values()].reduce((sum, row) => sum + row.products.length, 0),
    orders: () => store.receipts.size,
    refs: () => mixedRefs(simulator),
    priceOf: (ref) => Number(product(ref).price),
    setPrice: (ref, minor) =>
      store.touchProduct(listing(ref.productExternalId), product(ref), { price: minor }),
    remove: (id) => store.remove(listing(id)),
    spoil: (id) => {
      const [first] = listing(id).products;
      if (first) store.touchProduct(listing(id), first, { price: 'see catalogue' });
    },
    refused: () => ({ quantity: 1_000 }),
    writesOf: (ref) => product(ref).writes,
    shipped: (id, tracking) => {
      const receipt = store.receipts.get(Number(id));
      const told = receipt?.mails.filter((mail) => mail === tracking).length ?? 0;
      return { done: receipt?.shipped ?? false, told };
    },
    fault: (fault, on, options = {}) =>
      faults.script({
        fault,
        delayMs: 5,
        ...options,
        path: /^\/v3\/application\//,
        methods: on === 'read' ? ['GET'] : ['PUT', 'PATCH', 'POST'],
      }),
    scramble: (how) => faults.script({ fault: how, skip: 1, times: 2, path: /\/shops\/\d+\/listings$/ }),
    close: () => simulator.close(),
  };
}

export function contextOf(
  simulator: EtsySimulator,
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

/** Listings on sale whose prices vary freely, some with several variants. */
function mixedRefs({ store }: EtsySimulator): ListingRef[] {
  const free = [...store.listings.values()].filter(
    (row) => row.state === 'active' && (row.products.length === 1 || row.priceOn.length > 0),
  );
  return free.slice(0, 8).flatMap((row) => row.products.slice(0, 2).map((product) => refOf(row, product)));
}
