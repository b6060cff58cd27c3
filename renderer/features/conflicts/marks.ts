import type { Conflict } from '#shared/contract/publish.ts';

/** Which conflicts are marked, and where a range begins. */
export interface Marks {
  readonly opIds: ReadonlySet<string>;
  readonly anchor: string | null;
}

export const NO_MARKS: Marks = { opIds: new Set(), anchor: null };

/** Marks one more, or takes its mark away. */
export function toggle({ opIds }: Marks, opId: string): Marks {
  const next = new Set(opIds);
  if (!next.delete(opId)) next.add(opId);
  return { opIds: next, anchor: opId };
}

/** Marks everything between the last that was touched and this one, both included; without one, this alone. */
export function extend({ opIds, anchor }: Marks, conflicts: readonly Conflict[], opId: string): Marks {
  const to = conflicts.findIndex((conflict) => conflict.opId === opId);
  if (to < 0) return { opIds, anchor };
  const from = conflicts.findIndex((conflict) => conflict.opId === anchor);
  const start = from < 0 ? to : from;
  const range = conflicts.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { opIds: new Set([...opIds, ...range.map((one) => one.opId)]), anchor: anchor ?? opId };
}

/** Marks all of some conflicts, or none of them. */
export function markAll({ opIds, anchor }: Marks, some: readonly Conflict[], marked: boolean): Marks {
  const next = new Set(opIds);
  for (const { opId } of some) {
    if (marked) next.add(opId);
    else next.delete(opId);
  }
  return { opIds: next, anchor };
}

/** Those of the marked that are still there, in the order of the list: what was decided elsewhere is not asked for again. */
export function markedOf({ opIds }: Marks, conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.filter(({ opId }) => opIds.has(opId));
}
