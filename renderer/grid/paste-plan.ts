import type { Rect } from '#shared/grid/rect.ts';
import type { Selection, SheetSize } from '#shared/grid/selection.ts';
import type { TextBlock } from '#shared/grid/tsv.ts';

export interface PastePlan {
  /** Targets; more than one only for a single value. */
  readonly rects: readonly Rect[];
  /** What is selected afterwards. */
  readonly rect: Rect;
  /** The block, as wide as the target; its rows repeat downwards. */
  readonly block: TextBlock;
  /** Rows of the block that do not fit below the last row. */
  readonly clipped: number;
}

/**
 * Where a paste goes, as in Excel: one value fills the whole selection, a
 * selection that is a multiple of the block is tiled, anything else is pasted
 * once from the selection's corner. null: a block into several ranges.
 */
export function planPaste(source: TextBlock, selection: Selection, size: SheetSize): PastePlan | null {
  const [first] = selection.rects;
  const width = Math.max(...source.map((row) => row.length));
  if (!first || source.length === 0 || width === 0) return null;
  const block = source.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? ''));
  if (selection.rects.length > 1) {
    if (block.length > 1 || width > 1) return null;
    const value = block[0]?.[0] ?? '';
    const rects = selection.rects;
    const widest = Math.max(...rects.map((rect) => rect.right - rect.left + 1));
    return {
      rects,
      rect: first,
      block: [Array.from({ length: widest }, () => value)],
      clipped: 0,
    };
  }
  const rows = first.bottom - first.top + 1;
  const columns = first.right - first.left + 1;
  const tiled = rows % block.length === 0 && columns % width === 0;
  const wantedRows = tiled ? rows : block.length;
  const wantedColumns = tiled ? columns : width;
  const rect = {
    top: first.top,
    left: first.left,
    bottom: Math.min(first.top + wantedRows, size.rows) - 1,
    right: Math.min(first.left + wantedColumns, size.columns) - 1,
  };
  const targetColumns = rect.right - rect.left + 1;
  return {
    rects: [rect],
    rect,
    block: block
      .slice(0, rect.bottom - rect.top + 1)
      .map((row) => Array.from({ length: targetColumns }, (_, i) => row[i % width] ?? '')),
    clipped: first.top + wantedRows - (rect.bottom + 1),
  };
}
