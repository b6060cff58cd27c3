import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalImages } from '#shared/domain/field-values.ts';
import type { ImageValue, ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { gmtText } from './change-cursor.ts';
import { equivalent } from './equivalent.ts';
import { toWooItem, type WooItem } from './from-domain.ts';
import { dispositionOf, toRemoteOrder } from './order-to-domain.ts';
import { fieldValues } from './test-values.ts';
import { toRemoteProduct } from './to-domain.ts';

const simple = {
  id: 7,
  name: 'Mug',
  type: 'simple',
  status: 'publish',
  permalink: 'https://shop.test/mug',
  date_modified_gmt: '2026-11-23T02:50:29',
};

/** Stores an item the way WooCommerce does and answers with it. */
function stored(item: WooItem): Record<string, unknown> {
  const images = (item['images'] as { id?: number; src?: string; alt: string }[] | undefined) ?? [];
  return {
    ...simple,
    ...item,
    images: images.map((image, index) => ({
      id: image.id ?? 900 + index,
      src: image.src ?? 'https://shop.test/i.jpg',
      alt: image.alt,
    })),
    ...('date_on_sale_from_gmt' in item
      ? { date_on_sale_from_gmt: item['date_on_sale_from_gmt'] || null }
      : {}),
    ...('date_on_sale_to_gmt' in item ? { date_on_sale_to_gmt: item['date_on_sale_to_gmt'] || null } : {}),
  };
}

describe('round trip', () => {
  test.each(['EUR', 'JPY', 'KWD'])('what is sent in %s is what is read', (currency) => {
    fc.assert(
      fc.property(fieldValues('product', currency), fieldValues('listing', currency), (product, listing) => {
        const fields = { ...product, ...listing };
        const written = toWooItem(fields, currency, 'product');
        const refused = fields.manageStock === 0 && typeof fields.quantity === 'number';
        expect(written.ok).toBe(!refused);
        if (!written.ok) return;
        const read = toRemoteProduct(stored(written.item), [], currency);
        if (!read.ok) throw new Error(read.reason);
        const values = { ...read.value.fields, ...read.value.variants[0]?.fields };
        const lost = (Object.entries(fields) as [ListingFieldName, StoredValue][]).filter(([name, value]) => {
          const back = values[name] ?? null;
          if (name === 'images') return altsAndIds(back) !== altsAndIds(value);
          if (name === 'manageStock' && typeof fields.quantity === 'number') return back !== 1;
          return !equivalent(name, value, back);
        });
        expect(lost).toEqual([]);
      }),
    );
  });

  test('money, times, texts and stock come back exactly, not only as equivalents', () => {
    const variant = {
      price: 1250,
      salePrice: 1,
      quantity: 0,
      saleFrom: 1_795_398_542_000,
      weight: '0.125',
      sku: '00123',
      gtin: '4006381333931',
    };
    const fields = { ...variant, title: 'Salt & "Pepper"' };
    const written = toWooItem(fields, 'EUR', 'product');
    if (!written.ok) throw new Error(written.message);
    expect(written.item).toEqual({
      regular_price: '12.50',
      sale_price: '0.01',
      manage_stock: true,
      stock_quantity: 0,
      date_on_sale_from_gmt: gmtText(1_795_398_542_000),
      weight: '0.125',
      sku: '00123',
      global_unique_id: '4006381333931',
      name: 'Salt & "Pepper"',
    });
    const read = toRemoteProduct(
      { ...stored(written.item), name: 'Salt &amp; &quot;Pepper&quot;' },
      [],
      'EUR',
    );
    expect(read).toMatchObject({
      ok: true,
      value: { fields: { title: fields.title }, variants: [{ fields: variant }] },
    });
  });
});

function altsAndIds(value: StoredValue): string {
  const images = JSON.parse(String(value ?? '[]')) as ImageValue[];
  return JSON.stringify(images.map((image, index) => [image.alt, image.externalId ?? String(900 + index)]));
}

describe('writing', () => {
  test('clears with empty texts, which is the only way that WooCommerce hears', () => {
    const written = toWooItem(
      {
        sku: null,
        price: null,
        salePrice: null,
        saleFrom: null,
        saleTo: null,
        description: null,
        gtin: null,
        weight: null,
        slug: null,
        tags: null,
        images: null,
        quantity: null,
      },
      'EUR',
      'product',
    );
    expect(written).toEqual({
      ok: true,
      item: {
        sku: '',
        regular_price: '',
        sale_price: '',
        date_on_sale_from_gmt: '',
        date_on_sale_to_gmt: '',
        description: '',
        global_unique_id: '',
        weight: '',
        slug: '',
        tags: [],
        images: [],
        manage_stock: false,
      },
    });
  });

  test('a quantity needs managed stock; both at odds are refused by name', () => {
    expect(toWooItem({ quantity: 5 }, 'EUR', 'variation')).toEqual({
      ok: true,
      item: { manage_stock: true, stock_quantity: 5 },
    });
    expect(toWooItem({ quantity: 5, manageStock: 0 }, 'EUR', 'variation')).toMatchObject({
      ok: false,
      field: 'quantity',
    });
    expect(toWooItem({ quantity: null, manageStock: 1 }, 'EUR', 'variation')).toEqual({
      ok: true,
      item: { manage_stock: true },
    });
  });

  test('a variation takes no product fields, and nobody writes categories', () => {
    expect(toWooItem({ title: 'x' }, 'EUR', 'variation')).toMatchObject({ ok: false, field: 'title' });
    expect(toWooItem({ categories: '[]' }, 'EUR', 'product')).toMatchObject({
      ok: false,
      field: 'categories',
    });
  });
});

describe('reading products', () => {
  const read = (more: Record<string, unknown>): ReturnType<typeof toRemoteProduct> =>
    toRemoteProduct({ ...simple, ...more }, [], 'EUR');

  test('prices finer than the currency are rounded and kept raw', () => {
    const mapped = read({ regular_price: '12.345', sale_price: '0.9999' });
    expect(mapped).toMatchObject({
      ok: true,
      value: { variants: [{ fields: { price: 1234, salePrice: 100 } }] },
    });
    expect(mapped.ok ? mapped.value.raw : '').toContain('"12.345"');
  });

  test.each([
    [{ regular_price: 'abc' }, /regular_price: "abc" is not a decimal/],
    [{ sale_price: '9'.repeat(30) }, /sale_price/],
    [{ date_on_sale_from_gmt: 'soon' }, /date_on_sale_from_gmt: "soon" is not a date/],
    [{ status: undefined }, /status/],
    [{ id: 'x' }, /id/],
    [{ stock_quantity: 1e300 }, /stock_quantity/],
  ])('%j is not read, and the reason names the field', (more, reason) => {
    expect(read(more)).toEqual({ ok: false, reason: expect.stringMatching(reason) as string });
  });

  test('what plugins make of a record is read as well as it can be', () => {
    const mapped = read({
      sku: null,
      weight: 'abc',
      stock_quantity: '2.5',
      manage_stock: 'parent',
      backorders: 'maybe',
      tags: false,
      description: false,
    });
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        fields: { tags: '[]', description: null },
        variants: [{ fields: { sku: null, weight: null, quantity: 2, manageStock: 0 } }],
      },
    });
  });

  test('an unreadable variation holds back its product, so that nothing looks deleted', () => {
    const variation = {
      id: 8,
      regular_price: '1',
      attributes: [{ option: 'Blue' }, { option: '' }, { option: 'XL' }],
    };
    const product = { ...simple, type: 'variable', variations: [8, 9] };
    expect(
      toRemoteProduct(product, [variation, { ...variation, id: 9, regular_price: 'x' }], 'EUR'),
    ).toMatchObject({
      ok: false,
      reason: expect.stringMatching(/^Variation 9: regular_price/) as string,
    });
    expect(toRemoteProduct(product, [variation], 'EUR')).toMatchObject({
      ok: true,
      value: { variants: [{ externalId: '8', variant: 'Blue / XL' }] },
    });
    expect(toRemoteProduct({ ...product, variations: [] }, [], 'EUR')).toMatchObject({
      ok: true,
      value: { kind: 'variable', variants: [] },
    });
  });
});

