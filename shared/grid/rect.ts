/** Inclusive cell rectangle: rows and columns are positions, never identities. */
export interface Rect {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface CellAt {
  readonly row: number;
  readonly column: number;
}

export function rectOf(a: CellAt, b: CellAt): Rect {
  return {
    top: Math.min(a.row, b.row),
    left: Math.min(a.column, b.column),
    bottom: Math.max(a.row, b.row),
    right: Math.max(a.column, b.column),
  };
}

export function contains(rect: Rect, cell: CellAt): boolean {
  return (
    cell.row >= rect.top && cell.row <= rect.bottom && cell.column >= rect.left && cell.column <= rect.right
  );
}

export function isSingle(rect: Rect): boolean {
  return rect.top === rect.bottom && rect.left === rect.right;
}

export function sameRect(a: Rect, b: Rect): boolean {
  return a.top === b.top && a.left === b.left && a.bottom === b.bottom && a.right === b.right;
}

export function rectCells(rect: Rect): number {
  return (rect.bottom - rect.top + 1) * (rect.right - rect.left + 1);
}

export function intersection(a: Rect, b: Rect): Rect | null {
  const rect = {
    top: Math.max(a.top, b.top),
    left: Math.max(a.left, b.left),
    bottom: Math.min(a.bottom, b.bottom),
    right: Math.min(a.right, b.right),
  };
  return rect.top <= rect.bottom && rect.left <= rect.right ? rect : null;
}

/** `a` without `b`, as at most four disjoint rectangles. */
export function subtract(a: Rect, b: Rect): Rect[] {
  const cut = intersection(a, b);
  if (!cut) return [a];
  const parts: Rect[] = [];
  if (a.top < cut.top) parts.push({ ...a, bottom: cut.top - 1 });
  if (a.left < cut.left) parts.push({ top: cut.top, bottom: cut.bottom, left: a.left, right: cut.left - 1 });
  if (a.right > cut.right)
    parts.push({ top: cut.top, bottom: cut.bottom, left: cut.right + 1, right: a.right });
  if (a.bottom > cut.bottom) parts.push({ ...a, top: cut.bottom + 1 });
  return parts;
}

/** The same cells without overlap; work grows with the number of rectangles, never with their size. */
export function disjoint(rects: readonly Rect[]): Rect[] {
  const result: Rect[] = [];
  for (const rect of rects) {
    let rest = [rect];
    for (const known of result) {
      rest = rest.flatMap((part) => subtract(part, known));
      if (rest.length === 0) break;
    }
    result.push(...rest);
  }
  return result;
}

/** Distinct rows or columns that the rectangles touch. */
export function spanTotal(spans: readonly (readonly [number, number])[]): number {
  let total = 0;
  let end = -1;
  for (const [from, to] of spans.toSorted((a, b) => a[0] - b[0])) {
    if (to <= end) continue;
    total += to - Math.max(from, end + 1) + 1;
    end = to;
  }
  return total;
}
