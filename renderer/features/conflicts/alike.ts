import type { Conflict } from '#shared/contract/publish.ts';

/** Conflicts that the same decision fits: the same field on the same account. */
export function alike(conflicts: readonly Conflict[], one: Conflict): Conflict[] {
  return conflicts.filter(({ field, accountId }) => field === one.field && accountId === one.accountId);
}

/** Which conflict to show after some were decided: the next one that is left, else the one before, else none. */
export function nextAfter(
  conflicts: readonly Conflict[],
  decided: ReadonlySet<string>,
  current: string,
): string | null {
  const at = conflicts.findIndex(({ opId }) => opId === current);
  const open = ({ opId }: Conflict): boolean => !decided.has(opId);
  const next = conflicts.slice(at + 1).find(open) ?? conflicts.slice(0, Math.max(at, 0)).findLast(open);
  return next?.opId ?? null;
}
