import type { RemoteOrder } from '../channels/contract.ts';
import type { Engine } from '../engine.ts';
import { applyRemoteOrders } from './apply-remote-orders.ts';

/** An order as a shop sends it: line `n` sells `quantities[n]` of SKU-0000n, the n-th seeded listing. */
export function remoteOrder(
  number: string,
  quantities: readonly number[],
  change: Partial<RemoteOrder> = {},
): RemoteOrder {
  return {
    externalId: number,
    number,
    channelStatus: 'processing',
    disposition: null,
    currency: 'EUR',
    totalMinor: 1_000,
    placedAtMs: Date.UTC(2026, 10, 20),
    modifiedAtMs: 1,
    note: '',
    shippingMethod: 'Parcel',
    shipTo: {
      name: 'Ada <b>Byron</b>',
      company: '',
      line1: 'Street 1',
      line2: '',
      city: 'Town',
      region: '',
      postcode: '12345',
      country: 'DE',
      phone: '',
      email: 'ada@example.org',
    },
    lines: quantities.map((quantity, index) => ({
      externalId: `${number}-${index}`,
      sku: `SKU-0000${index}`,
      title: `Thing ${index}`,
      variant: '',
      quantity,
      unitPriceMinor: 500,
      productExternalId: String(index + 1),
      variantExternalId: null,
      image: null,
    })),
    raw: '{}',
    ...change,
  };
}

/** Takes orders over as a pull of the first account does. */
export function pullOrdersInto(
  engine: Engine,
  orders: readonly RemoteOrder[],
  timeZone = 'UTC',
): { added: number; changed: number } {
  let counts = { added: 0, changed: 0 };
  engine.journal.run({ method: 'sync.pull', label: '', actor: 'channel:x', reversible: false }, (scope) => {
    counts = applyRemoteOrders(engine, scope, { rid: 1, name: 'x', time_zone: timeZone }, orders);
    return {};
  });
  return counts;
}
