import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failureOf } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import { createFeed, listFeeds, uploadFeed } from './feeds.ts';
import { updateTokens } from './token-notes.ts';

/** A feed is in Amazon's list for sure this long after it was asked for. */
const LISTED_AFTER_MS = 60_000;
const CLOCK_SKEW_MS = 120_000;
/** Notes are kept this long; orders are closed by then. */
const KEPT_MS = 120 * 86_400_000;
const CONTENT_TYPE = 'text/tab-separated-values; charset=UTF-8';
const PREFIX = 'feed:';

const noteSchema = z.object({
  askedAtMs: z.number(),
  feedId: z.string().nullable(),
  orderId: z.string(),
  /** Minor units that go back, by item; empty for a cancellation. */
  amounts: z.record(z.string(), z.number().int()),
});
export type FeedNote = z.output<typeof noteSchema>;

export interface FeedRequest {
  /** The same at every attempt. */
  readonly key: string;
  readonly feedType: string;
  readonly orderId: string;
  readonly amounts: Readonly<Record<string, number>>;
  readonly text: string;
}

/**
 * Has Amazon work a document off once, however often it is called. Feeds have no
 * key of idempotency, so that one is to be asked for is noted before; when the
 * answer was lost Amazon's list tells whether there is one. The feed's id.
 */
export async function feedOnce(client: AmazonClient, request: FeedRequest): Promise<string> {
  const note = await readNote(client, request.key);
  if (note?.feedId) return note.feedId;
  if (note) {
    const found = await findFeed(client, request, note.askedAtMs);
    if (found !== null) return found;
  }
  const documentId = await uploadFeed(client, Buffer.from(request.text, 'utf8'), CONTENT_TYPE);
  const askedAtMs = client.context.clock.now();
  const { orderId, amounts } = request;
  await writeNote(client, request.key, { askedAtMs, feedId: null, orderId, amounts: { ...amounts } });
  let feedId: string;
  try {
    feedId = await createFeed(client, request.feedType, documentId);
  } catch (error) {
    if (failureOf(error)?.applied === 'no') {
      await writeNote(client, request.key, null);
      throw error;
    }
    const found = await findFeed(client, request, askedAtMs);
    if (found === null) throw error;
    return found;
  }
  await noteFeed(client, request.key, feedId);
  return feedId;
}

async function findFeed(
  client: AmazonClient,
  { key, feedType }: FeedRequest,
  askedAtMs: number,
): Promise<string | null> {
  const { clock, signal } = client.context;
  const wait = askedAtMs + LISTED_AFTER_MS - clock.now();
  if (wait > 0) await clock.sleep(wait, signal);
  const until = askedAtMs + LISTED_AFTER_MS + CLOCK_SKEW_MS;
  const ids = await listFeeds(client, feedType, askedAtMs - CLOCK_SKEW_MS, until);
  const known = new Set((await allNotes(client)).map((note) => note.feedId));
  const id = ids.find((candidate) => !known.has(candidate));
  if (id === undefined) return null;
  await noteFeed(client, key, id);
  return id;
}

export async function readNote(client: AmazonClient, key: string): Promise<FeedNote | null> {
  return parse((await client.context.tokens.read())[nameOf(key)]);
}

export async function allNotes(client: AmazonClient): Promise<FeedNote[]> {
  const stored = await client.context.tokens.read();
  return Object.entries(stored).flatMap(([name, text]) => {
    const note = name.startsWith(PREFIX) ? parse(text) : null;
    return note ? [note] : [];
  });
}

async function noteFeed(client: AmazonClient, key: string, feedId: string): Promise<void> {
  const note = await readNote(client, key);
  if (note) await writeNote(client, key, { ...note, feedId });
}

/** Nothing of what was noted was paid after all. */
export async function noteUnpaid(client: AmazonClient, key: string): Promise<void> {
  const note = await readNote(client, key);
  if (note) await writeNote(client, key, { ...note, amounts: {} });
}

function writeNote(client: AmazonClient, key: string, note: FeedNote | null): Promise<void> {
  const { accountId, tokens, clock } = client.context;
  return updateTokens(client.memory, accountId, tokens, (stored) => {
    const oldest = clock.now() - KEPT_MS;
    const kept = Object.entries(stored).filter(
      ([name, text]) => !name.startsWith(PREFIX) || (parse(text)?.askedAtMs ?? 0) > oldest,
    );
    const next = Object.fromEntries(kept);
    if (note === null) delete next[nameOf(key)];
    else next[nameOf(key)] = JSON.stringify(note);
    return next;
  });
}

function nameOf(key: string): string {
  return PREFIX + createHash('sha256').update(key).digest('hex').slice(0, 24);
}

function parse(text: string | undefined): FeedNote | null {
  if (text === undefined) return null;
  try {
    return noteSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
