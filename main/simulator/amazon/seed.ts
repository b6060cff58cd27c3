import { Random } from '../kit/random.ts';
import { seedCatalogue } from '../woocommerce/seed/catalogue.ts';
import { person } from '../woocommerce/seed/people.ts';
import type { ProductRow as SharedProduct, VariationRow } from '../woocommerce/rows.ts';
import { entriesAt, offerAt, textOf } from './attribute-values.ts';
import type { Entry, ListingRow, OrderItemRow, OrderRow, PackageRow } from './rows.ts';
import type { Settings, StoreContent } from './store.ts';

export interface AccountSeed {
  readonly seed: number;
  /** Sellable listings. */
  readonly listings: number;
  readonly orders: number;
  /** The moment that all dates are counted back from, epoch ms. */
  readonly baseMs: number;
}

const HOUR_MS = 3_600_000;
/** Share of listings whose stock lies in Amazon's warehouses. */
const FBA_SHARE = 0.12;
const AMAZON_CHANNEL: Readonly<Record<string, string>> = {
  US: 'AMAZON_NA',
  CA: 'AMAZON_NA',
  JP: 'AMAZON_JP',
};

/**
 * The first content of an account: the goods of the other sample shops under
 * the same SKUs, as somebody has who sells on several channels.
 */
export function seedAccount(shape: AccountSeed, settings: Settings): StoreContent {
  let plainId = 100;
  const base = Math.floor(shape.baseMs / 1_000);
  const goods = seedCatalogue(new Random(shape.seed), shape.listings, base, () => (plainId += 1));
  const random = new Random(shape.seed + 5_113);
  const variations = new Map<number, VariationRow[]>();
  for (const row of goods.variations)
    variations.set(row.parent, [...(variations.get(row.parent) ?? []), row]);
  const categories = new Map(goods.categories.map((term) => [term.id, term.name]));
  const listings: ListingRow[] = [];
  for (const product of goods.products) {
    const productType = (categories.get(product.categories[0] ?? -1) ?? 'Home')
      .toUpperCase()
      .replace(/\W+/g, '_');
    const parts = variations.get(product.id) ?? [];
    const parentSku = parts.length > 0 ? `${product.slug}-parent` : null;
    const rows = parts.length > 0 ? parts : [product];
    const maker = new ListingMaker(random, settings, product, productType, parentSku);
    const made = rows.map((row) => maker.listing(row));
    if (parentSku !== null) listings.push(maker.parent(parentSku, made));
    listings.push(...made);
  }
  return { listings, orders: seedOrders(shape, listings) };
}

class ListingMaker {
  private readonly random: Random;
  private readonly settings: Settings;
  private readonly product: SharedProduct;
  private readonly productType: string;
  private readonly parentSku: string | null;

  constructor(
    random: Random,
    settings: Settings,
    product: SharedProduct,
    productType: string,
    parentSku: string | null,
  ) {
    this.random = random;
    this.settings = settings;
    this.product = product;
    this.productType = productType;
    this.parentSku = parentSku;
  }

  listing(row: SharedProduct | VariationRow): ListingRow {
    const { random, settings, product } = this;
    const { marketplaceId: marketplace_id } = settings;
    const options = row.kind === 'variation' ? row.options.map(({ option }) => option) : [];
    const title = options.length > 0 ? `${product.name}, ${options.join(', ')}` : product.name;
    const image = product.images[0];
    const gtin = row.gtin === '' ? [] : [{ type: 'ean', value: row.gtin, marketplace_id }];
    return {
      ...this.row(row.sku, row.modified * 1_000),
      attributes: {
        item_name: [this.text(title)],
        brand: [this.text('Harbour & Home')],
        bullet_point: product.description
          .split('\n')
          .map((line) => this.text(line.replace(/<[^>]+>/g, '')))
          .concat(this.text('Sent from our own warehouse by the harbour.')),
        product_description: [this.text(product.description.replace(/<[^>]+>/g, ''))],
        generic_keyword: [this.text(product.name.toLowerCase())],
        material: [this.text('Stoneware')],
        condition_type: [{ value: 'new_new', marketplace_id }],
        ...(gtin.length > 0 ? { externally_assigned_product_identifier: gtin } : {}),
        ...(image
          ? { main_product_image_locator: [{ media_location: `own:${image.path}`, marketplace_id }] }
          : {}),
        purchasable_offer: [this.offer(row)],
        fulfillment_availability: [this.stock(row.stock ?? 0, random.chance(FBA_SHARE))],
      },
      parentSku: this.parentSku,
    };
  }

