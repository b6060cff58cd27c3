import { gzipSync } from 'node:zlib';
import { invalidInput, listOf, notFound, readToken, timeOf, writeToken } from './api-error.ts';
import type { Tables } from './changes.ts';
import { listingsFeedReport } from './listings-feed.ts';
import type { ListingsApi } from './listings-api.ts';
import { orderFeedReport, ORDER_FEEDS } from './order-feeds.ts';
import type { Store } from './store.ts';

export interface FeedDocumentRow {
  readonly id: string;
  readonly contentType: string;
  /** null until it was handed over. */
  text: string | null;
}

export interface FeedRow {
  readonly id: string;
  readonly type: string;
  readonly documentId: string;
  readonly createdAt: number;
  readonly doneAt: number;
  status: 'IN_QUEUE' | 'DONE' | 'FATAL' | 'CANCELLED';
  /** What Amazon has to say about it; null while it is worked on. */
  report: string | null;
}

export const LISTINGS_FEED = 'JSON_LISTINGS_FEED';
const MOST_OF_LISTINGS = 25_000;

/** Documents that are worked off in the background, like Amazon's feeds. */
export class FeedsApi {
  /** How long a feed takes, ms. */
  feedMs: number;
  /** The next feeds end before they began. */
  failing = 0;
  readonly documents = new Map<string, FeedDocumentRow>();
  readonly feeds = new Map<string, FeedRow>();
  private readonly store: Store;
  private readonly listings: ListingsApi;
  private readonly url: () => string;
  private readonly open = new Set<FeedRow>();

  constructor(store: Store, listings: ListingsApi, url: () => string, feedMs: number) {
    this.store = store;
    this.listings = listings;
    this.url = url;
    this.feedMs = feedMs;
  }

  /** Puts back what a state file kept. */
  restore({ documents, feeds }: Tables): void {
    for (const row of documents) this.documents.set(row.id, row);
    for (const row of feeds) {
      this.feeds.set(row.id, row);
      if (row.status === 'IN_QUEUE') this.open.add(row);
    }
  }

  createDocument(text: string): unknown {
    const { contentType } = JSON.parse(text) as { contentType?: string };
    if (!contentType) throw invalidInput('contentType');
    const id = `amzn1.tortuga.4.eu.${100_000 + this.documents.size}`;
    const row = { id, contentType, text: null };
    this.documents.set(id, row);
    this.store.changes.document(row);
    return { feedDocumentId: id, url: `${this.url()}/feed-documents/${encodeURIComponent(id)}` };
  }

  upload(id: string, contentType: string, text: string): void {
    const row = this.documents.get(id);
    if (!row) throw notFound(`Document ${id}`);
    // The address is signed for one content type.
    if (row.contentType !== contentType) throw invalidInput('The content type is another one');
    row.text = text;
    this.store.changes.document(row);
  }

  create(text: string): unknown {
    const body = JSON.parse(text) as {
      feedType?: string;
      marketplaceIds?: string[];
      inputFeedDocumentId?: string;
    };
    const type = body.feedType ?? '';
    if (type !== LISTINGS_FEED && !ORDER_FEEDS.includes(type)) throw invalidInput('feedType');
    if (!body.marketplaceIds?.includes(this.store.settings.marketplaceId))
      throw invalidInput('marketplaceIds');
    const document = this.documents.get(body.inputFeedDocumentId ?? '');
    if (document?.text === undefined || document.text === null) throw invalidInput('inputFeedDocumentId');
    const now = this.store.now();
    const failed = this.failing > 0;
    if (failed) this.failing -= 1;
    const row: FeedRow = {
      id: String(70_000 + this.feeds.size),
      type,
      documentId: document.id,
      createdAt: now,
      doneAt: now + this.feedMs,
      status: failed ? 'FATAL' : 'IN_QUEUE',
      report: null,
    };
    this.feeds.set(row.id, row);
    if (!failed) this.open.add(row);
    this.store.changes.feed(row);
    return { feedId: row.id };
  }

  get(id: string): unknown {
    return this.view(this.feed(id));
  }

  list(query: URLSearchParams): unknown {
    const token = query.get('nextToken');
    const place = readToken(token);
    const types = place === null ? listOf(query, 'feedTypes') : place[1].split(',');
    const size = place === null ? Number(query.get('pageSize') ?? 10) : place[2];
    if (token === null && types.length === 0) throw invalidInput('feedTypes');
    if (!Number.isInteger(size) || size < 1 || size > 100) throw invalidInput('pageSize');
    const since = timeOf(query, 'createdSince') ?? Number.NEGATIVE_INFINITY;
    const until =
      place === null ? (timeOf(query, 'createdUntil') ?? Number.POSITIVE_INFINITY) : Number(place[0]);
    const rows = [...this.feeds.values()]
      .filter((row) => types.includes(row.type) && row.createdAt >= since && row.createdAt <= until)
      .toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
    const page = rows.slice(0, size);
    const next = rows[size];
    return {
      feeds: page.map((row) => this.view(row)),
      ...(next ? { nextToken: writeToken([next.createdAt, types.join(','), size]) } : {}),
    };
  }

  cancel(id: string): void {
    const row = this.feed(id);
    if (row.status !== 'IN_QUEUE') throw invalidInput('The feed is not in the queue');
    row.status = 'CANCELLED';
    this.open.delete(row);
    this.store.changes.feed(row);
  }

  document(id: string): unknown {
    const row = this.feed(id.replace('amzn1.result.', ''));
    if (row.report === null) throw notFound(`Document ${id}`);
    return {
      feedDocumentId: id,
      url: `${this.url()}/feed-results/${row.id}`,
      compressionAlgorithm: 'GZIP',
    };
  }

  result(id: string): Buffer {
    return gzipSync(this.feed(id).report ?? '');
  }

  /** Works off what had its time. */
  work(): void {
    const now = this.store.now();
    for (const row of this.open) {
      if (now < row.doneAt) continue;
      this.open.delete(row);
      const text = this.documents.get(row.documentId)?.text ?? '';
      row.report =
        row.type === LISTINGS_FEED
          ? listingsFeedReport(row.id, text, this.store, this.listings, MOST_OF_LISTINGS)
          : orderFeedReport(row.type, text, this.store);
      row.status = 'DONE';
      this.store.changes.feed(row);
    }
  }

  private view(row: FeedRow): unknown {
    const begun = row.status === 'IN_QUEUE' && this.store.now() * 2 >= row.createdAt + row.doneAt;
    return {
      feedId: row.id,
      feedType: row.type,
      marketplaceIds: [this.store.settings.marketplaceId],
      createdTime: new Date(row.createdAt).toISOString(),
      processingStatus: begun ? 'IN_PROGRESS' : row.status,
      ...(row.report === null ? {} : { resultFeedDocumentId: `amzn1.result.${row.id}` }),
    };
  }

  private feed(id: string): FeedRow {
    const row = this.feeds.get(id);
    if (!row) throw notFound(`Feed ${id}`);
    return row;
  }
}
