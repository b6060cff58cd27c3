import type { BatchDetail, BatchStop } from '#shared/contract/waves.ts';

export const leftAt = (stop: BatchStop): number => Math.max(0, stop.units - stop.done - stop.missing);

/** The next stop of the walk with something to take; null when the round is done. */
export function nextStop(batch: BatchDetail): BatchStop | null {
  const stopped = new Set(batch.totes.filter((tote) => tote.stopped !== null).map(({ orderId }) => orderId));
  return batch.stops.find((stop) => leftAt(stop) > 0 && !stopped.has(stop.orderId)) ?? null;
}

/** The stops after this one that still have something, one a bin. */
export function binsAfter(batch: BatchDetail, stop: BatchStop): { bin: string; units: number }[] {
  const bins = new Map<string, number>();
  for (const other of batch.stops) {
    if (other !== stop && leftAt(other) > 0) bins.set(other.bin, (bins.get(other.bin) ?? 0) + leftAt(other));
  }
  return [...bins].map(([bin, units]) => ({ bin, units }));
}

export interface ToteState {
  readonly tote: number;
  readonly number: string;
  readonly stopped: boolean;
  readonly units: number;
  readonly done: number;
}

export function totesOf(batch: BatchDetail): ToteState[] {
  return batch.totes.map(({ tote, number, stopped }) => {
    const own = batch.stops.filter((stop) => stop.tote === tote);
    return {
      tote,
      number,
      stopped: stopped !== null,
      units: own.reduce((sum, { units }) => sum + units, 0),
      done: own.reduce((sum, { done, missing }) => sum + done + missing, 0),
    };
  });
}
