import { gzipSync } from 'node:zlib';
import { invalidInput, notFound } from './api-error.ts';
import { entriesAt, offerAt, textOf } from './attribute-values.ts';
import type { Tables } from './changes.ts';
import { statusOf } from './item-view.ts';
import { salesAndTraffic } from './sales-report.ts';
import type { Store } from './store.ts';

export interface ReportRow {
  readonly id: string;
  readonly type: string;
  readonly createdAt: number;
  readonly doneAt: number;
  /** Packed, base64. */
  readonly document: string;
}

/** Reports of all listings, made in the background like Amazon's. */
export class ReportsApi {
  /** How long a report takes, ms. */
  reportMs: number;
  /** The next reports end without a document. */
  failing = 0;
  private readonly store: Store;
  private readonly url: () => string;
  private readonly reports = new Map<string, ReportRow>();

  constructor(store: Store, url: () => string, reportMs: number) {
    this.store = store;
    this.url = url;
    this.reportMs = reportMs;
  }

  /** Puts back what a state file kept. */
  restore({ reports }: Tables): void {
    for (const row of reports) this.reports.set(row.id, row);
  }

  create(text: string): unknown {
    const body = JSON.parse(text) as ReportBody;
    const { reportType = '' } = body;
    const content = CONTENT[reportType];
    if (!content) throw invalidInput('reportType');
    if (!body.marketplaceIds?.includes(this.store.settings.marketplaceId))
      throw invalidInput('marketplaceIds');
    const now = this.store.now();
    const id = String(50_000 + this.reports.size);
    const document = gzipSync(content(this.store, body)).toString('base64');
    const row = { id, type: reportType, createdAt: now, doneAt: now + this.reportMs, document };
    this.reports.set(id, row);
    this.store.changes.report(row);
    return { reportId: id };
  }

  get(id: string): unknown {
    const report = this.report(id);
    const failed = this.failing > 0;
    if (failed) this.failing -= 1;
    const done = this.store.now() >= report.doneAt;
    const processingStatus = failed ? 'FATAL' : done ? 'DONE' : 'IN_PROGRESS';
    return {
      reportId: id,
      reportType: report.type,
      createdTime: new Date(report.createdAt).toISOString(),
      marketplaceIds: [this.store.settings.marketplaceId],
      processingStatus,
      ...(processingStatus === 'DONE' ? { reportDocumentId: `amzn1.spdoc.${id}` } : {}),
    };
  }

  document(documentId: string): unknown {
    const report = this.report(documentId.replace('amzn1.spdoc.', ''));
    return {
      reportDocumentId: documentId,
      url: `${this.url()}/documents/${report.id}`,
      compressionAlgorithm: 'GZIP',
    };
  }

  download(id: string): Buffer {
    return Buffer.from(this.report(id).document, 'base64');
  }

  private report(id: string): ReportRow {
    const report = this.reports.get(id);
    if (!report) throw notFound(`Report ${id}`);
    return report;
  }
}

interface ReportBody {
  readonly reportType?: string;
  readonly marketplaceIds?: string[];
  readonly dataStartTime?: string;
  readonly dataEndTime?: string;
}

const CONTENT: Readonly<Record<string, (store: Store, body: ReportBody) => string>> = {
  GET_MERCHANT_LISTINGS_ALL_DATA: listing,
  GET_SALES_AND_TRAFFIC_REPORT: salesAndTraffic,
};

function listing(store: Store): string {
  const lines = store.sellable().map((row) => {
    const title = textOf(entriesAt(row, 'item_name')[0]?.['value']).replace(/\s/g, ' ');
    const price = textOf(offerAt(row, 'our_price')?.['value_with_tax']);
    const quantity = textOf(entriesAt(row, 'fulfillment_availability')[0]?.['quantity']);
    const status = statusOf(row).includes('BUYABLE') ? 'Active' : 'Inactive';
    return [title, '', row.sku, price, quantity, row.asin, status].join('\t');
  });
  const head = ['item-name', 'item-description', 'seller-sku', 'price', 'quantity', 'asin1', 'status'];
  return [head.join('\t'), ...lines, ''].join('\r\n');
}
