import { describe, expect, it } from 'vitest';
import { toDecimal, toMinor } from './amounts.ts';
import { apiRoot, consentAddress, tokenAddress } from './addresses.ts';
import { carrierName } from './carriers.ts';
import { equivalent } from './equivalent.ts';
import { fieldOfPaths, readFault } from './faults.ts';
import { toForm } from './from-domain.ts';
import { dispositionOf, toRemoteOrder } from './order-to-domain.ts';
import { toRemoteProduct } from './to-domain.ts';
import { fromKilograms, toKilograms } from './weight.ts';

const money = (amount: number, currency_code = 'EUR', divisor = 100): object => ({
  amount,
  divisor,
  currency_code,
});
const choice = (property_id: number, value: string): object => ({
  property_id,
  property_name: 'x',
  scale_id: null,
  value_ids: [1],
  values: [value],
});
const offered = (product_id: number, values: object[], extra: object = {}): object => ({
  product_id,
  sku: `SKU-${product_id}`,
  is_deleted: false,
  offerings: [{ offering_id: 1, quantity: 4, is_enabled: true, is_deleted: false, price: money(1_250) }],
  property_values: values,
  ...extra,
});
const LISTING = {
  listing_id: 1_234_567_890,
  title: 'Salt &amp; Pepper &#39;Duo&#39;',
  description: 'By hand.',
  state: 'active',
  updated_timestamp: 1_790_000_000,
  quantity: 4,
  url: 'https://www.etsy.com/listing/1234567890/salt-pepper-duo?x=1',
  tags: ['salt', ' salt ', 'pepper'],
  materials: ['oak'],
  item_weight: 8,
  item_weight_unit: 'oz',
  images: [
    { listing_image_id: 2, rank: 2, url_fullxfull: 'https://i.test/2.jpg', alt_text: null },
    { listing_image_id: 1, rank: 1, url_fullxfull: 'https://i.test/1.jpg', alt_text: 'Duo' },
  ],
  news_of_2027: true,
};

describe('a listing', () => {
  it('of one product is simple, with its fields in stored form and its unknown ones kept', () => {
    const mapped = toRemoteProduct({ ...LISTING, inventory: {} }, { products: [offered(7, [])] });
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        externalId: '1234567890',
        kind: 'simple',
        modifiedAtMs: 1_790_000_000_000,
        fields: {
          title: "Salt & Pepper 'Duo'",
          status: 'publish',
          slug: 'salt-pepper-duo',
          tags: '["salt","pepper"]',
          images:
            '[{"src":"https://i.test/1.jpg","alt":"Duo","externalId":"1"},{"src":"https://i.test/2.jpg","alt":"","externalId":"2"}]',
        },
        variants: [
          {
            externalId: null,
            variant: '',
            fields: { sku: 'SKU-7', price: 1_250, quantity: 4, weight: '0.226796' },
          },
        ],
      },
    });
    const raw = mapped.ok ? mapped.value.raw : '';
    expect(JSON.parse(raw)).toMatchObject({ news_of_2027: true });
    expect(raw).not.toContain('inventory');
  });

  it('knows its variants by what the buyer chooses, whatever their numbers and their order', () => {
    const keys = (products: object[]): unknown => {
      const mapped = toRemoteProduct(LISTING, { products });
      return mapped.ok && mapped.value.variants.map(({ externalId, variant }) => [externalId, variant]);
    };
    const [blue, size] = [choice(200, 'Blue & Sand'), choice(513, 'XL')];
    expect(keys([offered(1, [blue, size])])).toEqual([['200=Blue%20%26%20Sand&513=XL', 'Blue & Sand / XL']]);
    expect(keys([offered(2, [size, blue])])).toEqual([['200=Blue%20%26%20Sand&513=XL', 'XL / Blue & Sand']]);
    const scaled = { ...choice(52, '38'), scale_id: 19 };
    expect(keys([offered(1, [scaled]), offered(3, [choice(52, '40')], { is_deleted: true })])).toEqual([
      ['52~19=38', '38'],
    ]);
  });

  it.each([
    ['without an inventory', undefined, /^inventory\.record/],
    ['with nothing in it', { products: [offered(1, [], { is_deleted: true })] }, /no product is left/],
    ['whose variants cannot be told apart', { products: [offered(1, []), offered(2, [])] }, /told apart/],
    [
      'without an offering',
      { products: [offered(1, [], { offerings: [] })] },
      /product 1: it has no offering/,
    ],
  ])('%s is set aside with the reason', (_what, inventory, reason) => {
    const mapped = toRemoteProduct(LISTING, inventory);
    expect(mapped.ok ? '' : mapped.reason).toMatch(reason);
  });
});

