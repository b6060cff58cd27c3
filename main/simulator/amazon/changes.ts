import type { FeedDocumentRow, FeedRow } from './feeds-api.ts';
import type { ReportRow } from './reports-api.ts';
import type { ListingRow, OrderRow } from './rows.ts';

/** Everything that an account keeps. */
export interface Tables {
  readonly listings: readonly ListingRow[];
  readonly orders: readonly OrderRow[];
  /** SKUs that are gone. */
  readonly removed: readonly string[];
  readonly documents: readonly FeedDocumentRow[];
  readonly feeds: readonly FeedRow[];
  readonly reports: readonly ReportRow[];
}

/** The rows that changed since they were last written down. */
export class Changes {
  private readonly listings = new Set<ListingRow>();
  private readonly orders = new Set<OrderRow>();
  private readonly removed = new Set<string>();
  private readonly documents = new Set<FeedDocumentRow>();
  private readonly feeds = new Set<FeedRow>();
  private readonly reports = new Set<ReportRow>();

  listing(row: ListingRow): void {
    this.listings.add(row);
    this.removed.delete(row.sku);
  }

  gone(row: ListingRow): void {
    this.listings.delete(row);
    this.removed.add(row.sku);
  }

  order(row: OrderRow): void {
    this.orders.add(row);
  }

  document(row: FeedDocumentRow): void {
    this.documents.add(row);
  }

  feed(row: FeedRow): void {
    this.feeds.add(row);
  }

  report(row: ReportRow): void {
    this.reports.add(row);
  }

  /** null when nothing changed. */
  take(): Tables | null {
    const tables: Tables = {
      listings: taken(this.listings),
      orders: taken(this.orders),
      removed: taken(this.removed),
      documents: taken(this.documents),
      feeds: taken(this.feeds),
      reports: taken(this.reports),
    };
    return Object.values(tables).some((rows: readonly unknown[]) => rows.length > 0) ? tables : null;
  }
}

function taken<T>(set: Set<T>): T[] {
  const rows = [...set];
  set.clear();
  return rows;
}
