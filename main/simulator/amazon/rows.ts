export type Entry = Readonly<Record<string, unknown>>;

/** The account's tables. Times in epoch ms; attributes as Amazon keeps them. */
export interface ListingRow {
  readonly sku: string;
  readonly asin: string;
  readonly productType: string;
  attributes: Readonly<Record<string, readonly Entry[]>>;
  /** Attributes that were accepted and are shown from this moment on. */
  readonly pending: { readonly showsAt: number; readonly attributes: ListingRow['attributes'] }[];
  readonly parentSku: string | null;
  readonly childSkus: readonly string[];
  readonly createdAt: number;
  updatedAt: number;
  /** How often requests wrote it. */
  writes: number;
}

export interface OrderItemRow {
  readonly id: string;
  readonly sku: string;
  readonly asin: string;
  readonly title: string;
  readonly quantity: number;
  /** Decimal text. */
  readonly unitPrice: string;
  shipped: number;
  readonly giftMessage: string | null;
}

export interface PackageRow {
  readonly reference: string;
  readonly createdAt: number;
  carrier: string;
  tracking: string;
  shipTime: string;
  items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

export interface AddressRow {
  readonly name: string;
  readonly company: string;
  readonly line1: string;
  readonly line2: string;
  readonly city: string;
  readonly postcode: string;
  readonly country: string;
  readonly phone: string;
}

export interface OrderRow {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  status: 'PENDING' | 'UNSHIPPED' | 'PARTIALLY_SHIPPED' | 'SHIPPED' | 'CANCELLED';
  readonly fulfilledBy: 'MERCHANT' | 'AMAZON';
  readonly serviceLevel: 'STANDARD' | 'EXPEDITED';
  readonly buyerEmail: string;
  readonly address: AddressRow;
  readonly items: OrderItemRow[];
  readonly packages: PackageRow[];
  /** Mails that went to the buyer about packages: the tracking numbers in them. */
  readonly mails: string[];
  /** Money that was paid back, minor units. */
  refunds?: { readonly itemId: string; readonly minor: number }[];
}
