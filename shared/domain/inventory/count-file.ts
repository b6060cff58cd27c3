/** One entry of a counter as it travels between machines. */
export interface FiledEntry {
  readonly entryId: string;
  /** SKU or barcode. */
  readonly code: string;
  /** Code of the bin; empty = no bin named. */
  readonly bin: string;
  readonly quantity: number;
  /** Epoch milliseconds. */
  readonly countedAt: number;
  readonly actor: string;
}

/** A count with what was entered on one machine, or on several together. */
export interface CountFile {
  readonly countId: string;
  readonly name: string;
  readonly location: string;
  readonly blind: boolean;
  /** SKUs that the count is about; null = all that lie at the location. */
  readonly skus: readonly string[] | null;
  readonly entries: readonly FiledEntry[];
  /** Entries that somebody took back: they count nowhere, whoever still has them. */
  readonly withdrawn: readonly string[];
}

export interface MergedCounts {
  readonly file: CountFile;
  /** Entry ids that two machines filled with different contents. */
  readonly conflicts: readonly string[];
}

const text = (entry: FiledEntry): string =>
  JSON.stringify([entry.code, entry.bin, entry.quantity, entry.countedAt, entry.actor]);

/**
 * Joins files of one count. The order of the files, and how often one of them
 * comes, make no difference: entries are a set by id, taken back wins over
 * entered, and of two contents with one id the same one is chosen everywhere
 * and named as a conflict. Files of different counts are refused.
 */
export function mergeCountFiles(files: readonly CountFile[]): MergedCounts {
  const [first] = files;
  if (!first) throw new RangeError('There is nothing to merge');
  if (files.some(({ countId }) => countId !== first.countId)) {
    throw new RangeError('These files are of different counts');
  }
  const entries = new Map<string, FiledEntry>();
  const conflicts = new Set<string>();
  for (const entry of files.flatMap((file) => file.entries)) {
    const known = entries.get(entry.entryId);
    if (!known) entries.set(entry.entryId, entry);
    else if (text(known) !== text(entry)) {
      conflicts.add(entry.entryId);
      if (text(entry) < text(known)) entries.set(entry.entryId, entry);
    }
  }
  const withdrawn = new Set(files.flatMap((file) => file.withdrawn));
  const least = (values: readonly string[]): string => values.toSorted()[0] ?? '';
  // The wider scope is the union: one machine may have started without the list.
  const listed = files.flatMap(({ skus }) => (skus === null ? [] : [skus]));
  return {
    file: {
      countId: first.countId,
      name: least(files.map(({ name }) => name)),
      location: least(files.map(({ location }) => location)),
      blind: files.some(({ blind }) => blind),
      skus: listed.length < files.length ? null : [...new Set(listed.flat())].toSorted(),
      entries: [...entries.values()]
        .filter(({ entryId }) => !withdrawn.has(entryId))
        .toSorted((a, b) => (a.entryId < b.entryId ? -1 : 1)),
      withdrawn: [...withdrawn].toSorted(),
    },
    conflicts: [...conflicts].toSorted(),
  };
}
