import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { MAX_WAVE_ORDERS } from '#shared/contract/waves.ts';
import { toFind } from '#shared/domain/order-states.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { aisleNumber, placeOfBin } from '#shared/domain/warehouse/bin-place.ts';
import {
  planBatches,
  routeOver,
  zoneOf,
  type PlannedBatch,
  type PlannedPick,
} from '#shared/domain/warehouse/wave-plan.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { createRecord } from '../inventory/record-log.ts';
import { readLines } from '../orders/order-rows.ts';
import { allocateBins } from './allocate-bins.ts';
import { layoutOf, pickLocation } from './layout.ts';
import { routeResult } from './read-waves.ts';
import { openPicks, toZones, wantedOf } from './wave-stops.ts';

type Criteria = ParsedParams<'waves.preview'>;

/** Ready orders, and those of which a part is picked, the most urgent first. */
const candidates = sql<
  { account: string | null; due: number | null; shipping: string; ids: string | null; limit: number },
  { rid: number; id: string; held: number }
>(
  `SELECT o.rid, o.id, EXISTS (SELECT 1 FROM pick_wave_order w WHERE w.order_rid = o.rid AND w.held = 1 AND w.removed_at_ms IS NULL) AS held
   FROM json_each('["ready","picking"]') s CROSS JOIN sales_order o ON o.state = s.value JOIN account a ON a.rid = o.account_rid
   WHERE a.removed_at_ms IS NULL AND (:account IS NULL OR a.id = :account) AND (:due IS NULL OR o.ship_by_at_ms <= :due)
     AND (:shipping = '' OR instr(lower(o.shipping_method), :shipping) > 0)
     AND (:ids IS NULL OR o.id IN (SELECT value FROM json_each(:ids)))
     AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_rid = o.rid AND l.quantity > l.picked + l.missing)
   ORDER BY o.ship_by_at_ms IS NULL, o.ship_by_at_ms, o.rid LIMIT :limit`,
  { hot: true },
);
/** Orders that are looked at for one wave; the filters by bins and lines come after. */
const MAX_CANDIDATES = 5_000;

interface Draft {
  readonly location: ReturnType<typeof pickLocation>;
  readonly orderRids: ReadonlyMap<string, number>;
  readonly picks: readonly PlannedPick[];
  readonly batches: readonly PlannedBatch[];
  readonly held: number;
  readonly beyond: number;
}

/** Chooses the orders of a wave and splits them into rounds; writes nothing. */
function draft(db: Database, input: Criteria, nowMs: number): Draft {
  const location = pickLocation(db, input.locationId);
  const layout = layoutOf(db, location);
  const found = db.all(candidates, {
    account: input.accountId ?? null,
    due: input.dueBy ?? null,
    shipping: input.shipping?.toLowerCase() ?? '',
    ids: input.orderIds ? JSON.stringify(input.orderIds) : null,
    limit: MAX_CANDIDATES,
  });
  const free = found.filter(({ held }) => held === 0);
  const lines = free.flatMap((order) => readLines(db, order.rid).map((line) => ({ order, line })));
  const before = openPicks(db, location?.rid ?? null, layout, nowMs).wanted;
  const shares = allocateBins(
    db,
    location?.rid ?? null,
    [...before, ...lines.map(({ line }) => ({ ...wantedOf(line), units: toFind(line) }))],
    nowMs,
  );
  const picksOf = new Map<string, PlannedPick[]>(free.map(({ id }) => [id, []]));
  for (const { order, line } of lines) {
    for (const { bin, units } of shares.get(line.id) ?? []) {
      if (units > 0) picksOf.get(order.id)?.push({ orderId: order.id, lineId: line.id, bin, units });
    }
  }
  const fitting = free.filter(({ id }) => fits(picksOf.get(id) ?? [], input, layout));
  const chosen = fitting.slice(0, input.limit ?? MAX_WAVE_ORDERS);
  const picks = chosen.flatMap(({ id }) => picksOf.get(id) ?? []);
  return {
    location,
    orderRids: new Map(chosen.map(({ id, rid }) => [id, rid])),
    picks,
    batches: planBatches(picks, input.mode, input, layout, toZones(input.zones)),
    held: found.length - free.length,
    beyond: fitting.length - chosen.length,
  };
}

