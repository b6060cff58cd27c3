import { describe, expect, it } from 'vitest';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { FieldValues } from '../contract.ts';
import { equivalent } from './equivalent.ts';
import { fieldOfAttributes } from './attribute-fields.ts';
import { planPatches, type Planned } from './from-domain.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { isParent, readItem, toRemoteProduct, type ReadItem } from './to-domain.ts';

const scope = { marketplaceId: 'DE1', language: 'de_DE' };
const here = { marketplace_id: 'DE1' };
const offer = {
  ...here,
  currency: 'EUR',
  audience: 'ALL',
  our_price: [{ schedule: [{ value_with_tax: 12.5 }] }],
  quantity_discount_plan: [{ schedule: [{ discount_type: 'fixed' }] }],
};
const business = { ...offer, audience: 'B2B', our_price: [{ schedule: [{ value_with_tax: 9.9 }] }] };
const raw = {
  sku: 'MUG-1',
  summaries: [
    {
      marketplaceId: 'DE1',
      productType: 'KITCHEN',
      status: ['BUYABLE'],
      itemName: 'Becher',
      createdDate: '2026-01-01T00:00:00Z',
      lastUpdatedDate: '2026-02-01T00:00:00Z',
    },
  ],
  attributes: {
    item_name: [
      { value: 'Mug', language_tag: 'en_GB', marketplace_id: 'UK1' },
      { value: 'Becher', language_tag: 'de_DE', ...here },
      { value: 'Mug for Germany', language_tag: 'en_GB', ...here },
    ],
    bullet_point: [
      { value: 'Eins', language_tag: 'de_DE', ...here, rank: 7 },
      { value: 'Zwei', language_tag: 'de_DE', ...here },
    ],
    generic_keyword: [{ value: 'becher tasse', language_tag: 'de_DE', ...here }],
    main_product_image_locator: [{ media_location: 'https://img.test/1.jpg', ...here }],
    other_product_image_locator_1: [{ media_location: 'https://img.test/2.jpg', ...here }],
    externally_assigned_product_identifier: [{ type: 'ean', value: '4006381333931', ...here }],
    purchasable_offer: [business, offer],
    fulfillment_availability: [
      { fulfillment_channel_code: 'DEFAULT', quantity: 3, lead_time_to_ship_max_days: 2 },
    ],
  },
  fulfillmentAvailability: [{ fulfillmentChannelCode: 'DEFAULT', quantity: 3 }],
};

const item = (change: object = {}): ReadItem => {
  const read = readItem({ ...raw, ...change }, scope, 'EUR');
  if (!read.ok) throw new Error(read.reason);
  return read.value;
};
const patches = (fields: FieldValues, of = item()): Record<string, unknown> => {
  const plan: Planned = planPatches(of, fields, scope, 'EUR');
  if (!plan.ok) throw new Error(plan.refused.message);
  return Object.fromEntries(
    plan.patches.map(({ op, path, value }) => [`${op} ${path.replace('/attributes/', '')}`, value]),
  );
};

describe('reading', () => {
  it('takes what holds in this marketplace and its language', () => {
    const mapped = toRemoteProduct(raw, scope, 'EUR');
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        externalId: 'MUG-1',
        fields: {
          title: 'Becher',
          bullets: 'Eins\nZwei',
          searchTerms: 'becher tasse',
          status: 'publish',
          productType: 'KITCHEN',
          description: null,
          images: '[{"src":"https://img.test/1.jpg","alt":""},{"src":"https://img.test/2.jpg","alt":""}]',
        },
        variants: [
          { fields: { price: 1_250, salePrice: null, quantity: 3, gtin: '4006381333931', sku: 'MUG-1' } },
        ],
      },
    });
  });

  it('sets a price that is none aside with its reason', () => {
    const attributes = {
      ...raw.attributes,
      purchasable_offer: [{ ...offer, our_price: [{ schedule: [{ value_with_tax: 'soon' }] }] }],
    };
    expect(toRemoteProduct({ ...raw, attributes }, scope, 'EUR')).toEqual({
      ok: false,
      reason: 'purchasable_offer.our_price: "soon" is no price',
    });
  });

  it('reads sale prices with their days, whichever way days are written', () => {
    const schedule = [
      {
        value_with_tax: '10.00',
        start_at: { value: '2026-11-01T00:00:00Z' },
        end_at: '2026-12-01T00:00:00Z',
      },
    ];
    const attributes = {
      ...raw.attributes,
      purchasable_offer: [{ ...offer, discounted_price: [{ schedule }] }],
    };
    expect(item({ attributes }).offer).toMatchObject({
      salePrice: 1_000,
      saleFrom: Date.UTC(2026, 10, 1),
      saleTo: Date.UTC(2026, 11, 1),
    });
  });

  it('knows parents by their children', () => {
    const relationships = [
      { marketplaceId: 'DE1', relationships: [{ type: 'VARIATION', childSkus: ['A'] }] },
    ];
    expect(isParent(item({ relationships }).record, scope)).toBe(true);
    expect(isParent(item().record, scope)).toBe(false);
  });
});

