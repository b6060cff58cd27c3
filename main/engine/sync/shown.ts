import type { StoredValue } from '#shared/domain/listing-fields.ts';

/** A value as it stands in the trail of an op. */
export function shown(value: StoredValue): string {
  if (value === null) return 'nothing';
  const text = String(value);
  return text.length > 80 ? `"${text.slice(0, 80)}…"` : `"${text}"`;
}
