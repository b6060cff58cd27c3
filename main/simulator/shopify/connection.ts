import { GraphQLError } from 'graphql';

export interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Connection<V> {
  readonly edges: readonly { readonly cursor: string; readonly node: V }[];
  readonly nodes: readonly V[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const LARGEST_PAGE = 250;
/** What a bulk query asks for in place of pages. */
export const EVERYTHING = 1_000_000_000;

/**
 * One page of rows that are sorted by (value, id). A cursor names a place in
 * that order, so rows that move meanwhile neither hide nor repeat others.
 */
export function pageOf<R extends { readonly id: number }, V>(
  rows: readonly R[],
  { first, after }: PageArgs,
  view: (row: R) => V,
  valueOf: (row: R) => number = () => 0,
): Connection<V> {
  const size = first ?? 0;
  if (size < 1 || (size > LARGEST_PAGE && size !== EVERYTHING)) {
    throw new GraphQLError('you must provide one of first or last, at most 250', {
      extensions: { code: 'BAD_REQUEST' },
    });
  }
  const start = after ? firstBehind(rows, readCursor(after), valueOf) : 0;
  const page = rows.slice(start, start + size);
  const cursorOf = (row: R | undefined): string | null => (row ? writeCursor(valueOf(row), row.id) : null);
  const nodes = page.map(view);
  return {
    nodes,
    edges: nodes.map((node, index) => ({ cursor: cursorOf(page[index]) ?? '', node })),
    pageInfo: {
      hasNextPage: start + size < rows.length,
      hasPreviousPage: start > 0,
      startCursor: cursorOf(page[0]),
      endCursor: cursorOf(page.at(-1)),
    },
  };
}

function firstBehind<R extends { readonly id: number }>(
  rows: readonly R[],
  [value, id]: readonly [number, number],
  valueOf: (row: R) => number,
): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle] as R;
    if (valueOf(row) < value || (valueOf(row) === value && row.id <= id)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writeCursor(value: number, id: number): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64');
}

function readCursor(cursor: string): readonly [number, number] {
  try {
    const [value, id] = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as unknown[];
    if (typeof value === 'number' && typeof id === 'number') return [value, id];
  } catch {
    // Falls through to the same refusal.
  }
  throw new GraphQLError('Invalid cursor for current pagination sort.', {
    extensions: { code: 'BAD_REQUEST' },
  });
}
