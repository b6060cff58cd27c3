import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelContext } from '../../engine/channels/contract.ts';
import type { Fetch } from '../../engine/ports.ts';
import { readParts } from '../kit/multipart.ts';
import { contextOf, openSuiteShop, refOf } from './suite-shop.ts';
import { inventoryView } from './views.ts';

type Json = Record<string, unknown>;
interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Json;
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Json }> };
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: Json }> }>;
}
interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Json> };
}

const FOLDER = resolve(process.cwd(), '../shared/schemas/etsy');

function reference(name: string): string | null {
  const path = resolve(FOLDER, name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  process.stderr.write(`${path} is not here: what would be checked against it is not checked\n`);
  return null;
}

const text = reference('etsy-openapi-v3.json');
const official = text === null ? null : (JSON.parse(text) as OpenApi);
/** The contracts of 2026, where an operation came or changed after the document above. */
const newer = reference('etsy-ts-8.0.1-data-contracts.d.ts');

/** OpenAPI 3.0 as JSON Schema: null is a type, and a field that Etsy does not name is a mistake of ours. */
function plainSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = node as Json;
  const plain: Json = {};
  for (const [key, value] of Object.entries(rest)) {
    if (
      ['description', 'default', 'format', 'x-resource-id', 'example'].includes(key) &&
      typeof value !== 'object'
    )
      continue;
    plain[key] = plainSchema(value);
  }
  if (plain['type'] === 'object' && plain['properties']) plain['additionalProperties'] = false;
  if (Array.isArray(plain['enum']) && nullable === true) plain['enum'] = [...plain['enum'], null];
  return nullable === true ? { anyOf: [plain, { type: 'null' }] } : plain;
}

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  logger: false,
  validateFormats: false,
  coerceTypes: false,
});
const loose = new Ajv({
  strict: false,
  allErrors: true,
  logger: false,
  validateFormats: false,
  coerceTypes: true,
});
if (official) {
  const components = { $id: 'etsy', components: plainSchema(official.components) } as Json;
  ajv.addSchema(components);
  loose.addSchema(components);
}

function deviations(with_: Ajv, schema: unknown, value: unknown): string[] {
  const local = JSON.parse(JSON.stringify(plainSchema(schema)).replaceAll('"#/', '"etsy#/')) as Json;
  const validate = with_.compile(local);
  if (validate(value)) return [];
  const told = ({ instancePath, message, params }: ErrorObject): string =>
    `${instancePath.replace(/\/\d+/g, '/*')} ${message ?? ''} ${JSON.stringify(params)}`;
  return [...new Set((validate.errors ?? []).map(told))];
}

interface Exchange {
  readonly method: string;
  readonly url: URL;
  readonly type: string;
  readonly sent: string;
  readonly status: number;
  readonly answer: unknown;
}

/** Came in 2026; answers as the other batch does. */
const SINCE_2026 = '/v3/application/listings/batch/inventory';

function operationOf(api: OpenApi, { method, url }: Exchange): Operation | null {
  const path = url.pathname === SINCE_2026 ? '/v3/application/listings/batch' : url.pathname;
  const exact = api.paths[path]?.[method.toLowerCase()];
  if (exact) return exact;
  for (const [template, methods] of Object.entries(api.paths)) {
    const pattern = new RegExp(
      `^${template.replace('{language}', '[a-z][a-z]').replace(/\{\w+\}/g, String.raw`\d+`)}$`,
    );
    const found = pattern.test(path) ? methods[method.toLowerCase()] : undefined;
    if (found) return found;
  }
  return null;
}

function problems(api: OpenApi, exchange: Exchange): string[] {
  const operation = operationOf(api, exchange);
  const name = `${exchange.method} ${exchange.url.pathname.replace(/\d+/g, '*')}`;
  if (!operation) return [`${name} is not an operation of Etsy`];
  return [
    ...queryProblems(operation, exchange),
    ...bodyProblems(operation, exchange),
    ...answerProblems(api, operation, exchange),
  ].map((problem) => `${name}: ${problem}`);
}

function queryProblems(operation: Operation, { url }: Exchange): string[] {
  const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const strange = [...url.searchParams.keys()].filter((name) => !known.some((item) => item.name === name));
  return [
    ...strange.map((name) => `there is no parameter ${name}`),
    ...known.flatMap((parameter) => {
      const value = url.searchParams.get(parameter.name);
      if (value === null) return parameter.required ? [`${parameter.name} is missing`] : [];
      const given = parameter.schema['type'] === 'array' ? value.split(',') : value;
      // Coercion needs something to write into.
      const schema = { type: 'object', properties: { value: parameter.schema } };
      return deviations(loose, schema, { value: given });
    }),
  ];
}

