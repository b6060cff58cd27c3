/** The frozen order of a view: ids by position and, once somebody asks, positions by id. */
export class RowOrder {
  readonly ids: Int32Array;
  private positions: Map<number, number> | null = null;

  constructor(ids: Int32Array = new Int32Array(0)) {
    this.ids = ids;
  }

  /** -1 when the view does not hold the row. */
  positionOf(rid: number): number {
    if (!this.positions) {
      this.positions = new Map();
      for (const [at, id] of this.ids.entries()) this.positions.set(id, at);
    }
    return this.positions.get(rid) ?? -1;
  }
}
