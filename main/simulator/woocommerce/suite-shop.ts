import type { ChannelContext, ListingRef } from '../../engine/channels/contract.ts';
import { testContext } from '../../engine/channels/kit/test-context.ts';
import { createWooCommerceConnector } from '../../engine/channels/woocommerce/connector.ts';
import type { SuiteShop } from '../../engine/testing/suite-shop.ts';
import type { ProductRow, VariationRow } from './rows.ts';
import { startWooCommerceSimulator, type WooCommerceSimulator } from './start.ts';

/** The simulated shop behind the suite that every connector has to pass. */
export async function openSuiteShop(): Promise<SuiteShop & { readonly simulator: WooCommerceSimulator }> {
  // Its clock is ahead of all seeded changes, as in a shop that was opened long ago.
  const simulator = await startWooCommerceSimulator({
    listings: 260,
    orders: 40,
    seed: 21,
    baseMs: Date.now() - 3_600_000,
  });
  const { store, faults } = simulator;
  const row = (ref: ListingRef): ProductRow | VariationRow => {
    const found = store.sellable(Number(ref.variantExternalId ?? ref.productExternalId));
    if (!found) throw new Error(`The shop has no listing ${ref.productExternalId}`);
    return found;
  };
  const product = (id: string): ProductRow => {
    const found = store.products.get(Number(id));
    if (!found) throw new Error(`The shop has no product ${id}`);
    return found;
  };
  return {
    simulator,
    connector: createWooCommerceConnector(),
    context: contextOf(simulator, { ...simulator.credentials }),
    strangerContext: contextOf(simulator, { ...simulator.credentials, consumerSecret: 'cs_wrong' }),
    listings: () =>
      [...store.products.values()].filter((entry) => entry.type === 'simple').length + store.variations.size,
    orders: () => store.orders.size,
    refs: () => mixedRefs(simulator),
    priceOf: (ref) => Math.round(Number(row(ref).regularPrice) * 100),
    setPrice: (ref, minor) => store.touch(row(ref), { regularPrice: (minor / 100).toFixed(2) }),
    remove: (id) => store.remove(product(id)),
    spoil: (id) => {
      const entry = product(id);
      store.touch(store.variationsOf(entry)[0] ?? entry, { regularPrice: 'see catalogue' });
    },
    refused: (ref) => ({
      sku: [...store.products.values()].find((entry) => entry.sku !== '' && entry !== row(ref))?.sku ?? '',
    }),
    writesOf: (ref) => store.writes.get(Number(ref.variantExternalId ?? ref.productExternalId)) ?? 0,
    shipped: (id, tracking) => {
      const order = store.orders.get(Number(id));
      const told =
        order?.notes.filter((note) => note.customerNote && note.note.includes(tracking)).length ?? 0;
      return { done: order?.status === 'completed', told };
    },
    orderIn: (id) => {
      const order = store.orders.get(Number(id));
      const sold = order?.lines.map((line) =>
        store.sellable(line.variation > 0 ? line.variation : line.product),
      );
      return {
        cancelled: order?.status === 'cancelled',
        refunds: order?.refunds.map(({ amount }) => Math.round(Number(amount) * 100)) ?? [],
        stock: sold?.reduce((sum, entry) => sum + (entry?.stock ?? 0), 0) ?? 0,
      };
    },
    fault: (fault, on, options = {}) =>
      faults.script({
        fault,
        delayMs: 5,
        ...options,
        path: on === 'read' ? /\/(products|orders)(\/|$)/ : /\/(batch|notes|refunds|orders\/\d+)$/,
        methods: on === 'read' ? ['GET'] : ['POST', 'PUT'],
      }),
    scramble: (how) => faults.script({ fault: how, skip: 1, times: 2, path: /\/products$/ }),
    close: () => simulator.close(),
  };
}

function contextOf(
  simulator: WooCommerceSimulator,
  credentials: ChannelContext['credentials'],
): ChannelContext {
  return testContext(() => Response.error(), {
    baseUrl: simulator.url,
    credentials,
    currency: 'EUR',
    fetch: (url, init) => fetch(url, init),
  }).context;
}

/** Two simple products, then variations of several products. */
function mixedRefs({ store }: WooCommerceSimulator): ListingRef[] {
  const simple = [...store.products.values()].filter((row) => row.type === 'simple').slice(0, 5);
  const variable = [...store.products.values()].filter((row) => row.type === 'variable').slice(0, 3);
  const refs = simple.map((row) => ({ productExternalId: String(row.id), variantExternalId: null }));
  const parts = variable.flatMap((row) =>
    row.variations
      .slice(0, 2)
      .map((id) => ({ productExternalId: String(row.id), variantExternalId: String(id) })),
  );
  return [...refs.slice(0, 3), ...parts, ...refs.slice(3)];
}