function bodyProblems(operation: Operation, { type, sent }: Exchange): string[] {
  const [content] = Object.values(operation.requestBody?.content ?? {});
  if (!content) return sent === '' ? [] : ['there is no body'];
  if (type.includes('json')) return deviations(ajv, content.schema, JSON.parse(sent));
  const properties = (content.schema['properties'] ?? {}) as Record<string, Json>;
  const parts = readParts(sent)?.map(({ name, value }): [string, string] => [name, value]);
  const form = Object.fromEntries(
    (parts ?? [...new URLSearchParams(sent)]).map(([name, value]) => [
      name,
      properties[name]?.['type'] === 'array' ? value.split(',') : value,
    ]),
  );
  return deviations(loose, content.schema, form);
}

function answerProblems(api: OpenApi, operation: Operation, { status, answer }: Exchange): string[] {
  if (status === 429 || status === 401)
    return deviations(ajv, api.components.schemas['ErrorSchema'], plainError(answer));
  const described = operation.responses[String(status)]?.content?.['application/json'];
  if (!described) return [`the status ${status} is not described`];
  return deviations(ajv, described.schema, answer);
}

/** Only the sign-in's errors have a second part. */
function plainError(answer: unknown): unknown {
  const { error_description: _told, ...rest } = answer as Json;
  return rest;
}

describe('Etsy’s document', () => {
  let shop: Awaited<ReturnType<typeof openSuiteShop>>;
  const exchanges: Exchange[] = [];
  const spy: Fetch = async (address, init) => {
    const response = await fetch(address, init);
    const copy = response.clone();
    exchanges.push({
      method: init.method ?? 'GET',
      url: new URL(address),
      type: new Headers(init.headers).get('content-type') ?? '',
      sent: typeof init.body === 'string' ? init.body : '',
      status: response.status,
      answer: await copy.json(),
    });
    return response;
  };
  let context: ChannelContext;

  beforeAll(async () => {
    shop = await openSuiteShop();
    context = contextOf(shop.simulator, { ...shop.simulator.credentials }, { fetch: spy });
    await drive(shop, context);
  });
  afterAll(() => shop.close());

  it('knows every request and describes every answer', () => {
    const api = exchanges.filter(({ url }) => url.pathname.startsWith('/v3/application/'));
    const called = new Set(api.map(({ method, url }) => `${method} ${url.pathname.replace(/\d{4,}/g, '*')}`));
    expect([...called].toSorted()).toEqual([
      'GET /v3/application/listings/*',
      'GET /v3/application/listings/*/images',
      'GET /v3/application/listings/*/inventory',
      'GET /v3/application/listings/batch',
      'GET /v3/application/listings/batch/inventory',
      'GET /v3/application/shops/*',
      'GET /v3/application/shops/*/listings',
      'GET /v3/application/shops/*/listings/*/translations/de',
      'GET /v3/application/shops/*/receipts',
      'GET /v3/application/shops/*/receipts/*',
      'GET /v3/application/users/me',
      'PATCH /v3/application/shops/*/listings/*',
      'POST /v3/application/shops/*/listings/*/images',
      'POST /v3/application/shops/*/listings/*/translations/de',
      'POST /v3/application/shops/*/receipts/*/tracking',
      'PUT /v3/application/listings/*/inventory',
      'PUT /v3/application/shops/*/listings/*/translations/de',
      'PUT /v3/application/shops/*/receipts/*',
    ]);
    expect(api.filter(({ status }) => status >= 400).map(({ status }) => status)).toEqual(
      expect.arrayContaining([400, 404]),
    );
    if (!official) return;
    expect([...new Set(api.flatMap((exchange) => problems(official, exchange)))]).toEqual([]);
  });

  it('would notice a field, a parameter and a body that are not Etsy’s', () => {
    if (!official) return;
    const [list] = exchanges.filter(({ url }) => url.pathname.endsWith('/listings'));
    const [put] = exchanges.filter(
      ({ method, url }) => method === 'PUT' && url.pathname.endsWith('inventory'),
    );
    if (!list || !put) throw new Error('The connector made no such calls');
    const asked = new URL(list.url);
    asked.searchParams.set('updated_since', '1');
    const strange = { count: 'two', results: [{ listing_id: 1, headline: 'x' }] };
    expect(problems(official, { ...list, url: asked, answer: strange }).length).toBeGreaterThanOrEqual(3);
    const body = JSON.parse(put.sent) as { products: Json[] };
    const wrong = { ...body, products: body.products.map((product) => ({ ...product, product_id: 1 })) };
    expect(problems(official, { ...put, sent: JSON.stringify(wrong) })).toHaveLength(1);
  });

  it('names the other batch and what may be included since 2026', () => {
    if (newer === null) return;
    expect(newer).toContain('interface IGetListingsInventoryByListingIdsParams');
    const part = (name: string): string =>
      newer.slice(newer.indexOf(`interface ${name} `)).split('\n}')[0] ?? '';
    expect(part('IGetListingsByListingIdsParams')).toContain('"Images"');
    expect(part('IGetListingsByListingIdsParams')).not.toContain('"Inventory"');
    expect(part('IGetListingsByShopParams')).toMatch(/"Images".*"Inventory"/);
    for (const field of ['was_shipped', 'was_paid'])
      expect(part('IUpdateShopReceiptPayload')).toContain(field);
    const includes = exchanges
      .filter(({ url }) => url.pathname.endsWith('/listings/batch'))
      .map(({ url }) => url.searchParams.get('includes'));
    expect(new Set(includes)).toEqual(new Set(['Images']));
  });

  it('would be kept by an inventory as it is read and written back', () => {
    const [listing] = shop.simulator.store.listings.values();
    if (!official || !listing) return;
    const view = inventoryView(shop.simulator.store, listing);
    expect(deviations(ajv, official.components.schemas['ListingInventory'], view)).toEqual([]);
  });
});

