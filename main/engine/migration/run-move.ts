import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ListingCreation, MadeProduct } from '../channels/creation.ts';
import type { Engine } from '../engine.ts';
import type { InventoryCall } from '../inventory/caller.ts';
import { createRecord, removeRecord } from '../inventory/record-log.ts';
import type { ExportProduct } from '../jobs/export/export-product.ts';
import {
  channelContext,
  findConnector,
  noteFailure,
  noteReached,
  type AccountRow,
} from '../sync/accounts.ts';
import { retrying } from '../sync/retry.ts';
import { lossesOf } from './loss-report.ts';
import { productsOf, requireMove, toNewProduct, transfers, type Move } from './moved-products.ts';

export function creationOf(engine: Engine, account: AccountRow): ListingCreation | null {
  return findConnector(engine, account.platform, account.base_url)?.creation ?? null;
}

export function planMove(engine: Engine, input: ParsedParams<'migration.plan'>): Result<'migration.plan'> {
  const move = requireMove(engine.db, input);
  const products = productsOf(engine.db, move.source);
  return {
    products: products.length,
    variants: products.reduce((sum, { listings }) => sum + listings.length, 0),
    moved: transfers(engine.db, move).length,
    canCreate: creationOf(engine, move.target) !== null,
    losses: lossesOf(products, move, engine.ports.clock.now()),
  };
}

/**
 * Creates products in the target, one after the other. What was made is noted
 * product by product, and the connector looks before it makes: a stop, a crash
 * or a time-out leaves nothing double, and a repeated call goes on.
 */
export async function runMove(
  engine: Engine,
  input: ParsedParams<'migration.run'>,
  call: InventoryCall & { readonly signal: AbortSignal },
): Promise<Result<'migration.run'>> {
  const move = requireMove(engine.db, input);
  const creation = requireCreation(engine, move.target);
  const outcome: Result<'migration.run'> = { created: 0, found: 0, failed: [], stopped: false };
  const done = new Set(transfers(engine.db, move).map(({ source_product_rid: rid }) => rid));
  const wanted = input.productIds ? new Set(input.productIds) : null;
  const products = productsOf(engine.db, move.source).filter(
    ({ rid, id }) => !done.has(rid) && (wanted?.has(id) ?? true),
  );
  await engine.jobs.run('publish', `${move.source.name} → ${move.target.name}`, call.signal, async (job) => {
    const context = await channelContext(engine, move.target, { signal: job.signal });
    for (const [n, product] of products.entries()) {
      if (job.signal.aborted) break;
      try {
        const wish = toNewProduct(product, move, input.status ?? 'draft');
        const made = await retrying(engine.ports, job.signal, () => creation.create(context, wish));
        note(engine, move, product, made, call.actor);
        if (made.found) outcome.found += 1;
        else outcome.created += 1;
      } catch (error) {
        if (job.signal.aborted) break;
        const { code, message } = noteFailure(engine, move.target, error, 'publish');
        outcome.failed.push({
          productId: product.id,
          title: String(product.fields.title ?? ''),
          code,
          message,
        });
        if (code === 'CHANNEL_AUTH') break;
      }
      job.progress(n + 1, products.length);
    }
    outcome.stopped = job.signal.aborted;
    if (outcome.created + outcome.found > 0) noteReached(engine, move.target);
    return { created: outcome.created, failed: outcome.failed.length };
  });
  engine.limiters.flush();
  return { ...outcome, failed: outcome.failed.slice(0, 1_000) };
}

function note(
  engine: Engine,
  { target }: Move,
  product: ExportProduct,
  made: MadeProduct,
  actor: string,
): void {
  const variants = Object.fromEntries(product.listings.map(({ id }, n) => [id, made.variants[n] ?? null]));
  engine.journal.run(
    {
      method: 'migration.run',
      label: `Move ${String(product.fields.title ?? product.id)}`.slice(0, 120),
      actor,
      // What exists on a channel is taken back there, by going back, never by forgetting it.
      reversible: false,
    },
    (scope) => {
      createRecord(scope, engine.ports, 'product_transfer', {
        source_product_rid: product.rid,
        target_account_rid: target.rid,
        target_external_id: made.externalId,
        target_url: made.url,
        variants: JSON.stringify(variants),
        created: made.found ? 0 : 1,
      });
      return {};
    },
  );
}

/** Removes what moving created and forgets the links; what the target had before stays. */
export async function rollBackMove(
  engine: Engine,
  input: ParsedParams<'migration.rollback'>,
  call: InventoryCall & { readonly signal: AbortSignal },
): Promise<Result<'migration.rollback'>> {
  const move = requireMove(engine.db, input);
  const creation = requireCreation(engine, move.target);
  const known = transfers(engine.db, move);
  const own = known.filter(({ created }) => created === 1).map(({ target_external_id: id }) => id);
  const label = `Move back: ${move.source.name} → ${move.target.name}`;
  const gone = await engine.jobs.run('publish', label, call.signal, async (job) => {
    const context = await channelContext(engine, move.target, { signal: job.signal });
    const removed = new Set<string>();
    for (let from = 0; from < own.length && !job.signal.aborted; from += 50) {
      const part = own.slice(from, from + 50);
      for (const id of await retrying(engine.ports, job.signal, () => creation.remove(context, part)))
        removed.add(id);
      job.progress(from + part.length, own.length);
    }
    return removed;
  });
  engine.journal.run(
    { method: 'migration.rollback', label, actor: call.actor, requestId: call.requestId, reversible: false },
    (scope) => {
      for (const { rid, created, target_external_id: id } of known)
        if (created === 0 || gone.has(id)) removeRecord(scope, 'product_transfer', rid);
      return {};
    },
  );
  engine.limiters.flush();
  return { removed: gone.size, failed: own.length - gone.size };
}

function requireCreation(engine: Engine, target: AccountRow): ListingCreation {
  const creation = creationOf(engine, target);
  if (creation) return creation;
  throw new CodedError(
    'CHANNEL_NOT_SUPPORTED',
    `${target.name} takes no new products through its API; export the source as a file and import that there`,
    { accountId: target.id },
  );
}
