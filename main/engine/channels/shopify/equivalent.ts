import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';

/** Whether Shopify's own form of a value stands for the value that was sent. */
export function equivalent(field: ListingFieldName, sent: StoredValue, read: StoredValue): boolean {
  if (sent === read) return true;
  switch (field) {
    case 'title':
    case 'sku':
    case 'gtin':
    case 'brand':
    case 'productType':
      return text(sent) === text(read);
    case 'description':
      return html(sent) === html(read);
    case 'slug':
      return handle(sent) === handle(read) && sent !== null;
    case 'tags':
      return sameTags(sent, read);
    case 'backorders':
      // Shopify sells on or does not; whether it says so is not its business.
      return sent !== 'no' && read !== 'no' && sent !== null && read !== null;
    case 'weight':
      return kilograms(sent) === kilograms(read);
    default:
      return false;
  }
}

/** Blanks at the ends are cut. */
function text(value: StoredValue): string {
  return String(value ?? '').trim();
}

function html(value: StoredValue): string {
  return String(value ?? '')
    .replace(/\r\n?/g, '\n')
    .replace(/>\s+</g, '><')
    .replace(/<(br|hr|img|input)\b([^>]*?)\s*\/?>/gi, '<$1$2>')
    .trim();
}

function handle(value: StoredValue): string {
  return text(value)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

/** Tags have no order and no capitals of their own there. */
function sameTags(sent: StoredValue, read: StoredValue): boolean {
  const left = tagSet(sent);
  const right = tagSet(read);
  return (
    left !== null && right !== null && left.size === right.size && [...left].every((tag) => right.has(tag))
  );
}

function tagSet(value: StoredValue): Set<string> | null {
  if (value === null) return new Set();
  try {
    const list: unknown = JSON.parse(String(value));
    return Array.isArray(list) ? new Set(list.map((tag) => String(tag).trim().toLowerCase())) : null;
  } catch {
    return null;
  }
}

/** Nothing and zero are the same weight there, and grams have no fractions below a thousandth. */
function kilograms(value: StoredValue): number {
  return Math.round(Number(value ?? 0) * 1e6);
}
