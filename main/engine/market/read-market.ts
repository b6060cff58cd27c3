import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ChannelContext, ListingRef } from '../channels/contract.ts';
import type { MarketData } from '../channels/market-data.ts';
import type { Engine } from '../engine.ts';
import type { JobControl } from '../jobs/jobs.ts';
import {
  channelContext,
  connectorFor,
  noteFailure,
  noteReached,
  requireAccount,
  type AccountRow,
} from '../sync/accounts.ts';
import { retrying } from '../sync/retry.ts';
import { requireMarketListing, storedRules, storeFigure, storeRules, type MarketListing } from './stored.ts';

type Outcome = Result<'market.read'>;

/** The part of a connector that tells about its market; null for channels without one. */
export function marketDataOf(engine: Engine, account: AccountRow): MarketData | null {
  return account.platform === 'local' ? null : (connectorFor(engine, account).marketData ?? null);
}

/**
 * Reads figures and rules of listings, an account at a time. Each answer is
 * stored as it comes, so that a stop or a failure keeps what was read.
 */
export async function readMarket(
  engine: Engine,
  input: ParsedParams<'market.read'>,
  signal: AbortSignal,
): Promise<Outcome> {
  const listings = input.listingIds.map((id) => requireMarketListing(engine.db, id));
  const work = [...Map.groupBy(listings, (listing) => listing.account)].flatMap(([accountId, own]) => {
    const account = requireAccount(engine.db, accountId);
    const market = marketDataOf(engine, account);
    return market ? [{ account, market, own }] : [];
  });
  const outcome: Outcome = { figures: 0, rules: 0, stopped: false, skipped: [] };
  if (work.length === 0) return outcome;
  const label = work.map(({ account }) => account.name).join(', ');
  await engine.jobs.run('market', label, signal, async (job) => {
    for (const { account, market, own } of work) {
      if (job.signal.aborted) break;
      try {
        const context = await channelContext(engine, account, { signal: job.signal });
        await readAccount(engine, { market, context, own, input, job, outcome, platform: account.platform });
        noteReached(engine, account);
      } catch (error) {
        if (job.signal.aborted) break;
        const { code, message } = noteFailure(engine, account, error, 'pull');
        outcome.skipped.push({ accountId: account.id, code, message });
      }
    }
    outcome.stopped = job.signal.aborted;
    return { figures: outcome.figures, rules: outcome.rules };
  });
  engine.limiters.flush();
  engine.bus.emit('listings');
  return outcome;
}

interface Reading {
  readonly market: MarketData;
  readonly context: ChannelContext;
  readonly own: readonly MarketListing[];
  readonly input: ParsedParams<'market.read'>;
  readonly job: JobControl;
  readonly outcome: Outcome;
  readonly platform: string;
}

async function readAccount(engine: Engine, reading: Reading): Promise<void> {
  const { market, context, own, input, job, outcome, platform } = reading;
  const types = new Set(input.rules === false ? [] : own.flatMap((listing) => listing.product_type ?? []));
  const kinds = market.kinds.filter((kind) => input.kinds?.includes(kind) ?? true);
  const calls = kinds.flatMap((kind) => chunks(own, market.most[kind]).map((part) => ({ kind, part })));
  const total = types.size + calls.length;
  let done = 0;
  const tell = (): void => job.progress((done += 1), total);
  for (const type of types) {
    if (job.signal.aborted) return;
    const key = { platform, marketplace: market.marketOf(context), type };
    const known = storedRules(engine.db, key)?.checksum ?? null;
    const rules = await retrying(engine.ports, job.signal, () => market.readRules(context, type, known));
    storeRules(engine.db, key, rules, engine.ports.clock.now());
    outcome.rules += 1;
    tell();
  }
  for (const { kind, part } of calls) {
    if (job.signal.aborted) return;
    const ridOf = new Map(part.map((listing) => [keyOf(refOf(listing)), listing.rid]));
    const found = await retrying(engine.ports, job.signal, () =>
      market.readFigures(context, kind, part.map(refOf)),
    );
    const now = engine.ports.clock.now();
    engine.db.transaction(() => {
      for (const { ref, ...figure } of found) {
        const rid = ridOf.get(keyOf(ref));
        if (rid === undefined) continue;
        storeFigure(engine.db, rid, figure, now);
        outcome.figures += 1;
      }
    });
    tell();
  }
}

function refOf(listing: MarketListing): ListingRef {
  return {
    productExternalId: listing.product_external_id ?? '',
    variantExternalId: listing.external_id,
  };
}

function keyOf(ref: ListingRef): string {
  return `${ref.productExternalId} ${ref.variantExternalId ?? ''}`;
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_unused, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
