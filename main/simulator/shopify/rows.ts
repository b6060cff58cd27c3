/** The shop's tables. Times in whole seconds of epoch ms; amounts as decimal texts, as Shopify keeps them. */
export interface ProductRow {
  readonly kind: 'product';
  readonly id: number;
  title: string;
  handle: string;
  descriptionHtml: string;
  vendor: string;
  productType: string;
  tags: string[];
  status: 'ACTIVE' | 'ARCHIVED' | 'DRAFT' | 'UNLISTED';
  category: string | null;
  images: readonly { readonly id: number; readonly path: string; readonly alt: string }[];
  onlyDefault: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

export interface VariantRow {
  readonly kind: 'variant';
  readonly id: number;
  readonly productId: number;
  readonly itemId: number;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly position: number;
  sku: string;
  barcode: string;
  price: string;
  compareAtPrice: string | null;
  policy: 'CONTINUE' | 'DENY';
  tracked: boolean;
  weight: { readonly unit: string; readonly value: number };
  /** Units available by location; an item is not stocked where it has no entry. */
  readonly levels: Map<number, number>;
  readonly createdAt: number;
  updatedAt: number;
  /** How often requests wrote it. */
  writes: number;
}

export interface AddressRow {
  readonly name: string;
  readonly company: string;
  readonly address1: string;
  readonly address2: string;
  readonly city: string;
  readonly zip: string;
  readonly countryCode: string;
  readonly phone: string;
}

export interface LineRow {
  readonly id: number;
  readonly productId: number;
  readonly variantId: number;
  readonly title: string;
  readonly variantTitle: string | null;
  readonly sku: string;
  readonly unitPrice: string;
  readonly quantity: number;
  currentQuantity: number;
  readonly requiresShipping: boolean;
}

export interface PartRow {
  readonly id: number;
  readonly locationId: number;
  status: 'OPEN' | 'IN_PROGRESS' | 'CLOSED' | 'ON_HOLD' | 'CANCELLED';
  readonly lines: {
    readonly id: number;
    readonly lineId: number;
    readonly total: number;
    remaining: number;
  }[];
}

export interface ParcelRow {
  readonly id: number;
  readonly name: string;
  status: 'SUCCESS' | 'CANCELLED';
  readonly createdAt: number;
  tracking: { company: string | null; number: string | null }[];
  readonly lines: readonly { readonly id: number; readonly lineId: number; readonly quantity: number }[];
}

export interface OrderRow {
  readonly kind: 'order';
  readonly id: number;
  readonly name: string;
  readonly createdAt: number;
  updatedAt: number;
  cancelledAt: number | null;
  financial: 'AUTHORIZED' | 'PAID' | 'PENDING' | 'PARTIALLY_REFUNDED' | 'REFUNDED' | 'VOIDED';
  note: string | null;
  readonly email: string;
  readonly shippingTitle: string;
  readonly shippingPrice: string;
  readonly address: AddressRow;
  readonly lines: readonly LineRow[];
  readonly parts: readonly PartRow[];
  readonly parcels: ParcelRow[];
  /** Mails that went to the customer about parcels: the tracking numbers in them. */
  readonly mails: string[];
  readonly refunds: RefundRow[];
}

export interface RefundRow {
  readonly id: number;
  readonly note: string;
  /** Cents that went back to the customer. */
  readonly cents: number;
}

export interface EventRow {
  readonly id: number;
  readonly action: 'destroy' | 'create';
  readonly subject: 'PRODUCT' | 'PRODUCT_VARIANT';
  readonly subjectId: number;
  readonly createdAt: number;
}

export interface LocationRow {
  readonly id: number;
  readonly name: string;
  active: boolean;
}
