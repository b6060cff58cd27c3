import { Changes, type Tables } from './changes.ts';
import type { ListingRow, OrderRow } from './rows.ts';

export interface Settings {
  readonly sellerId: string;
  readonly marketplaceId: string;
  readonly marketplaceName: string;
  readonly domainName: string;
  readonly country: string;
  readonly currency: string;
  readonly language: string;
}

export interface StoreContent {
  readonly listings: readonly ListingRow[];
  readonly orders: readonly OrderRow[];
}

/** What Amazon has stored for one seller in one marketplace. */
export class Store {
  readonly settings: Settings;
  readonly listings = new Map<string, ListingRow>();
  readonly orders = new Map<string, OrderRow>();
  /** How long an accepted change stays unseen, ms. */
  settleMs: number;
  private readonly clock: () => number;
  private readonly unsettled = new Set<ListingRow>();

  constructor(settings: Settings, content: StoreContent, clock: () => number, settleMs: number) {
    this.settings = settings;
    this.clock = clock;
    this.settleMs = settleMs;
    for (const row of content.listings) this.listings.set(row.sku, row);
    for (const row of content.orders) this.orders.set(row.id, row);
  }

  /** Words that are found only after a change was taken; lower case. */
  readonly bannedWords = new Set<string>();
  /** Longest title that is taken. */
  titleLimit = 200;
  readonly changes = new Changes();

  now(): number {
    return this.clock();
  }

  /** Puts rows of an earlier run over the seeded ones. */
  restore({ listings, orders, removed }: Tables): void {
    for (const sku of removed) this.listings.delete(sku);
    for (const row of orders) this.orders.set(row.id, row);
    for (const row of listings) {
      this.listings.set(row.sku, row);
      if (row.pending.length > 0) this.unsettled.add(row);
    }
  }

  /** Sellable listings: all but parents. */
  sellable(): ListingRow[] {
    return [...this.listings.values()].filter((row) => row.childSkus.length === 0);
  }

  /** Accepts a request's new attributes; they show at once or later. */
  accept(row: ListingRow, attributes: ListingRow['attributes']): void {
    row.writes += 1;
    this.changes.listing(row);
    if (this.settleMs <= 0) {
      this.touch(row, attributes);
      return;
    }
    row.pending.push({ showsAt: this.now() + this.settleMs, attributes });
    this.unsettled.add(row);
  }

  /** What the next change builds on: the newest accepted attributes. */
  newest(row: ListingRow): ListingRow['attributes'] {
    return row.pending.at(-1)?.attributes ?? row.attributes;
  }

  /** Shows what was accepted long enough ago. */
  settle(): void {
    const now = this.now();
    for (const row of this.unsettled) {
      while (row.pending[0] && row.pending[0].showsAt <= now) {
        const [next] = row.pending.splice(0, 1);
        if (next) {
          row.attributes = next.attributes;
          this.changes.listing(row);
          row.updatedAt = Math.max(next.showsAt, row.updatedAt);
        }
      }
      if (row.pending.length === 0) this.unsettled.delete(row);
    }
  }

  /** Somebody in Seller Central changes attributes. */
  touch(row: ListingRow, attributes: ListingRow['attributes']): void {
    row.attributes = attributes;
    row.pending.length = 0;
    this.changes.listing(row);
    row.updatedAt = Math.max(this.now(), row.updatedAt + 1);
  }

  remove(row: ListingRow): void {
    this.listings.delete(row.sku);
    this.changes.gone(row);
    this.unsettled.delete(row);
  }

  touchOrder(row: OrderRow, change: Partial<Pick<OrderRow, 'status'>>): void {
    this.changes.order(row);
    Object.assign(row, change, { updatedAt: Math.max(this.now(), row.updatedAt + 1) });
  }
}
