import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { download } from '../kit/download.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import { upload } from '../kit/upload.ts';
import type { AmazonClient } from './client.ts';
import { LISTINGS_FEED_PLAN } from './plans.ts';
import { feedSchema, feedsSchema, reportDocumentSchema } from './records.ts';

export const LISTINGS_FEED = 'JSON_LISTINGS_FEED';

const ROOT = 'feeds/2021-06-30';
const TIMEOUT_MS = 300_000;
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_PAGES = 5;
const CREATED = z.object({ feedDocumentId: z.string().min(1), url: z.string() });

/** Stores what a feed is to carry; nothing refers to it yet. The document's id. */
export async function uploadFeed(
  client: AmazonClient,
  bytes: Uint8Array,
  contentType: string,
): Promise<string> {
  const { feedDocumentId, url } = await client.read(
    {
      operation: 'createFeedDocument',
      method: 'POST',
      path: `${ROOT}/documents`,
      body: { contentType },
      readOnly: true,
    },
    CREATED,
  );
  await upload(client.context, new URL(url), { bytes, contentType }, TIMEOUT_MS);
  return feedDocumentId;
}

/** Has Amazon work a document off; the feed's id. A lost answer is `applied: 'unknown'`. */
export async function createFeed(
  client: AmazonClient,
  feedType: string,
  documentId: string,
): Promise<string> {
  if (feedType === LISTINGS_FEED) await client.context.limiter.take(LISTINGS_FEED, LISTINGS_FEED_PLAN);
  const { feedId } = await client.read(
    {
      operation: 'createFeed',
      method: 'POST',
      path: `${ROOT}/feeds`,
      body: {
        feedType,
        marketplaceIds: [client.seller.marketplaceId],
        inputFeedDocumentId: documentId,
      },
    },
    z.object({ feedId: z.string().min(1) }),
  );
  return feedId;
}

/** Ids of the feeds of a type that were created in this time, the newest first. */
export async function listFeeds(
  client: AmazonClient,
  feedType: string,
  fromMs: number,
  toMs: number,
): Promise<string[]> {
  const ids: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await client.read(
      {
        operation: 'getFeeds',
        method: 'GET',
        path: `${ROOT}/feeds`,
        // A token stands for all the other parameters.
        query: token
          ? { nextToken: token }
          : {
              feedTypes: [feedType],
              marketplaceIds: [client.seller.marketplaceId],
              createdSince: new Date(fromMs).toISOString(),
              createdUntil: new Date(toMs).toISOString(),
              pageSize: 100,
            },
      },
      feedsSchema,
    );
    const feeds = answer.feeds.toSorted((a, b) => b.createdTime - a.createdTime);
    ids.push(...feeds.map((feed) => feed.feedId));
    token = answer.nextToken;
    if (token === undefined) break;
  }
  return ids;
}

/** Takes a feed back that still waits in Amazon's queue. Throws CHANNEL_INVALID when it has begun. */
export async function cancelFeed(client: AmazonClient, feedId: string): Promise<void> {
  try {
    await client.send({
      operation: 'cancelFeed',
      method: 'DELETE',
      path: `${ROOT}/feeds/${encodeURIComponent(feedId)}`,
    });
  } catch (error) {
    // The answer has no content, which is no failure here.
    if (failureOf(error)?.status !== 200) throw error;
  }
}

export type FeedState =
  | { readonly state: 'waiting' }
  /** `documentId` null: it was worked off and said nothing. */
  | { readonly state: 'done'; readonly documentId: string | null }
  | { readonly state: 'failed'; readonly status: string };

export async function lookAtFeed(client: AmazonClient, feedId: string): Promise<FeedState> {
  const feed = await client.read(
    { operation: 'getFeed', method: 'GET', path: `${ROOT}/feeds/${encodeURIComponent(feedId)}` },
    feedSchema,
  );
  switch (feed.processingStatus) {
    case 'DONE':
      return { state: 'done', documentId: feed.resultFeedDocumentId ?? null };
    case 'FATAL':
    case 'CANCELLED':
      return { state: 'failed', status: feed.processingStatus };
    default:
      return { state: 'waiting' };
  }
}

/** The text that Amazon wrote about a feed. */
export async function readFeedResult(client: AmazonClient, documentId: string): Promise<string> {
  const document = await client.read(
    {
      operation: 'getFeedDocument',
      method: 'GET',
      path: `${ROOT}/documents/${encodeURIComponent(documentId)}`,
    },
    reportDocumentSchema,
  );
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MOST_BYTES };
  const { bytes } = await download(client.context, new URL(document.url), limits);
  if (document.compressionAlgorithm !== 'GZIP') return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');
  } catch (error) {
    const details = { method: 'GET', path: 'getFeedDocument', reason: 'truncated' } as const;
    throw callFailed('CHANNEL_TRANSIENT', 'What Amazon says about a feed came broken', details, error);
  }
}
