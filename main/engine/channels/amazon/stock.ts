import { patchOf, entriesOf, isHere, type Patch, type Scope } from './attributes.ts';
import type { Attributes, Entry, ItemRecord } from './records.ts';

const AVAILABILITY = 'fulfillment_availability';
/** The seller's own stock. */
const MERCHANT = 'DEFAULT';

/** Stock in Amazon's own warehouses: it is counted by Amazon and never written. */
export function isAmazonFulfilled(record: ItemRecord): boolean {
  const codes = [
    ...record.fulfillmentAvailability.map((entry) => entry.fulfillmentChannelCode),
    ...entriesOf(record.attributes, AVAILABILITY).map((entry) => channelOf(entry)),
  ];
  return codes.some((code) => code.startsWith('AMAZON_'));
}

function channelOf(entry: Entry): string {
  const code = entry['fulfillment_channel_code'];
  return typeof code === 'string' ? code : '';
}

/** Units on sale; null when Amazon does not say. */
export function readQuantity(record: ItemRecord, scope: Scope): number | null {
  const wanted = (code: string): boolean =>
    isAmazonFulfilled(record) ? code.startsWith('AMAZON_') : code === MERCHANT;
  const shown = record.fulfillmentAvailability.find((entry) => wanted(entry.fulfillmentChannelCode));
  if (shown?.quantity !== undefined) return shown.quantity;
  const entry = entriesOf(record.attributes, AVAILABILITY).find(
    (candidate) => isHere(candidate, scope) && wanted(channelOf(candidate)),
  );
  const quantity = entry?.['quantity'];
  return typeof quantity === 'number' ? quantity : null;
}

/** The whole attribute with another quantity; handling times and restock dates stay. */
export function quantityPatch(attributes: Attributes, scope: Scope, quantity: number): Patch | null {
  const own = entriesOf(attributes, AVAILABILITY).find(
    (entry) => isHere(entry, scope) && entry['fulfillment_channel_code'] === MERCHANT,
  );
  const next: Entry = { ...(own ?? { fulfillment_channel_code: MERCHANT }), quantity };
  return patchOf(attributes, AVAILABILITY, own ? [own] : [], [next]);
}
