/** One entry of a counter: `bin` 0 = no bin named. Times are epoch milliseconds. */
export interface CountEntry {
  readonly id: string;
  readonly item: number;
  readonly bin: number;
  readonly quantity: number;
  readonly at: number;
}

/** What was counted at one place; `bin` null = the item wherever it lies at the location. */
export interface CountedPlace {
  readonly item: number;
  readonly bin: number | null;
  readonly counted: number;
  /** Of the last entry: the ledger is compared as it was then. */
  readonly at: number;
}

/**
 * Joins the entries of several devices: an id counts once, and the order does
 * not matter. The same id with other contents is no entry of two devices;
 * the engine refuses it before it gets here.
 */
export function mergeEntries(...lists: readonly (readonly CountEntry[])[]): CountEntry[] {
  const byId = new Map(lists.flat().map((entry) => [entry.id, entry]));
  return [...byId.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Adds entries up by place. As long as nobody named a bin for an item, it is
 * counted as a whole; once somebody did, entries without a bin are what lies
 * outside bins.
 */
export function countedPlaces(entries: readonly CountEntry[]): CountedPlace[] {
  const binned = new Set(entries.filter(({ bin }) => bin !== 0).map(({ item }) => item));
  const places = new Map<string, CountedPlace>();
  for (const { item, bin, quantity, at } of mergeEntries(entries)) {
    const where = binned.has(item) ? bin : null;
    const key = `${item} ${where ?? '*'}`;
    const place = places.get(key);
    places.set(key, {
      item,
      bin: where,
      counted: (place?.counted ?? 0) + quantity,
      at: Math.max(place?.at ?? 0, at),
    });
  }
  return [...places.values()].toSorted((a, b) => a.item - b.item || (a.bin ?? -1) - (b.bin ?? -1));
}

export interface CountFigures {
  readonly places: number;
  readonly exact: number;
  /** exact / places; null when nothing was counted. */
  readonly accuracy: number | null;
  readonly over: number;
  readonly short: number;
}

/** `variances` are counted - expected, one a counted place. */
export function countFigures(variances: readonly number[]): CountFigures {
  const exact = variances.filter((variance) => variance === 0).length;
  return {
    places: variances.length,
    exact,
    accuracy: variances.length === 0 ? null : exact / variances.length,
    over: variances.reduce((sum, variance) => sum + Math.max(0, variance), 0),
    short: variances.reduce((sum, variance) => sum + Math.max(0, -variance), 0),
  };
}
