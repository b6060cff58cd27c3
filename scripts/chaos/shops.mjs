// One entry a channel: how its simulator is started, looked into and worked in by hand.
import { entriesAt, numberOf, offerAt, withPrice } from '../../main/simulator/amazon/attribute-values.ts';
import { startAmazonSimulator } from '../../main/simulator/amazon/start.ts';
import { startEtsySimulator } from '../../main/simulator/etsy/start.ts';
import { keyOf as etsyVariant } from '../../main/simulator/etsy/suite-shop.ts';
import { startShopifySimulator } from '../../main/simulator/shopify/start.ts';
import { startWooCommerceSimulator } from '../../main/simulator/woocommerce/start.ts';

/**
 * @typedef {{ price: number | null, title: string, quantity: number | null, description: string, tags?: string[], locked?: string[] }} Values
 * price in minor units; `locked` = what is not changed on this listing, here or there
 * @typedef {object} ChaosShop
 * @property {any} simulator
 * @property {() => Map<string, { writes: number, content: string }>} rows what requests write, how often, and what is there
 * @property {() => Record<string, Values>} values by `product|variant`, variant empty for simple products
 * @property {(key: string, field: 'price' | 'title' | 'quantity', value: string | number) => void} edit somebody works in the shop
 * @property {(fault: { fault: string, on: 'read' | 'write', times: number, skip: number }) => object} aim
 * @property {(order: string, tracking: string) => { done: boolean, told: number }} shipped
 * @property {(order: string) => { cancelled: boolean, refunds: number[] }} [orderIn] minor units; absent where orders are cancelled by hand
 */

const SIZE = { listings: 60, orders: 40 };
const minor = (text) => (text === '' || text === null ? null : Math.round(Number(text) * 100));
const cents = (amount) => (amount === undefined || amount === null ? null : Math.round(amount * 100));
/** Times and counters move although nothing of the product changes. */
const UNIMPORTANT = new Set(['modified', 'updatedAt', 'updated', 'writes', 'productId', 'offeringId']);
const contentOf = (row) =>
  JSON.stringify(row, (name, value) => {
    if (UNIMPORTANT.has(name)) return undefined;
    return value instanceof Map ? [...value] : value;
  });