describe('reading orders', () => {
  const order = {
    id: 5,
    number: '1005',
    status: 'processing',
    currency: 'JPY',
    total: '1200',
    date_created_gmt: '2026-11-23T02:49:02',
    date_modified_gmt: '2026-11-23T02:50:02',
    billing: { first_name: 'Bill', phone: '1', email: 'b@x.test' },
    shipping: { first_name: 'Anna', last_name: 'Shaw', address_1: 'Road 1', state: 'BE', country: 'DE' },
    shipping_lines: [{ method_title: 'DHL' }, { method_title: 'Insurance' }],
    line_items: [],
  };

  test('every state has its meaning', () => {
    const states = [
      'pending',
      'on-hold',
      'processing',
      'completed',
      'cancelled',
      'failed',
      'refunded',
      'wc-custom',
    ];
    expect(states.map(dispositionOf)).toEqual([
      'awaiting_payment',
      'on_hold',
      null,
      'shipped',
      'cancelled',
      'cancelled',
      'refunded',
      'unknown',
    ]);
    expect(toRemoteOrder({ ...order, status: 'checkout-draft' })).toEqual({ ok: true, value: null });
  });

  test('delivers to the shipping address and reaches the buyer by the billing one', () => {
    expect(toRemoteOrder(order)).toMatchObject({
      ok: true,
      value: {
        totalMinor: 1200,
        shippingMethod: 'DHL, Insurance',
        shipTo: { name: 'Anna Shaw', line1: 'Road 1', region: 'BE', phone: '1', email: 'b@x.test' },
      },
    });
  });

  test('a line tells what was chosen', () => {
    const line = {
      id: 1,
      name: 'Shirt - Dark blue, M',
      parent_name: null,
      product_id: 3,
      variation_id: 4,
      quantity: 2,
      price: 10.005,
      meta_data: [
        { key: '_reduced_stock', display_key: '_reduced_stock', display_value: '2' },
        { key: 'pa_colour', display_key: 'Colour', display_value: '<p>Dark &amp; blue</p>' },
        { key: 'size', display_key: 'Size', display_value: 'M' },
        { key: 'Engraving', display_key: 'Engraving', display_value: 'For Ann' },
      ],
    };
    const mapped = toRemoteOrder({
      ...order,
      currency: 'EUR',
      line_items: [line, { ...line, name: 'Shirt - M', meta_data: [line.meta_data[2]] }],
    });
    expect(mapped).toMatchObject({
      ok: true,
      value: {
        lines: [
          {
            variant: 'Dark & blue / M / Engraving: For Ann',
            quantity: 2,
            unitPriceMinor: 1000,
            productExternalId: '3',
            variantExternalId: '4',
            sku: null,
          },
          { title: 'Shirt', variant: 'M' },
        ],
      },
    });
  });

  test('an order that cannot be counted is not read', () => {
    expect(toRemoteOrder({ ...order, total: 'x' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('total') as string,
    });
    expect(toRemoteOrder({ ...order, line_items: 'none' })).toMatchObject({ ok: false });
    expect(toRemoteOrder(null)).toMatchObject({ ok: false });
  });
});

describe('equivalent', () => {
  const image = (src: string, externalId?: string, alt = 'Mug'): string =>
    canonicalImages([{ src, alt, ...(externalId ? { externalId } : {}) }]);

  test.each<[ListingFieldName, StoredValue, StoredValue, boolean]>([
    ['title', ' Salt  & Pepper ', 'Salt &amp; Pepper', true],
    ['title', 'Mug', 'Product', false],
    ['description', '<p>A &amp; B</p>\r\n<br />', '<p>A & B</p><br>', true],
    ['description', '<p>A</p>', '<p>B</p>', false],
    ['description', null, '', true],
    ['slug', null, 'mug-2', true],
    ['slug', 'My Mug', 'my-mug', true],
    ['slug', 'mug', 'mug-2', false],
    ['saleFrom', 1_795_398_542_999, 1_795_398_542_000, true],
    ['saleFrom', 1_795_398_542_000, 1_795_398_543_000, false],
    ['saleFrom', null, 0, false],
    ['tags', '["b","A"]', '["a","B"]', true],
    ['tags', '["a"]', '["a","b"]', false],
    ['price', 1000, 1001, false],
    ['quantity', 0, null, false],
    [
      'images',
      image('https://cdn.test/x/Photo 1.jpg'),
      image('https://shop.test/up/Photo-1-2.jpg', '9'),
      true,
    ],
    [
      'images',
      image('https://cdn.test/photo.jpg'),
      image('https://shop.test/up/photo-scaled.jpg', '9'),
      true,
    ],
    ['images', image('https://cdn.test/photo.jpg'), image('https://shop.test/up/other.jpg', '9'), false],
    ['images', image('https://cdn.test/photo.jpg', '8'), image('https://cdn.test/photo.jpg', '9'), false],
    ['images', image('https://cdn.test/photo.jpg'), image('https://cdn.test/photo.jpg', '9', 'Cup'), false],
    ['images', image('https://cdn.test/photo.jpg'), '[]', false],
  ])('%s: %j and %j -> %s', (field, sent, read, same) => {
    expect(equivalent(field, sent, read)).toBe(same);
  });
});
