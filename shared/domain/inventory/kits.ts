export interface KitPart {
  readonly item: number;
  readonly quantity: number;
}

export interface Kit {
  /** A virtual kit is put together when it ships, a built one lies on the shelf. */
  readonly virtual: boolean;
  readonly parts: readonly KitPart[];
}

/** A way from an item through its parts back to itself; null where there is none. */
export function cycleThrough(kits: ReadonlyMap<number, Kit>, item: number): number[] | null {
  const walk = (at: number, path: readonly number[]): number[] | null => {
    for (const part of kits.get(at)?.parts ?? []) {
      if (part.item === item) return [...path, item];
      if (path.includes(part.item)) continue;
      const found = walk(part.item, [...path, part.item]);
      if (found) return found;
    }
    return null;
  };
  return walk(item, [item]);
}

const MAX_UNITS = 100_000_000;

/**
 * What leaves the shelf for one unit of a virtual kit: its parts, with virtual
 * kits among them resolved again. Built kits are taken as they are. There is
 * no cycle; throws RangeError where a kit would need absurdly many units.
 */
export function leavesOf(kits: ReadonlyMap<number, Kit>, item: number): KitPart[] {
  const sum = new Map<number, number>();
  const walk = (at: number, times: number): void => {
    for (const { item: part, quantity } of kits.get(at)?.parts ?? []) {
      const units = times * quantity;
      if (units > MAX_UNITS) throw new RangeError('A kit needs too many units of a part');
      if (kits.get(part)?.virtual) walk(part, units);
      else sum.set(part, (sum.get(part) ?? 0) + units);
    }
  };
  walk(item, 1);
  return [...sum].map(([part, quantity]) => ({ item: part, quantity }));
}

/** How many kits the parts are enough for: the scarcest one decides; never negative. */
export function possibleKits(
  parts: readonly { readonly available: number; readonly quantity: number }[],
): number {
  if (parts.length === 0) return 0;
  return Math.max(0, Math.min(...parts.map(({ available, quantity }) => Math.floor(available / quantity))));
}
