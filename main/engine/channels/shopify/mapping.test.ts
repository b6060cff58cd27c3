import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equivalent } from './equivalent.ts';
import { toProductInput, toVariantWrite } from './from-domain.ts';
import { fromGid, isNumericId, toGid } from './gid.ts';
import { dispositionOf, toRemoteOrder } from './order-to-domain.ts';
import { pairOf, shopPricesOf } from './prices.ts';
import { shopRoot } from './shop-address.ts';
import { readVariant, toRemoteProduct } from './to-domain.ts';
import { toKilograms } from './weight.ts';

/** As Admin API 2026-10 answers. */
const PRODUCT = {
  id: 'gid://shopify/Product/7001',
  title: 'Harbour mug',
  handle: 'harbour-mug',
  descriptionHtml: '<p>Clay.</p>',
  vendor: 'Quay',
  productType: 'Mugs',
  tags: ['clay', 'new'],
  status: 'ACTIVE',
  updatedAt: '2026-11-20T10:00:00Z',
  onlineStoreUrl: 'https://quay.example/products/harbour-mug',
  hasOnlyDefaultVariant: false,
  category: { fullName: 'Home & Garden > Kitchen' },
  media: {
    nodes: [
      {
        __typename: 'MediaImage',
        id: 'gid://shopify/MediaImage/1',
        alt: null,
        image: { url: 'https://cdn.example/a.jpg' },
      },
      { __typename: 'Video' },
    ],
  },
  tomorrow: { unknown: true },
};
const VARIANT = {
  id: 'gid://shopify/ProductVariant/8001',
  title: 'Slate / Large',
  sku: '00123',
  barcode: null,
  price: '15.00',
  compareAtPrice: '20.00',
  inventoryPolicy: 'DENY',
  position: 1,
  updatedAt: '2026-11-21T10:00:00Z',
  selectedOptions: [
    { name: 'Colour', value: 'Slate' },
    { name: 'Size', value: 'Large' },
  ],
  inventoryItem: {
    id: 'gid://shopify/InventoryItem/9001',
    tracked: true,
    measurement: { weight: { unit: 'GRAMS', value: 350 } },
    inventoryLevel: { quantities: [{ name: 'available', quantity: 7 }] },
  },
};

describe('products', () => {
  test('every field finds its place; what is unknown stays in the raw record', () => {
    const mapped = toRemoteProduct(PRODUCT, [VARIANT], 'EUR');
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        externalId: '7001',
        kind: 'variable',
        url: 'https://quay.example/products/harbour-mug',
        modifiedAtMs: Date.parse('2026-11-21T10:00:00Z'),
        fields: {
          title: 'Harbour mug',
          status: 'publish',
          description: '<p>Clay.</p>',
          slug: 'harbour-mug',
          tags: '["clay","new"]',
          categories: '["Home & Garden > Kitchen"]',
          brand: 'Quay',
          productType: 'Mugs',
          images: '[{"src":"https://cdn.example/a.jpg","alt":"","externalId":"1"}]',
        },
        variants: [
          {
            externalId: '8001',
            variant: 'Slate / Large',
            fields: {
              sku: '00123',
              gtin: null,
              price: 2_000,
              salePrice: 1_500,
              quantity: 7,
              manageStock: 1,
              backorders: 'no',
              weight: '0.35',
            },
          },
        ],
      },
    });
    expect(mapped.ok && mapped.value.raw).toContain('"tomorrow":{"unknown":true}');
  });

  test('an only variant has no name, and its stock is nothing when it is not tracked or not stocked here', () => {
    const simple = toRemoteProduct({ ...PRODUCT, hasOnlyDefaultVariant: true }, [VARIANT], 'EUR');
    expect(simple).toMatchObject({ ok: true, value: { kind: 'simple', variants: [{ variant: '' }] } });
    const { inventoryItem } = VARIANT;
    const untracked = { ...VARIANT, inventoryItem: { ...inventoryItem, tracked: false } };
    expect(readVariant(untracked, 'EUR')).toMatchObject({
      ok: true,
      value: { fields: { quantity: null, manageStock: 0 }, stock: { available: 7 } },
    });
    const elsewhere = { ...VARIANT, inventoryItem: { ...inventoryItem, inventoryLevel: null } };
    expect(readVariant(elsewhere, 'EUR')).toMatchObject({
      ok: true,
      value: { fields: { quantity: null, manageStock: 1 }, stock: { available: null } },
    });
  });

  test('what cannot be read says why, and one bad variant holds back its whole product', () => {
    expect(toRemoteProduct({ ...PRODUCT, title: 5 }, [], 'EUR')).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^title: /) as string,
    });
    expect(toRemoteProduct(PRODUCT, [{ ...VARIANT, price: 'ask' }], 'EUR')).toMatchObject({
      ok: false,
      reason: 'Variant 8001: price: "ask" does not fit EUR',
    });
  });

  test('a currency without decimals and one with three keep their amounts', () => {
    const priced = { ...VARIANT, price: '1500', compareAtPrice: null };
    expect(readVariant(priced, 'JPY')).toMatchObject({
      value: { fields: { price: 1_500, salePrice: null } },
    });
    expect(readVariant({ ...priced, price: '1.250' }, 'KWD')).toMatchObject({
      value: { fields: { price: 1_250 } },
    });
  });
});

