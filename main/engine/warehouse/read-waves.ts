import type { Result } from '#shared/contract/methods.ts';
import type { BatchDetail, BatchStop, WaveBatchRow, WaveRow } from '#shared/contract/waves.ts';
import { OPEN_STATES, type OrderState } from '#shared/domain/order-states.ts';
import type { PlannedRoute } from '#shared/domain/warehouse/wave-plan.ts';
import type { Database } from '../db/database.ts';
import { locations } from '../inventory/places.ts';
import { requireOrder, toOrderLine, toOrderRow } from '../orders/order-rows.ts';
import { layoutOf } from './layout.ts';
import { readBatchOrders, readWaves, requireBatch, type StoredBatch, type StoredWave } from './wave-rows.ts';
import { picksOfWave, routeOfPicks, type WavePick } from './wave-stops.ts';

export function routeResult({ best, costs, offMap }: PlannedRoute): WaveBatchRow['route'] {
  return { rule: best.rule, metres: best.metres, costs: [...costs], offMap: [...offMap] };
}

export function listWaves(
  db: Database,
  input: { open?: boolean | undefined; limit?: number | undefined },
  nowMs: number,
): Result<'waves.list'> {
  const waves = readWaves(db, input.limit ?? 20).filter(
    (wave) => input.open === undefined || (stateOf(wave) === 'open') === input.open,
  );
  return { waves: waves.map((wave) => waveRow(db, wave, nowMs)) };
}

function stateOf(wave: StoredWave): WaveRow['state'] {
  if (wave.removed_at_ms !== null) return 'cancelled';
  return wave.closed_at_ms === null ? 'open' : 'closed';
}

function waveRow(db: Database, wave: StoredWave, nowMs: number): WaveRow {
  const location = locations(db).find(({ rid }) => rid === wave.location_rid) ?? null;
  const layout = layoutOf(db, location);
  const { batches, picks } = picksOfWave(db, wave, layout, nowMs);
  const done = progress(picks);
  const orders = readBatchOrders(db, wave);
  const rows = batches.map((batch) => {
    const own = picks.filter(({ batchRid }) => batchRid === batch.rid);
    const route = routeOfPicks(own, layout);
    return {
      batchId: batch.id,
      number: batch.number,
      zone: batch.zone,
      operatorId: batch.operator_id,
      operator: batch.operator,
      orders: orders.filter(({ batch_rid: rid }) => rid === batch.rid).length,
      units: sum(own.map(({ units }) => units)),
      picked: sum(own.map((pick) => done.get(pick)?.done ?? 0)),
      missing: sum(own.map((pick) => done.get(pick)?.missing ?? 0)),
      stops: route.bins.length,
      route: routeResult(route),
    };
  });
  return {
    waveId: wave.id,
    name: wave.name,
    mode: wave.mode,
    location: location?.name ?? null,
    state: stateOf(wave),
    createdAt: wave.created_at_ms,
    orders: new Set(orders.map(({ order_rid: rid }) => rid)).size,
    units: sum(rows.map(({ units }) => units)),
    picked: sum(rows.map(({ picked }) => picked)),
    missing: sum(rows.map(({ missing }) => missing)),
    metres: Math.round(sum(rows.map(({ route }) => route.metres)) * 10) / 10,
    batches: rows,
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Spreads what is picked and what is missing of a line over its bins, in their order. */
function progress(picks: readonly WavePick[]): Map<WavePick, { done: number; missing: number }> {
  const left = new Map<number, { picked: number; missing: number }>();
  return new Map(
    picks.map((pick) => {
      const { line, units } = pick;
      const open = left.get(line.rid) ?? {
        picked: Math.max(0, line.picked - line.shipped),
        missing: line.missing,
      };
      const done = Math.min(units, open.picked);
      const missing = Math.min(units - done, open.missing);
      left.set(line.rid, { picked: open.picked - done, missing: open.missing - missing });
      return [pick, { done, missing }];
    }),
  );
}

export function readBatch(db: Database, batchId: string, nowMs: number): BatchDetail {
  const { batch, wave } = requireBatch(db, batchId);
  const location = locations(db).find(({ rid }) => rid === wave.location_rid) ?? null;
  const layout = layoutOf(db, location);
  const { picks } = picksOfWave(db, wave, layout, nowMs);
  const done = progress(picks);
  const own = picks.filter(({ batchRid }) => batchRid === batch.rid);
  const route = routeOfPicks(own, layout);
  const stops: BatchStop[] = own
    .map((pick) => ({
      bin: pick.bin,
      onMap: !route.offMap.includes(pick.bin),
      lineId: pick.line.id,
      orderId: pick.orderId,
      tote: pick.tote,
      units: pick.units,
      done: done.get(pick)?.done ?? 0,
      missing: done.get(pick)?.missing ?? 0,
    }))
    .toSorted(
      (a, b) =>
        route.bins.indexOf(a.bin) - route.bins.indexOf(b.bin) || sameArticle(own, a, b) || a.tote - b.tote,
    );
  return {
    batchId: batch.id,
    waveId: wave.id,
    wave: wave.name,
    number: batch.number,
    mode: wave.mode,
    zone: batch.zone,
    operator: batch.operator,
    open: stateOf(wave) === 'open',
    route: routeResult(route),
    totes: totesOf(db, wave, batch, nowMs),
    lines: linesOf(db, own),
    stops,
    units: sum(stops.map(({ units }) => units)),
    picked: sum(stops.map((stop) => stop.done)),
    missing: sum(stops.map(({ missing }) => missing)),
  };
}

/** Units of one article stand together, whichever totes they are for. */
function sameArticle(picks: readonly WavePick[], a: BatchStop, b: BatchStop): number {
  const skuOf = ({ lineId }: BatchStop): string =>
    picks.find(({ line }) => line.id === lineId)?.line.sku ?? lineId;
  return skuOf(a).localeCompare(skuOf(b), 'en', { numeric: true });
}

function totesOf(db: Database, wave: StoredWave, batch: StoredBatch, nowMs: number): BatchDetail['totes'] {
  return readBatchOrders(db, wave)
    .filter(({ batch_rid: rid }) => rid === batch.rid)
    .map(({ order_id: orderId, tote }) => {
      const order = toOrderRow(requireOrder(db, orderId), nowMs);
      const open = (OPEN_STATES as readonly OrderState[]).includes(order.state);
      return {
        tote,
        orderId,
        number: order.number,
        customerName: order.customerName,
        stopped: open ? null : order.state,
      };
    });
}

function linesOf(db: Database, picks: readonly WavePick[]): BatchDetail['lines'] {
  const seen = new Set<string>();
  return picks.flatMap(({ line, orderId, tote }) => {
    if (seen.has(line.id)) return [];
    seen.add(line.id);
    return [{ ...toOrderLine(line, requireOrder(db, orderId).currency), orderId, tote }];
  });
}
