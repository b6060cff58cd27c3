import type { SheetCore } from './sheet-core.ts';

/** CSS pixels from the left edge of a group's first cell that the arrow takes. */
const ARROW_WIDTH = 26;

/** What the rows of a span include: a group's row has nothing to fill from. */
export function holdsGroup(core: SheetCore, top: number, bottom: number): boolean {
  for (let at = top; at <= bottom; at += 1) if ((core.ridAt(at) ?? 0) < 0) return true;
  return false;
}

/** Opens or closes the group at a row; false when it is none or is so already. */
export function toggleGroup(core: SheetCore, at: number, open?: boolean): boolean {
  const row = core.rowAt(at);
  const { onToggle } = core.props;
  if (!row?.group || !onToggle || row.group.open === open) return false;
  const { labels, locale } = core.words;
  const next = !row.group.open;
  core.announce(
    next ? labels.groupOpened(row.group.size.toLocaleString(locale)) : labels.groupClosed(row.group.label),
  );
  onToggle([row.rid], next);
  return true;
}

/** Right opens a closed group, Left closes an open one; anything else is a move. */
export function arrowOnGroup(core: SheetCore, direction: string): boolean {
  const at = core.selection?.active.row ?? -1;
  if (direction === 'right') return toggleGroup(core, at, true);
  return direction === 'left' && toggleGroup(core, at, false);
}

/** A press on the arrow of a group's first cell. */
export function pressedArrow(core: SheetCore, event: MouseEvent): boolean {
  const { mounted } = core;
  if (!mounted) return false;
  const cell = mounted.geometry.cellAt(event.clientX, event.clientY);
  if (cell.column !== 0 || !core.rowAt(cell.row)?.group) return false;
  const box = mounted.geometry.cellBox(cell);
  return box !== null && event.clientX - box.left < ARROW_WIDTH && toggleGroup(core, cell.row);
}
