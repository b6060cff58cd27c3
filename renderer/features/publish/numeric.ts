import { listingField } from '#shared/domain/listing-fields.ts';

/** Values of these fields stand to the right. */
export function isNumeric(field: string): boolean {
  const type = listingField(field)?.type;
  return type === 'money' || type === 'integer' || type === 'decimal';
}
