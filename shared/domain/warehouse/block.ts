/**
 * One block of parallel aisles between a front and a back cross-aisle. Lengths
 * are of any one unit (metres, steps); the same unit comes back.
 */
export interface Block {
  /** Distance between neighbouring aisles, middle to middle. */
  readonly pitch: number;
  /** From the front cross-aisle to the back one. */
  readonly length: number;
  /** Number of the aisle at whose front end every round starts and ends. */
  readonly depotAisle: number;
}

/** Where a pick stands. `position` is its distance from the front, 0 to the block's length. */
export interface PickPoint {
  readonly aisle: number;
  readonly position: number;
}

export interface PickAisle {
  readonly aisle: number;
  /** Distinct positions, front to back. */
  readonly positions: readonly number[];
  readonly nearest: number;
  readonly farthest: number;
}

/** Aisles that have picks, left to right. Throws RangeError for a point outside the block. */
export function aislesOf(points: readonly PickPoint[], block: Block): PickAisle[] {
  const found = new Map<number, Set<number>>();
  for (const { aisle, position } of points) {
    if (!Number.isInteger(aisle) || !(position >= 0 && position <= block.length)) {
      throw new RangeError(`Aisle ${aisle}, position ${position} is outside the block`);
    }
    found.set(aisle, (found.get(aisle) ?? new Set()).add(position));
  }
  return [...found]
    .map(([aisle, positions]) => ({
      aisle,
      positions: [...positions].sort((a, b) => a - b),
      nearest: Math.min(...positions),
      farthest: Math.max(...positions),
    }))
    .sort((a, b) => a.aisle - b.aisle);
}
