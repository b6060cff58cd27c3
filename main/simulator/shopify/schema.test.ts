import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  buildSchema,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  validate,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelOrder } from '../../engine/channels/shopify/cancel-order.ts';
import { ShopifyClient } from '../../engine/channels/shopify/client.ts';
import { OPERATIONS } from '../../engine/channels/shopify/documents.ts';
import { newShopMemory } from '../../engine/channels/shopify/memory.ts';
import { refundOrder } from '../../engine/channels/shopify/refund-order.ts';
import { BUILT_IN } from './graphql-api.ts';
import { SDL } from './sdl.ts';
import { openSuiteShop } from './suite-shop.ts';

const PATH = resolve(process.cwd(), '../shared/schemas/shopify/admin_2026-10.graphql');
const present = existsSync(PATH);
if (!present) process.stderr.write(`${PATH} is not here: the simulated shop is not checked against it\n`);
const official = present ? buildSchema(readFileSync(PATH, 'utf8'), { assumeValid: true }) : null;
const mine = buildSchema(SDL);

/** Where a part of the simulated schema differs from the official one, in words. */
function deviations(schema: GraphQLSchema): string[] {
  const found: string[] = [];
  for (const type of Object.values(mine.getTypeMap())) {
    if (type.name.startsWith('__') || BUILT_IN.has(type.name)) continue;
    const real = schema.getType(type.name);
    if (real?.constructor === type.constructor) found.push(...deviationsOf(type, real));
    else found.push(`${type.name} is not there or another kind of type`);
  }
  return found;
}

function deviationsOf(type: GraphQLNamedType, real: GraphQLNamedType): string[] {
  if (isEnumType(type) && isEnumType(real)) {
    const values = new Set(real.getValues().map((value) => value.name));
    return type.getValues().flatMap(({ name }) => (values.has(name) ? [] : [`${type.name} has no ${name}`]));
  }
  if (isInputObjectType(type) && isInputObjectType(real)) return compareInputs(type, real);
  if (isObjectType(type) || isInterfaceType(type)) {
    return isObjectType(real) || isInterfaceType(real) ? compareFields(type, real) : [`${type.name} differs`];
  }
  return [];
}

type WithFields = Extract<GraphQLNamedType, { getInterfaces(): unknown }>;
type Inputs = Extract<GraphQLNamedType, { isOneOf: boolean }>;

function compareFields(type: WithFields, real: WithFields): string[] {
  const found: string[] = [];
  const interfaces = new Set(real.getInterfaces().map(({ name }) => name));
  for (const { name } of type.getInterfaces()) {
    if (!interfaces.has(name)) found.push(`${type.name} does not implement ${name}`);
  }
  for (const field of Object.values(type.getFields())) {
    const other = real.getFields()[field.name];
    if (String(other?.type) !== String(field.type)) {
      found.push(`${type.name}.${field.name}: ${String(other?.type)}, not ${String(field.type)}`);
    }
    for (const argument of field.args) {
      const same = other?.args.find(({ name }) => name === argument.name);
      if (String(same?.type) !== String(argument.type)) {
        found.push(`${type.name}.${field.name}(${argument.name}): ${String(same?.type)}`);
      }
    }
    // What the real one requires has to be known here too.
    for (const needed of other?.args ?? []) {
      const known = field.args.some(({ name }) => name === needed.name);
      if (String(needed.type).endsWith('!') && needed.defaultValue === undefined && !known) {
        found.push(`${type.name}.${field.name} lacks the required ${needed.name}`);
      }
    }
  }
  return found;
}

function compareInputs(type: Inputs, real: Inputs): string[] {
  const fields = real.getFields();
  const found = Object.values(type.getFields()).flatMap((field) =>
    String(fields[field.name]?.type) === String(field.type)
      ? []
      : [`${type.name}.${field.name}: ${String(fields[field.name]?.type)}, not ${String(field.type)}`],
  );
  const missing = Object.values(fields).filter(
    ({ name, type: needed }) => String(needed).endsWith('!') && !(name in type.getFields()),
  );
  return [...found, ...missing.map(({ name }) => `${type.name} lacks the required ${name}`)];
}

describe('the simulated schema', () => {
  it('is a part of the official one, line by line', () => {
    if (!official) return;
    expect(deviations(official)).toEqual([]);
  });

  it('would notice a field, an argument or a value that is not Shopify’s', () => {
    const strange = buildSchema(
      SDL.replace('handle: String!', 'slug: String!').replace('UPDATED_AT }', 'CHANGED_AT }'),
    );
    const changed = Object.values(strange.getTypeMap()).flatMap((type) => {
      const other = mine.getType(type.name);
      return other && !type.name.startsWith('__') ? deviationsOf(type, other) : [];
    });
    expect(changed).toContain('AccessScope.slug: undefined, not String!');
    expect(changed.some((text) => text.endsWith('has no CHANGED_AT'))).toBe(true);
  });

  it('answers every document of the connector', () => {
    const broken = OPERATIONS.flatMap(({ name, document }) =>
      validate(mine, parse(document)).map((error) => `${name}: ${error.message}`),
    );
    expect(broken).toEqual([]);
  });
});

