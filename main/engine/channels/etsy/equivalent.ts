import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { decodeEntities } from '#shared/grid/html-entities.ts';
import { sameImages } from './images.ts';

/** A weight is kept with two decimals of the listing's own unit. */
const WEIGHT_STEP_KG = 0.015;

/** Whether Etsy's own form of a value stands for the value that was sent. */
export function equivalent(field: ListingFieldName, sent: StoredValue, read: StoredValue): boolean {
  if (sent === read) return true;
  switch (field) {
    case 'title':
    case 'sku':
      return squeezed(sent) === squeezed(read);
    case 'description':
      return lines(sent) === lines(read);
    case 'tags':
    case 'materials':
      return sameSet(keys(sent), keys(read));
    case 'images':
      return sameImages(sent, read);
    case 'weight':
      return sent !== null && read !== null && sameWeight(Number(sent), Number(read));
    default:
      return false;
  }
}

function sameWeight(sent: number, read: number): boolean {
  return Math.abs(sent - read) <= Math.min(WEIGHT_STEP_KG, sent * 0.01);
}

function squeezed(value: StoredValue): string {
  return decodeEntities(String(value ?? ''))
    .replace(/\s+/g, ' ')
    .trim();
}

function lines(value: StoredValue): string {
  return decodeEntities(String(value ?? ''))
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();
}

function keys(value: StoredValue): string[] {
  if (typeof value !== 'string') return [];
  const list: unknown = JSON.parse(value);
  return Array.isArray(list) ? list.map((item) => squeezed(String(item)).toLowerCase()) : [];
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((item) => right.has(item));
}
