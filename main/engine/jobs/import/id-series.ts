const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-([0-9a-f]{12})$/;
/** Ids taken from one base before a new one is drawn. */
const RUN = 65_536;
const TAIL = 2 ** 48;

/**
 * Ids for many rows: a drawn UUIDv7 and its successors, counted up in the
 * random tail as RFC 9562 allows for batches. Half a million drawn one by one
 * would take seconds.
 */
export function idSeries(newId: () => string): () => string {
  let head = '';
  let next = 0;
  let left = 0;
  return () => {
    if (left === 0) {
      const id = newId();
      const tail = UUID.exec(id)?.[1];
      if (tail === undefined) return id;
      head = id.slice(0, 24);
      next = Number.parseInt(tail, 16);
      left = Math.min(RUN, TAIL - next);
    }
    left -= 1;
    const id = head + next.toString(16).padStart(12, '0');
    next += 1;
    return id;
  };
}