describe('prices', () => {
  const amounts = fc.integer({ min: 0, max: 10_000_000 });

  test('a pair that can be written is read back as it was', () => {
    fc.assert(
      fc.property(amounts, fc.option(amounts), (price, salePrice) => {
        const written = shopPricesOf({ price, salePrice });
        const impossible = salePrice !== null && salePrice >= price;
        expect(written.ok ? pairOf(written.prices) : null).toEqual(impossible ? null : { price, salePrice });
      }),
    );
  });

  test('what the shop has is written back unchanged but for a compare-at price that means nothing', () => {
    fc.assert(
      fc.property(amounts, fc.option(amounts), (price, compareAtPrice) => {
        const again = shopPricesOf(pairOf({ price, compareAtPrice }));
        const meant = compareAtPrice !== null && compareAtPrice > price ? compareAtPrice : null;
        expect(again).toEqual({ ok: true, prices: { price, compareAtPrice: meant } });
      }),
    );
  });

  test('both halves are written although one was changed', () => {
    const seen = { price: 2_000, salePrice: 1_500 };
    const input = (fields: object): unknown => {
      const written = toVariantWrite(fields, seen, 'EUR');
      return written.ok ? written.value.input : written;
    };
    expect(input({ price: 2_500 })).toEqual({ price: '15.00', compareAtPrice: '25.00' });
    expect(input({ salePrice: 1_000 })).toEqual({ price: '10.00', compareAtPrice: '20.00' });
    expect(input({ salePrice: null })).toEqual({ price: '20.00', compareAtPrice: null });
    expect(input({ price: 1_400 })).toMatchObject({ ok: false, field: 'price' });
    expect(input({ salePrice: 2_000 })).toMatchObject({ ok: false, field: 'salePrice' });
    expect(input({ price: null })).toMatchObject({ ok: false, field: 'price' });
  });
});

describe('writing', () => {
  test('only what changed is sent, each under the name the shop has for it', () => {
    expect(
      toProductInput({
        title: 'T',
        description: null,
        tags: '["a"]',
        status: 'archived',
        slug: 'new',
        brand: null,
      }),
    ).toEqual({
      ok: true,
      value: {
        title: 'T',
        descriptionHtml: '',
        tags: ['a'],
        status: 'ARCHIVED',
        handle: 'new',
        redirectNewHandle: true,
        vendor: '',
      },
    });
    const seen = { manageStock: 1, quantity: 3 } as const;
    expect(
      toVariantWrite({ sku: null, weight: '0.25', backorders: 'notify', quantity: 9 }, seen, 'EUR'),
    ).toEqual({
      ok: true,
      value: {
        input: {
          inventoryPolicy: 'CONTINUE',
          inventoryItem: { sku: '', measurement: { weight: { value: 0.25, unit: 'KILOGRAMS' } } },
        },
        available: 9,
      },
    });
  });

  test('a quantity makes a variant tracked, none makes it untracked, and both at once is refused', () => {
    const untracked = { manageStock: 0, quantity: null } as const;
    expect(toVariantWrite({ quantity: 2 }, untracked, 'EUR')).toMatchObject({
      value: { input: { inventoryItem: { tracked: true } }, available: 2 },
    });
    expect(toVariantWrite({ quantity: null }, { manageStock: 1, quantity: 2 }, 'EUR')).toMatchObject({
      value: { input: { inventoryItem: { tracked: false } }, available: undefined },
    });
    expect(toVariantWrite({ quantity: 2, manageStock: 0 }, untracked, 'EUR')).toMatchObject({
      ok: false,
      field: 'quantity',
    });
  });

  test('fields that the shop has elsewhere or not at all are refused by name', () => {
    expect(toProductInput({ price: 1 })).toMatchObject({ ok: false, field: 'price' });
    expect(toProductInput({ images: '[]' })).toMatchObject({ ok: false, field: 'images' });
    expect(toVariantWrite({ title: 'x' }, {}, 'EUR')).toMatchObject({ ok: false, field: 'title' });
    expect(toProductInput({ status: 'private' })).toMatchObject({ ok: false, field: 'status' });
    expect(toProductInput({ slug: null })).toMatchObject({ ok: false, field: 'slug' });
  });

  test('the shop’s own form of a value counts as the value', () => {
    expect(equivalent('tags', '["A","b"]', '["b","a"]')).toBe(true);
    expect(equivalent('tags', '["a"]', '["a","b"]')).toBe(false);
    expect(equivalent('slug', 'New Mug', 'new-mug')).toBe(true);
    expect(equivalent('description', '<p>a</p>\r\n<br/>', '<p>a</p><br>')).toBe(true);
    expect(equivalent('description', '<p>a</p>', '<p>b</p>')).toBe(false);
    expect(equivalent('backorders', 'notify', 'yes')).toBe(true);
    expect(equivalent('backorders', 'notify', 'no')).toBe(false);
    expect(equivalent('weight', '0', null)).toBe(true);
    expect(equivalent('price', 1, 2)).toBe(false);
  });
});

