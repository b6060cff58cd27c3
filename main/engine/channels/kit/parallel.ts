export interface PrefixRun<T> {
  /** Results of the leading items that all succeeded, in order. */
  readonly done: readonly T[];
  /** Why the item after them failed; undefined when all succeeded. */
  readonly failure: { readonly error: unknown } | undefined;
}

/**
 * Runs `work` over the items, at most `limit` at a time, and starts nothing new
 * after a failure. What was done before the first failed item is kept, so a
 * long page that breaks in the middle still gets on.
 */
export async function runInOrder<A, B>(
  items: readonly A[],
  limit: number,
  work: (item: A, index: number) => Promise<B>,
): Promise<PrefixRun<B>> {
  const results = new Map<number, B>();
  const failures = new Map<number, unknown>();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (failures.size === 0 && next < items.length) {
      const index = next++;
      const item = items[index] as A;
      try {
        results.set(index, await work(item, index));
      } catch (error) {
        failures.set(index, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  const done: B[] = [];
  for (let index = 0; index < items.length && results.has(index); index += 1)
    done.push(results.get(index) as B);
  const first = failures.size === 0 ? undefined : Math.min(...failures.keys());
  return { done, failure: first === undefined ? undefined : { error: failures.get(first) } };
}

/** As {@link runInOrder}, but all or nothing: throws the first failure. */
export async function runAll<A, B>(
  items: readonly A[],
  limit: number,
  work: (item: A, index: number) => Promise<B>,
): Promise<readonly B[]> {
  const run = await runInOrder(items, limit, work);
  if (run.failure) throw run.failure.error;
  return run.done;
}

export function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
