import { CodedError } from '#shared/errors/coded-error.ts';
import type { PickMode } from '#shared/domain/warehouse/wave-plan.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

export interface StoredWave {
  rid: number;
  id: string;
  name: string;
  mode: PickMode;
  criteria: string;
  location_rid: number | null;
  created_at_ms: number;
  closed_at_ms: number | null;
  removed_at_ms: number | null;
}

export interface StoredBatch {
  rid: number;
  id: string;
  wave_rid: number;
  number: number;
  zone: string;
  operator: string | null;
  operator_id: string | null;
}

/** An order in a round. */
export interface BatchOrder {
  batch_rid: number;
  order_rid: number;
  order_id: string;
  tote: number;
}

const WAVE = 'rid, id, name, mode, criteria, location_rid, created_at_ms, closed_at_ms, removed_at_ms';

const waveById = sql<{ id: string }, StoredWave>(`SELECT ${WAVE} FROM pick_wave WHERE id = :id`, {
  hot: true,
});
const openWaves = sql<Record<string, never>, StoredWave>(
  `SELECT ${WAVE} FROM pick_wave WHERE closed_at_ms IS NULL AND removed_at_ms IS NULL ORDER BY rid`,
);
const lastWaves = sql<{ limit: number }, StoredWave>(
  `SELECT ${WAVE} FROM pick_wave ORDER BY rid DESC LIMIT :limit`,
);
const BATCH = `SELECT b.rid, b.id, b.wave_rid, b.number, b.zone, p.name AS operator, p.id AS operator_id
  FROM pick_batch b LEFT JOIN operator p ON p.rid = b.operator_rid`;
const batchById = sql<{ id: string }, StoredBatch>(`${BATCH} WHERE b.id = :id AND b.removed_at_ms IS NULL`, {
  hot: true,
});
const batchesOfWave = sql<{ wave: number }, StoredBatch>(
  `${BATCH} WHERE b.wave_rid = :wave ORDER BY b.number`,
  { hot: true },
);
const waveByRid = sql<{ rid: number }, StoredWave>(`SELECT ${WAVE} FROM pick_wave WHERE rid = :rid`, {
  hot: true,
});
const ordersOfWave = sql<{ wave: number }, BatchOrder>(
  `SELECT x.batch_rid, x.order_rid, o.id AS order_id, x.tote FROM pick_batch b
   CROSS JOIN pick_batch_order x ON x.batch_rid = b.rid CROSS JOIN sales_order o ON o.rid = x.order_rid
   WHERE b.wave_rid = :wave ORDER BY b.number, x.tote`,
  { hot: true },
);

export function requireWave(db: Database, waveId: string): StoredWave {
  const wave = db.get(waveById, { id: waveId });
  if (!wave) throw new CodedError('NOT_FOUND', `There is no wave ${waveId}`, { waveId });
  return wave;
}

export function requireOpenWave(db: Database, waveId: string): StoredWave {
  const wave = requireWave(db, waveId);
  if (wave.closed_at_ms !== null || wave.removed_at_ms !== null) {
    throw new CodedError('INVALID_STATE', `Wave ${wave.name} is not open any more`, { waveId });
  }
  return wave;
}

export function requireBatch(db: Database, batchId: string): { batch: StoredBatch; wave: StoredWave } {
  const batch = db.get(batchById, { id: batchId });
  const wave = batch && db.get(waveByRid, { rid: batch.wave_rid });
  if (!batch || !wave) throw new CodedError('NOT_FOUND', `There is no round ${batchId}`, { batchId });
  return { batch, wave };
}

export const readWaves = (db: Database, limit: number): StoredWave[] => db.all(lastWaves, { limit });
export const readOpenWaves = (db: Database): StoredWave[] => db.all(openWaves, {});
export const readBatches = (db: Database, wave: Pick<StoredWave, 'rid'>): StoredBatch[] =>
  db.all(batchesOfWave, { wave: wave.rid });
export const readBatchOrders = (db: Database, wave: Pick<StoredWave, 'rid'>): BatchOrder[] =>
  db.all(ordersOfWave, { wave: wave.rid });
