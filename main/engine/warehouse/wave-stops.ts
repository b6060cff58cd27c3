import { z } from 'zod';
import type { BinLayout } from '#shared/domain/warehouse/bin-place.ts';
import { aisleNumber } from '#shared/domain/warehouse/bin-place.ts';
import { routeOver, zoneOf, type PlannedRoute, type Zone } from '#shared/domain/warehouse/wave-plan.ts';
import type { Database } from '../db/database.ts';
import { readLines, type StoredLine } from '../orders/order-rows.ts';
import { allocateBins, type BinShare, type Wanted } from './allocate-bins.ts';
import {
  readBatches,
  readBatchOrders,
  readOpenWaves,
  type StoredBatch,
  type StoredWave,
} from './wave-rows.ts';

/** Units of one line from one bin, with the round that they belong to. */
export interface WavePick {
  readonly batchRid: number;
  readonly orderRid: number;
  readonly orderId: string;
  readonly tote: number;
  readonly line: StoredLine;
  readonly bin: string;
  readonly units: number;
}

export interface WavePicks {
  readonly wave: StoredWave;
  readonly batches: readonly StoredBatch[];
  readonly picks: readonly WavePick[];
}

const zonesSchema = z.object({
  zones: z.array(z.object({ name: z.string(), from: z.string(), to: z.string() })).optional(),
});

export function zonesOf(criteria: string): Zone[] {
  const { zones } = zonesSchema.parse(JSON.parse(criteria));
  return toZones(zones);
}

export function toZones(
  zones: readonly { readonly name: string; readonly from: string; readonly to: string }[] | undefined,
): Zone[] {
  return (zones ?? []).map(({ name, from, to }) => {
    const ends = [aisleNumber(from) ?? 0, aisleNumber(to) ?? 0];
    return { name, from: Math.min(...ends), to: Math.max(...ends) };
  });
}

/** What of a line still belongs to this warehouse: what has left is nobody's walk any more. */
export const wantedOf = (line: StoredLine): Wanted => ({
  lineId: line.id,
  sku: line.sku ?? line.listing_sku,
  units: Math.max(0, line.quantity - line.shipped),
});

/**
 * What the open waves of a location take from which bin. Waves are served in
 * the order in which they were made, so that no two of them are sent to one
 * bin for the same unit. A wave that is closed takes nothing from the others.
 */
export function openPicks(
  db: Database,
  locationRid: number | null,
  layout: BinLayout,
  nowMs: number,
): { readonly waves: readonly WavePicks[]; readonly wanted: readonly Wanted[] } {
  const open = readOpenWaves(db).filter((wave) => wave.location_rid === locationRid);
  const loaded = open.map((wave) => load(db, wave));
  const wanted = loaded.flatMap(({ lines }) => lines.map(({ line }) => wantedOf(line)));
  const shares = allocateBins(db, locationRid, wanted, nowMs);
  return { waves: loaded.map((one) => toPicks(one, shares, layout)), wanted };
}

export function picksOfWave(db: Database, wave: StoredWave, layout: BinLayout, nowMs: number): WavePicks {
  if (wave.closed_at_ms === null && wave.removed_at_ms === null) {
    const own = openPicks(db, wave.location_rid, layout, nowMs).waves.find(
      (one) => one.wave.rid === wave.rid,
    );
    if (own) return own;
  }
  const one = load(db, wave);
  return toPicks(
    one,
    allocateBins(
      db,
      wave.location_rid,
      one.lines.map(({ line }) => wantedOf(line)),
      nowMs,
    ),
    layout,
  );
}

interface Loaded {
  readonly wave: StoredWave;
  readonly batches: readonly StoredBatch[];
  readonly orders: ReturnType<typeof readBatchOrders>;
  readonly lines: readonly { readonly orderRid: number; readonly line: StoredLine }[];
}

function load(db: Database, wave: StoredWave): Loaded {
  const orders = readBatchOrders(db, wave);
  const rids = [...new Set(orders.map(({ order_rid: rid }) => rid))];
  return {
    wave,
    batches: readBatches(db, wave),
    orders,
    lines: rids.flatMap((orderRid) => readLines(db, orderRid).map((line) => ({ orderRid, line }))),
  };
}

function toPicks(
  { wave, batches, orders, lines }: Loaded,
  shares: ReadonlyMap<string, readonly BinShare[]>,
  layout: BinLayout,
): WavePicks {
  const zones = zonesOf(wave.criteria);
  const zoneOfBatch = new Map(batches.map(({ rid, zone }) => [rid, zone]));
  const picks = lines.flatMap(({ orderRid, line }) =>
    (shares.get(line.id) ?? []).flatMap(({ bin, units }) => {
      const own = orders.filter(({ order_rid: rid }) => rid === orderRid);
      // A bin that was moved to another zone since stays with a round that has the order.
      const place =
        own.find(({ batch_rid: rid }) => zoneOfBatch.get(rid) === zoneOf(bin, layout, zones)) ?? own[0];
      return place
        ? [
            {
              batchRid: place.batch_rid,
              orderRid,
              orderId: place.order_id,
              tote: place.tote,
              line,
              bin,
              units,
            },
          ]
        : [];
    }),
  );
  return { wave, batches, picks };
}

export const routeOfPicks = (picks: readonly { readonly bin: string }[], layout: BinLayout): PlannedRoute =>
  routeOver(
    picks.map(({ bin }) => bin),
    layout,
  );
