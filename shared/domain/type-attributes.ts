/**
 * The stored form of the field `typeAttributes`: attributes of a channel's
 * product type that have no column of their own, as canonical JSON
 * `{name: entries}`. Names and keys are sorted, so equal attributes are equal
 * texts; entries keep their order. An attribute without entries is none.
 */
export type TypeAttributes = Readonly<Record<string, readonly unknown[]>>;

/** Canonical text; null when there are no attributes. */
export function canonicalAttributes(attributes: TypeAttributes): string | null {
  const set = Object.entries(attributes).filter(([, entries]) => entries.length > 0);
  return set.length === 0 ? null : canonicalJson(Object.fromEntries(set));
}

/** JSON with sorted keys. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

/** The attributes of a stored text; null when it is not of their form. */
export function parseAttributes(text: string): TypeAttributes | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.values(value).every(Array.isArray) ? (value as TypeAttributes) : null;
}
