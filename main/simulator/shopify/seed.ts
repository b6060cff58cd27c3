import { Random } from '../kit/random.ts';
import { seedCatalogue } from '../woocommerce/seed/catalogue.ts';
import { person } from '../woocommerce/seed/people.ts';
import type { ProductRow as SharedProduct, VariationRow } from '../woocommerce/rows.ts';
import type { AddressRow, LineRow, LocationRow, OrderRow, ProductRow, VariantRow } from './rows.ts';
import type { StoreContent } from './store.ts';

export interface ShopSeed {
  readonly seed: number;
  /** Sellable variants. */
  readonly listings: number;
  readonly orders: number;
  /** The moment that all dates are counted back from, epoch ms. */
  readonly baseMs: number;
}

/** Ids look like Shopify's: thirteen digits, each kind in the same row. */
const FIRST_ID = 8_100_000_000_001;
const HOUR_MS = 3_600_000;

/**
 * The first content of a shop: the goods of the other sample shops under the
 * same SKUs, as somebody has who sells on several channels. The same seed gives
 * the same ids and customers.
 */
export function seedShop(shape: ShopSeed): StoreContent {
  let nextId = FIRST_ID;
  const newId = (): number => {
    nextId += 1;
    return nextId - 1;
  };
  const base = Math.floor(shape.baseMs / 1_000);
  let plainId = 100;
  const goods = seedCatalogue(new Random(shape.seed), shape.listings, base, () => (plainId += 1));
  const locations: LocationRow[] = [
    { id: newId(), name: 'Main warehouse', active: true },
    { id: newId(), name: 'Shop on the quay', active: true },
  ];
  const categories = new Map(goods.categories.map((term) => [term.id, term.name]));
  const tags = new Map(goods.tags.map((term) => [term.id, term.name]));
  const variations = new Map<number, VariationRow[]>();
  for (const row of goods.variations)
    variations.set(row.parent, [...(variations.get(row.parent) ?? []), row]);
  const products: ProductRow[] = [];
  const variants: VariantRow[] = [];
  const random = new Random(shape.seed + 4_409);
  for (const shared of goods.products) {
    const category = categories.get(shared.categories[0] ?? -1) ?? null;
    const product = productRow(
      shared,
      category,
      shared.tags.flatMap((id) => tags.get(id) ?? []),
      newId,
    );
    products.push(product);
    const parts = variations.get(shared.id) ?? [];
    const rows = parts.length > 0 ? parts : [shared];
    rows.forEach((row, index) => {
      const variant = variantRow(row, product, index + 1, newId);
      stockIt(variant, row.stock ?? 0, locations, random);
      variants.push(variant);
      product.updatedAt = Math.max(product.updatedAt, variant.updatedAt);
    });
  }
  const orders = seedOrders(shape, { products, variants, locations, newId });
  return { products, variants, orders, locations, nextId };
}

function productRow(
  shared: SharedProduct,
  category: string | null,
  tags: string[],
  newId: () => number,
): ProductRow {
  return {
    kind: 'product',
    id: newId(),
    title: shared.name,
    handle: shared.slug,
    descriptionHtml: shared.description,
    vendor: 'Harbour & Home',
    productType: category ?? '',
    tags,
    status: shared.status === 'draft' ? 'DRAFT' : 'ACTIVE',
    category: category === null ? null : `Home & Garden > ${category}`,
    images: shared.images.map((image) => ({ id: newId(), path: image.path, alt: image.alt })),
    onlyDefault: shared.variations.length === 0,
    createdAt: shared.created * 1_000,
    updatedAt: shared.modified * 1_000,
  };
}

function variantRow(
  row: SharedProduct | VariationRow,
  product: ProductRow,
  position: number,
  newId: () => number,
): VariantRow {
  const onSale = row.salePrice !== '';
  return {
    kind: 'variant',
    id: newId(),
    productId: product.id,
    itemId: newId(),
    options:
      row.kind === 'variation'
        ? row.options.map(({ name, option }) => ({ name, value: option }))
        : [{ name: 'Title', value: 'Default Title' }],
    position,
    sku: row.sku,
    barcode: row.gtin,
    price: onSale ? row.salePrice : row.regularPrice,
    compareAtPrice: onSale ? row.regularPrice : null,
    policy: row.backorders === 'no' ? 'DENY' : 'CONTINUE',
    tracked: true,
    weight: { unit: 'GRAMS', value: Math.round(Number(row.weight) * 1_000) },
    levels: new Map(),
    createdAt: product.createdAt,
    updatedAt: row.modified * 1_000,
    writes: 0,
  };
}

