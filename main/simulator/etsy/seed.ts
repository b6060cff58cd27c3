import { Random } from '../kit/random.ts';
import { seedCatalogue } from '../woocommerce/seed/catalogue.ts';
import { person } from '../woocommerce/seed/people.ts';
import type { ProductRow as SharedProduct, VariationRow } from '../woocommerce/rows.ts';
import type {
  ChoiceRow,
  InventoryRow,
  ListingRow,
  ListingState,
  ReceiptRow,
  TransactionRow,
} from './rows.ts';

export interface ShopSeed {
  readonly seed: number;
  /** Sellable variants. */
  readonly listings: number;
  readonly orders: number;
  /** The moment that all dates are counted back from, epoch ms. */
  readonly baseMs: number;
}

export interface StoreContent {
  readonly listings: readonly ListingRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly nextId: number;
}

const FIRST_ID = 1_640_000_001;
const HOUR_S = 3_600;
const MOST_STOCK = 999;
/** Etsy's numbers of what a listing varies by; shops add their own from 513 on. */
const PROPERTIES: Readonly<Record<string, number>> = { Colour: 200, Size: 513, Material: 507 };

/** The goods of the other sample shops under the same SKUs, as somebody has who sells on several channels. */
export function seedShop(shape: ShopSeed): StoreContent {
  let nextId = FIRST_ID;
  const newId = (): number => (nextId += 1);
  const base = Math.floor(shape.baseMs / 1_000);
  let plainId = 100;
  const goods = seedCatalogue(new Random(shape.seed), shape.listings, base, () => (plainId += 1));
  const tags = new Map(goods.tags.map((term) => [term.id, term.name]));
  const variations = new Map<number, VariationRow[]>();
  for (const row of goods.variations)
    variations.set(row.parent, [...(variations.get(row.parent) ?? []), row]);
  const random = new Random(shape.seed + 3_301);
  const choiceOf = newChoices();
  const listings = goods.products.map((shared, index): ListingRow => {
    const parts = variations.get(shared.id) ?? [];
    const state = stateOf(shared, index);
    const products = (parts.length > 0 ? parts : [shared]).map((row) =>
      inventoryRow(row, state, choiceOf, newId),
    );
    const properties = (products[0]?.choices ?? []).map((choice) => choice.propertyId);
    // Some shops keep one price for all variants of a listing.
    const onePrice = properties.length > 0 && index % 7 === 3;
    if (onePrice) for (const product of products) product.price = products[0]?.price ?? product.price;
    return {
      id: newId(),
      title: shared.name,
      description: plainText(shared.description),
      state,
      created: shared.created,
      updated: shared.modified,
      stateAt: shared.created,
      tags: shared.tags.flatMap((id) => tags.get(id)?.toLowerCase() ?? []).slice(0, 13),
      materials: ['Linen', 'Oak', 'Stoneware'].slice(0, random.int(1, 3)),
      images: shared.images.map((image) => ({ id: newId(), path: image.path, alt: image.alt })),
      weight: Math.round(Number(shared.weight || parts[0]?.weight || 0) * 1_000) || null,
      weightUnit: 'g',
      products,
      priceOn: onePrice ? [] : properties,
      quantityOn: properties,
      skuOn: properties,
      writes: 0,
      favorers: random.int(0, 90),
      views: state === 'active' ? random.int(0, 4_000) : 0,
    };
  });
  const receipts = seedReceipts(shape, listings, newId);
  return { listings, receipts, nextId };
}

function stateOf(shared: SharedProduct, index: number): ListingState {
  if (shared.status === 'draft') return 'draft';
  if (index % 23 === 11) return 'inactive';
  if (index % 29 === 17) return 'expired';
  return index % 31 === 19 ? 'sold_out' : 'active';
}

function inventoryRow(
  row: SharedProduct | VariationRow,
  state: ListingState,
  choiceOf: (name: string, value: string) => ChoiceRow,
  newId: () => number,
): InventoryRow {
  const stock = Math.min(MOST_STOCK, Math.max(1, row.stock ?? 1));
  return {
    productId: newId(),
    offeringId: newId(),
    sku: row.sku,
    choices: row.kind === 'variation' ? row.options.map(({ name, option }) => choiceOf(name, option)) : [],
    price: Math.max(100, Math.round(Number(row.regularPrice) * 100)),
    quantity: state === 'sold_out' ? 0 : stock,
    enabled: true,
    readinessId: 1_404_001,
    writes: 0,
  };
}

/** The same words have the same numbers in all listings. */
function newChoices(): (name: string, value: string) => ChoiceRow {
  const ids = new Map<string, number>();
  const properties = new Map(Object.entries(PROPERTIES));
  return (name, value) => {
    const propertyId = properties.get(name) ?? 520 + properties.size;
    properties.set(name, propertyId);
    const key = `${name} ${value}`;
    const valueId = ids.get(key) ?? 101_000 + ids.size;
    ids.set(key, valueId);
    return { propertyId, name, valueIds: [valueId], values: [value.replace(/[()]/g, '')], scaleId: null };
  };
}

function plainText(html: string): string {
  return (
    html
      .replace(/<\/(p|li|h\d)>/g, '\n')
      .replace(/<[^>]+>/g, '')
      .trim() || 'Made by hand.'
  );
}

function seedReceipts(shape: ShopSeed, listings: readonly ListingRow[], newId: () => number): ReceiptRow[] {
  const random = new Random(shape.seed + 6_007);
  const onSale = listings.filter((listing) => listing.state === 'active');
  return Array.from({ length: shape.orders }, (_unused, index): ReceiptRow => {
    const hoursAgo = (shape.orders - index) * 2 + random.int(0, 1);
    const created = Math.floor(shape.baseMs / 1_000) - hoursAgo * HOUR_S;
    const shipped = index < shape.orders * 0.4;
    const unpaid = !shipped && random.chance(0.08);
    const who = person(random);
    return {
      id: newId(),
      status: shipped ? 'completed' : unpaid ? 'payment processing' : 'paid',
      paid: !unpaid,
      shipped,
      created,
      updated: created + (shipped ? HOUR_S : 0),
      name: `${who.first_name} ${who.last_name}`,
      firstLine: who.address_1,
      secondLine: who.address_2,
      city: who.city,
      zip: who.postcode,
      country: who.country,
      email: who.email,
      message: random.chance(0.1) ? 'Please leave it with the neighbours' : null,
      shippingMethod: random.chance(0.2) ? 'Express' : 'Standard',
      shippingCost: 490,
      lines: Array.from({ length: random.int(1, 3) }, () => lineOf(random, onSale, newId)),
      parcels: shipped
        ? [{ id: newId(), at: created + HOUR_S, carrier: 'dhl', code: `0034043416${newId()}` }]
        : [],
      mails: [],
    };
  });
}

function lineOf(random: Random, onSale: readonly ListingRow[], newId: () => number): TransactionRow {
  const listing = random.pick(onSale);
  const product = random.pick(listing.products);
  return {
    id: newId(),
    listingId: listing.id,
    productId: product.productId,
    title: listing.title,
    sku: product.sku,
    choices: product.choices,
    price: Number(product.price),
    quantity: random.chance(0.7) ? 1 : random.int(2, 3),
    digital: false,
  };
}
