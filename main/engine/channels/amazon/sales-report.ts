import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { download } from '../kit/download.ts';
import { callFailed } from '../kit/failures.ts';
import type { MarketFigure } from '#shared/domain/market-figures.ts';
import type { AmazonClient } from './client.ts';
import { awaitReport } from './listing-report.ts';
import { moneyOf } from './market-money.ts';
import { salesAndTrafficSchema } from './market-records.ts';
import { explain, reportDocumentSchema } from './records.ts';

const REPORT = 'GET_SALES_AND_TRAFFIC_REPORT';
const DAY_MS = 86_400_000;
const DAYS = 30;
/** Figures of the last three days are not complete yet. */
const LATE_DAYS = 3;
const LIMITS = { timeoutMs: 300_000, maxBytes: 256 * 1024 * 1024 };

interface SkuSales {
  readonly sku: string;
  readonly figure: MarketFigure;
  readonly asOfMs: number;
  readonly source: string;
}

/** Visits and sales of the last thirty complete days, by SKU. Asking for the report takes minutes. */
export async function readSalesAndTraffic(client: AmazonClient): Promise<SkuSales[]> {
  const last = client.context.clock.now() - LATE_DAYS * DAY_MS;
  const { reportId } = await client.read(
    {
      operation: 'createReport',
      method: 'POST',
      path: 'reports/2021-06-30/reports',
      body: {
        reportType: REPORT,
        reportOptions: { dateGranularity: 'DAY', asinGranularity: 'SKU' },
        dataStartTime: new Date(last - (DAYS - 1) * DAY_MS).toISOString(),
        dataEndTime: new Date(last).toISOString(),
        marketplaceIds: [client.seller.marketplaceId],
      },
      readOnly: true,
    },
    z.object({ reportId: z.string().min(1) }),
  );
  const state = await awaitReport(client, reportId);
  const details = { method: 'GET', path: REPORT } as const;
  if (state.state !== 'done') {
    const why = state.state === 'failed' ? state.status : 'not ready after some minutes';
    throw callFailed('CHANNEL_TRANSIENT', `Amazon's report of sales and traffic: ${why}`, details);
  }
  const document = await client.read(
    {
      operation: 'getReportDocument',
      method: 'GET',
      path: `reports/2021-06-30/documents/${encodeURIComponent(state.documentId)}`,
    },
    reportDocumentSchema,
  );
  const { bytes } = await download(client.context, new URL(document.url), LIMITS);
  try {
    const plain =
      document.compressionAlgorithm === 'GZIP'
        ? gunzipSync(bytes, { maxOutputLength: LIMITS.maxBytes })
        : bytes;
    return salesOf(JSON.parse(plain.toString('utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? explain(error) : 'it came broken';
    throw callFailed('CHANNEL_TRANSIENT', `Amazon's report of sales and traffic: ${why}`, details, error);
  }
}

/** Throws ZodError. */
export function salesOf(raw: unknown): SkuSales[] {
  const { reportSpecification, salesAndTrafficByAsin } = salesAndTrafficSchema.parse(raw);
  const { dataStartTime, dataEndTime } = reportSpecification;
  return salesAndTrafficByAsin.flatMap(({ sku, salesByAsin, trafficByAsin }) => {
    if (sku === undefined) return [];
    const figure: MarketFigure = {
      kind: 'salesAndTraffic',
      from: dataStartTime.slice(0, 10),
      to: dataEndTime.slice(0, 10),
      sessions: trafficByAsin.sessions,
      pageViews: trafficByAsin.pageViews,
      buyBox: trafficByAsin.buyBoxPercentage,
      unitsPerSession: trafficByAsin.unitSessionPercentage,
      units: salesByAsin.unitsOrdered,
      sales: moneyOf(salesByAsin.orderedProductSales),
    };
    return [{ sku, figure, asOfMs: Date.parse(dataEndTime), source: REPORT }];
  });
}