describe('writing', () => {
  it('replaces texts here and leaves other marketplaces and languages as they are', () => {
    expect(patches({ title: 'Neuer Becher' })).toEqual({
      'replace item_name': [
        raw.attributes.item_name[0],
        raw.attributes.item_name[2],
        { value: 'Neuer Becher', language_tag: 'de_DE', ...here },
      ],
    });
    expect(patches({ bullets: 'Eins\n\n Drei \nVier' })).toEqual({
      'replace bullet_point': [
        { value: 'Eins', language_tag: 'de_DE', ...here, rank: 7 },
        { value: 'Drei', language_tag: 'de_DE', ...here },
        { value: 'Vier', language_tag: 'de_DE', ...here },
      ],
    });
    expect(patches({ description: 'Text' })).toEqual({
      'replace product_description': [{ value: 'Text', language_tag: 'de_DE', ...here }],
    });
  });

  it('clears by naming what is to go', () => {
    expect(patches({ searchTerms: null })).toEqual({
      'delete generic_keyword': [{ language_tag: 'de_DE', ...here }],
    });
    expect(patches({ description: null })).toEqual({});
  });

  it('changes one price in the offer and nothing else', () => {
    expect(patches({ price: 1_999 })).toEqual({
      'replace purchasable_offer': [
        business,
        { ...offer, our_price: [{ schedule: [{ value_with_tax: 19.99 }] }] },
      ],
    });
    const sale = { salePrice: 1_000, saleFrom: Date.UTC(2026, 10, 1), saleTo: null };
    expect(patches(sale)).toMatchObject({
      'replace purchasable_offer': [
        business,
        {
          our_price: offer.our_price,
          discounted_price: [{ schedule: [{ value_with_tax: 10, start_at: '2026-11-01T00:00:00.000Z' }] }],
        },
      ],
    });
  });

  it('ends a sale by leaving it out', () => {
    const onSale = { ...offer, discounted_price: [{ schedule: [{ value_with_tax: 10 }] }] };
    const attributes = { ...raw.attributes, purchasable_offer: [onSale] };
    expect(patches({ salePrice: null }, item({ attributes }))).toEqual({
      'replace purchasable_offer': [offer],
    });
  });

  it('keeps the handling time when it writes a quantity', () => {
    expect(patches({ quantity: 0 })).toEqual({
      'replace fulfillment_availability': [
        { fulfillment_channel_code: 'DEFAULT', quantity: 0, lead_time_to_ship_max_days: 2 },
      ],
    });
  });

  it('replaces, adds and removes images one place at a time', () => {
    const image = (src: string): object => ({ src, alt: '' });
    expect(patches({ images: JSON.stringify([image('https://img.test/9.jpg')]) })).toEqual({
      'replace main_product_image_locator': [{ media_location: 'https://img.test/9.jpg', ...here }],
      'delete other_product_image_locator_1': [here],
    });
  });

  it.each([
    ['attributes', { attributes: { fulfillment_availability: [{ fulfillment_channel_code: 'AMAZON_EU' }] } }],
    ['what is shown', { fulfillmentAvailability: [{ fulfillmentChannelCode: 'AMAZON_NA', quantity: 5 }] }],
  ])('never writes stock that Amazon keeps (by %s)', (_by, change) => {
    const plan = planPatches(item(change), { quantity: 9, title: 'x' }, scope, 'EUR');
    expect(plan).toMatchObject({ ok: false, refused: { code: 'FBA_STOCK_READ_ONLY', field: 'quantity' } });
  });

  it.each<[FieldValues, ListingFieldName]>([
    [{ price: null }, 'price'],
    [{ quantity: null }, 'quantity'],
    [{ saleFrom: 1 }, 'saleFrom'],
    [{ saleTo: 1, salePrice: null }, 'saleTo'],
  ])('refuses %j by itself', (fields, field) => {
    expect(planPatches(item(), fields, scope, 'EUR')).toMatchObject({ ok: false, refused: { field } });
  });
});

