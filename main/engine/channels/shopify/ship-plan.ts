import type { ShipmentPush } from '../contract.ts';
import type { Fulfilment, OrderPart, Parcel } from './fulfilment.ts';

/** Clocks of the shop and of this machine may differ by this much. */
const CLOCK_MS = 15 * 60_000;

/** How far a shipment is on the channel. */
export interface Progress {
  /** Parcels that are (a part of) this shipment. */
  readonly own: readonly Parcel[];
  /** Units by order line that no own parcel holds. */
  readonly missing: ReadonlyMap<string, number>;
}

/**
 * Finds a shipment among the order's parcels. Shopify keeps no reference of
 * ours, so a parcel is recognised by its tracking number; one without a number
 * by holding nothing but lines of this shipment, having been made after the
 * goods left the table, and not being another shipment's. `claimed` tells which
 * shipment a parcel was recognised as before.
 */
export function progressOf(
  { parcels, parts }: Fulfilment,
  shipment: ShipmentPush,
  claimed: (parcelId: string) => string | undefined,
): Progress {
  const wanted = new Map<string, number>();
  for (const line of shipment.lines) {
    wanted.set(line.externalId, (wanted.get(line.externalId) ?? 0) + line.quantity);
  }
  const own: Parcel[] = [];
  const missing = new Map(wanted);
  for (const parcel of parcels.toSorted((a, b) => a.createdAtMs - b.createdAtMs)) {
    const owner = claimed(parcel.id);
    if (owner !== undefined && owner !== shipment.shipmentId) continue;
    if (!isCandidate(parcel, shipment) || !fits(parcel, missing)) continue;
    own.push(parcel);
    for (const [id, units] of parcel.units) missing.set(id, Math.max(0, (missing.get(id) ?? 0) - units));
  }
  const left = new Map([...missing].filter(([, units]) => units > 0));
  // With the last shipment everything has left. If not, the parcel that looked like it was an earlier one's twin.
  const twin = left.size === 0 && shipment.complete && shipment.tracking === '' && hasRest(parts, wanted);
  return twin ? { own: [], missing: wanted } : { own, missing: left };
}

function isCandidate(parcel: Parcel, shipment: ShipmentPush): boolean {
  const number = normalised(shipment.tracking);
  if (number !== '') return parcel.numbers.some((text) => normalised(text) === number);
  return parcel.numbers.length === 0 && parcel.createdAtMs >= shipment.shippedAtMs - CLOCK_MS;
}

/** Holds something that is still missing and nothing beyond it. */
function fits(parcel: Parcel, missing: ReadonlyMap<string, number>): boolean {
  return parcel.units.size > 0 && [...parcel.units].every(([id, units]) => units <= (missing.get(id) ?? 0));
}

function hasRest(parts: readonly OrderPart[], wanted: ReadonlyMap<string, number>): boolean {
  return parts.some(
    (part) => part.open && part.lines.some((line) => wanted.has(line.lineId) && line.remaining > 0),
  );
}

function normalised(number: string): string {
  return number.replace(/\s+/g, '').toUpperCase();
}

/** A parcel that somebody marked as sent in the shop without a number: it gets this shipment's number. */
export function parcelToLabel({ parcels }: Fulfilment, shipment: ShipmentPush): Parcel | null {
  if (shipment.tracking === '') return null;
  const wanted = new Map(shipment.lines.map((line) => [line.externalId, line.quantity]));
  const same = parcels.filter(
    (parcel) =>
      parcel.numbers.length === 0 &&
      parcel.units.size === wanted.size &&
      [...parcel.units].every(([id, units]) => wanted.get(id) === units),
  );
  return same.length === 1 ? (same[0] ?? null) : null;
}

export interface PartLines {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems: readonly { readonly id: string; readonly quantity: number }[];
}

export interface Allocation {
  /** What leaves from each location: one parcel each. */
  readonly parcels: readonly (readonly PartLines[])[];
  /** Units by order line that no open part has left. */
  readonly short: ReadonlyMap<string, number>;
}

/** Spreads missing units over the order's open parts, in their order. */
export function allocate(parts: readonly OrderPart[], missing: ReadonlyMap<string, number>): Allocation {
  const short = new Map(missing);
  const byLocation = new Map<string, PartLines[]>();
  for (const part of parts.filter((candidate) => candidate.open)) {
    const taken: { id: string; quantity: number }[] = [];
    for (const line of part.lines) {
      const quantity = Math.min(line.remaining, short.get(line.lineId) ?? 0);
      if (quantity <= 0) continue;
      taken.push({ id: line.id, quantity });
      short.set(line.lineId, (short.get(line.lineId) ?? 0) - quantity);
    }
    if (taken.length === 0) continue;
    const group = byLocation.get(part.location) ?? [];
    group.push({ fulfillmentOrderId: part.id, fulfillmentOrderLineItems: taken });
    byLocation.set(part.location, group);
  }
  return {
    parcels: [...byLocation.values()],
    short: new Map([...short].filter(([, units]) => units > 0)),
  };
}
