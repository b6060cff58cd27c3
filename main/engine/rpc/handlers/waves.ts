import type { MethodName } from '#shared/contract/methods.ts';
import { batchSheet } from '../../warehouse/batch-sheet.ts';
import { createWave, previewWave } from '../../warehouse/build-wave.ts';
import { assignBatch, endWave } from '../../warehouse/edit-waves.ts';
import { readLayout, setLayout } from '../../warehouse/layout.ts';
import { listWaves, readBatch } from '../../warehouse/read-waves.ts';
import { scanBatch } from '../../warehouse/scan-batch.ts';
import { shortPicks, substitutes } from '../../warehouse/substitutes.ts';
import type { Handlers } from '../handler.ts';

export const waveHandlers: Handlers<Extract<MethodName, `waves.${string}`>> = {
  'waves.layout': ({ db }, input) => readLayout(db, input),
  'waves.setLayout': (engine, input, call) => setLayout(engine, input, call),
  'waves.preview': ({ db, ports }, input) => previewWave(db, input, ports.clock.now()),
  'waves.create': (engine, input, call) => createWave(engine, input, call, engine.ports.clock.now()),
  'waves.list': ({ db, ports }, input) => listWaves(db, input, ports.clock.now()),
  'waves.batch': ({ db, ports }, { batchId }) => readBatch(db, batchId, ports.clock.now()),
  'waves.sheet': ({ db, ports }, input) =>
    batchSheet(readBatch(db, input.batchId, ports.clock.now()), input.locale ?? 'en', ports.clock.now()),
  'waves.assign': (engine, input, call) => assignBatch(engine, input, call),
  'waves.close': (engine, input, call) => endWave(engine, 'close', input, call),
  'waves.cancel': (engine, input, call) => endWave(engine, 'cancel', input, call),
  'waves.scan': (engine, input, call) => scanBatch(engine, input, call),
  'waves.substitutes': ({ db }, input) => substitutes(db, input),
  'waves.shorts': ({ db }, input) => shortPicks(db, input),
};