function fits(
  picks: readonly PlannedPick[],
  input: Criteria,
  layout: Parameters<typeof placeOfBin>[1],
): boolean {
  if (picks.length === 0) return false;
  const lines = new Set(picks.map(({ lineId }) => lineId)).size;
  if (input.lines === 'single' && lines !== 1) return false;
  if (input.lines === 'multi' && lines < 2) return false;
  if (!input.aisles) return true;
  const ends = [aisleNumber(input.aisles.from) ?? 0, aisleNumber(input.aisles.to) ?? 0];
  return picks.every(({ bin }) => {
    const place = placeOfBin(bin, layout);
    return place !== null && place.aisle >= Math.min(...ends) && place.aisle <= Math.max(...ends);
  });
}

export function previewWave(db: Database, input: Criteria, nowMs: number): Result<'waves.preview'> {
  const plan = draft(db, input, nowMs);
  const layout = layoutOf(db, plan.location);
  const binsOf = (orderIds: readonly string[]): PlannedPick[] =>
    plan.picks.filter(({ orderId }) => orderIds.includes(orderId));
  const batches = plan.batches.map((batch) => {
    const picks = binsOf(batch.orderIds).filter(
      ({ bin }) => input.mode !== 'zone' || zoneOf(bin, layout, toZones(input.zones)) === batch.zone,
    );
    const route = routeOver(
      picks.map(({ bin }) => bin),
      layout,
    );
    return {
      zone: batch.zone,
      orders: batch.orderIds.length,
      units: batch.units,
      stops: route.bins.length,
      route: routeResult(route),
    };
  });
  const metres = (values: readonly number[]): number =>
    Math.round(values.reduce((sum, value) => sum + value, 0) * 10) / 10;
  return {
    orders: plan.orderRids.size,
    units: plan.picks.reduce((sum, { units }) => sum + units, 0),
    oneByOne: metres(
      [...plan.orderRids.keys()].map(
        (id) =>
          routeOver(
            binsOf([id]).map(({ bin }) => bin),
            layout,
          ).best.metres,
      ),
    ),
    metres: metres(batches.map(({ route }) => route.metres)),
    held: plan.held,
    beyond: plan.beyond,
    batches,
  };
}

export function createWave(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'waves.create'>,
  call: InventoryCall,
  nowMs: number,
): Result<'waves.create'> {
  const name = input.name ?? waveName(nowMs);
  const { result, commandId } = journal.run(
    {
      method: 'waves.create',
      label: `Make wave ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const plan = draft(scope.db, input, nowMs);
      if (plan.orderRids.size === 0) {
        throw new CodedError(
          'INVALID_STATE',
          plan.held > 0
            ? `No order is left for this wave: ${plan.held} that fit are in another open wave; close that one first`
            : 'No ready order fits this wave; choose other orders or a later cut-off',
          { held: plan.held },
        );
      }
      const { name: _, ...criteria } = input;
      const wave = createRecord(scope, ports, 'pick_wave', {
        name,
        location_rid: plan.location?.rid ?? null,
        mode: input.mode,
        criteria: JSON.stringify(criteria),
      });
      for (const rid of plan.orderRids.values()) {
        createRecord(scope, ports, 'pick_wave_order', { wave_rid: wave.rid, order_rid: rid });
      }
      plan.batches.forEach(({ zone, orderIds }, index) => {
        const batch = createRecord(scope, ports, 'pick_batch', {
          wave_rid: wave.rid,
          number: index + 1,
          zone,
        });
        orderIds.forEach((orderId, tote) => {
          createRecord(scope, ports, 'pick_batch_order', {
            batch_rid: batch.rid,
            order_rid: plan.orderRids.get(orderId) ?? 0,
            tote: tote + 1,
          });
        });
      });
      scope.touch('orders');
      return { waveId: wave.id, orders: plan.orderRids.size, batches: plan.batches.length };
    },
  );
  return { commandId, ...result };
}

/** Day and minute on the calendar of the machine, as people in the warehouse read it. */
function waveName(nowMs: number): string {
  const at = new Date(nowMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `Wave ${dayOf(nowMs).slice(5)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