/** @type {Record<string, (options: object) => Promise<ChaosShop>>} */
export const SHOPS = {
  woocommerce: async (options) => {
    const simulator = await startWooCommerceSimulator({ ...SIZE, ...options });
    const { store } = simulator;
    const sellables = () => [...store.products.values(), ...store.variations.values()];
    const listed = () =>
      sellables().filter(
        (row) => row.kind === 'variation' || (row.type === 'simple' && row.trashedFrom === null),
      );
    const productOf = (row) => (row.kind === 'variation' ? store.products.get(row.parent) : row);
    const keyOf = (row) => (row.kind === 'variation' ? `${row.parent}|${row.id}` : `${row.id}|`);
    return {
      simulator,
      rows: () =>
        new Map(
          sellables().map((row) => [
            `${row.kind} ${row.id}`,
            { writes: store.writes.get(row.id) ?? 0, content: contentOf(row) },
          ]),
        ),
      values: () =>
        Object.fromEntries(
          listed().map((row) => [
            keyOf(row),
            {
              price: minor(row.regularPrice),
              title: productOf(row).name,
              description: productOf(row).description,
              tags: productOf(row).tags.map((id) => store.tags.get(id)?.name ?? ''),
              quantity: row.manageStock ? row.stock : null,
            },
          ]),
        ),
      edit: (key, field, value) => {
        const row = listed().find((candidate) => keyOf(candidate) === key);
        if (!row) throw new Error(`The shop has no listing ${key}`);
        if (field === 'title') store.touch(productOf(row), { name: value });
        else if (field === 'price') store.touch(row, { regularPrice: value });
        else store.touch(row, { manageStock: true, stock: value, stockStatus: 'instock' });
      },
      aim: ({ on, ...fault }) => ({
        ...fault,
        delayMs: 5,
        path: on === 'read' ? /\/(products|orders)(\/|$)/ : /\/(batch|notes|refunds|orders\/\d+)$/,
        methods: on === 'read' ? ['GET'] : ['POST', 'PUT'],
      }),
      shipped: (id, tracking) => {
        const order = store.orders.get(Number(id));
        const told =
          order?.notes.filter((note) => note.customerNote && note.note.includes(tracking)).length ?? 0;
        return { done: order?.status === 'completed', told };
      },
      orderIn: (id) => {
        const order = store.orders.get(Number(id));
        return {
          cancelled: order?.status === 'cancelled',
          refunds: order?.refunds.map(({ amount }) => Math.round(Number(amount) * 100)) ?? [],
        };
      },
    };
  },

  shopify: async (options) => {
    const bucket = { maximumAvailable: 1_000_000, restoreRate: 100_000 };
    const simulator = await startShopifySimulator({ ...SIZE, bucket, ...options });
    const { store } = simulator;
    const place = store.location.id;
    const keyOf = (row) => `${row.productId}|${row.id}`;
    return {
      simulator,
      rows: () =>
        new Map(
          [...store.variants.values()].map((row) => [
            `variant ${row.id}`,
            { writes: row.writes, content: contentOf(row) },
          ]),
        ),
      values: () =>
        Object.fromEntries(
          [...store.variants.values()].map((row) => [
            keyOf(row),
            {
              price: minor(row.compareAtPrice ?? row.price),
              title: store.products.get(row.productId).title,
              description: store.products.get(row.productId).descriptionHtml,
              tags: store.products.get(row.productId).tags,
              quantity: row.tracked ? (row.levels.get(place) ?? null) : null,
            },
          ]),
        ),
      edit: (key, field, value) => {
        const row = store.variants.get(Number(key.split('|')[1]));
        if (!row) throw new Error(`The shop has no listing ${key}`);
        if (field === 'title') store.touch(store.products.get(row.productId), { title: value });
        else if (field === 'quantity') store.setAvailable(row, place, value);
        else store.touch(row, row.compareAtPrice === null ? { price: value } : { compareAtPrice: value });
      },
      aim: ({ on, ...fault }) => ({
        ...fault,
        delayMs: 5,
        path: on === 'read' ? /^\/graphql\/query\// : /^\/graphql\/mutation\//,
      }),
      shipped: (id, tracking) => {
        const order = store.orders.get(Number(id));
        const done = order?.parts.every((part) => part.lines.every((line) => line.remaining === 0)) ?? false;
        return { done, told: order?.mails.filter((mail) => mail.includes(tracking)).length ?? 0 };
      },
      orderIn: (id) => {
        const order = store.orders.get(Number(id));
        return {
          cancelled: typeof order?.cancelledAt === 'number',
          refunds: order?.refunds.map((entry) => entry.cents) ?? [],
        };
      },
    };
  },

  amazon: async (options) => {
    const quick = { settleMs: 0, reportMs: 0, throttles: false };
    const simulator = await startAmazonSimulator({ ...SIZE, ...quick, ...options });
    const { store } = simulator;
    const valueOf = (row, name) => entriesAt(row, name)[0]?.value;
    const stockOf = (row) => entriesAt(row, 'fulfillment_availability')[0];
    const own = (row) => stockOf(row)?.fulfillment_channel_code === 'DEFAULT';
    return {
      simulator,
      rows: () =>
        new Map(store.sellable().map((row) => [row.sku, { writes: row.writes, content: contentOf(row) }])),
      values: () =>
        Object.fromEntries(
          store.sellable().map((row) => [
            `${row.sku}|`,
            {
              price: cents(numberOf(offerAt(row, 'our_price')?.value_with_tax)),
              title: valueOf(row, 'item_name'),
              description: entriesAt(row, 'product_description')
                .map((entry) => entry.value)
                .join('\n'),
              quantity: stockOf(row)?.quantity ?? null,
              locked: own(row) ? [] : ['quantity'],
            },
          ]),
        ),
      edit: (key, field, value) => {
        const row = store.listings.get(key.slice(0, -1));
        if (!row) throw new Error(`Amazon has no listing ${key}`);
        if (field === 'price') store.touch(row, withPrice(row, Number(value)));
        else {
          const name = field === 'title' ? 'item_name' : 'fulfillment_availability';
          const [first] = entriesAt(row, name);
          const entry = { ...first, [field === 'title' ? 'value' : 'quantity']: value };
          store.touch(row, { ...row.attributes, [name]: [entry] });
        }
        simulator.save();
      },
      aim: ({ on, ...fault }) => ({
        ...fault,
        delayMs: 5,
        path: /^\/(listings|orders)\//,
        methods: on === 'read' ? ['GET'] : ['PATCH', 'POST'],
      }),
      shipped: (id, tracking) => {
        const order = store.orders.get(id);
        const told = order?.mails.filter((mail) => mail === tracking).length ?? 0;
        return { done: order?.status === 'SHIPPED', told };
      },
      orderIn: (id) => {
        const order = store.orders.get(id);
        return {
          cancelled: order?.status === 'CANCELLED',
          refunds: (order?.refunds ?? []).map((entry) => entry.minor),
        };
      },
    };
  },

  etsy: async (options) => {
    const quota = { perSecond: 100_000, perDay: 10_000_000 };
    const simulator = await startEtsySimulator({ ...SIZE, quota, ...options });
    const { store } = simulator;
    const listed = () =>
      [...store.listings.values()].flatMap((listing) => listing.products.map((row) => ({ listing, row })));
    const keyOf = ({ listing, row }) => `${listing.id}|${etsyVariant(row) ?? ''}`;
    const lockedOf = ({ listing }) => {
      if (listing.state !== 'active') return ['price', 'title', 'quantity'];
      if (listing.products.length === 1) return [];
      // One value of all variants: a change of one is a change of its neighbours.
      return [
        ...(listing.priceOn.length > 0 ? [] : ['price']),
        ...(listing.quantityOn.length > 0 ? [] : ['quantity']),
      ];
    };
    return {
      simulator,
      rows: () =>
        new Map([
          ...[...store.listings.values()].map((row) => [
            `listing ${row.id}`,
            { writes: row.writes, content: contentOf({ ...row, products: null }) },
          ]),
          ...listed().map((entry) => [
            keyOf(entry),
            { writes: entry.row.writes, content: contentOf(entry.row) },
          ]),
        ]),
      values: () =>
        Object.fromEntries(
          listed().map((entry) => [
            keyOf(entry),
            {
              price: entry.row.price,
              title: entry.listing.title,
              description: entry.listing.description,
              tags: entry.listing.tags,
              quantity: entry.row.quantity,
              locked: lockedOf(entry),
            },
          ]),
        ),
      edit: (key, field, value) => {
        const found = listed().find((entry) => keyOf(entry) === key);
        if (!found) throw new Error(`The shop has no listing ${key}`);
        if (field === 'title') store.touch(found.listing, { title: value });
        else {
          const change = field === 'price' ? { price: cents(Number(value)) } : { quantity: value };
          store.touchProduct(found.listing, found.row, change);
        }
      },
      aim: ({ on, ...fault }) => ({
        ...fault,
        delayMs: 5,
        path: /^\/v3\/application\//,
        methods: on === 'read' ? ['GET'] : ['PUT', 'PATCH', 'POST'],
      }),
      shipped: (id, tracking) => {
        const receipt = store.receipts.get(Number(id));
        const told = receipt?.mails.filter((mail) => mail === tracking).length ?? 0;
        return { done: receipt?.shipped ?? false, told };
      },
    };
  },
};