it.each<[string[], ListingFieldName[], ListingFieldName | null]>([
  [['item_name'], ['title', 'price'], 'title'],
  [['purchasable_offer.our_price'], ['salePrice', 'price'], 'price'],
  [['purchasable_offer.discounted_price'], ['price', 'salePrice'], 'salePrice'],
  [['purchasable_offer'], ['saleTo'], 'saleTo'],
  [['other_product_image_locator_3'], ['images'], 'images'],
  [['batteries_required'], ['title'], null],
  [['item_name'], ['price'], null],
])('an issue about %j of %j concerns %s', (names, sent, field) => {
  expect(fieldOfAttributes(names, new Set(sent))).toBe(field);
});

it.each<[ListingFieldName, string | number | null, string | number | null, boolean]>([
  ['title', 'A  mug ', 'A mug', true],
  ['title', 'A mug', 'a mug', false],
  ['bullets', 'One\n\nTwo', 'One\nTwo', true],
  ['description', 'One<br/>Two', 'One\nTwo', true],
  ['images', '[{"src":"https://a/1","alt":"x"}]', '[{"src":"https://a/1","alt":""}]', true],
  ['images', '[{"src":"https://a/1","alt":""}]', '[]', false],
  ['saleFrom', 1_500, 1_000, true],
  ['saleFrom', null, 0, false],
  ['price', 1_000, 1_001, false],
])('%s: %j and %j are the same: %s', (field, sent, read, same) => {
  expect(equivalent(field, sent, read)).toBe(same);
});

describe('orders', () => {
  const order = (fulfillment: object | undefined, more: object = {}): object => ({
    orderId: '1-2-3',
    createdTime: '2026-11-01T00:00:00Z',
    lastUpdatedTime: '2026-11-02T00:00:00Z',
    salesChannel: { channelName: 'AMAZON' },
    orderItems: [{ orderItemId: '9', quantityOrdered: 2, product: {} }],
    ...(fulfillment ? { fulfillment } : {}),
    ...more,
  });

  it.each([
    ['UNSHIPPED', 'MERCHANT', null],
    ['PARTIALLY_SHIPPED', 'MERCHANT', null],
    ['UNSHIPPED', 'AMAZON', 'on_hold'],
    ['SHIPPED', 'MERCHANT', 'shipped'],
    ['PENDING', 'MERCHANT', 'awaiting_payment'],
    ['PENDING_AVAILABILITY', 'MERCHANT', 'on_hold'],
    ['CANCELLED', 'MERCHANT', 'cancelled'],
    ['UNFULFILLABLE', 'MERCHANT', 'unknown'],
    ['A_STATUS_OF_NEXT_YEAR', 'MERCHANT', 'unknown'],
  ])('%s by %s is %s', (fulfillmentStatus, fulfilledBy, disposition) => {
    const mapped = toRemoteOrder(order({ fulfillmentStatus, fulfilledBy }), 'EUR');
    expect(mapped).toMatchObject({ ok: true, value: { disposition, currency: 'EUR', totalMinor: 0 } });
  });

  it('takes unit prices from the total of an item when there is no other', () => {
    const proceeds = { proceedsTotal: { amount: '25.00', currencyCode: 'GBP' } };
    const orderItems = [{ orderItemId: '9', quantityOrdered: 2, product: {}, proceeds }];
    expect(toRemoteOrder(order(undefined, { orderItems }), 'GBP')).toMatchObject({
      value: { totalMinor: 2_500, lines: [{ unitPriceMinor: 1_250 }] },
    });
  });

  it('counts what left from somewhere else, item by item', () => {
    const fulfillment = { quantityFulfilled: 1, quantityUnfulfilled: 1 };
    const orderItems = [
      { orderItemId: '9', quantityOrdered: 2, product: {}, fulfillment },
      { orderItemId: '8', quantityOrdered: 1, product: {} },
    ];
    const mapped = toRemoteOrder(order(undefined, { orderItems }), 'EUR');
    expect(mapped.ok && mapped.value.lines.map((line) => line.fulfilled)).toEqual([1, undefined]);
  });

  it('sets an order without a time aside', () => {
    expect(toRemoteOrder(order(undefined, { createdTime: 'soon' }), 'EUR').ok).toBe(false);
  });
});
