import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FieldValues } from '../contract.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { planPush } from './push-plan.ts';
import { readReference } from './test-reference.ts';
import { toRemoteProduct } from './to-domain.ts';
import { fieldValues } from './test-values.ts';

describe('what a real shop answered', () => {
  test('a simple product is read whole', () => {
    const raw = readReference('recorded/product_simple.json');
    if (raw === null) return;
    expect(toRemoteProduct(raw, [], 'USD')).toEqual({
      ok: true,
      value: {
        externalId: '11',
        kind: 'simple',
        url: 'https://127.0.0.1:8899/product/a/',
        fields: {
          title: 'A',
          status: 'publish',
          description: null,
          shortDescription: null,
          slug: 'a',
          tags: '[]',
          categories: '["Uncategorized"]',
          images: '[]',
        },
        variants: [
          {
            externalId: null,
            variant: '',
            raw: '{}',
            fields: {
              sku: 'SKU-1',
              gtin: null,
              price: 999,
              salePrice: null,
              saleFrom: null,
              saleTo: null,
              manageStock: 1,
              quantity: -5,
              stockStatus: 'outofstock',
              backorders: 'no',
              weight: null,
            },
          },
        ],
        modifiedAtMs: Date.parse('2026-11-23T02:50:29Z'),
        raw: JSON.stringify(raw),
      },
    });
  });

  test('a variable product is read with its variations, in the order of the shop', () => {
    const raw = readReference('recorded/product_variable.json');
    const variations = readReference('recorded/variations.json') as unknown[] | null;
    if (raw === null || variations === null) return;
    const read = toRemoteProduct(raw, variations, 'USD');
    expect(read).toMatchObject({
      ok: true,
      value: { externalId: '12', kind: 'variable', fields: { title: 'C' } },
    });
    if (!read.ok) return;
    expect(
      read.value.variants.map(({ externalId, variant, fields }) => ({ externalId, variant, ...fields })),
    ).toEqual([
      expect.objectContaining({
        externalId: '13',
        variant: 'S',
        sku: 'V-S',
        price: 1000,
        quantity: 7,
        manageStock: 1,
      }),
      expect.objectContaining({
        externalId: '14',
        variant: 'M',
        sku: 'V-M',
        price: 1100,
        quantity: 4,
        manageStock: 1,
      }),
    ]);
    expect(read.value.variants.map((variant) => JSON.parse(variant.raw) as unknown)).toEqual([
      variations[1],
      variations[0],
    ]);
  });

  test('an order is read whole', () => {
    const raw = readReference('recorded/order.json');
    if (raw === null) return;
    expect(toRemoteOrder(raw)).toEqual({
      ok: true,
      value: {
        externalId: '15',
        number: '15',
        channelStatus: 'cancelled',
        disposition: 'cancelled',
        currency: 'USD',
        totalMinor: 3098,
        placedAtMs: Date.parse('2026-11-23T02:49:02Z'),
        modifiedAtMs: Date.parse('2026-11-23T02:49:52Z'),
        note: '',
        shippingMethod: '',
        shipTo: {
          name: 'A',
          company: '',
          line1: '',
          line2: '',
          city: '',
          region: '',
          postcode: '',
          country: '',
          phone: '',
          email: 'a@b.test',
        },
        lines: [
          {
            externalId: '1',
            sku: 'SKU-1',
            title: 'A',
            variant: '',
            quantity: 2,
            unitPriceMinor: 999,
            productExternalId: '11',
            variantExternalId: null,
            image: null,
          },
          {
            externalId: '2',
            sku: 'V-M',
            title: 'C',
            variant: 'M',
            quantity: 1,
            unitPriceMinor: 1100,
            productExternalId: '12',
            variantExternalId: '14',
            image: null,
          },
        ],
        raw: JSON.stringify(raw),
      },
    });
  });
});

describe('what is sent', () => {
  const product = validatorOf('/wc/v3/products/(?P<id>[\\d]+)');
  const variation = validatorOf('/wc/v3/products/(?P<product_id>[\\d]+)/variations/(?P<id>[\\d]+)');

  test('every product and variation item is what the route index allows', () => {
    if (!product || !variation) return;
    const fields = fc.tuple(fieldValues('product', 'EUR'), fieldValues('listing', 'EUR'), fc.boolean());
    fc.assert(
      fc.property(fields, ([productFields, listingFields, simple]) => {
        const ref = { productExternalId: '12', variantExternalId: null };
        const own: FieldValues = simple ? { ...productFields, ...listingFields } : productFields;
        const plan = planPush(
          [
            { opId: 'a', ref, currency: 'EUR', fields: own },
            { opId: 'b', ref: { ...ref, variantExternalId: '14' }, currency: 'EUR', fields: listingFields },
          ],
          50,
        );
        const check = (validate: ValidateFunction, item: unknown): void => {
          if (!validate(item)) throw new Error(JSON.stringify({ item, errors: validate.errors }));
        };
        for (const { item } of plan.products.flatMap((request) => request.items)) check(product, item);
        for (const { item } of plan.variations.flatMap((request) => request.items)) check(variation, item);
        expect(plan.refused.every((result) => result.outcome !== 'accepted')).toBe(true);
      }),
    );
  });

  test('the validator would notice a number where WooCommerce wants a text', () => {
    if (!product) return;
    expect(product({ id: 1, regular_price: '12.50' })).toBe(true);
    expect(product({ id: 1, regular_price: 12.5 })).toBe(false);
    expect(product({ id: 1, price: '12.50' })).toBe(false);
  });
});

/** The arguments of a route's PUT as a JSON schema: nothing that is not named there may be sent. */
function validatorOf(route: string): ValidateFunction | null {
  const index = readReference('wc-v3-index.json') as {
    routes: Record<
      string,
      { endpoints: { methods: string[]; args: Record<string, Record<string, unknown>> }[] }
    >;
  } | null;
  if (index === null) return null;
  const args =
    index.routes[route]?.endpoints.find((endpoint) => endpoint.methods.includes('PUT'))?.args ?? {};
  const properties = Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, schemaOf(arg)]));
  return new Ajv({ strict: false, formats: { uri: true } }).compile({
    type: 'object',
    properties,
    additionalProperties: false,
  });
}

function schemaOf(arg: Record<string, unknown>): Record<string, unknown> {
  const { required: _required, description: _description, ...schema } = arg;
  return schema;
}
