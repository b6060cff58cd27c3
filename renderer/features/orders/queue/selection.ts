/** Which orders are chosen, and where the hand is. By id, so that sorting and new orders change nothing. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Row that the keys move from. */
  readonly active: { readonly index: number; readonly id: string | null };
  /** Where a range began. */
  readonly anchor: number;
}

export const NOTHING: Selection = { chosen: new Set(), active: { index: 0, id: null }, anchor: 0 };

/** More orders than one batch or one document can sensibly hold. */
export const MAX_CHOSEN = 500;

export function moveTo(selection: Selection, index: number, id: string | null): Selection {
  return { ...selection, active: { index, id }, anchor: index };
}

export function toggle(selection: Selection, index: number, id: string): Selection {
  const chosen = new Set(selection.chosen);
  if (!chosen.delete(id) && chosen.size < MAX_CHOSEN) chosen.add(id);
  return { chosen, active: { index, id }, anchor: index };
}

/** The rows from the anchor to `index`; they take the place of what was chosen. */
export function choose(
  selection: Selection,
  ids: readonly string[],
  index: number,
  id: string | null,
): Selection {
  return { ...selection, chosen: new Set(ids.slice(0, MAX_CHOSEN)), active: { index, id } };
}

/** The ids that an action is for: what is chosen, else the row under the hand. */
export function targets({ chosen, active }: Selection): string[] {
  if (chosen.size > 0) return [...chosen];
  return active.id === null ? [] : [active.id];
}
