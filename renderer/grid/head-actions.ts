import type { GridLabels } from './labels.ts';
import type { SheetCore } from './sheet-core.ts';

export interface HeadMenuState {
  readonly key: string;
  /** CSS pixels in the window. */
  readonly x: number;
  readonly y: number;
}

export interface HeadAction {
  readonly name: keyof GridLabels['head'];
  readonly label: string;
  /** null: it would change nothing. */
  readonly run: (() => void) | null;
}

/** What can be done with a column now. Columns move within their part: frozen or not. */
export function headActions(core: SheetCore, key: string): HeadAction[] {
  const { mounted, props, words } = core;
  const column = core.column(key);
  const at = mounted?.geometry.columnOf(key) ?? -1;
  if (!mounted || !column || at < 0) return [];
  const { api, geometry } = mounted;
  const boxes = geometry.boxes;
  const pane = boxes[at]?.pane;
  const sort = core.sort.length === 1 && core.sort[0]?.key === key ? core.sort[0].direction : null;
  const sortable = column.sortable === true && props.onSortChange !== undefined;
  const neighbour = (step: 1 | -1): string | null =>
    boxes[at + step]?.pane === pane ? (boxes[at + step]?.key ?? null) : null;
  const beside = (other: string | null): (() => void) | null => {
    if (other === null) return null;
    return () => {
      const all = api.getAllGridColumns().map((each) => each.getColId());
      api.moveColumns([key], all.indexOf(other));
    };
  };
  const sortBy = (direction: 'asc' | 'desc'): (() => void) | null =>
    sortable && sort !== direction ? () => props.onSortChange?.([{ key, direction }]) : null;
  const runs: Readonly<Record<HeadAction['name'], (() => void) | null>> = {
    sortAscending: sortBy('asc'),
    sortDescending: sortBy('desc'),
    freeze: pane === 'left' ? null : () => api.setColumnsPinned([key], 'left'),
    unfreeze: pane === 'centre' ? null : () => api.setColumnsPinned([key], null),
    moveLeft: beside(neighbour(-1)),
    moveRight: beside(neighbour(1)),
    fit: () => api.autoSizeColumns([key]),
    hide: boxes.length > 1 ? () => api.setColumnsVisible([key], false) : null,
  };
  return Object.entries(runs).map(([name, run]) => {
    const known = name as HeadAction['name'];
    return { name: known, label: words.labels.head[known], run };
  });
}
