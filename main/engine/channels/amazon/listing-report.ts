import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { callFailed } from '../kit/failures.ts';
import { download } from '../kit/download.ts';
import type { AmazonClient } from './client.ts';
import { remember, type ListedReport } from './memory.ts';
import { reportDocumentSchema, reportSchema } from './records.ts';

const REPORT_TYPE = 'GET_MERCHANT_LISTINGS_ALL_DATA';
const SKU_COLUMN = 'seller-sku';
const POLL_MS = 15_000;
/** Looks at a report in one step; it may take minutes to hours. */
const POLLS_A_STEP = 20;
const MOST_BYTES = 512 * 1024 * 1024;
const TIMEOUT_MS = 300_000;

/** Asks for the list of all SKUs and returns the report's id. */
export async function createReport(client: AmazonClient): Promise<string> {
  const { reportId } = await client.read(
    {
      operation: 'createReport',
      method: 'POST',
      path: 'reports/2021-06-30/reports',
      body: { reportType: REPORT_TYPE, marketplaceIds: [client.seller.marketplaceId] },
      readOnly: true,
    },
    z.object({ reportId: z.string().min(1) }),
  );
  return reportId;
}

export type ReportState =
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly documentId: string }
  | { readonly state: 'failed'; readonly status: string };

/** Looks at the report until it is made, for some minutes at most. */
export async function awaitReport(client: AmazonClient, reportId: string): Promise<ReportState> {
  for (let poll = 0; poll < POLLS_A_STEP; poll += 1) {
    if (poll > 0) await client.context.clock.sleep(POLL_MS, client.context.signal);
    const report = await client.read(
      {
        operation: 'getReport',
        method: 'GET',
        path: `reports/2021-06-30/reports/${encodeURIComponent(reportId)}`,
      },
      reportSchema,
    );
    const { processingStatus: status, reportDocumentId: documentId } = report;
    if (status === 'DONE' && documentId !== undefined) return { state: 'done', documentId };
    if (status !== 'IN_QUEUE' && status !== 'IN_PROGRESS') return { state: 'failed', status };
  }
  return { state: 'waiting' };
}

/** SKUs of the report, each once, in its order; read once while the program runs. */
export async function reportedSkus(
  client: AmazonClient,
  report: { readonly id: string; readonly createdAtMs: number; readonly documentId: string },
): Promise<readonly string[]> {
  const kept = client.memory.reports.get(client.context.accountId);
  if (kept?.reportId === report.id) return kept.skus;
  const document = await client.read(
    {
      operation: 'getReportDocument',
      method: 'GET',
      path: `reports/2021-06-30/documents/${encodeURIComponent(report.documentId)}`,
    },
    reportDocumentSchema,
  );
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES };
  const { bytes, contentType } = await download(client.context, new URL(document.url), limits);
  const plain = document.compressionAlgorithm === 'GZIP' ? unpacked(bytes) : bytes;
  const skus = skusOf(new TextDecoder(charsetOf(contentType)).decode(plain));
  const listed: ListedReport = { reportId: report.id, createdAtMs: report.createdAtMs, skus };
  remember(client.memory.reports, client.context.accountId, listed);
  return skus;
}

function unpacked(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const details = { method: 'GET', path: 'getReportDocument', reason: 'truncated' } as const;
    throw callFailed('CHANNEL_TRANSIENT', 'Amazon’s list of all listings came broken', details, error);
  }
}

/** The SKU column of a tab-separated report. Throws CHANNEL_UNKNOWN when there is none. */
export function skusOf(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const column = (lines[0] ?? '').split('\t').indexOf(SKU_COLUMN);
  if (column < 0) {
    throw callFailed('CHANNEL_UNKNOWN', `Amazon's list of all listings has no column "${SKU_COLUMN}"`, {
      method: 'GET',
      path: REPORT_TYPE,
    });
  }
  const skus = lines.slice(1).flatMap((line) => line.split('\t')[column] || []);
  return [...new Set(skus)];
}

function charsetOf(contentType: string): string {
  const charset = /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  return /^(utf-?8|iso-8859-\d+|windows-\d+|shift_jis|cp1252)$/i.test(charset)
    ? charset.replace(/^cp/i, 'windows-')
    : 'utf-8';
}
