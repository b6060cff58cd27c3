import { writableFields } from '#shared/domain/channel-fields.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { FieldValues } from '../contract.ts';
import { fromKilograms, WEIGHT_UNIT } from './weight.ts';

/** What can be pushed to Etsy. */
export const WRITABLE: ReadonlySet<ListingFieldName> = writableFields('etsy');
/** Fields that live in the inventory of a listing; the others go into its content. */
export const INVENTORY_FIELDS: readonly ListingFieldName[] = ['sku', 'price', 'quantity'];

const STATES: Readonly<Record<string, string>> = { publish: 'active', inactive: 'inactive' };

export type WrittenForm =
  | { readonly ok: true; readonly form: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly field: ListingFieldName; readonly message: string };

/**
 * Content fields as the form of a listing's PATCH; inventory fields and
 * pictures are left out. Lists are joined by commas, which no tag and no material can contain.
 */
export function toForm(fields: FieldValues, weightUnit: string = WEIGHT_UNIT): WrittenForm {
  const form: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    const field = name as ListingFieldName;
    const refuse = (message: string): WrittenForm => ({ ok: false, field, message });
    if (field === 'images' || INVENTORY_FIELDS.includes(field)) continue;
    switch (field) {
      case 'title':
        form['title'] = String(value ?? '');
        break;
      case 'description':
        if (value === null || value === '') return refuse('Etsy keeps no listing without a description');
        form['description'] = String(value);
        break;
      case 'tags':
      case 'materials':
        form[field] = listOf(String(value ?? '[]')).join(',');
        break;
      case 'status': {
        const state = STATES[String(value)];
        if (state === undefined) {
          return refuse(
            `Etsy lets programs only publish and deactivate; "${String(value)}" is set by Etsy itself`,
          );
        }
        form['state'] = state;
        break;
      }
      case 'weight': {
        if (value === null)
          return refuse('Etsy does not let programs take a weight away; change it in Shop Manager');
        const weight = fromKilograms(String(value), weightUnit);
        if (!(weight.value > 0)) return refuse('A weight on Etsy has to be above zero');
        form['item_weight'] = String(weight.value);
        form['item_weight_unit'] = weight.unit;
        break;
      }
      default:
        return refuse(`${field} cannot be changed on Etsy`);
    }
  }
  return { ok: true, form };
}

function listOf(text: string): string[] {
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.map(String) : [];
}
