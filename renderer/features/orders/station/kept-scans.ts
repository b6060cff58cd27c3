import { z } from 'zod';
import type { StationStep } from './station-lines.ts';

/** A scan that the engine has not answered yet. */
const keptScanSchema = z.object({
  scanId: z.string().min(1),
  code: z.string().min(1).max(300),
  /** Order that it was sent for; null while it waited for its turn. */
  orderId: z.string().nullable(),
});
export type KeptScan = z.infer<typeof keptScanSchema>;

const storedSchema = z.object({ batch: z.string(), scans: z.array(keptScanSchema) });

/** Where a session keeps what is unanswered. `keep` gets the whole list each time. */
export interface ScanKeeper {
  readonly kept: readonly KeptScan[];
  keep(scans: readonly KeptScan[]): void;
}

/** Most scans are answered within this time and never touch the disk. */
const FIRST_AFTER_MS = 40;
/** A backlog is written again at most this often. */
const AGAIN_AFTER_MS = 150;
/** What was written and is answered by now is harmless (a scan id counts once), so clearing it can wait. */
const CLEAR_AFTER_MS = 1_000;
/** Below what the desktop takes for a screen. */
const MAX_CHARS = 18_000;

export interface KeeperParts {
  /** What was written last, if anything. */
  readonly stored: string | undefined;
  /** Puts a text where it survives the end of the whole app. */
  readonly write: (text: string) => void;
}

/** Names a walk, so that scans of one are never counted on another. */
export function batchKey(step: StationStep, orderIds: readonly string[]): string {
  return [step, orderIds.length, orderIds[0] ?? '', orderIds.at(-1) ?? ''].join(' ');
}

/** Keeps the unanswered scans of one walk, without a write for those that are answered at once. */
export function createScanKeeper(batch: string, { stored, write }: KeeperParts): ScanKeeper {
  const kept = readKept(batch, stored);
  let written = kept.length > 0;
  let wroteAt = -Infinity;
  let current: readonly KeptScan[] = kept;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let clearing = false;
  const flush = (): void => {
    timer = undefined;
    if (current.length === 0 && !written) return;
    written = current.length > 0;
    wroteAt = performance.now();
    write(textOf(batch, current));
  };
  return {
    kept,
    keep(scans) {
      current = scans;
      const clear = scans.length === 0;
      if (timer !== undefined && clear === clearing) return;
      clearTimeout(timer);
      clearing = clear;
      const pause = clear
        ? CLEAR_AFTER_MS
        : Math.max(FIRST_AFTER_MS, wroteAt + AGAIN_AFTER_MS - performance.now());
      timer = setTimeout(flush, pause);
    },
  };
}

function readKept(batch: string, stored: string | undefined): readonly KeptScan[] {
  if (stored === undefined) return [];
  try {
    const parsed = storedSchema.parse(JSON.parse(stored));
    return parsed.batch === batch ? parsed.scans : [];
  } catch {
    // Written by another version: these scans cannot be told apart any more.
    return [];
  }
}

/** The oldest scans come first and are kept when not all fit. */
function textOf(batch: string, scans: readonly KeptScan[]): string {
  let text = JSON.stringify({ batch, scans });
  for (let some = scans.length - 1; text.length > MAX_CHARS && some >= 0; some -= 1)
    text = JSON.stringify({ batch, scans: scans.slice(0, some) });
  return text;
}