describe('everything the connector sends', () => {
  let shop: Awaited<ReturnType<typeof openSuiteShop>>;
  beforeAll(async () => {
    shop = await openSuiteShop();
  });
  afterAll(() => shop.close());

  it('is valid in the official schema, variables included', async () => {
    const { connector, context } = shop;
    const page = await connector.pullProducts(context, null);
    const orders = await connector.pullOrders(context, null);
    await connector.pullIds(context, null);
    await connector.probe(context);
    const [product] = page.products;
    const [variant] = product?.variants ?? [];
    const ref = {
      productExternalId: product?.externalId ?? '',
      variantExternalId: variant?.externalId ?? '',
    };
    const whole = { opId: '0', ref: { ...ref, variantExternalId: null }, currency: 'EUR' };
    const part = { opId: '1', ref, currency: 'EUR' };
    await connector.pushListings(context, [
      {
        ...whole,
        fields: {
          title: 'T',
          description: '<p>d</p>',
          brand: 'B',
          productType: 'P',
          tags: '["a"]',
          slug: 'new-handle',
          status: 'unlisted',
        },
      },
      {
        ...part,
        fields: {
          price: 2_000,
          salePrice: 1_500,
          sku: 'S',
          gtin: '1',
          weight: '0.25',
          backorders: 'yes',
          quantity: 3,
        },
      },
    ]);
    const order = orders.orders.find((candidate) => candidate.disposition === null);
    await connector.pushShipment(context, {
      opId: '2',
      shipmentId: 's',
      orderExternalId: order?.externalId ?? '',
      carrier: 'DHL',
      tracking: 'T1',
      shippedAtMs: Date.now(),
      lines: (order?.lines ?? []).map(({ externalId, quantity }) => ({ externalId, quantity })),
      complete: true,
    });
    const client = new ShopifyClient(context, newShopMemory());
    const other = orders.orders.find((row) => row.disposition === null && row !== order);
    await refundOrder(client, {
      orderExternalId: other?.externalId ?? '',
      refundId: 'r',
      lines: [{ externalId: other?.lines[0]?.externalId ?? '', quantity: 1, restock: 'returned' }],
      shipping: true,
      amountMinor: null,
      currency: 'EUR',
      money: 'original',
      notify: false,
      note: '',
    });
    await cancelOrder(client, {
      cancellationId: 'c',
      orderExternalId: other?.externalId ?? '',
      reason: 'other',
      restock: true,
      refund: false,
      notify: false,
      note: '',
    });
    const { bulk } = connector;
    const plan = await bulk?.prepare(context, [
      { ...whole, fields: { title: 'T2', status: 'draft' } },
      { ...part, fields: { price: 2_100, quantity: 4 } },
    ]);
    const job = await bulk?.upload(context, plan?.document ?? new Uint8Array());
    await bulk?.start(context, job ?? '');
    for (let turn = 0; turn < 6; turn += 1) await bulk?.look(context, job ?? '', []);
    // What a file's lines say to the mutation that runs over them.
    const { files } = JSON.parse(job ?? '{}') as { files: { kind: string; path: string }[] };
    const mutations = shop.simulator.log.all.flatMap(({ body }) => {
      const variables = (body as Partial<Sent> | undefined)?.variables;
      return typeof variables?.['mutation'] === 'string' ? [variables['mutation']] : [];
    });
    const lines = files.flatMap(({ path }, index) =>
      (shop.simulator.api.bulk.staged.lines(path) ?? []).map((line) => ({
        query: mutations[index] ?? '',
        variables: JSON.parse(line) as Sent['variables'],
      })),
    );
    expect(lines).toHaveLength(3);
    const sent = shop.simulator.log.all.flatMap(({ body }) =>
      typeof body === 'object' && body !== null && 'query' in body ? [body as Sent] : [],
    );
    expect(sent.length).toBeGreaterThan(8);
    if (!official) return;
    expect([...sent, ...lines].flatMap((request) => problems(official, request))).toEqual([]);
  });
});

interface Sent {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function problems(schema: GraphQLSchema, { query, variables }: Sent): string[] {
  const document = parse(query);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const read = getVariableValues(schema, operation?.variableDefinitions ?? [], variables);
  return [...validate(schema, document), ...(read.errors ?? [])].map(({ message }) => message);
}
