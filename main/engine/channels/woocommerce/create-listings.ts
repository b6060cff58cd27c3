import { z } from 'zod';
import type { ListingCreation, MadeProduct, NewProduct } from '../creation.ts';
import type { ChannelContext } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { WooClient } from './client.ts';
import { toWooItem, type WooItem } from './from-domain.ts';

const recordSchema = z.object({
  id: z.number().int(),
  type: z.string().optional(),
  sku: z.string().nullish(),
  parent_id: z.number().int().nullish(),
  permalink: z.string().nullish(),
});
type Found = z.infer<typeof recordSchema>;
const batchItemSchema = z.object({
  id: z.number().int().optional(),
  sku: z.string().nullish(),
  error: z.object({ code: z.string(), message: z.string() }).nullish(),
});
const batchSchema = z.object({
  create: z.array(batchItemSchema).optional(),
  delete: z.array(batchItemSchema).optional(),
});

const BATCH = 50;

export function creation(client: (context: ChannelContext) => WooClient): ListingCreation {
  return {
    create: async (context, product) => create(client(context), product),
    remove: async (context, ids) => remove(client(context), ids),
  };
}

async function create(client: WooClient, product: NewProduct): Promise<MadeProduct> {
  return product.kind === 'simple' ? createSimple(client, product) : createVariable(client, product);
}

async function createSimple(client: WooClient, product: NewProduct): Promise<MadeProduct> {
  const [variant] = product.variants;
  // Without a SKU of its own a product is found again by its key.
  const sku = skuOf(variant?.fields.sku) ?? product.key;
  const there = (await bySkus(client, [sku]))[0];
  if (there) {
    if ((there.parent_id ?? 0) > 0) throw taken(sku);
    return made(there, [null], true);
  }
  const item = {
    type: 'simple',
    ...itemOf({ ...product.fields, ...variant?.fields }, product.currency, 'product'),
    sku,
  };
  const answer = await client.send({ method: 'POST', path: 'products', body: item });
  return made(recordSchema.parse(answer.body), [null], false);
}

/** The parent carries the key as its SKU: a try that died between parent and variations finds it again. */
async function createVariable(client: WooClient, product: NewProduct): Promise<MadeProduct> {
  const skus = product.variants.map(({ fields }, n) => skuOf(fields.sku) ?? `${product.key}-${n + 1}`);
  const twice = skus.find((sku, n) => skus.findIndex((other) => alike(other) === alike(sku)) !== n);
  // Refused before anything is made: the shop would take the first and leave half a product.
  if (twice !== undefined) throw refused(`two variants have the SKU ${twice}`, undefined, 'products');
  const there = await bySkus(client, [product.key, ...skus]);
  let parent = there.find(({ sku }) => alike(sku ?? '') === product.key);
  const known = there.filter((record) => record.id !== parent?.id);
  const foreign = known.find((record) => parent === undefined || record.parent_id !== parent.id);
  if (foreign) {
    const all = skus.map((sku) => known.find((record) => alike(record.sku ?? '') === alike(sku)));
    const owner = foreign.parent_id ?? 0;
    // All of them below one product: somebody has moved it already.
    if (owner > 0 && all.every((record) => record?.parent_id === owner)) {
      const answer = await client.get(`products/${owner}`);
      return made(
        recordSchema.parse(answer.body),
        all.map((record) => String(record?.id)),
        true,
      );
    }
    throw taken(foreign.sku ?? '');
  }
  const found = parent !== undefined && known.length === skus.length;
  const fresh = parent === undefined;
  if (!parent) {
    const body = {
      type: 'variable',
      ...itemOf(product.fields, product.currency, 'product'),
      sku: product.key,
      attributes: attributesOf(product),
    };
    parent = recordSchema.parse((await client.send({ method: 'POST', path: 'products', body })).body);
  }
  const ids = new Map(known.map(({ sku, id }) => [alike(sku ?? ''), String(id)]));
  const missing = product.variants.flatMap((variant, n) => {
    const sku = skus[n] ?? '';
    if (ids.has(alike(sku))) return [];
    const options = variant.options.map(({ name, value }) => ({ name, option: value }));
    return [{ ...itemOf(variant.fields, product.currency, 'variation'), sku, attributes: options }];
  });
  for (let from = 0; from < missing.length; from += BATCH) {
    const part = missing.slice(from, from + BATCH);
    const path = `products/${parent.id}/variations/batch`;
    const answer = await client.send({ method: 'POST', path, body: { create: part } });
    for (const [n, item] of (batchSchema.parse(answer.body).create ?? []).entries()) {
      if (item.error || item.id === undefined) {
        // Half a product helps nobody; what an earlier try left is older than this call and stays.
        if (fresh) await remove(client, [String(parent.id)]);
        throw refused(item.error?.message ?? 'no id', item.error?.code, path);
      }
      ids.set(alike(part[n]?.sku ?? ''), String(item.id));
    }
  }
  return made(
    parent,
    skus.map((sku) => ids.get(alike(sku)) ?? null),
    found,
  );
}

