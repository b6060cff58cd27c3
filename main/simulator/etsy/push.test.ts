import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListingPush, ShipmentPush } from '../../engine/channels/contract.ts';
import type { ListingRow, ReceiptRow } from './rows.ts';
import { openSuiteShop, refOf } from './suite-shop.ts';

let shop: Awaited<ReturnType<typeof openSuiteShop>>;
beforeEach(async () => {
  shop = await openSuiteShop();
});
afterEach(() => shop.close());

const whole = (listing: ListingRow, opId: string, fields: ListingPush['fields']): ListingPush => ({
  opId,
  ref: { productExternalId: String(listing.id), variantExternalId: null },
  currency: 'EUR',
  fields,
});
const onSale = (): ListingRow[] =>
  [...shop.simulator.store.listings.values()].filter((row) => row.state === 'active');
const simple = (skip = 0): ListingRow =>
  onSale().filter((row) => row.products.length === 1)[skip] as ListingRow;

describe('what is sold out', () => {
  it('is told first, so that the end of the day’s calls cannot sell it again', async () => {
    const rows = onSale().filter((row) => row.products.length > 1 && row.quantityOn.length > 0);
    const ops = rows.slice(0, 6).map((listing, index): ListingPush => ({
      opId: String(index),
      ref: refOf(listing, listing.products[0] as ListingRow['products'][number]),
      currency: 'EUR',
      fields: { quantity: index < 4 ? 50 + index : 0 },
    }));
    // The last two are sold out, and only two writes go through.
    shop.fault('rate-limit', 'write', { skip: 2, times: 50 });
    const results = await shop.connector.pushListings(shop.context, ops);
    expect(results.map(({ outcome }) => outcome)).toEqual([
      'retry',
      'retry',
      'retry',
      'retry',
      'accepted',
      'accepted',
    ]);
    expect(rows.slice(4, 6).map((row) => row.products[0]?.quantity)).toEqual([0, 0]);
  });
});

describe('translations', () => {
  const german = { title: 'Hafenbecher', description: 'Blau.', tags: ['becher', 'blau'] };

  it('are made, changed where they differ, and read back', async () => {
    const { connector, context } = shop;
    const listing = simple();
    const id = String(listing.id);
    const { translations } = connector;
    expect(await translations?.read(context, id, 'de')).toBeNull();
    expect(await translations?.write(context, id, 'de', german)).toEqual(german);
    const writes = listing.writes;
    expect(await translations?.write(context, id, 'de', german)).toEqual(german);
    expect(listing.writes).toBe(writes);
    const shorter = { ...german, description: null, title: 'Becher' };
    expect(await translations?.write(context, id, 'de', shorter)).toEqual({ ...german, title: 'Becher' });
    expect(await translations?.read(context, id, 'fr')).toBeNull();
  });

  it('are made once although the answer is lost, and refused for a language that Etsy lacks', async () => {
    const { connector, context } = shop;
    const listing = simple();
    const id = String(listing.id);
    shop.fault('timeout-after-apply', 'write');
    await expect(connector.translations?.write(context, id, 'de', german)).rejects.toMatchObject({
      details: { applied: 'unknown' },
    });
    const writes = listing.writes;
    expect(await connector.translations?.write(context, id, 'de', german)).toEqual(german);
    expect(listing.writes).toBe(writes);
    await expect(connector.translations?.write(context, id, 'xx', german)).rejects.toMatchObject({
      code: 'CHANNEL_INVALID',
    });
    await expect(
      connector.translations?.write(context, id, 'de', { ...german, title: 'x'.repeat(141) }),
    ).rejects.toMatchObject({ code: 'CHANNEL_INVALID' });
  });
});

