import type { GridSort } from './contract.ts';

/** A click on a head: ascending, descending, unsorted. `add` keeps the other keys before it. */
export function nextSort(sort: readonly GridSort[], key: string, add: boolean): GridSort[] {
  const current = sort.find((entry) => entry.key === key);
  const next: GridSort[] =
    current === undefined
      ? [{ key, direction: 'asc' }]
      : current.direction === 'asc'
        ? [{ key, direction: 'desc' }]
        : [];
  if (!add) return next;
  if (current === undefined) return [...sort, ...next];
  return sort.flatMap((entry) => (entry.key === key ? next : [entry]));
}
