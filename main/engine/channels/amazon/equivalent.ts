import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { canonicalAttributes, parseAttributes } from '#shared/domain/type-attributes.ts';
import { linesOf } from './from-domain.ts';

/** Whether Amazon's own form of a value stands for the value that was sent. */
export function equivalent(field: ListingFieldName, sent: StoredValue, read: StoredValue): boolean {
  if (sent === read) return true;
  switch (field) {
    case 'title':
    case 'searchTerms':
      return plain(sent) === plain(read);
    case 'description':
      return broken(sent) === broken(read);
    case 'bullets':
      return linesOf(sent).map(plain).join('\n') === linesOf(read).map(plain).join('\n');
    case 'images':
      return sources(sent) === sources(read);
    case 'typeAttributes':
      return attributes(sent) === attributes(read);
    case 'saleFrom':
    case 'saleTo':
      return sent !== null && read !== null && seconds(sent) === seconds(read);
    default:
      return false;
  }
}

/** Blanks at the ends are cut and runs of them become one. */
function plain(value: StoredValue): string {
  return String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Line breaks are the only markup there. */
function broken(value: StoredValue): string {
  return plain(String(value ?? '').replace(/<br\s*\/?>|\r?\n/gi, ' '));
}

/** Images are addresses only; texts beside them are not kept. */
function sources(value: StoredValue): string {
  try {
    const list: unknown = JSON.parse(String(value ?? '[]'));
    if (!Array.isArray(list)) return String(value);
    return JSON.stringify((list as { src?: unknown }[]).map((image) => image.src ?? null));
  } catch {
    return String(value);
  }
}

function seconds(value: StoredValue): number {
  return Math.floor(Number(value) / 1_000);
}

/** Attributes without entries are none, and the order of names says nothing. */
function attributes(value: StoredValue): string | null {
  const parsed = parseAttributes(String(value ?? '{}'));
  return parsed === null ? String(value) : canonicalAttributes(parsed);
}
