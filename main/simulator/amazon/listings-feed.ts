import { ApiError } from './api-error.ts';
import type { ListingsApi } from './listings-api.ts';
import type { Store } from './store.ts';
import { readPatchBody } from './write-item.ts';

interface Message {
  readonly messageId: number;
  readonly sku: string;
  readonly operationType: string;
  readonly productType?: string;
  readonly patches?: unknown;
}

interface Feed {
  readonly header?: { readonly sellerId?: string; readonly version?: string; readonly report?: object };
  readonly messages?: readonly Message[];
}

interface ReportIssue {
  readonly messageId?: number;
  readonly sku?: string;
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly attributeName?: string;
}

/** Works a feed of listings off, message by message, and tells what was wrong with which. */
export function listingsFeedReport(
  feedId: string,
  text: string,
  store: Store,
  listings: ListingsApi,
  most: number,
): string {
  const header = { sellerId: store.settings.sellerId, version: '2.0', feedId };
  const refused = (message: string): string => {
    const issues: ReportIssue[] = [{ code: '4000001', severity: 'ERROR', message }];
    return JSON.stringify({ header, issues, summary: summaryOf(0, issues, 0) });
  };
  let feed: Feed;
  try {
    feed = JSON.parse(text) as Feed;
  } catch {
    return refused('The provided input is no JSON.');
  }
  const { messages = [] } = feed;
  if (feed.header?.sellerId !== store.settings.sellerId || feed.header.version !== '2.0')
    return refused('The header is invalid.');
  if (messages.length === 0 || messages.length > most)
    return refused('The messages are too few or too many.');
  if (new Set(messages.map((message) => message.messageId)).size !== messages.length)
    return refused('A message id occurs twice.');
  const issues: ReportIssue[] = [];
  let invalid = 0;
  for (const message of messages) {
    const own = issuesOfMessage(message, listings);
    if (own.some((issue) => issue.severity === 'ERROR')) invalid += 1;
    issues.push(...own.map((issue) => ({ messageId: message.messageId, sku: message.sku, ...issue })));
  }
  const report = feed.header.report ? { report: feed.header.report } : {};
  const summary = summaryOf(messages.length, issues, invalid);
  return JSON.stringify({ header: { ...header, ...report }, issues, summary });
}

function issuesOfMessage(message: Message, listings: ListingsApi): ReportIssue[] {
  const failed = (text: string, code = '4000003'): ReportIssue[] => [
    { code, severity: 'ERROR', message: text },
  ];
  if (message.operationType !== 'PATCH') return failed('Only patches are worked off here.');
  try {
    const body = readPatchBody(
      JSON.stringify({ productType: message.productType, patches: message.patches }),
    );
    return listings
      .submit(message.sku, body, false)
      .map(({ code, severity, message: said, attributeNames }) => ({
        code,
        severity,
        message: said,
        ...(attributeNames[0] === undefined ? {} : { attributeName: attributeNames[0] }),
      }));
  } catch (error) {
    if (error instanceof ApiError) return failed(error.details || error.message, error.code);
    throw error;
  }
}

function summaryOf(processed: number, issues: readonly ReportIssue[], invalid: number): object {
  const count = (severity: string): number => issues.filter((issue) => issue.severity === severity).length;
  return {
    errors: count('ERROR'),
    warnings: count('WARNING'),
    messagesProcessed: processed,
    messagesAccepted: processed - invalid,
    messagesInvalid: invalid,
  };
}
