import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShipmentPush } from '../contract.ts';
import type { Fulfilment, OrderPart, Parcel } from './fulfilment.ts';
import { allocate, parcelToLabel, progressOf } from './ship-plan.ts';

const AT = Date.parse('2026-11-23T10:00:00Z');
const shipment = (more: Partial<ShipmentPush> = {}): ShipmentPush => ({
  opId: '1',
  shipmentId: 's1',
  orderExternalId: '1',
  carrier: 'DHL',
  tracking: 'T1',
  shippedAtMs: AT,
  lines: [{ externalId: 'a', quantity: 2 }],
  complete: false,
  ...more,
});
const parcel = (
  id: string,
  units: Record<string, number>,
  numbers: string[] = [],
  createdAtMs = AT,
): Parcel => ({
  id,
  createdAtMs,
  numbers,
  units: new Map(Object.entries(units)),
});
const part = (id: string, lines: Record<string, number>, more: Partial<OrderPart> = {}): OrderPart => ({
  id,
  location: 'L1',
  open: true,
  status: 'OPEN',
  lines: Object.entries(lines).map(([lineId, remaining]) => ({ id: `${id}-${lineId}`, lineId, remaining })),
  ...more,
});
const order = (parcels: Parcel[], parts: OrderPart[] = []): Fulfilment => ({
  number: '#1',
  cancelled: false,
  status: 'UNFULFILLED',
  parcels,
  parts,
});
const nobody = (): undefined => undefined;
const missing = (
  state: Fulfilment,
  push: ShipmentPush,
  claimed: (id: string) => string | undefined = nobody,
) => Object.fromEntries(progressOf(state, push, claimed).missing);

describe('a shipment is recognised', () => {
  test('by its tracking number, however it is written, and by nothing else', () => {
    expect(missing(order([parcel('p', { a: 2 }, ['t 1'])]), shipment())).toEqual({});
    expect(missing(order([parcel('p', { a: 2 }, ['T2'])]), shipment())).toEqual({ a: 2 });
    expect(missing(order([parcel('p', { a: 2 })]), shipment())).toEqual({ a: 2 });
  });

  test('when its units left in several parcels, and when half of them did', () => {
    const push = shipment({
      lines: [
        { externalId: 'a', quantity: 2 },
        { externalId: 'b', quantity: 1 },
      ],
    });
    const half = order([parcel('p', { a: 2 }, ['T1'])]);
    expect(missing(half, push)).toEqual({ b: 1 });
    expect(missing(order([...half.parcels, parcel('q', { b: 1 }, ['T1'])]), push)).toEqual({});
  });

  test('without a number by contents and time, and not twice', () => {
    const plain = shipment({ tracking: '', carrier: '' });
    const [early, late] = [parcel('p', { a: 2 }, [], AT - 3_600_000), parcel('q', { a: 2 }, [], AT + 60_000)];
    expect(missing(order([early]), plain)).toEqual({ a: 2 });
    expect(missing(order([early, late]), plain)).toEqual({});
    expect(missing(order([late]), plain, () => 's0')).toEqual({ a: 2 });
    expect(missing(order([late]), plain, () => 's1')).toEqual({});
    expect(missing(order([parcel('q', { a: 2, b: 1 }, [], AT)]), plain)).toEqual({ a: 2 });
  });

  test('an equal parcel without a number is another one when the last shipment leaves something behind', () => {
    const last = shipment({ tracking: '', complete: true });
    const twin = order([parcel('p', { a: 2 })], [part('f', { a: 2 })]);
    expect(missing(twin, last)).toEqual({ a: 2 });
    expect(missing(order([parcel('p', { a: 2 })], [part('f', { a: 0 })]), last)).toEqual({});
  });

  test('a parcel marked by hand gets the number only when it is the only one that fits', () => {
    const one = order([parcel('p', { a: 2 })]);
    expect(parcelToLabel(one, shipment())?.id).toBe('p');
    expect(parcelToLabel(order([...one.parcels, parcel('q', { a: 2 })]), shipment())).toBeNull();
    expect(parcelToLabel(order([parcel('p', { a: 1 })]), shipment())).toBeNull();
    expect(parcelToLabel(one, shipment({ tracking: '' }))).toBeNull();
  });
});

describe('missing units', () => {
  test('come from open parts in turn, one parcel a location', () => {
    const parts = [
      part('f1', { a: 1, b: 0 }),
      part('f2', { a: 5 }, { open: false, status: 'ON_HOLD' }),
      part('f3', { a: 3, b: 1 }, { location: 'L2' }),
    ];
    const { parcels, short } = allocate(
      parts,
      new Map([
        ['a', 3],
        ['b', 1],
        ['c', 1],
      ]),
    );
    expect(parcels).toEqual([
      [{ fulfillmentOrderId: 'f1', fulfillmentOrderLineItems: [{ id: 'f1-a', quantity: 1 }] }],
      [
        {
          fulfillmentOrderId: 'f3',
          fulfillmentOrderLineItems: [
            { id: 'f3-a', quantity: 2 },
            { id: 'f3-b', quantity: 1 },
          ],
        },
      ],
    ]);
    expect(Object.fromEntries(short)).toEqual({ c: 1 });
  });

  test('are neither lost nor doubled, and never more than is left', () => {
    const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(fc.array(counts, { maxLength: 4 }), counts, (remaining, wanted) => {
        const parts = remaining.map((lines, index) =>
          part(`f${index}`, lines, { location: `L${index % 2}` }),
        );
        const { parcels, short } = allocate(parts, new Map(Object.entries(wanted)));
        const taken = parcels.flat().flatMap((group) => group.fulfillmentOrderLineItems);
        const left = new Map(
          parts.flatMap((row) => row.lines.map((line) => [line.id, line.remaining] as const)),
        );
        for (const line of taken) expect(line.quantity).toBeLessThanOrEqual(left.get(line.id) ?? 0);
        const sum = (values: Iterable<number>): number => [...values].reduce((a, b) => a + b, 0);
        expect(sum(taken.map((line) => line.quantity)) + sum(short.values())).toBe(
          sum(Object.values(wanted)),
        );
      }),
    );
  });
});
