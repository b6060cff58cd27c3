import type { BulkListings, BulkMessage, BulkPlan, BulkRefusal, BulkState } from '../bulk-listings.ts';
import type { ChannelContext, ListingPush, PushResult } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import {
  cancelFeed,
  createFeed,
  LISTINGS_FEED,
  listFeeds,
  lookAtFeed,
  readFeedResult,
  uploadFeed,
} from './feeds.ts';
import { readItems } from './items.ts';
import { remember, type FeedOffers } from './memory.ts';
import { PLANS } from './plans.ts';
import { groupBySku, planSku, refusalOf, rememberOffer, type OfferChange } from './push-listings.ts';
import { explain, feedReportSchema, type Issue } from './records.ts';

/** What single calls take a minute and a half for is sent as a feed. */
const SINGLE_CALLS_MS = 90_000;
export const FEED_FROM = (PLANS.patchListingsItem.perSecond * SINGLE_CALLS_MS) / 1_000;
/** Of 25,000 that a feed may carry: the engine has other work between two feeds, and one bad feed holds up fewer. */
const FEED_MOST = 2_000;
const CONTENT_TYPE = 'application/json; charset=UTF-8';

/** Mass changes by feeds of patches, one message a SKU. */
export function bulkListings(
  open: (context: ChannelContext) => AmazonClient,
  from: number = FEED_FROM,
): BulkListings {
  /** Offers of documents that were written and not handed over yet. */
  const written = new WeakMap<Uint8Array, FeedOffers>();
  return {
    from,
    most: FEED_MOST,
    pollMs: 30_000,
    giveUpMs: 24 * 3_600_000,
    listedAfterMs: 60_000,
    prepare: async (context, ops) => {
      const client = open(context);
      const { plan, offers } = await prepareFeed(client, ops);
      if (plan.document !== null) written.set(plan.document, offers);
      return plan;
    },
    upload: async (context, document) => {
      const client = open(context);
      const id = await uploadFeed(client, document, CONTENT_TYPE);
      remember(client.memory.feeds, client.key(id), written.get(document) ?? new Map());
      return id;
    },
    start: async (context, documentId) => {
      const client = open(context);
      const feedId = await createFeed(client, LISTINGS_FEED, documentId);
      const offers = client.memory.feeds.get(client.key(documentId));
      client.memory.feeds.delete(client.key(documentId));
      if (offers) remember(client.memory.feeds, client.key(feedId), offers);
      return feedId;
    },
    list: async (context, fromMs, toMs) => listFeeds(open(context), LISTINGS_FEED, fromMs, toMs),
    cancel: async (context, feedId) => cancelFeed(open(context), feedId),
    look: async (context, feedId, messages) => lookAtListings(open(context), feedId, messages),
  };
}

async function prepareFeed(
  client: AmazonClient,
  ops: readonly ListingPush[],
): Promise<{ readonly plan: BulkPlan; readonly offers: FeedOffers }> {
  const pushes = groupBySku(ops);
  const items = await readItems(
    client,
    pushes.map((push) => push.sku),
  );
  const offers = new Map<number, OfferChange>();
  const results: PushResult[] = [];
  const members: { message: number; opId: string }[] = [];
  const messages: object[] = [];
  for (const push of pushes) {
    const plan = planSku(client, push, items.get(push.sku));
    if (!plan.ok) {
      results.push(...plan.results);
      continue;
    }
    const messageId = messages.length + 1;
    const { productType, patches } = plan;
    messages.push({ messageId, sku: push.sku, operationType: 'PATCH', productType, patches });
    members.push(...push.ops.map(({ opId }) => ({ message: messageId, opId })));
    if (plan.offers) offers.set(messageId, plan.offers);
  }
  const { sellerId, marketplace } = client.seller;
  const feed = {
    header: {
      sellerId,
      version: '2.0',
      ...(marketplace ? { issueLocale: marketplace.language } : {}),
      // Without data that it is to include, the report only says that messages were taken.
      report: { includedData: ['issues'], apiVersion: '2021-08-01' },
    },
    messages,
  };
  const document = messages.length === 0 ? null : Buffer.from(JSON.stringify(feed), 'utf8');
  return { plan: { document, messages: members, results }, offers };
}

async function lookAtListings(
  client: AmazonClient,
  feedId: string,
  messages: readonly BulkMessage[],
): Promise<BulkState> {
  const state = await lookAtFeed(client, feedId);
  if (state.state === 'waiting') return state;
  if (state.state === 'failed') {
    return { state: 'failed', message: `Amazon ended the feed ${feedId} (${state.status})` };
  }
  const report = state.documentId === null ? null : await readReport(client, state.documentId);
  const [whole] = (report?.issues ?? []).filter(isWholeError);
  if (whole && report?.summary.messagesProcessed === 0) {
    return { state: 'failed', message: `Amazon did not take the feed: ${whole.message} (${whole.code})` };
  }
  const refused = refusalsOf(report?.issues ?? [], messages);
  const invalid = new Set(refused.map(({ message }) => message));
  for (const [message, offer] of client.memory.feeds.get(client.key(feedId)) ?? []) {
    if (!invalid.has(message)) rememberOffer(client, offer);
  }
  client.memory.feeds.delete(client.key(feedId));
  return { state: 'done', refused };
}

type ReportIssue = ReturnType<typeof feedReportSchema.parse>['issues'][number];

function isWholeError(issue: ReportIssue): boolean {
  return issue.messageId === undefined && issue.severity === 'ERROR';
}

async function readReport(
  client: AmazonClient,
  documentId: string,
): Promise<ReturnType<typeof feedReportSchema.parse>> {
  const text = await readFeedResult(client, documentId);
  const details = { method: 'GET', path: 'getFeedDocument' } as const;
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const failure = { ...details, reason: 'not_json' } as const;
    throw callFailed('CHANNEL_TRANSIENT', 'What Amazon says about a feed cannot be read', failure, error);
  }
  const parsed = feedReportSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const message = `What Amazon says about a feed cannot be read: ${explain(parsed.error)}`;
  throw callFailed('CHANNEL_UNKNOWN', message, details);
}

/** Messages with an error; those with warnings alone were taken. */
export function refusalsOf(issues: readonly ReportIssue[], messages: readonly BulkMessage[]): BulkRefusal[] {
  const fields = new Map(messages.map((entry) => [entry.message, entry.fields]));
  const errors = issues.filter((issue) => issue.severity === 'ERROR' && issue.messageId !== undefined);
  return [...Map.groupBy(errors, (issue) => issue.messageId ?? 0)].flatMap(([message, own]) => {
    const sent = fields.get(message);
    if (!sent) return [];
    const { code, field, message: text } = refusalOf(own.map(toIssue), sent);
    return [{ message, code, text, field }];
  });
}

function toIssue({ code, severity, message, attributeName }: ReportIssue): Issue {
  return { code, severity, message, attributeNames: attributeName === undefined ? [] : [attributeName] };
}
