/**
 * Tells a barcode scanner from a person. A scanner in keyboard mode types a
 * whole code within milliseconds a key and ends it with Enter or Tab; nobody
 * types like that. Pure: it is fed key presses with their own times.
 */
export interface BurstOptions {
  /** Longest pause within one scan, ms; Bluetooth scanners need up to 35. */
  readonly maxGapMs: number;
  /** Shorter bursts are keys that were hit together. */
  readonly minLength: number;
  /** Character that the scanner is set to put before each code; empty for none. */
  readonly prefix: string;
}

export const DEFAULT_BURST: BurstOptions = { maxGapMs: 50, minLength: 3, prefix: '' };

/** A code is never longer; a stuck key must not fill the memory. */
const MAX_LENGTH = 300;

export interface KeyStroke {
  readonly key: string;
  /** When the key was hit, ms; of the event itself, not of its handling, so that a busy window changes nothing. */
  readonly at: number;
  /** Control, Alt or Command: a shortcut, never part of a code. */
  readonly modified: boolean;
}

export type BurstEvent =
  /** A key that may belong to a scan; nobody else should act on it where a scanner is listened to. */
  | { readonly kind: 'part'; readonly first: boolean }
  | { readonly kind: 'scan'; readonly code: string }
  /** Anything else: a command key, or Enter and Tab pressed by hand. */
  | { readonly kind: 'key' };

export interface Burst {
  readonly text: string;
  readonly times: readonly number[];
}

export const NO_BURST: Burst = { text: '', times: [] };

/** Keys that come on their own while a scanner types capitals. */
const SILENT = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock']);

export function feed(
  burst: Burst,
  stroke: KeyStroke,
  options: BurstOptions = DEFAULT_BURST,
): { readonly burst: Burst; readonly event: BurstEvent } {
  if (SILENT.has(stroke.key)) return { burst, event: { kind: 'part', first: false } };
  const last = burst.times.at(-1);
  const together = last !== undefined && stroke.at - last <= options.maxGapMs;
  if (stroke.key === 'Enter' || stroke.key === 'Tab') {
    const code = together && !stroke.modified ? codeOf(burst, options) : null;
    return { burst: NO_BURST, event: code === null ? { kind: 'key' } : { kind: 'scan', code } };
  }
  // One character, however many code units it has; names of keys are longer words.
  if (stroke.modified || Array.from(stroke.key).length !== 1)
    return { burst: NO_BURST, event: { kind: 'key' } };
  const before = together && burst.text.length < MAX_LENGTH ? burst : NO_BURST;
  return {
    burst: { text: before.text + stroke.key, times: [...before.times, stroke.at] },
    event: { kind: 'part', first: before.text === '' },
  };
}

/** The code in a finished burst, or null when it was none. */
function codeOf({ text, times }: Burst, { prefix, minLength }: BurstOptions): string | null {
  const code =
    prefix === ''
      ? Array.from(text).slice(strayKeys(times)).join('')
      : // With a prefix set, what lacks it was typed by a person.
        text.includes(prefix)
        ? text.slice(text.indexOf(prefix) + prefix.length)
        : '';
  const trimmed = code.trim();
  return trimmed.length >= minLength ? trimmed : null;
}

/**
 * Number of leading keys that a person hit just before the scanner started:
 * the pause behind them stands out against the even rhythm of the rest.
 */
function strayKeys(times: readonly number[]): number {
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  const rhythm = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const limit = Math.max(20, rhythm * 4);
  // Only the first keys can be strays; a hiccup in the middle of a code belongs to it.
  for (let index = Math.min(2, gaps.length) - 1; index >= 0; index -= 1) {
    if ((gaps[index] ?? 0) > limit) return index + 1;
  }
  return 0;
}
