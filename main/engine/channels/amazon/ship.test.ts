import { describe, expect, it } from 'vitest';
import type { ShipmentPush } from '../contract.ts';
import { json } from '../kit/test-context.ts';
import { carrierOf } from './carriers.ts';
import { packageReference, pushShipment, verifyShipment } from './ship.ts';
import { refusal, testAccount, type TestAccount } from './test-account.ts';

const shipment: ShipmentPush = {
  opId: '1',
  shipmentId: '01a20f00-0000-7000-8000-000000000001',
  orderExternalId: '302-1',
  carrier: 'dhl',
  tracking: 'T 1',
  shippedAtMs: Date.UTC(2026, 10, 24, 8),
  lines: [{ externalId: '9', quantity: 2 }],
  complete: false,
};

interface OrderChange {
  readonly status?: string;
  readonly fulfilledBy?: string;
  readonly open?: number;
  readonly packages?: readonly object[];
}

const orderOf = ({
  status = 'UNSHIPPED',
  fulfilledBy = 'MERCHANT',
  open = 3,
  packages = [],
}: OrderChange): object => ({
  orderId: '302-1',
  createdTime: '2026-11-01T00:00:00Z',
  lastUpdatedTime: '2026-11-02T00:00:00Z',
  salesChannel: { channelName: 'AMAZON' },
  fulfillment: { fulfillmentStatus: status, fulfilledBy },
  orderItems: [
    {
      orderItemId: '9',
      quantityOrdered: 3,
      product: {},
      fulfillment: { quantityFulfilled: 3 - open, quantityUnfulfilled: open },
    },
  ],
  packages,
});

const accountOf = (
  order: OrderChange,
  confirm = (): Response => new Response(null, { status: 204 }),
): TestAccount =>
  testAccount(({ method }) => (method === 'POST' ? confirm() : json({ order: orderOf(order) })));
const writes = (account: TestAccount): number =>
  account.sent().filter(({ method }) => method === 'POST').length;
const parcel = (change: object = {}): object => ({
  packageReferenceId: '77',
  trackingNumber: 't1',
  packageItems: [{ orderItemId: '9', quantity: 2 }],
  ...change,
});

describe('confirming a shipment', () => {
  it('tells Amazon the package with part of the units', async () => {
    const account = accountOf({});
    expect(await pushShipment(account.client, shipment)).toEqual({ opId: '1', outcome: 'accepted' });
    expect(account.sent().at(-1)).toMatchObject({
      method: 'POST',
      body: {
        marketplaceId: 'A1PA6795UKMFR9',
        packageDetail: {
          packageReferenceId: packageReference(shipment.shipmentId),
          carrierCode: 'DHL',
          trackingNumber: 'T 1',
          shipDate: '2026-11-24T08:00:00.000Z',
          orderItems: [{ orderItemId: '9', quantity: 2 }],
        },
      },
    });
  });

  it('is not repeated while the order does not show the package yet', async () => {
    const account = accountOf({});
    await pushShipment(account.client, shipment);
    expect(await verifyShipment(account.client, shipment)).toMatchObject({ confirmed: false });
    expect(await pushShipment(account.client, shipment)).toMatchObject({ outcome: 'accepted' });
    expect(writes(account)).toBe(1);
  });

  it.each([
    ['its number', parcel()],
    [
      'our number for it',
      parcel({ packageReferenceId: packageReference(shipment.shipmentId), packageItems: [] }),
    ],
    ['its number when the contents are left out', parcel({ packageItems: [] })],
  ])('recognises the package by %s and writes nothing', async (_by, entry) => {
    const account = accountOf({ open: 1, packages: [entry] });
    expect(await pushShipment(account.client, shipment)).toMatchObject({ outcome: 'accepted' });
    expect(await verifyShipment(account.client, shipment)).toMatchObject({ confirmed: true });
    expect(writes(account)).toBe(0);
  });

  it.each([
    ['a cancelled package', parcel({ packageStatus: { status: 'CANCELLED' } })],
    ['fewer units', parcel({ packageItems: [{ orderItemId: '9', quantity: 1 }] })],
    ['another number', parcel({ trackingNumber: 'T2' })],
  ])('does not take %s for this shipment', async (_what, entry) => {
    const account = accountOf({ packages: [entry] });
    await pushShipment(account.client, shipment);
    expect(writes(account)).toBe(1);
  });

  it.each<[OrderChange, Partial<ShipmentPush>, string]>([
    [{ status: 'CANCELLED' }, {}, 'CHANNEL_CONFLICT'],
    [{ fulfilledBy: 'AMAZON' }, {}, 'CHANNEL_CONFLICT'],
    [{ open: 1 }, {}, 'CHANNEL_CONFLICT'],
    [{}, { lines: [{ externalId: '8', quantity: 1 }] }, 'CHANNEL_CONFLICT'],
    [{}, { tracking: ' ' }, 'CHANNEL_INVALID'],
  ])('of %j with %j is refused', async (order, change, code) => {
    const account = accountOf(order);
    const result = await pushShipment(account.client, { ...shipment, ...change });
    expect(result).toMatchObject({ outcome: 'rejected', code });
    expect(writes(account)).toBe(0);
  });

  it('passes on what Amazon refuses, and waits for what is broken', async () => {
    const refused = accountOf({}, () => refusal(400, 'InvalidInput'));
    expect(await pushShipment(refused.client, shipment)).toMatchObject({ outcome: 'rejected' });
    const broken = accountOf({}, () => refusal(500, 'InternalFailure'));
    await expect(pushShipment(broken.client, shipment)).rejects.toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      details: { applied: 'unknown' },
    });
  });

  it('says that an order is gone', async () => {
    const account = testAccount(() => refusal(404, 'NotFound'));
    expect(await pushShipment(account.client, shipment)).toMatchObject({ code: 'CHANNEL_GONE' });
    expect(await verifyShipment(account.client, shipment)).toMatchObject({ confirmed: false });
  });
});

it('numbers packages the same every time, with positive digits only', () => {
  const references = Array.from({ length: 500 }, (_unused, index) => packageReference(`shipment-${index}`));
  expect(references.every((text) => /^[1-9]\d{0,8}$/.test(text))).toBe(true);
  expect(new Set(references).size).toBe(500);
  expect(packageReference('shipment-0')).toBe(references[0]);
});

it.each([
  ['DHL Paket', { carrierCode: 'DHL' }],
  [' royal mail ', { carrierCode: 'Royal Mail' }],
  ['Harbour Boats', { carrierCode: 'Other', carrierName: 'Harbour Boats' }],
  ['', { carrierCode: 'Other', carrierName: 'Other' }],
])('the carrier %j is %j for Amazon', (name, carrier) => {
  expect(carrierOf(name)).toEqual(carrier);
});
