import type { InventoryRow, ListingRow, ReceiptRow } from './rows.ts';
import type { StoreContent } from './seed.ts';

export interface ShopSettings {
  readonly shopId: number;
  readonly userId: number;
  readonly name: string;
  readonly currency: string;
}

/** Everything that the shop has, and what somebody in the shop can do to it. */
export class Store {
  readonly settings: ShopSettings;
  readonly listings: Map<number, ListingRow>;
  readonly receipts: Map<number, ReceiptRow>;
  private readonly clock: () => number;
  private lastId: number;
  private readonly changed = new Set<ListingRow | ReceiptRow>();
  private readonly gone: number[] = [];

  constructor(settings: ShopSettings, content: StoreContent, clock: () => number) {
    this.settings = settings;
    this.listings = new Map(content.listings.map((row) => [row.id, row]));
    this.receipts = new Map(content.receipts.map((row) => [row.id, row]));
    this.lastId = content.nextId;
    this.clock = clock;
  }

  /** Epoch seconds. */
  now(): number {
    return Math.floor(this.clock() / 1_000);
  }

  newId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  get nextId(): number {
    return this.lastId;
  }

  /** What was changed and removed since the last call. */
  takeChanges(): { listings: ListingRow[]; receipts: ReceiptRow[]; removed: number[] } {
    const rows = [...this.changed];
    this.changed.clear();
    return {
      listings: rows.flatMap((row) => ('products' in row && this.listings.has(row.id) ? [row] : [])),
      receipts: rows.flatMap((row) => ('parcels' in row ? [row] : [])),
      removed: this.gone.splice(0),
    };
  }

  /** Puts rows of an earlier run over the seeded ones. */
  restore(state: {
    readonly listings: readonly ListingRow[];
    readonly receipts: readonly ReceiptRow[];
    readonly removed: readonly number[];
    readonly nextId: number;
  }): void {
    for (const id of state.removed) this.listings.delete(id);
    for (const row of state.listings) this.listings.set(row.id, row);
    for (const row of state.receipts) this.receipts.set(row.id, row);
    this.lastId = Math.max(this.lastId, state.nextId);
  }

  touch(listing: ListingRow, changes: Partial<ListingRow> = {}): void {
    this.changed.add(listing);
    Object.assign(listing, changes, { updated: this.now() });
    if (changes.state !== undefined) listing.stateAt = this.now();
  }

  touchProduct(listing: ListingRow, product: InventoryRow, changes: Partial<InventoryRow>): void {
    Object.assign(product, changes);
    this.touch(listing);
  }

  remove(listing: ListingRow): void {
    this.listings.delete(listing.id);
    this.gone.push(listing.id);
  }

  /** Replaces an inventory as Etsy does: every product and offering gets a new number. */
  replaceInventory(
    listing: ListingRow,
    products: readonly Omit<InventoryRow, 'productId' | 'offeringId' | 'writes'>[],
    on: Pick<ListingRow, 'priceOn' | 'quantityOn' | 'skuOn'>,
  ): void {
    const before = new Map(listing.products.map((product) => [choicesKey(product), product]));
    const rows = products.map((product): InventoryRow => {
      const old = before.get(choicesKey(product));
      const same =
        old?.sku === product.sku && old.price === product.price && old.quantity === product.quantity;
      const writes = (old?.writes ?? 0) + (same ? 0 : 1);
      return { ...product, productId: this.newId(), offeringId: this.newId(), writes };
    });
    this.touch(listing, { products: rows, ...on });
  }

  touchReceipt(receipt: ReceiptRow, changes: Partial<ReceiptRow> = {}): void {
    this.changed.add(receipt);
    Object.assign(receipt, changes, { updated: this.now() });
  }
}

export function choicesKey(product: Pick<InventoryRow, 'choices'>): string {
  return product.choices.map((choice) => `${choice.propertyId}=${choice.values.join(',')}`).join('&');
}