describe('orders', () => {
  const money = (amount: string): object => ({ shopMoney: { amount, currencyCode: 'EUR' } });
  const order = {
    id: 'gid://shopify/Order/1',
    name: '#1001',
    createdAt: '2026-11-20T10:00:00Z',
    processedAt: '2026-11-20T10:00:01Z',
    updatedAt: '2026-11-20T11:00:00Z',
    cancelledAt: null,
    displayFinancialStatus: 'PAID',
    displayFulfillmentStatus: 'UNFULFILLED',
    requiresShipping: true,
    currencyCode: 'EUR',
    note: null,
    email: 'a@customer.example',
    phone: null,
    currentTotalPriceSet: money('34.9'),
    shippingLine: { title: 'Standard' },
    shippingAddress: null,
    billingAddress: { name: 'Anna', address1: 'Kai 1', zip: '20457', city: 'Hamburg', countryCodeV2: 'DE' },
  };
  const line = {
    id: 'gid://shopify/LineItem/5',
    title: 'Mug',
    variantTitle: 'Slate',
    sku: '00123',
    quantity: 3,
    currentQuantity: 2,
    unfulfilledQuantity: 1,
    requiresShipping: true,
    discountedUnitPriceSet: money('15.0'),
    product: { id: 'gid://shopify/Product/7001' },
    variant: null,
    image: null,
  };

  test('are what has to be packed now: without what was taken out, without gift cards', () => {
    const card = { ...line, id: 'gid://shopify/LineItem/6', requiresShipping: false };
    const mapped = toRemoteOrder(order, [line, card]);
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        externalId: '1',
        number: '#1001',
        channelStatus: 'PAID, UNFULFILLED',
        disposition: null,
        totalMinor: 3_490,
        shippingMethod: 'Standard',
        shipTo: { name: 'Anna', postcode: '20457', country: 'DE', email: 'a@customer.example' },
        lines: [
          {
            externalId: '5',
            quantity: 2,
            fulfilled: 1,
            unitPriceMinor: 1_500,
            productExternalId: '7001',
            variantExternalId: null,
          },
        ],
      },
    });
    expect(mapped.ok && mapped.value.lines).toHaveLength(1);
    expect(mapped.ok && mapped.value.raw).toContain('LineItem/6');
  });

  test.each([
    [{}, null],
    [{ displayFinancialStatus: 'AUTHORIZED' }, null],
    [{ displayFinancialStatus: 'PENDING' }, 'awaiting_payment'],
    [{ displayFinancialStatus: 'REFUNDED' }, 'refunded'],
    [{ displayFinancialStatus: 'PARTIALLY_REFUNDED' }, null],
    [{ displayFinancialStatus: null }, 'unknown'],
    [{ displayFinancialStatus: 'SOMETHING_NEW' }, 'unknown'],
    [{ displayFulfillmentStatus: 'SOMETHING_NEW' }, 'unknown'],
    [{ displayFulfillmentStatus: 'ON_HOLD' }, 'on_hold'],
    [{ displayFulfillmentStatus: 'FULFILLED', displayFinancialStatus: 'REFUNDED' }, 'shipped'],
    [{ displayFulfillmentStatus: 'PARTIALLY_FULFILLED' }, null],
    [{ requiresShipping: false }, 'shipped'],
    [{ cancelledAt: '2026-11-20T12:00:00Z' }, 'cancelled'],
  ] as const)('%j is %s', (change, disposition) => {
    expect(dispositionOf({ ...order, ...change })).toBe(disposition);
  });
});

test('ids', () => {
  expect(toGid('Order', '5')).toBe('gid://shopify/Order/5');
  expect(toGid('Location', 'gid://shopify/Location/5')).toBe('gid://shopify/Location/5');
  expect(fromGid('gid://shopify/InventoryLevel/5?inventory_item_id=6')).toBe('5');
  expect(['5', '', 'a5', 'gid://shopify/Order/5'].map(isNumericId)).toEqual([true, false, false, false]);
});

test('weights are kilograms without noise', () => {
  const kilograms = (value: number, unit: string): string | null => toKilograms({ value, unit });
  expect(kilograms(350, 'GRAMS')).toBe('0.35');
  expect(kilograms(0.1, 'KILOGRAMS')).toBe('0.1');
  expect(kilograms(1, 'POUNDS')).toBe('0.45359237');
  expect(kilograms(0, 'KILOGRAMS')).toBeNull();
  expect(kilograms(1, 'STONES')).toBeNull();
});

test('whatever people copy leads to the shop', () => {
  for (const text of [
    'quay',
    'quay.myshopify.com',
    ' https://quay.myshopify.com/admin/products ',
    'https://admin.shopify.com/store/quay/orders',
  ]) {
    expect(shopRoot(text).href).toBe('https://quay.myshopify.com/');
  }
  expect(shopRoot('http://127.0.0.1:4000').href).toBe('http://127.0.0.1:4000/');
  expect(() => shopRoot(' ')).toThrow(expect.objectContaining({ code: 'CHANNEL_INVALID' }));
});