/** Most stock lies in the first location, a little in the second, and some items are not stocked in the first at all. */
function stockIt(
  variant: VariantRow,
  units: number,
  locations: readonly LocationRow[],
  random: Random,
): void {
  const [main, second] = locations;
  if (!main || !second) return;
  if (random.chance(0.02)) {
    variant.levels.set(second.id, units);
    return;
  }
  variant.levels.set(main.id, units);
  if (random.chance(0.3)) variant.levels.set(second.id, random.int(0, 9));
}

interface OrderGoods {
  readonly products: readonly ProductRow[];
  readonly variants: readonly VariantRow[];
  readonly locations: readonly LocationRow[];
  readonly newId: () => number;
}

function seedOrders(shape: ShopSeed, goods: OrderGoods): OrderRow[] {
  const random = new Random(shape.seed + 7_919);
  const titles = new Map(goods.products.map((row) => [row.id, row.title]));
  return Array.from({ length: shape.orders }, (_unused, index): OrderRow => {
    const hoursAgo = (shape.orders - index) * 2 + random.int(0, 1);
    const createdAt = Math.floor((shape.baseMs - hoursAgo * HOUR_MS) / 1_000) * 1_000;
    const lines = Array.from({ length: random.int(1, 3) }, () => lineRow(random, goods, titles));
    const shipped = index < shape.orders * 0.4;
    const unpaid = !shipped && random.chance(0.08);
    return {
      kind: 'order',
      id: goods.newId(),
      name: `#${1001 + index}`,
      createdAt,
      updatedAt: createdAt,
      cancelledAt: null,
      financial: unpaid ? 'PENDING' : 'PAID',
      note: random.chance(0.1) ? 'Please leave it with the neighbours' : null,
      ...customer(random),
      shippingTitle: random.chance(0.2) ? 'Express' : 'Standard',
      shippingPrice: '4.90',
      lines,
      ...fulfilment(goods, lines, `#${1001 + index}`, shipped, createdAt),
      mails: [],
      refunds: [],
    };
  });
}

function lineRow(random: Random, goods: OrderGoods, titles: ReadonlyMap<number, string>): LineRow {
  const variant = random.pick(goods.variants);
  const quantity = random.chance(0.7) ? 1 : random.int(2, 3);
  const text = variant.options.map((option) => option.value).join(' / ');
  return {
    id: goods.newId(),
    productId: variant.productId,
    variantId: variant.id,
    title: titles.get(variant.productId) ?? '',
    variantTitle: text === 'Default Title' ? null : text,
    sku: variant.sku,
    unitPrice: variant.price,
    quantity,
    currentQuantity: quantity,
    requiresShipping: true,
  };
}

function fulfilment(
  goods: OrderGoods,
  lines: readonly LineRow[],
  name: string,
  shipped: boolean,
  createdAt: number,
): Pick<OrderRow, 'parts' | 'parcels'> {
  const parts = [
    {
      id: goods.newId(),
      locationId: goods.locations[0]?.id ?? 0,
      status: shipped ? ('CLOSED' as const) : ('OPEN' as const),
      lines: lines.map((line) => ({
        id: goods.newId(),
        lineId: line.id,
        total: line.quantity,
        remaining: shipped ? 0 : line.quantity,
      })),
    },
  ];
  const parcel = {
    id: goods.newId(),
    name: `${name}-F1`,
    status: 'SUCCESS' as const,
    createdAt: createdAt + HOUR_MS,
    tracking: [{ company: 'DHL', number: `003404341610940${goods.newId() % 100_000}` }],
    lines: lines.map((line) => ({ id: goods.newId(), lineId: line.id, quantity: line.quantity })),
  };
  return { parts, parcels: shipped ? [parcel] : [] };
}

function customer(random: Random): { readonly address: AddressRow; readonly email: string } {
  const who = person(random);
  return {
    email: who.email,
    address: {
      name: `${who.first_name} ${who.last_name}`,
      company: who.company,
      address1: who.address_1,
      address2: who.address_2,
      city: who.city,
      zip: who.postcode,
      countryCode: who.country,
      phone: who.phone,
    },
  };
}
