import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedRequest } from '../kit/request-log.ts';
import { shopClient, type ShopClient } from './shop-client.ts';
import { openSuiteShop } from './suite-shop.ts';

type Json = Record<string, unknown>;

const FOLDER = resolve(process.cwd(), '../shared/schemas/woocommerce');

/** What a real shop answered and says about itself, kept beside the repository; null in a bare clone. */
function reference<T>(name: string): T | null {
  const path = resolve(FOLDER, name);
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as T;
  process.stderr.write(`${path} is not here: what would be checked against it is not checked\n`);
  return null;
}

const schemas = reference<Record<string, { schema: Json }>>('wc-v3-json-schemas.json');
const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: false });

/** WordPress writes types of its own, and an empty date is null. */
function plainSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(plainSchema);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node as Json).filter(([key]) => key !== '$schema' && key !== 'required');
  const plain: Json = Object.fromEntries(entries.map(([key, value]) => [key, plainSchema(value)]));
  if (plain['type'] === 'date-time') plain['type'] = ['string', 'null'];
  if (plain['type'] === 'bool') plain['type'] = 'boolean';
  if (plain['type'] === 'mixed') delete plain['type'];
  if (Array.isArray(plain['enum'])) plain['enum'] = [...new Set(plain['enum'])];
  return plain;
}

function validator(name: string): ValidateFunction | null {
  const schema = schemas?.[name]?.schema;
  return schema ? ajv.compile(plainSchema(schema) as Json) : null;
}

/** Where a record differs from its schema, positions in lists left out. */
function deviations(validate: ValidateFunction, record: unknown): string[] {
  if (validate(record)) return [];
  const text = ({ instancePath, keyword }: ErrorObject): string =>
    `${instancePath.replace(/\/\d+/g, '/*')} ${keyword}`;
  return [...new Set((validate.errors ?? []).map(text))].toSorted();
}

/**
 * The real shop breaks its own schemas in these places; all but the last were
 * recorded. A variation that takes its stock from its product says "parent".
 */
const KNOWN = [
  '/image type',
  '/line_items/*/image/id type',
  '/line_items/*/parent_name type',
  '/manage_stock type',
  '/shipping_class_id type',
  '/stock_quantity type',
];

let shop: Awaited<ReturnType<typeof openSuiteShop>>;
let client: ShopClient;
let products: Json[] = [];
let orders: Json[] = [];
let variations: Json[] = [];

beforeAll(async () => {
  shop = await openSuiteShop();
  client = shopClient(shop.simulator);
  products = (await client.get('products?per_page=100&status=any')).body as Json[];
  orders = (await client.get('orders?per_page=100')).body as Json[];
  const variable = products.find((product) => product['type'] === 'variable');
  variations = (await client.get(`products/${String(variable?.['id'])}/variations?per_page=100`))
    .body as Json[];
});
afterAll(() => shop.close());

describe('answers', () => {
  it.each([
    ['product', ['product_simple', 'product_variable'], () => products],
    ['product_variation', ['variations'], () => variations],
    ['shop_order', ['order'], () => orders],
  ] as const)('every %s keeps to the schema where the real shop does', (name, recordings, records) => {
    const validate = validator(name);
    if (!validate) return;
    const real = recordings.flatMap((file) => reference<Json | Json[]>(`recorded/${file}.json`) ?? []);
    for (const record of real) expect(KNOWN).toEqual(expect.arrayContaining(deviations(validate, record)));
    expect(records().length).toBeGreaterThan(1);
    for (const record of records())
      expect(KNOWN).toEqual(expect.arrayContaining(deviations(validate, record)));
  });

  it.each([
    ['product_simple', () => products.find((product) => product['type'] === 'simple')],
    ['product_variable', () => products.find((product) => product['type'] === 'variable')],
    ['variations', () => variations[0]],
    ['order', () => orders[0]],
  ] as const)('has the very parts of the recorded %s', (file, record) => {
    const recorded = reference<Json | Json[]>(`recorded/${file}.json`);
    const real = Array.isArray(recorded) ? recorded[0] : recorded;
    if (!real) return;
    const mine = record();
    expect(Object.keys(mine ?? {}).toSorted()).toEqual(Object.keys(real).toSorted());
    for (const [key, value] of Object.entries(real)) {
      if (value === null || mine?.[key] === null) continue;
      expect([key, kindOf(mine?.[key])]).toEqual([key, kindOf(value)]);
    }
    // Lines exist in orders only; elsewhere both sides have none.
    const parts = (record: Json | undefined): string[] =>
      Object.keys((record?.['line_items'] as Json[] | undefined)?.[0] ?? {}).toSorted();
    expect(parts(mine)).toEqual(parts(real));
  });

  it('notes and refunds keep to their schemas', async () => {
    const id = String(orders.find((order) => order['status'] === 'completed')?.['id']);
    await client.send('POST', `orders/${id}/notes`, { note: 'Sent', customer_note: true });
    await client.send('POST', `orders/${id}/refunds`, { amount: '1.00', reason: 'late', api_refund: false });
    const notes = (await client.get(`orders/${id}/notes`)).body as Json[];
    const refunds = (await client.get(`orders/${id}/refunds`)).body as Json[];
    const [note, refund, system] = [
      validator('order_note'),
      validator('shop_order_refund'),
      validator('system_status'),
    ];
    if (!note || !refund || !system) return;
    expect(notes.flatMap((record) => deviations(note, record))).toEqual([]);
    expect(refunds.flatMap((record) => deviations(refund, record))).toEqual([]);
    expect(deviations(system, (await client.get('system_status')).body)).toEqual([]);
    const real = reference<Json[]>('recorded/order_refunds.json')?.[0] ?? {};
    expect(Object.keys(refunds[0] ?? {}).toSorted()).toEqual(Object.keys(real).toSorted());
  });
});