describe('amounts', () => {
  it.each([
    [1_250, 100, 'EUR', 1_250],
    [1_250, 1, 'JPY', 1_250],
    [125_050, 100, 'JPY', 1_250],
    [12_345, 1_000, 'EUR', 1_234],
    [12_355, 1_000, 'EUR', 1_236],
    [-1_250, 100, 'EUR', -1_250],
  ])('%d/%d %s is %d in minor units', (amount, divisor, currency_code, minor) => {
    expect(toMinor({ amount, divisor, currency_code })).toBe(minor);
  });

  it('are written as plain decimals', () => {
    expect([toDecimal(1_999, 'EUR'), toDecimal(10, 'EUR'), toDecimal(1_250, 'JPY')]).toEqual([
      19.99, 0.1, 1_250,
    ]);
  });
});

const RECEIPT = {
  receipt_id: 3_000_000_001,
  status: 'Paid',
  is_paid: true,
  is_shipped: false,
  name: 'Anna B',
  first_line: 'Kai 1',
  second_line: null,
  city: 'Hamburg',
  state: null,
  zip: '20457',
  country_iso: 'DE',
  buyer_email: null,
  message_from_buyer: 'Ring twice',
  gift_message: '',
  created_timestamp: 1_790_000_000,
  updated_timestamp: 1_790_000_100,
  grandtotal: money(2_990),
  transactions: [
    {
      transaction_id: 1,
      title: 'Mug',
      quantity: 2,
      is_digital: false,
      listing_id: 1_234_567_890,
      product_id: 77,
      sku: 'M-1',
      price: money(1_250),
      shipping_method: 'Standard',
      variations: [{ formatted_name: 'Colour', formatted_value: 'Blue' }],
      product_data: [choice(200, 'Blue')],
    },
    { transaction_id: 2, title: 'Pattern', quantity: 1, is_digital: true, price: money(490) },
  ],
};

describe('a receipt', () => {
  it('is an order whose lines point at variants by choice, files left out', () => {
    expect(toRemoteOrder(RECEIPT)).toMatchObject({
      ok: true,
      value: {
        externalId: '3000000001',
        disposition: null,
        totalMinor: 2_990,
        note: 'Ring twice',
        shippingMethod: 'Standard',
        placedAtMs: 1_790_000_000_000,
        lines: [
          {
            externalId: '1',
            quantity: 2,
            unitPriceMinor: 1_250,
            variant: 'Blue',
            productExternalId: '1234567890',
            variantExternalId: '200=Blue',
          },
        ],
        shipTo: { line1: 'Kai 1', line2: '', region: '', country: 'DE' },
      },
    });
  });

  it.each([
    ['paid', true, false, null],
    ['Paid', true, true, 'shipped'],
    ['Completed', true, true, 'shipped'],
    ['open', false, false, 'awaiting_payment'],
    ['payment processing', false, false, 'awaiting_payment'],
    ['canceled', true, false, 'cancelled'],
    ['fully refunded', true, true, 'refunded'],
    ['partially refunded', true, false, null],
    ['being looked at', true, false, 'unknown'],
  ])('%s (paid %s, shipped %s) is %s', (status, is_paid, is_shipped, disposition) => {
    expect(dispositionOf({ status, is_paid, is_shipped })).toBe(disposition);
  });

  it('with a line that cannot be read is set aside', () => {
    const mapped = toRemoteOrder({ ...RECEIPT, transactions: [{ transaction_id: 1 }] });
    expect(mapped.ok ? '' : mapped.reason).toMatch(/^A line of the order/);
  });
});