describe('pictures', () => {
  it('are sorted and described on Etsy, and read back as they were sent', async () => {
    const { connector, context, simulator } = shop;
    const listing = onSale().find((row) => row.images.length > 0) as ListingRow;
    const [first] = listing.images;
    if (!first) throw new Error('The listing has no picture');
    const extra = [1, 2].map((n) => ({ ...first, id: simulator.store.newId(), path: `${first.path}?${n}` }));
    simulator.store.touch(listing, { images: [first, ...extra] });
    const ref = { productExternalId: String(listing.id), variantExternalId: null };
    const [before] = await connector.readListings(context, [ref]);
    const shown = JSON.parse(String(before?.fields.images)) as { src: string; alt: string }[];
    const images = JSON.stringify([
      { ...shown[2], alt: 'From above' },
      { ...shown[0], alt: 'From the side' },
    ]);
    expect(await connector.pushListings(context, [whole(listing, '0', { images })])).toEqual([
      { opId: '0', outcome: 'accepted' },
    ]);
    expect(listing.images.map(({ id, alt }) => [id, alt])).toEqual([
      [extra[1]?.id, 'From above'],
      [first.id, 'From the side'],
    ]);
    const [after] = await connector.readListings(context, [ref]);
    expect(connector.equivalent?.('images', images, after?.fields.images ?? null)).toBe(true);
    // What is there already is not sent again.
    const writes = listing.writes;
    await connector.pushListings(context, [whole(listing, '1', { images })]);
    expect(listing.writes).toBe(writes);
  });

  it('that are new are refused at their cell, and the title goes through', async () => {
    const listing = onSale().find((row) => row.images.length > 0) as ListingRow;
    const images = JSON.stringify([{ src: 'https://elsewhere.example/new.jpg', alt: '' }]);
    const results = await shop.connector.pushListings(shop.context, [
      whole(listing, '0', { title: 'New title', images }),
    ]);
    expect(results).toMatchObject([{ outcome: 'rejected', field: 'images' }]);
    expect(listing.title).toBe('New title');
  });
});

