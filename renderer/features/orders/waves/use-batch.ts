import { useEffect, useState } from 'react';
import { v7 as uuid } from 'uuid';
import type { Result } from '#shared/contract/methods.ts';
import type { BatchDetail } from '#shared/contract/waves.ts';
import type { ShortReason } from '#shared/domain/order-states.ts';
import { toErrorShape } from '#shared/errors/coded-error.ts';
import { useEngine, useEngineQuery } from '../../../lib/engine.tsx';
import { useSettings } from '../../../lib/settings.ts';
import { ScanQueue } from '../scanner/scan-queue.ts';
import type { Tone } from '../station/station-state.ts';
import { playTone } from '../station/tones.ts';
import { leftAt, nextStop } from './batch-walk.ts';

type Outcome = Result<'waves.scan'>['outcome'];

export type BatchSaid =
  | { readonly kind: Outcome; readonly code: string; readonly tote: number | null }
  | { readonly kind: 'missing'; readonly units: number; readonly sku: string }
  | { readonly kind: 'undone' }
  | { readonly kind: 'nothing_to_undo' }
  | { readonly kind: 'error'; readonly message: string };

export interface BatchWork {
  readonly batch: BatchDetail | undefined;
  readonly error: unknown;
  readonly retry: () => void;
  readonly said: BatchSaid | null;
  readonly waiting: number;
  readonly canUndo: boolean;
  readonly scan: (code: string) => void;
  readonly takeOne: () => void;
  readonly short: (reason: ShortReason) => void;
  readonly undo: () => void;
}

const TONES: Record<BatchSaid['kind'], Tone> = {
  taken: 'taken',
  complete: 'complete',
  wrong_item: 'refused',
  too_many: 'refused',
  missing: 'undone',
  undone: 'undone',
  nothing_to_undo: 'refused',
  error: 'refused',
};

/**
 * One round at a station. Scans and keys are carried out strictly one after the
 * other; what is shown is what the engine answered.
 */
export function useBatch(batchId: string): BatchWork {
  const engine = useEngine();
  const { sound } = useSettings().settings;
  const query = useEngineQuery('waves.batch', { batchId });
  const [said, setSaid] = useState<BatchSaid | null>(null);
  const [waiting, setWaiting] = useState(0);
  const [steps, setSteps] = useState<readonly string[]>([]);
  useEffect(() => {
    // A new object every time, so the same outcome twice sounds twice.
    if (said && sound) playTone(TONES[said.kind]);
  }, [said, sound]);
  const [queue] = useState(() => {
    const own: ScanQueue<() => Promise<BatchSaid | null>> = new ScanQueue(async (work) => {
      let outcome: BatchSaid | null;
      try {
        outcome = await work();
      } catch (error) {
        outcome = { kind: 'error', message: toErrorShape(error).message };
      }
      if (outcome) setSaid(outcome);
      setWaiting(own.length - 1);
    });
    return own;
  });
  useEffect(() => () => void queue.stop(), [queue]);
  const add = (work: () => Promise<BatchSaid | null>): void => {
    queue.add(work);
    setWaiting(queue.length);
  };
  const remember = (commandId: string | null): void => {
    if (commandId !== null) setSteps((before) => [...before, commandId].slice(-200));
  };
  const read = (): Promise<BatchDetail> => engine.call('waves.batch', { batchId });
  const scan = (code: string): void => {
    // Made now, so that sending it again counts it once.
    const scanId = uuid();
    add(async () => {
      const answer = await engine.call('waves.scan', { batchId, code, scanId });
      if (answer.outcome === 'taken' || answer.outcome === 'complete') remember(answer.commandId);
      return { kind: answer.outcome, code, tote: answer.tote };
    });
  };
  return {
    batch: query.data,
    error: query.error,
    retry: () => void query.refetch(),
    said,
    waiting,
    canUndo: steps.length > 0,
    scan,
    takeOne: () =>
      add(async () => {
        const batch = await read();
        const stop = nextStop(batch);
        if (!stop) return null;
        const line = batch.lines.find(({ lineId }) => lineId === stop.lineId);
        const { commandId } = await engine.call('orders.pick', {
          orderId: stop.orderId,
          lines: [{ lineId: stop.lineId, quantity: 1 }],
        });
        remember(commandId);
        return { kind: 'taken', code: line?.sku ?? line?.title ?? '', tote: stop.tote };
      }),
    short: (reason) =>
      add(async () => {
        const batch = await read();
        const stop = nextStop(batch);
        if (!stop) return null;
        const { commandId } = await engine.call('orders.shortPick', {
          orderId: stop.orderId,
          lineId: stop.lineId,
          quantity: leftAt(stop),
          reason,
        });
        remember(commandId);
        const line = batch.lines.find(({ lineId }) => lineId === stop.lineId);
        return { kind: 'missing', units: leftAt(stop), sku: line?.sku ?? line?.title ?? '' };
      }),
    undo: () => {
      const last = steps.at(-1);
      setSteps((before) => before.slice(0, -1));
      add(async () => {
        if (last === undefined) return { kind: 'nothing_to_undo' };
        await engine.call('history.undo', { commandId: last });
        return { kind: 'undone' };
      });
    },
  };
}
