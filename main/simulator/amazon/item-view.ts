import { entriesAt, numberOf, offerAt, textOf } from './attribute-values.ts';
import type { ListingRow } from './rows.ts';
import type { Store } from './store.ts';

/** A listing as the Listings Items API answers it, with the data sets that were asked for. */
export function itemView(
  row: ListingRow,
  store: Store,
  included: readonly string[],
  url: string,
): Record<string, unknown> {
  const { settings } = store;
  const { marketplaceId } = settings;
  const sets: Record<string, () => unknown> = {
    summaries: () => [summaryOf(row, store, url)],
    attributes: () => withAddresses(row.attributes, url),
    issues: () => lateIssues(row, store),
    offers: () => offersOf(row, store),
    fulfillmentAvailability: () => availabilityOf(row),
    procurement: () => [],
    relationships: () => relationshipsOf(row, marketplaceId),
    productTypes: () => [{ marketplaceId, productType: row.productType }],
  };
  const item: Record<string, unknown> = { sku: row.sku };
  for (const name of included.length > 0 ? included : ['summaries']) item[name] = sets[name]?.();
  return item;
}

/** What is found only once a change shows: such a listing is not sold any more. */
function lateIssues(row: ListingRow, store: Store): unknown[] {
  const texts = entriesAt(row, 'item_name').map((entry) => textOf(entry['value']).toLowerCase());
  const word = [...store.bannedWords].find((banned) => texts.some((text) => text.includes(banned)));
  if (word === undefined) return [];
  return [
    {
      code: '99300',
      message: `The title may not contain "${word}".`,
      severity: 'ERROR',
      attributeNames: ['item_name'],
      categories: ['INVALID_ATTRIBUTE'],
      marketplaceIds: [store.settings.marketplaceId],
      enforcements: {
        actions: [{ action: 'LISTING_SUPPRESSED' }],
        exemption: { status: 'NOT_EXEMPT' },
      },
    },
  ];
}

function summaryOf(row: ListingRow, store: Store, url: string): Record<string, unknown> {
  const { marketplaceId } = store.settings;
  const [title] = entriesAt(row, 'item_name');
  const [image] = entriesAt(row, 'main_product_image_locator');
  const link = image?.['media_location'];
  return {
    marketplaceId,
    asin: row.asin,
    productType: row.productType,
    conditionType: 'new_new',
    status: statusOf(row),
    ...(typeof title?.['value'] === 'string' ? { itemName: title['value'] } : {}),
    createdDate: new Date(row.createdAt).toISOString(),
    lastUpdatedDate: new Date(row.updatedAt).toISOString(),
    ...(typeof link === 'string'
      ? { mainImage: { link: addressOf(link, url), height: 500, width: 500 } }
      : {}),
  };
}

export function statusOf(row: ListingRow): string[] {
  if (row.childSkus.length > 0) return ['DISCOVERABLE'];
  const sold = availabilityOf(row).some((entry) => (entry.quantity ?? 0) > 0);
  return sold && priceOf(row) !== null ? ['BUYABLE', 'DISCOVERABLE'] : ['DISCOVERABLE'];
}

function priceOf(row: ListingRow): number | null {
  return numberOf(offerAt(row, 'our_price')?.['value_with_tax']);
}

function offersOf(row: ListingRow, store: Store): unknown[] {
  const price = priceOf(row);
  if (price === null) return [];
  const { marketplaceId, currency } = store.settings;
  const sale = offerAt(row, 'discounted_price');
  const from = Date.parse(textOf(sale?.['start_at']) || '1970-01-01');
  const to = Date.parse(textOf(sale?.['end_at']) || '9999-01-01');
  const onSale = sale !== undefined && from <= store.now() && store.now() <= to;
  const now = onSale ? (numberOf(sale['value_with_tax']) ?? price) : price;
  return [{ marketplaceId, offerType: 'B2C', price: { currencyCode: currency, amount: now.toFixed(2) } }];
}

function availabilityOf(row: ListingRow): { fulfillmentChannelCode: string; quantity?: number }[] {
  return entriesAt(row, 'fulfillment_availability').map((entry) => {
    const quantity = numberOf(entry['quantity']);
    const fulfillmentChannelCode = textOf(entry['fulfillment_channel_code']);
    return quantity === null ? { fulfillmentChannelCode } : { fulfillmentChannelCode, quantity };
  });
}

function relationshipsOf(row: ListingRow, marketplaceId: string): unknown[] {
  const variationTheme = { attributes: ['color', 'size'], theme: 'COLOR/SIZE' };
  if (row.childSkus.length > 0) {
    return [
      { marketplaceId, relationships: [{ type: 'VARIATION', childSkus: row.childSkus, variationTheme }] },
    ];
  }
  if (row.parentSku === null) return [];
  const relation = { type: 'VARIATION', parentSkus: [row.parentSku], variationTheme };
  return [{ marketplaceId, relationships: [relation] }];
}

/** Seeded pictures are kept without the address that they are served from. */
const OWN = 'own:';

function addressOf(location: string, url: string): string {
  return location.startsWith(OWN) ? `${url}${location.slice(OWN.length)}` : location;
}

function withAddresses(attributes: ListingRow['attributes'], url: string): ListingRow['attributes'] {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, entries]) => [
      name,
      entries.map((entry) => {
        const location = entry['media_location'];
        return typeof location === 'string' ? { ...entry, media_location: addressOf(location, url) } : entry;
      }),
    ]),
  );
}
