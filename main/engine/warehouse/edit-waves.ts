import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { removeRecord, writeRecord } from '../inventory/record-log.ts';
import { requireOperator } from './operator-rows.ts';
import { requireBatch, requireOpenWave } from './wave-rows.ts';

const heldBy = sql<{ wave: number }, { rid: number }>(
  'SELECT rid FROM pick_wave_order WHERE wave_rid = :wave AND held = 1 AND removed_at_ms IS NULL',
  { hot: true },
);

/** Ends a wave: its orders are free for another one. Cancelled ones are shown as such. */
export function endWave(
  { journal }: InventoryDeps,
  how: 'close' | 'cancel',
  input: ParsedParams<'waves.close'>,
  call: InventoryCall,
): Result<'waves.close'> {
  const { name } = requireOpenWave(journal.db, input.waveId);
  const { result, commandId } = journal.run(
    {
      method: `waves.${how}`,
      label: `${how === 'close' ? 'Close' : 'Cancel'} wave ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const wave = requireOpenWave(scope.db, input.waveId);
      const released = release(scope, wave.rid);
      if (how === 'close') writeRecord(scope, 'pick_wave', wave.rid, { closed_at_ms: scope.atMs });
      else removeRecord(scope, 'pick_wave', wave.rid);
      scope.touch('orders');
      return { waveId: input.waveId, released };
    },
  );
  return { commandId, ...result };
}

function release(scope: CommandScope, waveRid: number): number {
  const held = scope.db.all(heldBy, { wave: waveRid });
  for (const { rid } of held) writeRecord(scope, 'pick_wave_order', rid, { held: 0 });
  return held.length;
}

export function assignBatch(
  { journal }: InventoryDeps,
  input: ParsedParams<'waves.assign'>,
  call: InventoryCall,
): Result<'waves.assign'> {
  const { batch, wave } = requireBatch(journal.db, input.batchId);
  const operator = input.operatorId === null ? null : requireOperator(journal.db, input.operatorId);
  const { commandId } = journal.run(
    {
      method: 'waves.assign',
      label: `Give round ${batch.number} of ${wave.name} to ${operator?.name ?? 'nobody'}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      requireOpenWave(scope.db, wave.id);
      writeRecord(scope, 'pick_batch', batch.rid, { operator_rid: operator?.rid ?? null });
      return {};
    },
  );
  return { commandId };
}
