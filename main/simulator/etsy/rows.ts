/** What the simulated shop stores. Times are epoch seconds, prices minor units. */

export type ListingState = 'active' | 'inactive' | 'draft' | 'expired' | 'sold_out';

export interface ChoiceRow {
  readonly propertyId: number;
  readonly name: string;
  readonly valueIds: readonly number[];
  readonly values: readonly string[];
  readonly scaleId: number | null;
}

export interface InventoryRow {
  /** Given anew with every write of the inventory. */
  readonly productId: number;
  readonly offeringId: number;
  sku: string;
  readonly choices: readonly ChoiceRow[];
  /** A text here is what no program can read. */
  price: number | string;
  quantity: number;
  enabled: boolean;
  readinessId: number;
  /** Requests that changed it. */
  writes: number;
}

export interface ImageRow {
  readonly id: number;
  readonly path: string;
  readonly alt: string;
}

export interface TranslationRow {
  readonly title: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
}

export interface ListingRow {
  readonly id: number;
  title: string;
  description: string;
  state: ListingState;
  readonly created: number;
  updated: number;
  stateAt: number;
  tags: readonly string[];
  materials: readonly string[];
  images: readonly ImageRow[];
  weight: number | null;
  weightUnit: string | null;
  products: readonly InventoryRow[];
  priceOn: readonly number[];
  quantityOn: readonly number[];
  skuOn: readonly number[];
  /** By language; absent until somebody translates. */
  translations?: Readonly<Record<string, TranslationRow>>;
  /** Content writes by requests. */
  writes: number;
  readonly favorers: number;
  readonly views: number;
}

export interface TransactionRow {
  readonly id: number;
  readonly listingId: number;
  readonly productId: number;
  readonly title: string;
  readonly sku: string;
  readonly choices: readonly ChoiceRow[];
  readonly price: number;
  readonly quantity: number;
  readonly digital: boolean;
}

export interface ParcelRow {
  readonly id: number;
  readonly at: number;
  readonly carrier: string;
  readonly code: string;
}

export type ReceiptStatus =
  | 'paid'
  | 'completed'
  | 'open'
  | 'payment processing'
  | 'canceled'
  | 'fully refunded'
  | 'partially refunded';

export interface ReceiptRow {
  readonly id: number;
  status: ReceiptStatus;
  paid: boolean;
  shipped: boolean;
  readonly created: number;
  updated: number;
  readonly name: string;
  readonly firstLine: string;
  readonly secondLine: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
  readonly email: string;
  readonly message: string | null;
  readonly shippingMethod: string;
  readonly shippingCost: number;
  readonly lines: readonly TransactionRow[];
  parcels: readonly ParcelRow[];
  /** One entry for every mail to the buyer: the number in it. */
  mails: string[];
}
