/**
 * Listings of one product side by side. Groups stand in the order of their first
 * listing, listings in a group in the order they came: what the sort put first
 * stays first.
 */
export interface Grouping {
  /** All listings of the view, group by group. */
  readonly rids: Int32Array;
  /** Product of each group. */
  readonly products: Int32Array;
  /** Where each group begins in `rids`, and behind the last one their end. */
  readonly starts: Int32Array;
}

/** `products[i]` is the product of the listing `rids[i]`. */
export function groupByProduct(rids: Int32Array, products: Int32Array): Grouping {
  return isAscending(products) ? runsOf(rids, products) : gather(rids, products);
}

/** As the rows of a view come that nobody sorted. */
function isAscending(products: Int32Array): boolean {
  for (let at = 1; at < products.length; at += 1) {
    if ((products[at] ?? 0) < (products[at - 1] ?? 0)) return false;
  }
  return true;
}

/** Listings of a product stand together already. */
function runsOf(rids: Int32Array, products: Int32Array): Grouping {
  const order: number[] = [];
  const starts: number[] = [];
  for (let at = 0; at < products.length; at += 1) {
    const product = products[at] ?? 0;
    if (at > 0 && product === products[at - 1]) continue;
    order.push(product);
    starts.push(at);
  }
  starts.push(rids.length);
  return { rids, products: Int32Array.from(order), starts: Int32Array.from(starts) };
}

function gather(rids: Int32Array, products: Int32Array): Grouping {
  const places = new Map<number, number>();
  const place = new Int32Array(rids.length);
  const sizes: number[] = [];
  const order: number[] = [];
  for (let at = 0; at < products.length; at += 1) {
    const product = products[at] ?? 0;
    let group = places.get(product);
    if (group === undefined) {
      group = order.length;
      places.set(product, group);
      order.push(product);
      sizes.push(0);
    }
    place[at] = group;
    sizes[group] = (sizes[group] ?? 0) + 1;
  }
  const starts = new Int32Array(order.length + 1);
  for (const [group, size] of sizes.entries()) starts[group + 1] = (starts[group] ?? 0) + size;
  const next = starts.slice();
  const grouped = new Int32Array(rids.length);
  for (let at = 0; at < rids.length; at += 1) {
    const group = place[at] ?? 0;
    const to = next[group] ?? 0;
    grouped[to] = rids[at] ?? 0;
    next[group] = to + 1;
  }
  return { rids: grouped, products: Int32Array.from(order), starts };
}

/** The row of a group: no listing has an id below zero. */
export const groupRid = (product: number): number => -product;
export const isGroupRid = (rid: number): boolean => rid < 0;
export const productOfGroup = (rid: number): number => -rid;

export function groupSize(grouping: Grouping, group: number): number {
  return (grouping.starts[group + 1] ?? 0) - (grouping.starts[group] ?? 0);
}

/**
 * Rows as they are seen: a group row before its listings, which a closed group
 * hides. A product with one listing is that listing; it needs no parent.
 */
export function visibleRows(grouping: Grouping, isOpen: (product: number) => boolean): Int32Array {
  const rows = new Int32Array(grouping.rids.length + grouping.products.length);
  let length = 0;
  for (const [group, product] of grouping.products.entries()) {
    const from = grouping.starts[group] ?? 0;
    const to = grouping.starts[group + 1] ?? from;
    const single = to - from === 1;
    if (!single) {
      rows[length] = groupRid(product);
      length += 1;
      if (!isOpen(product)) continue;
    }
    rows.set(grouping.rids.subarray(from, to), length);
    length += to - from;
  }
  return rows.slice(0, length);
}

/** Which groups are open: all alike, save for some. */
export class OpenGroups {
  private all: boolean;
  private readonly exceptions: Set<number>;

  constructor(all: boolean, exceptions: Iterable<number> = []) {
    this.all = all;
    this.exceptions = new Set(exceptions);
  }

  has(product: number): boolean {
    return this.exceptions.has(product) !== this.all;
  }

  set(product: number, open: boolean): void {
    if (this.has(product) === open) return;
    if (!this.exceptions.delete(product)) this.exceptions.add(product);
  }

  setAll(open: boolean): void {
    this.all = open;
    this.exceptions.clear();
  }

  copy(): OpenGroups {
    return new OpenGroups(this.all, this.exceptions);
  }
}
