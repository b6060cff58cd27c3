interface Dated {
  readonly id: number;
  readonly modified: number;
}

/**
 * Rows in the order of their modification time, equal times by id. A page of a
 * hundred thousand rows costs a binary search, and a change moves one row.
 */
export class SortedRows<T extends Dated> {
  private rows: T[] = [];
  /** The same rows by id, until the next change. */
  private ordered: readonly T[] | null = null;

  /** Takes many at once; what was there is replaced. */
  fill(rows: readonly T[]): void {
    this.ordered = null;
    this.rows = rows.toSorted((a, b) => a.modified - b.modified || a.id - b.id);
  }

  get all(): readonly T[] {
    return this.rows;
  }

  get byId(): readonly T[] {
    this.ordered ??= this.rows.toSorted((a, b) => a.id - b.id);
    return this.ordered;
  }

  add(row: T): void {
    this.ordered = null;
    this.rows.splice(this.lowerBound(row.modified, row.id), 0, row);
  }

  /** Must be called with the time that the row was added with. */
  remove(row: T): void {
    this.ordered = null;
    const at = this.lowerBound(row.modified, row.id);
    if (this.rows[at]?.id === row.id) this.rows.splice(at, 1);
  }

  /** First index whose row is not before (modified, id). */
  lowerBound(modified: number, id = -1): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.rows[middle];
      const before =
        row !== undefined && (row.modified < modified || (row.modified === modified && row.id < id));
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
