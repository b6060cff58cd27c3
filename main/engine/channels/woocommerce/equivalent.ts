import type { ImageValue, ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { tidyHtml, unescapeName } from './html-text.ts';

/** Whether WooCommerce's own form of a value stands for the value that was sent. */
export function equivalent(field: ListingFieldName, sent: StoredValue, read: StoredValue): boolean {
  if (sent === read) return true;
  switch (field) {
    case 'title':
    case 'sku':
    case 'gtin':
      return squeezed(sent) === squeezed(read);
    case 'description':
    case 'shortDescription':
      return tidyHtml(String(sent ?? '')) === tidyHtml(String(read ?? ''));
    case 'slug':
      // Without a slug the shop makes one of the title.
      return sent === null || slugged(String(sent)) === String(read ?? '');
    case 'saleFrom':
    case 'saleTo':
      return typeof sent === 'number' && typeof read === 'number' && seconds(sent) === seconds(read);
    case 'tags':
    case 'categories':
      return sameSet(list<string>(sent).map(tagKey), list<string>(read).map(tagKey));
    case 'images':
      return sameImages(list<ImageValue>(sent), list<ImageValue>(read));
    default:
      return false;
  }
}

function squeezed(value: StoredValue): string {
  return unescapeName(String(value ?? ''))
    .replace(/\s+/g, ' ')
    .trim();
}

function slugged(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/-+/g, '-')
    .replace(/^-|-$/g, '');
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

/** An existing tag keeps its own spelling, and the shop lists tags in its own order. */
function tagKey(tag: string): string {
  return squeezed(tag).toLowerCase();
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((item) => right.has(item));
}

/**
 * The shop copies a new image to its own address and gives it an id. It is the
 * same image when it is on the same place and its file kept its name.
 */
function sameImages(sent: readonly ImageValue[], read: readonly ImageValue[]): boolean {
  if (sent.length !== read.length) return false;
  return sent.every((image, index) => {
    const other = read[index];
    if (!other || squeezed(image.alt) !== squeezed(other.alt)) return false;
    if (image.externalId !== undefined) return image.externalId === other.externalId;
    return image.src === other.src || (other.externalId !== undefined && sameFile(image.src, other.src));
  });
}

/** "photo.jpg" becomes "photo.jpg", "photo-1.jpg" or "photo-scaled.jpg". */
function sameFile(sent: string, read: string): boolean {
  const stem = fileStem(sent);
  if (stem === '') return false;
  const kept = fileStem(read);
  return kept === stem || (kept.startsWith(`${stem}-`) && /^(\d+|scaled)$/.test(kept.slice(stem.length + 1)));
}

function fileStem(src: string): string {
  const file = src.split(/[?#]/, 1)[0]?.split('/').at(-1) ?? '';
  const name = file.replace(/\.[a-z0-9]{2,5}$/i, '');
  return slugged(name.replace(/%20|\+/g, '-'));
}

function list<T>(value: StoredValue): T[] {
  if (typeof value !== 'string') return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? (parsed as T[]) : [];
  } catch {
    return [];
  }
}
