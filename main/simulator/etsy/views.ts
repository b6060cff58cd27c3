import type { ChoiceRow, InventoryRow, ListingRow, ReceiptRow, TransactionRow } from './rows.ts';
import type { Store } from './store.ts';

type View = Readonly<Record<string, unknown>>;

export interface ViewOptions {
  /** Where pictures are. */
  readonly url: string;
  readonly includes: ReadonlySet<string>;
}

export function money(amount: number | string, currency: string): View {
  return { amount, divisor: 100, currency_code: currency };
}

/** A listing as lists and look-ups show it: with its statistics and what was asked to be included. */
export function listingView(store: Store, row: ListingRow, options: ViewOptions): View {
  const { url, includes } = options;
  return {
    ...bareListingView(store, row),
    ...(includes.has('Images')
      ? { images: row.images.map((image, rank) => imageView(row, image, rank, url)) }
      : {}),
    ...(includes.has('Inventory') ? { inventory: inventoryView(store, row) } : {}),
    skus: row.products.map((product) => product.sku),
    views: row.views,
  };
}

/** A listing as a write answers. */
export function bareListingView(store: Store, row: ListingRow): View {
  const { currency, shopId, userId } = store.settings;
  const prices = row.products.map((product) => Number(product.price)).filter(Number.isFinite);
  const slug = row.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return {
    listing_id: row.id,
    user_id: userId,
    shop_id: shopId,
    title: row.title,
    description: row.description,
    state: row.state,
    creation_timestamp: row.created,
    created_timestamp: row.created,
    ending_timestamp: row.created + 120 * 86_400,
    original_creation_timestamp: row.created,
    last_modified_timestamp: row.updated,
    updated_timestamp: row.updated,
    state_timestamp: row.stateAt,
    quantity: row.products.reduce((sum, product) => sum + product.quantity, 0),
    shop_section_id: null,
    featured_rank: -1,
    url: `https://www.etsy.com/listing/${row.id}/${slug}`,
    num_favorers: row.favorers,
    non_taxable: false,
    is_taxable: true,
    is_customizable: false,
    is_personalizable: false,
    personalization_is_required: false,
    personalization_char_count_max: null,
    personalization_instructions: null,
    listing_type: 'physical',
    tags: row.tags,
    materials: row.materials,
    shipping_profile_id: 1_204_001,
    return_policy_id: null,
    processing_min: 1,
    processing_max: 3,
    who_made: 'i_did',
    when_made: 'made_to_order',
    is_supply: false,
    item_weight: row.weight,
    item_weight_unit: row.weight === null ? null : row.weightUnit,
    item_length: null,
    item_width: null,
    item_height: null,
    item_dimensions_unit: null,
    is_private: false,
    style: [],
    file_data: '',
    has_variations: row.products.some((product) => product.choices.length > 0),
    should_auto_renew: true,
    language: 'en',
    price: money(Math.min(...prices, Number.MAX_SAFE_INTEGER), currency),
    taxonomy_id: 1_633,
    readiness_state_id: 1_404_001,
    suggested_title: null,
  };
}

export function imagesView(row: ListingRow, url: string): { count: number; results: View[] } {
  const results = row.images.map((image, rank) => imageView(row, image, rank, url));
  return { count: results.length, results };
}

function imageView(row: ListingRow, image: ListingRow['images'][number], rank: number, url: string): View {
  const src = `${url}${image.path}`;
  return {
    listing_id: row.id,
    listing_image_id: image.id,
    hex_code: null,
    red: null,
    green: null,
    blue: null,
    hue: null,
    saturation: null,
    brightness: null,
    is_black_and_white: null,
    creation_tsz: row.created,
    created_timestamp: row.created,
    rank: rank + 1,
    url_75x75: src,
    url_170x135: src,
    url_570xN: src,
    url_fullxfull: src,
    full_height: 96,
    full_width: 96,
    alt_text: image.alt === '' ? null : image.alt,
  };
}

export function inventoryView(store: Store, row: ListingRow): View {
  return {
    products: row.products.map((product) => productView(store, product)),
    price_on_property: row.priceOn,
    quantity_on_property: row.quantityOn,
    sku_on_property: row.skuOn,
    readiness_state_on_property: [],
  };
}

function productView(store: Store, product: InventoryRow): View {
  return {
    product_id: product.productId,
    sku: product.sku,
    is_deleted: false,
    offerings: [
      {
        offering_id: product.offeringId,
        quantity: product.quantity,
        is_enabled: product.enabled,
        is_deleted: false,
        price: money(product.price, store.settings.currency),
        readiness_state_id: product.readinessId,
      },
    ],
    property_values: product.choices.map(choiceView),
  };
}

