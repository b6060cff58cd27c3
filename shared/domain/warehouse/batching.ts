/**
 * Orders picked together in one round, by the savings of Clarke & Wright
 * (1964): two batches are joined while that shortens the way most.
 */
export interface BatchLimits {
  /** Orders in one round: totes or compartments on the cart. */
  readonly orders: number;
  /** Units in one round; absent = as many as there are. */
  readonly units?: number;
}

export interface BatchOrder {
  readonly id: string;
  readonly units: number;
}

export interface Batch {
  readonly ids: readonly string[];
  readonly units: number;
  /** Length of the round, in the unit of `lengthOf`. */
  readonly length: number;
}

/**
 * Splits orders into batches within the limits. `lengthOf` gives the length of
 * one round for these orders. An order that is too large by itself gets a
 * round of its own. Deterministic: of equal savings the earlier pair wins.
 *
 * Joins are tried best first and their savings are worked out again only for
 * the batch that changed; about n² calls of `lengthOf` for n orders, so give it
 * the orders of one wave (hundreds), not of a year.
 */
export function batchesBySavings(
  orders: readonly BatchOrder[],
  limits: BatchLimits,
  lengthOf: (ids: readonly string[]) => number,
): Batch[] {
  let batches: Batch[] = orders.map(({ id, units }) => ({
    ids: [id],
    units,
    length: lengthOf([id]),
  }));
  const fits = (a: Batch, b: Batch) =>
    a.ids.length + b.ids.length <= limits.orders &&
    (limits.units === undefined || a.units + b.units <= limits.units);
  const join = (a: Batch, b: Batch): Join | null => {
    if (!fits(a, b)) return null;
    const ids = [...a.ids, ...b.ids];
    const length = lengthOf(ids);
    const saved = a.length + b.length - length;
    return saved > 0 ? { a, b, saved, whole: { ids, units: a.units + b.units, length } } : null;
  };

  let joins = batches.flatMap((a, index) => batches.slice(index + 1).flatMap((b) => join(a, b) ?? []));
  while (joins.length > 0) {
    const best = joins.reduce((top, next) => (next.saved > top.saved ? next : top));
    const others = batches.filter((batch) => batch !== best.a && batch !== best.b);
    joins = [
      ...joins.filter(({ a, b }) => others.includes(a) && others.includes(b)),
      ...others.flatMap((other) => join(other, best.whole) ?? []),
    ];
    batches = batches.flatMap((batch) => (batch === best.a ? [best.whole] : batch === best.b ? [] : [batch]));
  }
  return batches;
}

interface Join {
  readonly a: Batch;
  readonly b: Batch;
  readonly saved: number;
  readonly whole: Batch;
}
