import { GraphQLError } from 'graphql';

interface Term {
  readonly field: string;
  readonly comparator: '>=' | '<=' | '>' | '<' | '=';
  readonly value: string;
}

/** `updated_at:>='2026-11-23T09:00:00Z' action:destroy` -> its terms. */
function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  const pattern = /\s*([a-z_]+):(>=|<=|>|<)?(?:'([^']*)'|"([^"]*)"|(\S+))\s*/gy;
  while (pattern.lastIndex < query.length) {
    const match = pattern.exec(query);
    if (!match) throw unsupported(query);
    const [, field = '', comparator = '=', single, double, bare] = match;
    terms.push({
      field,
      comparator: comparator as Term['comparator'],
      value: single ?? double ?? bare ?? '',
    });
  }
  return terms;
}

/**
 * Shopify's search syntax as far as this shop knows it: terms that all have to
 * hold. `values` gives a record's number or text of a field.
 */
export function matcher<T>(
  query: string | null | undefined,
  values: Readonly<Record<string, (row: T) => number | string>>,
): (row: T) => boolean {
  if (!query?.trim()) return () => true;
  const tests = termsOf(query).map(({ field, comparator, value }) => {
    const read = values[field];
    // The real shop ignores what it does not know; a program under test should not rely on that.
    if (!read) throw unsupported(field);
    return (row: T): boolean => holds(read(row), comparator, value);
  });
  return (row) => tests.every((test) => test(row));
}

function holds(actual: number | string, comparator: Term['comparator'], text: string): boolean {
  if (typeof actual === 'string') return comparator === '=' && actual.toLowerCase() === text.toLowerCase();
  const wanted = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (!Number.isFinite(wanted)) throw unsupported(text);
  switch (comparator) {
    case '>=':
      return actual >= wanted;
    case '<=':
      return actual <= wanted;
    case '>':
      return actual > wanted;
    case '<':
      return actual < wanted;
    case '=':
      return actual === wanted;
  }
}

function unsupported(what: string): GraphQLError {
  return new GraphQLError(`Search "${what}" is not known here`, { extensions: { code: 'BAD_REQUEST' } });
}