/** Every kind of call that the connector makes, refusals included. */
async function drive(
  { connector, simulator, refs }: Awaited<ReturnType<typeof openSuiteShop>>,
  context: ChannelContext,
): Promise<void> {
  await connector.probe(context);
  let page = await connector.pullProducts(context, null);
  while (!page.done) page = await connector.pullProducts(context, page.cursor);
  const [touched] = simulator.store.listings.values();
  if (touched) simulator.store.touch(touched);
  await connector.pullProducts(context, page.cursor);
  let ids = await connector.pullIds(context, null);
  while (!ids.done) ids = await connector.pullIds(context, ids.cursor);
  const { orders } = await connector.pullOrders(context, null);
  await connector.pullOrders(
    context,
    JSON.stringify({ v: 1, since: 1_700_000_000, offset: 0, newest: 0, repeats: 0 }),
  );
  await connector.readListings(context, [{ productExternalId: '99999', variantExternalId: null }]);
  const variable = [...simulator.store.listings.values()].find((row) => row.products.length > 2);
  const some = variable ? variable.products.map((product) => refOf(variable, product)) : refs();
  await connector.pushListings(context, [
    ...some.map((ref, index) => ({
      opId: `v${index}`,
      ref,
      currency: 'EUR',
      fields: { price: 2_000 + index, quantity: 3, sku: `S-${index}` },
    })),
    {
      opId: 'content',
      ref: { productExternalId: some[0]?.productExternalId ?? '', variantExternalId: null },
      currency: 'EUR',
      fields: {
        title: 'Harbour mug',
        description: 'Blue.',
        tags: '["mug","blue"]',
        materials: '["clay"]',
        status: 'inactive',
        weight: '0.4',
      },
    },
    { opId: 'bad', ref: refs().at(-1) ?? never(), currency: 'EUR', fields: { quantity: 1_000 } },
  ]);
  const [pictured] = simulator.store.listings.values();
  const [first] = pictured?.images ?? [];
  if (!pictured || !first) throw new Error('The shop has no picture');
  simulator.store.touch(pictured, { images: [first, { ...first, id: simulator.store.newId() }] });
  await connector.pushListings(context, [
    {
      opId: 'pictures',
      ref: { productExternalId: String(pictured.id), variantExternalId: null },
      currency: 'EUR',
      fields: {
        images: JSON.stringify(
          pictured?.images
            .toReversed()
            .map(({ id }) => ({ src: '', alt: 'Seen from above', externalId: String(id) })),
        ),
      },
    },
  ]);
  const texts = { title: 'Hafenbecher', description: 'Blau.', tags: ['becher', 'blau'] };
  for (const title of ['Hafenbecher', 'Becher am Hafen'])
    await connector.translations?.write(context, String(pictured.id), 'de', { ...texts, title });
  const open = orders.filter((order) => order.disposition === null);
  for (const [index, order] of open.slice(0, 2).entries()) {
    await connector.pushShipment(context, {
      opId: order.externalId,
      shipmentId: 's',
      orderExternalId: order.externalId,
      carrier: 'DHL',
      tracking: index === 0 ? 'T1' : '',
      shippedAtMs: order.placedAtMs,
      lines: [],
      complete: true,
    });
  }
}

function never(): never {
  throw new Error('The shop has no listing');
}