interface Endpoint {
  readonly methods: readonly string[];
  readonly args: Readonly<Record<string, Json>>;
}

describe('requests', () => {
  it('everything that the connector asks for and sends is what the route index allows', async () => {
    const index = reference<{ routes: Record<string, { endpoints: Endpoint[] }> }>('wc-v3-index.json');
    if (!index) return;
    await useEverything();
    const requests = shop.simulator.log.all.filter(({ path }) => path.startsWith('/wp-json/wc/v3/'));
    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET', 'POST', 'PUT']));
    for (const request of requests) {
      const path = request.path.replace('/wp-json', '');
      const route = routeOf(index.routes, path);
      expect([path, route]).toEqual([path, expect.any(String)]);
      const endpoints = index.routes[route ?? '']?.endpoints ?? [];
      const endpoint = endpoints.find(({ methods }) => methods.includes(request.method));
      expect([request.method, path, endpoint !== undefined]).toEqual([request.method, path, true]);
      expect(problemsOf(request, endpoint, index.routes)).toEqual([]);
    }
  });
});

/** Puts the connector through all that it can do. */
async function useEverything(): Promise<void> {
  const { connector, context } = shop;
  shop.simulator.log.clear();
  const refs = shop.refs();
  await connector.probe(context);
  for (const pull of ['pullProducts', 'pullOrders', 'pullIds'] as const) {
    let cursor: string | null = null;
    for (let page = 0; page < 3; page += 1) ({ cursor } = await connector[pull](context, cursor));
  }
  await connector.readListings(context, refs);
  const fields = {
    price: 12_345,
    salePrice: null,
    quantity: 4,
    weight: '1.25',
    sku: null,
    gtin: null,
    backorders: 'notify',
  } as const;
  const own = { title: 'T', description: '<p>x</p>', tags: '["a","b"]', slug: 'x', status: 'draft' } as const;
  const ops = refs.map((ref, at) => ({
    opId: String(at),
    ref,
    currency: 'EUR',
    fields: ref.variantExternalId === null ? { ...fields, ...own } : fields,
  }));
  await connector.pushListings(context, ops);
  const order = orders.find((candidate) => candidate['status'] === 'processing');
  await connector.pushShipment(context, {
    opId: 's',
    shipmentId: 's-1',
    orderExternalId: String(order?.['id']),
    carrier: 'DHL',
    tracking: '1',
    shippedAtMs: Date.now(),
    lines: [],
    complete: true,
  });
}

function problemsOf(
  request: LoggedRequest,
  endpoint: Endpoint | undefined,
  routes: Readonly<Record<string, { endpoints: Endpoint[] }>>,
): string[] {
  const args = endpoint?.args ?? {};
  const problems: string[] = [];
  for (const [name, value] of Object.entries(request.query)) {
    // Every route of WordPress knows this one.
    if (name === '_fields') continue;
    const arg = args[name];
    if (!arg) problems.push(`${request.path} has no argument ${name}`);
    else if (!ajv.validate(plainArg(arg), readQuery(value, arg)))
      problems.push(`${name}=${value}: ${ajv.errorsText()}`);
  }
  const body = request.body as Json | undefined;
  const items = (body?.['update'] as Json[] | undefined) ?? [];
  if (items.length === 0) problems.push(...bodyProblems(body ?? {}, args));
  const single = `${request.path.replace('/wp-json', '').replace(/\/batch$/, '')}/1`;
  const route = routeOf(routes, single) ?? '';
  const put = routes[route]?.endpoints.find(({ methods }) => methods.includes('PUT'))?.args ?? {};
  for (const item of items) problems.push(...bodyProblems(item, put));
  return problems;
}

/** Routes are PHP patterns, whose named groups are written with a P. */
function routeOf(routes: Readonly<Record<string, unknown>>, path: string): string | undefined {
  return Object.keys(routes).find((route) => new RegExp(`^${route.replaceAll('(?P<', '(?<')}$`).test(path));
}

function bodyProblems(body: Json, args: Readonly<Record<string, Json>>): string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const arg = args[name];
    if (!arg) return [`there is no argument ${name}`];
    return ajv.validate(plainArg(arg), value) ? [] : [`${name}: ${ajv.errorsText()}`];
  });
}

function plainArg(arg: Json): Json {
  const { required: _required, format: _format, ...rest } = arg;
  return plainSchema(rest) as Json;
}

function readQuery(value: string, arg: Json): unknown {
  if (arg['type'] === 'integer') return Number(value);
  if (arg['type'] === 'boolean') return value === 'true';
  if (arg['type'] === 'array') {
    return value
      .split(',')
      .map((part) => ((arg['items'] as Json | undefined)?.['type'] === 'integer' ? Number(part) : part));
  }
  return value;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
