/** What the simulated shop stores. Times are epoch seconds in GMT, as coarse as in a real shop. */

export interface MetaRow {
  readonly id: number;
  readonly key: string;
  readonly value: unknown;
}

export interface TermRow {
  readonly id: number;
  readonly name: string;
  readonly slug: string;
}

export interface ImageRow {
  readonly id: number;
  /** Path on this shop; the address follows from where it runs. */
  readonly path: string;
  readonly name: string;
  readonly alt: string;
}

export type StockStatus = 'instock' | 'outofstock' | 'onbackorder';
export type Backorders = 'no' | 'notify' | 'yes';

/** What products and variations share. Prices are the texts that were stored. */
export interface Sellable {
  id: number;
  sku: string;
  gtin: string;
  description: string;
  regularPrice: string;
  salePrice: string;
  saleFrom: number | null;
  saleTo: number | null;
  manageStock: boolean;
  stock: number | null;
  stockStatus: StockStatus;
  backorders: Backorders;
  lowStock: number | null;
  weight: string;
  status: string;
  virtual: boolean;
  taxStatus: string;
  menuOrder: number;
  meta: readonly MetaRow[];
  created: number;
  modified: number;
}

export interface ProductRow extends Sellable {
  readonly kind: 'product';
  type: 'simple' | 'variable' | 'grouped' | 'external';
  name: string;
  slug: string;
  shortDescription: string;
  featured: boolean;
  visibility: string;
  categories: readonly number[];
  tags: readonly number[];
  images: readonly ImageRow[];
  attributes: readonly AttributeRow[];
  variations: readonly number[];
  totalSales: number;
  /** Set while it is in the trash: the status it had. */
  trashedFrom: string | null;
}

export interface AttributeRow {
  readonly name: string;
  readonly options: readonly string[];
}

export interface VariationRow extends Sellable {
  readonly kind: 'variation';
  readonly parent: number;
  options: readonly { readonly name: string; readonly option: string }[];
  image: ImageRow | null;
}

export interface AddressRow {
  readonly first_name: string;
  readonly last_name: string;
  readonly company: string;
  readonly address_1: string;
  readonly address_2: string;
  readonly city: string;
  readonly state: string;
  readonly postcode: string;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
}

export interface OrderLineRow {
  readonly id: number;
  readonly name: string;
  readonly parentName: string | null;
  readonly product: number;
  readonly variation: number;
  readonly quantity: number;
  /** Price of one, two decimals. */
  readonly price: string;
  readonly sku: string;
  readonly options: readonly { readonly name: string; readonly option: string }[];
  readonly image: ImageRow | null;
  /** Pieces that refunds have put back on the shelf. */
  restocked: number;
}

export interface NoteRow {
  readonly id: number;
  readonly note: string;
  readonly customerNote: boolean;
  readonly author: string;
  readonly created: number;
}

export interface RefundRow {
  readonly id: number;
  readonly amount: string;
  readonly reason: string;
  readonly created: number;
  readonly lines: readonly { readonly line: number; readonly quantity: number; readonly total: string }[];
  /** Absent in shops that were stored before refunds carried any. */
  readonly meta?: readonly MetaRow[];
}

export interface OrderRow {
  readonly kind: 'order';
  id: number;
  status: string;
  currency: string;
  created: number;
  modified: number;
  paid: number | null;
  completed: number | null;
  customerNote: string;
  billing: AddressRow;
  shipping: AddressRow;
  paymentMethod: string;
  paymentTitle: string;
  transactionId: string;
  createdVia: string;
  shippingTitle: string;
  shippingTotal: string;
  lines: readonly OrderLineRow[];
  meta: readonly MetaRow[];
  notes: readonly NoteRow[];
  refunds: readonly RefundRow[];
  key: string;
  /** Whether its pieces have been taken from stock. */
  stockReduced: boolean;
  trashedFrom: string | null;
}

export type AnyRow = ProductRow | VariationRow | OrderRow;
