import type { Block, PickPoint } from './block.ts';

/**
 * How the bins of a location are named and how far they are apart. `pattern` is
 * a bin code with names in braces, e.g. `{aisle}-{bay}-{level}`: `aisle` and
 * `bay` have to be in it, everything else is walked past.
 */
export interface BinLayout {
  readonly pattern: string;
  /** Metres between neighbouring aisles, middle to middle. */
  readonly aislePitch: number;
  /** Metres from one bay to the next. */
  readonly bayPitch: number;
  /** Bays in an aisle; bins further in do not fit the layout. */
  readonly bays: number;
  /** Aisle at whose front the packing tables stand, as it is written in a code. */
  readonly depot: string;
}

export const DEFAULT_LAYOUT: BinLayout = {
  pattern: '{aisle}-{bay}-{level}',
  aislePitch: 3,
  bayPitch: 1,
  bays: 40,
  depot: 'A',
};

/** Highest aisle number that a code may stand for; beyond it a code is taken for something else. */
const MAX_AISLE = 10_000;

export function blockOf(layout: BinLayout): Block {
  return {
    pitch: layout.aislePitch,
    length: (layout.bays + 1) * layout.bayPitch,
    depotAisle: aisleNumber(layout.depot) ?? 1,
  };
}

/** `A` is aisle 1, `Z` 26, `AA` 27; digits are themselves. */
export function aisleNumber(text: string): number | null {
  const name = text.trim().toUpperCase();
  if (/^\d{1,5}$/.test(name)) return inRange(Number(name));
  if (!/^[A-Z]{1,2}$/.test(name)) return null;
  return name.split('').reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

const inRange = (aisle: number): number | null => (aisle <= MAX_AISLE ? aisle : null);

/** Matches codes of the pattern, in any case; null when `aisle` or `bay` is not in it. */
export function binMatcher(pattern: string): RegExp | null {
  const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (!names.includes('aisle') || !names.includes('bay') || new Set(names).size !== names.length) return null;
  const parts = pattern.split(/(\{\w+\})/).map((part) => {
    switch (part) {
      case '{aisle}':
        return '(?<aisle>[A-Za-z]{1,2}|\\d{1,5})';
      case '{bay}':
        return '(?<bay>\\d{1,4})';
      default:
        return part.startsWith('{') ? '[A-Za-z0-9]+' : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    }
  });
  return new RegExp(`^${parts.join('')}$`, 'i');
}

export interface BinPlace extends PickPoint {
  /** The aisle as the code writes it, which is also its zone. */
  readonly name: string;
}

/** Where a bin stands; null when its code does not fit the layout. */
export function placeOfBin(code: string, layout: BinLayout): BinPlace | null {
  const found = binMatcher(layout.pattern)?.exec(code.trim())?.groups;
  const name = found?.['aisle']?.toUpperCase() ?? '';
  const bay = Number(found?.['bay'] ?? Number.NaN);
  const aisle = aisleNumber(name);
  if (aisle === null || !(bay >= 0 && bay <= layout.bays)) return null;
  return { name, aisle, position: bay * layout.bayPitch };
}
