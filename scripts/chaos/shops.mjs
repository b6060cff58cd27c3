// One entry a channel: how its simulator is started, looked into and worked in by hand.
import { startShopifySimulator } from '../../main/simulator/shopify/start.ts';
import { startWooCommerceSimulator } from '../../main/simulator/woocommerce/start.ts';

/**
 * @typedef {{ price: number | null, title: string, quantity: number | null }} Values price in minor units
 * @typedef {object} ChaosShop
 * @property {any} simulator
 * @property {() => Map<string, { writes: number, content: string }>} rows what requests write, how often, and what is there
 * @property {() => Record<string, Values>} values by `product|variant`, variant empty for simple products
 * @property {(key: string, field: 'price' | 'title' | 'quantity', value: string | number) => void} edit somebody works in the shop
 * @property {(fault: { fault: string, on: 'read' | 'write', times: number, skip: number }) => object} aim
 * @property {(order: string, tracking: string) => { done: boolean, told: number }} shipped
 */

const SIZE = { listings: 60, orders: 40 };
const minor = (text) => (text === '' || text === null ? null : Math.round(Number(text) * 100));
/** Times and counters move although nothing of the product changes. */
const UNIMPORTANT = new Set(['modified', 'updatedAt', 'writes']);
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
        path: on === 'read' ? /\/(products|orders)(\/|$)/ : /\/(batch|notes|orders\/\d+)$/,
        methods: on === 'read' ? ['GET'] : ['POST', 'PUT'],
      }),
      shipped: (id, tracking) => {
        const order = store.orders.get(Number(id));
        const told =
          order?.notes.filter((note) => note.customerNote && note.note.includes(tracking)).length ?? 0;
        return { done: order?.status === 'completed', told };
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
    };
  },
};