async function remove(client: WooClient, externalIds: readonly string[]): Promise<string[]> {
  const gone: string[] = [];
  for (let from = 0; from < externalIds.length; from += BATCH) {
    const part = externalIds.slice(from, from + BATCH);
    const body = { delete: part.map(Number) };
    const answer = await client.send({ method: 'POST', path: 'products/batch', body });
    const items = batchSchema.parse(answer.body).delete ?? [];
    for (const [n, id] of part.entries()) {
      const error = items[n]?.error;
      if (!error || error.code === 'woocommerce_rest_product_invalid_id') gone.push(id);
    }
  }
  return gone;
}

/** Products and variations with these SKUs, as many as there are. */
async function bySkus(client: WooClient, skus: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  // A comma separates SKUs in the query, so one with a comma is asked for by its parts and compared whole.
  for (let from = 0; from < skus.length; from += 20) {
    const part = skus.slice(from, from + 20);
    const answer = await client.get('products', { sku: part.join(','), per_page: 100, status: 'any' });
    // The shop compares without case and forbids what differs in nothing else.
    const wanted = new Set(part.map(alike));
    found.push(
      ...z
        .array(recordSchema)
        .parse(answer.body)
        .filter(({ sku }) => wanted.has(alike(sku ?? ''))),
    );
  }
  return found;
}

function attributesOf(product: NewProduct): WooItem[] {
  const options = new Map<string, string[]>();
  for (const variant of product.variants) {
    for (const { name, value } of variant.options) {
      const values = options.get(name) ?? [];
      if (!values.includes(value)) values.push(value);
      options.set(name, values);
    }
  }
  return [...options].map(([name, values], position) => ({
    name,
    position,
    visible: true,
    variation: true,
    options: values,
  }));
}

function itemOf(fields: NewProduct['fields'], currency: string, target: 'product' | 'variation'): WooItem {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const written = toWooItem(filled, currency, target);
  if (!written.ok) throw refused(written.message, undefined, 'products');
  return written.item;
}

function made(record: Found, variants: readonly (string | null)[], found: boolean): MadeProduct {
  return { externalId: String(record.id), url: record.permalink || null, variants, found };
}

function alike(sku: string): string {
  return sku.toLowerCase();
}

function skuOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function taken(sku: string): Error {
  return callFailed('CHANNEL_CONFLICT', `The SKU ${sku} belongs to another product of the shop`, {
    method: 'POST',
    path: 'products',
    applied: 'no',
  });
}

function refused(message: string, code: string | undefined, path: string): Error {
  return callFailed('CHANNEL_INVALID', `The shop refuses it: ${message}${code ? ` (${code})` : ''}`, {
    method: 'POST',
    path,
    applied: 'no',
  });
}