  parent(sku: string, children: readonly ListingRow[]): ListingRow {
    const { marketplaceId: marketplace_id } = this.settings;
    return {
      ...this.row(sku, Math.max(...children.map((row) => row.updatedAt))),
      attributes: {
        item_name: [this.text(this.product.name)],
        parentage_level: [{ value: 'parent', marketplace_id }],
      },
      childSkus: children.map((row) => row.sku),
    };
  }

  private row(sku: string, updatedAt: number): ListingRow {
    return {
      sku,
      asin: `B0${this.random.hex(8).toUpperCase()}`,
      productType: this.productType,
      attributes: {},
      pending: [],
      parentSku: null,
      childSkus: [],
      createdAt: Math.min(updatedAt, this.product.created * 1_000),
      updatedAt,
      writes: 0,
    };
  }

  private text(value: string): Entry {
    return { value, language_tag: this.settings.language, marketplace_id: this.settings.marketplaceId };
  }

  private offer(row: SharedProduct | VariationRow): Entry {
    const price = Number(row.regularPrice);
    const at = (seconds: number): string => new Date(seconds * 1_000).toISOString();
    const sale = {
      value_with_tax: Number(row.salePrice),
      start_at: at(row.saleFrom ?? row.created),
      end_at: at(row.saleTo ?? row.created + 400 * 86_400),
    };
    return {
      marketplace_id: this.settings.marketplaceId,
      currency: this.settings.currency,
      audience: 'ALL',
      our_price: [{ schedule: [{ value_with_tax: price }] }],
      ...(row.salePrice === '' ? {} : { discounted_price: [{ schedule: [sale] }] }),
      minimum_seller_allowed_price: [{ schedule: [{ value_with_tax: Math.round(price * 50) / 100 }] }],
    };
  }

  private stock(quantity: number, amazon: boolean): Entry {
    const code = AMAZON_CHANNEL[this.settings.country] ?? 'AMAZON_EU';
    if (amazon) return { fulfillment_channel_code: code, quantity };
    return { fulfillment_channel_code: 'DEFAULT', quantity, lead_time_to_ship_max_days: 2 };
  }
}

function seedOrders(shape: AccountSeed, listings: readonly ListingRow[]): OrderRow[] {
  const random = new Random(shape.seed + 7_919);
  const goods = listings.filter((row) => row.childSkus.length === 0);
  return Array.from({ length: shape.orders }, (_unused, index): OrderRow => {
    const hoursAgo = (shape.orders - index) * 2 + random.int(0, 1);
    const createdAt = Math.floor((shape.baseMs - hoursAgo * HOUR_MS) / 1_000) * 1_000;
    const shipped = index < shape.orders * 0.4;
    const pending = !shipped && random.chance(0.08);
    const items = Array.from({ length: random.int(1, 3) }, () => itemRow(random, goods, shipped));
    const who = person(random);
    const address = {
      name: `${who.first_name} ${who.last_name}`,
      company: who.company,
      line1: who.address_1,
      line2: who.address_2,
      city: who.city,
      postcode: who.postcode,
      country: who.country,
      phone: who.phone,
    };
    return {
      id: `3${random.int(10, 99)}-${random.int(1_000_000, 9_999_999)}-${random.int(1_000_000, 9_999_999)}`,
      createdAt,
      updatedAt: createdAt,
      status: shipped ? 'SHIPPED' : pending ? 'PENDING' : 'UNSHIPPED',
      fulfilledBy: 'MERCHANT',
      serviceLevel: random.chance(0.2) ? 'EXPEDITED' : 'STANDARD',
      buyerEmail: who.email.replace('@customer.', '@marketplace.'),
      address,
      items,
      packages: shipped ? [packageRow(random, createdAt + HOUR_MS, items)] : [],
      mails: [],
    };
  });
}

function itemRow(random: Random, goods: readonly ListingRow[], shipped: boolean): OrderItemRow {
  const listing = random.pick(goods);
  const quantity = random.chance(0.7) ? 1 : random.int(2, 3);
  return {
    id: String(random.int(10_000_000, 99_999_999)) + String(random.int(100_000, 999_999)),
    sku: listing.sku,
    asin: listing.asin,
    title: textOf(entriesAt(listing, 'item_name')[0]?.['value']),
    quantity,
    unitPrice: Number(offerAt(listing, 'our_price')?.['value_with_tax'] ?? 0).toFixed(2),
    shipped: shipped ? quantity : 0,
    giftMessage: random.chance(0.08) ? 'All the best from the harbour' : null,
  };
}

function packageRow(random: Random, at: number, items: readonly OrderItemRow[]): PackageRow {
  return {
    reference: String(random.int(1, 999_999)),
    createdAt: at,
    carrier: 'DHL',
    tracking: `003404341610940${random.int(10_000, 99_999)}`,
    shipTime: new Date(at).toISOString(),
    items: items.map((item) => ({ orderItemId: item.id, quantity: item.quantity })),
  };
}