function choiceView(choice: ChoiceRow): View {
  return {
    property_id: choice.propertyId,
    property_name: choice.name,
    scale_id: choice.scaleId,
    scale_name: null,
    value_ids: choice.valueIds,
    values: choice.values,
  };
}

export function receiptView(store: Store, row: ReceiptRow): View {
  const { currency, userId } = store.settings;
  const goods = row.lines.reduce((sum, line) => sum + line.price * line.quantity, 0);
  const amount = (minor: number): View => money(minor, currency);
  return {
    receipt_id: row.id,
    receipt_type: 0,
    seller_user_id: userId,
    seller_email: 'shop@harbour.example',
    buyer_user_id: userId + row.id,
    buyer_email: row.email,
    name: row.name,
    first_line: row.firstLine,
    second_line: row.secondLine === '' ? null : row.secondLine,
    city: row.city,
    state: null,
    zip: row.zip,
    status: row.status,
    formatted_address: [row.name, row.firstLine, `${row.zip} ${row.city}`, row.country].join('\n'),
    country_iso: row.country,
    payment_method: 'cc',
    payment_email: null,
    message_from_seller: null,
    message_from_buyer: row.message,
    message_from_payment: null,
    is_paid: row.paid,
    is_shipped: row.shipped,
    create_timestamp: row.created,
    created_timestamp: row.created,
    update_timestamp: row.updated,
    updated_timestamp: row.updated,
    is_gift: false,
    gift_message: '',
    gift_sender: '',
    grandtotal: amount(goods + row.shippingCost),
    subtotal: amount(goods),
    total_price: amount(goods),
    total_shipping_cost: amount(row.shippingCost),
    total_tax_cost: amount(0),
    total_vat_cost: amount(0),
    discount_amt: amount(0),
    gift_wrap_price: amount(0),
    shipments: row.parcels.map((parcel) => ({
      receipt_shipping_id: parcel.id,
      shipment_notification_timestamp: parcel.at,
      carrier_name: parcel.carrier,
      tracking_code: parcel.code,
    })),
    transactions: row.lines.map((line) => transactionView(store, row, line)),
    refunds: [],
  };
}

function transactionView(store: Store, row: ReceiptRow, line: TransactionRow): View {
  const { currency, userId } = store.settings;
  return {
    transaction_id: line.id,
    title: line.title,
    description: null,
    seller_user_id: userId,
    buyer_user_id: userId + row.id,
    create_timestamp: row.created,
    created_timestamp: row.created,
    paid_timestamp: row.paid ? row.created : null,
    shipped_timestamp: row.shipped ? row.updated : null,
    quantity: line.quantity,
    listing_image_id: null,
    receipt_id: row.id,
    is_digital: line.digital,
    file_data: '',
    listing_id: line.listingId,
    transaction_type: 'listing',
    product_id: line.productId,
    sku: line.sku,
    price: money(line.price, currency),
    shipping_cost: money(0, currency),
    variations: line.choices.map((choice) => ({
      property_id: choice.propertyId,
      value_id: choice.valueIds[0] ?? null,
      formatted_name: choice.name,
      formatted_value: choice.values.join(', '),
    })),
    product_data: line.choices.map(choiceView),
    shipping_profile_id: null,
    min_processing_days: 1,
    max_processing_days: 3,
    shipping_method: row.shippingMethod,
    shipping_upgrade: null,
    expected_ship_date: row.created + 3 * 86_400,
    buyer_coupon: 0,
    shop_coupon: 0,
  };
}

export function shopView(store: Store): View {
  const { shopId, userId, name, currency } = store.settings;
  const created = 1_577_836_800;
  const active = [...store.listings.values()].filter((row) => row.state === 'active').length;
  return {
    shop_id: shopId,
    user_id: userId,
    shop_name: name,
    create_date: created,
    created_timestamp: created,
    title: null,
    announcement: null,
    currency_code: currency,
    is_vacation: false,
    vacation_message: null,
    sale_message: null,
    digital_sale_message: null,
    update_date: created,
    updated_timestamp: created,
    listing_active_count: active,
    digital_listing_count: 0,
    login_name: name.toLowerCase(),
    accepts_custom_requests: false,
    url: `https://www.etsy.com/shop/${name}`,
    num_favorers: 120,
    languages: ['en'],
    transaction_sold_count: store.receipts.size,
    review_count: 0,
    review_average: null,
  };
}