describe('a form', () => {
  it('carries content only, lists by commas, states and weights by their names there', () => {
    const fields = {
      title: 'T',
      description: 'D',
      tags: '["a","b c"]',
      materials: '[]',
      status: 'publish',
      weight: '0.5',
      price: 1,
    };
    expect(toForm(fields, 'oz')).toEqual({
      ok: true,
      form: {
        title: 'T',
        description: 'D',
        tags: 'a,b c',
        materials: '',
        state: 'active',
        item_weight: '17.64',
        item_weight_unit: 'oz',
      },
    });
  });

  it.each([
    [{ status: 'draft' }, 'status'],
    [{ description: null }, 'description'],
    [{ weight: null }, 'weight'],
    [{ weight: '0.000001' }, 'weight'],
    [{ slug: 'x' }, 'slug'],
  ])('refuses %j', (fields, field) => {
    expect(toForm(fields)).toMatchObject({ ok: false, field });
  });
});

describe('what Etsy stores', () => {
  it.each([
    ['title', 'Salt & Pepper', 'Salt &amp;  Pepper', true],
    ['title', 'Salt', 'salt', false],
    ['description', 'a\r\nb ', 'a\nb', true],
    ['tags', '["Mug","blue"]', '["blue","mug"]', true],
    ['tags', '["mug"]', '["mug","blue"]', false],
    ['weight', '0.5', '0.500084', true],
    ['weight', '0.5', '0.6', false],
    ['weight', '0.5', null, false],
    ['price', 100, 101, false],
  ] as const)('for %s %j stands as %j: %s', (field, sent, read, same) => {
    expect(equivalent(field, sent, read)).toBe(same);
  });

  it('brings every weight back that was sent', () => {
    for (const unit of ['g', 'kg', 'oz', 'lb']) {
      const sent = fromKilograms('1.25', unit);
      expect(equivalent('weight', '1.25', toKilograms(sent.value, sent.unit))).toBe(true);
    }
    expect([toKilograms(0, 'g'), toKilograms(1, 'stone'), toKilograms(null, null)]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('errors', () => {
  it('are read in all their forms', () => {
    expect(readFault({ error: 'Resource not found' })).toEqual({
      code: 'refused',
      message: 'Resource not found',
    });
    expect(
      readFault({ error: 'invalid_grant', error_description: 'refresh_token is revoked' }),
    ).toMatchObject({
      code: 'invalid_grant',
      kind: 'CHANNEL_AUTH',
    });
    expect(readFault({ error: 'invalid_token', error_description: 'access token is expired' })).toEqual({
      code: 'invalid_token',
      message: 'access token is expired',
      kind: 'CHANNEL_AUTH',
    });
    const issues = [
      { path: '/title/1', type: 'invalid_characters', message: 'No.' },
      { path: '/tags/0', type: 'too_long', message: 'Nor this.' },
    ];
    expect(readFault(issues)).toEqual({
      code: 'invalid_characters',
      message: 'No.; Nor this.',
      details: { paths: ['/title/1', '/tags/0'] },
    });
    for (const other of [[], {}, null, 'x', [1]]) expect(readFault(other)).toBeNull();
  });

  it('name the field where their path does', () => {
    expect(fieldOfPaths(['/title/1'])).toBe('title');
    expect(fieldOfPaths(['/products/0/offerings/0/price'])).toBe('price');
    expect(fieldOfPaths(['/state'])).toBe('status');
    expect(fieldOfPaths(['/elsewhere', '/item_weight'])).toBe('weight');
    expect(fieldOfPaths(['/elsewhere'])).toBeNull();
    expect(fieldOfPaths(undefined)).toBeNull();
  });
});

describe('addresses', () => {
  it('are Etsy’s own unless the account’s is on this machine', () => {
    expect(apiRoot('').href).toBe('https://api.etsy.com/');
    expect(apiRoot('openapi.etsy.com/v3/').href).toBe('https://openapi.etsy.com/');
    expect(tokenAddress('https://openapi.etsy.com').href).toBe('https://api.etsy.com/v3/public/oauth/token');
    expect(tokenAddress('http://127.0.0.1:9').href).toBe('http://127.0.0.1:9/v3/public/oauth/token');
    expect(consentAddress('').href).toBe('https://www.etsy.com/oauth/connect');
    expect(consentAddress('http://127.0.0.1:9').href).toBe('http://127.0.0.1:9/oauth/connect');
    expect(() => apiRoot('https://')).toThrow(/no address/);
  });

  it('of carriers are known by what people write, others are "other"', () => {
    expect(['DHL', ' royal  mail ', 'Pigeon', ''].map(carrierName)).toEqual([
      'dhl',
      'royal-mail',
      'other',
      'other',
    ]);
  });
});