describe('what Etsy refuses', () => {
  it('names the field of the content, and the other listings go through', async () => {
    const [bad, good] = [simple(), simple(1)];
    const results = await shop.connector.pushListings(shop.context, [
      whole(bad, '0', { title: 'Mug ^', tags: '["a"]' }),
      whole(good, '1', { title: 'Mug' }),
    ]);
    expect(results).toMatchObject([
      { opId: '0', outcome: 'rejected', code: 'CHANNEL_INVALID', field: 'title' },
      { opId: '1', outcome: 'accepted' },
    ]);
    expect([bad.title === 'Mug ^', good.title]).toEqual([false, 'Mug']);
  });

  it('of one variant does not hold back the others of its listing', async () => {
    const listing = onSale().find(
      (row) => row.products.length > 2 && row.quantityOn.length > 0,
    ) as ListingRow;
    const quantities = [7, 1_000, 9];
    const ops = listing.products.slice(0, 3).map((product, index): ListingPush => ({
      opId: String(index),
      ref: refOf(listing, product),
      currency: 'EUR',
      fields: { quantity: quantities[index] ?? 0 },
    }));
    const results = await shop.connector.pushListings(shop.context, ops);
    expect(results.map((result) => result.outcome)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(results[1]).toMatchObject({ code: 'CHANNEL_INVALID', field: 'quantity' });
    expect([listing.products[0]?.quantity, listing.products[2]?.quantity]).toEqual([7, 9]);
  });

  it('is a listing without anything left, while one variant may be sold out', async () => {
    const listing = onSale().find(
      (row) => row.products.length > 2 && row.quantityOn.length > 0,
    ) as ListingRow;
    const [first] = listing.products;
    const [one, other] = [simple(), simple(1)];
    if (!first) throw new Error('The listing has no product');
    const results = await shop.connector.pushListings(shop.context, [
      { opId: '0', ref: refOf(listing, first), currency: 'EUR', fields: { quantity: 0 } },
      whole(one, '1', { quantity: 0 }),
      whole(other, '2', { status: 'inactive' }),
    ]);
    expect(results.map((result) => result.outcome)).toEqual(['accepted', 'rejected', 'accepted']);
    expect([one.products[0]?.quantity === 0, other.state]).toEqual([false, 'inactive']);
  });
});

describe('a shipment', () => {
  const receipt = (): ReceiptRow =>
    [...shop.simulator.store.receipts.values()].find((row) => row.status === 'paid') as ReceiptRow;
  const shipment = (row: ReceiptRow, changes: Partial<ShipmentPush> = {}): ShipmentPush => ({
    opId: 's',
    shipmentId: 's',
    orderExternalId: String(row.id),
    carrier: 'Royal Mail',
    tracking: 'RM 12-34',
    shippedAtMs: Date.now(),
    lines: [],
    complete: true,
    ...changes,
  });

  it('is known by its number however it is written, and is never told twice', async () => {
    const row = receipt();
    expect(await shop.connector.pushShipment(shop.context, shipment(row))).toMatchObject({
      outcome: 'accepted',
    });
    const again = shipment(row, { tracking: 'rm1234', opId: 't' });
    expect(await shop.connector.pushShipment(shop.context, again)).toMatchObject({ outcome: 'accepted' });
    expect([row.mails, row.parcels[0]?.carrier]).toEqual([['RM 12-34'], 'royal-mail']);
  });

  it('without a number marks the order as sent, once', async () => {
    const row = receipt();
    const plain = shipment(row, { tracking: '', carrier: '' });
    for (let attempt = 0; attempt < 3; attempt += 1) await shop.connector.pushShipment(shop.context, plain);
    expect([row.shipped, row.mails]).toEqual([true, ['']]);
    expect(await shop.connector.verifyShipment(shop.context, plain)).toMatchObject({ confirmed: true });
  });

  it('of a part needs a number of its own, because the mark of the order is not about a parcel', async () => {
    const row = receipt();
    const part = shipment(row, { complete: false, tracking: '' });
    for (const shipped of [false, true]) {
      row.shipped = shipped;
      const result = await shop.connector.pushShipment(shop.context, part);
      expect(result).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_NOT_SUPPORTED' });
    }
    expect(row.mails).toEqual([]);
  });

  it('of several parcels tells the buyer once about each', async () => {
    const row = receipt();
    const parcels = [
      shipment(row, { complete: false, tracking: 'PART-1' }),
      shipment(row, { tracking: 'PART-2' }),
    ];
    for (let attempt = 0; attempt < 2; attempt += 1) {
      for (const parcel of parcels) {
        expect(await shop.connector.pushShipment(shop.context, parcel)).toMatchObject({
          outcome: 'accepted',
        });
        expect(await shop.connector.verifyShipment(shop.context, parcel)).toMatchObject({ confirmed: true });
      }
    }
    expect(row.mails).toEqual(['PART-1', 'PART-2']);
  });

  it('of a cancelled order and of one that is not there is refused without a write', async () => {
    const row = receipt();
    shop.simulator.store.touchReceipt(row, { status: 'canceled' });
    expect(await shop.connector.pushShipment(shop.context, shipment(row))).toMatchObject({
      outcome: 'rejected',
      code: 'CHANNEL_CONFLICT',
    });
    expect(
      await shop.connector.pushShipment(shop.context, shipment(row, { orderExternalId: '99' })),
    ).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
    expect(shop.simulator.log.find('POST', /tracking/)).toEqual([]);
  });

  it('that was cancelled in that very moment is refused by Etsy and stays so', async () => {
    const row = receipt();
    shop.simulator.beforeWrite = () => shop.simulator.store.touchReceipt(row, { status: 'canceled' });
    expect(await shop.connector.pushShipment(shop.context, shipment(row))).toMatchObject({
      outcome: 'rejected',
      code: 'CHANNEL_CONFLICT',
    });
    expect(row.mails).toEqual([]);
  });
});
