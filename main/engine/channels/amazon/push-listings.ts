import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { runAll } from '../kit/parallel.ts';
import type { Patch } from './attributes.ts';
import type { AmazonClient } from './client.ts';
import { fieldOfAttributes } from './attribute-fields.ts';
import { pickOffer, planPatches } from './from-domain.ts';
import { currencyOf, readItems, scopeOf } from './items.ts';
import { remember } from './memory.ts';
import { OFFER_FIELDS } from './offer.ts';
import { submissionSchema, type Issue } from './records.ts';
import { SETTLING } from './settling.ts';
import { productTypeOf, readItem, type ReadItem } from './to-domain.ts';

const PARALLEL = 4;

/** Everything that goes to one SKU: content and offer are ops of their own and one request. */
export interface SkuPush {
  readonly sku: string;
  readonly ops: readonly ListingPush[];
  readonly fields: FieldValues;
}

/** A request that did not work. `error` undefined: it was never sent. */
interface Failed {
  readonly push: SkuPush;
  readonly error: unknown;
}

/**
 * Reads the listings, merges the changed fields into their whole attributes and
 * patches them, one request a SKU. Throws only when nothing was answered and
 * surely nothing was applied, or when Amazon named a time to come back.
 */
export async function pushListings(client: AmazonClient, ops: readonly ListingPush[]): Promise<PushResult[]> {
  const pushes = groupBySku(ops);
  const items = await readItems(
    client,
    pushes.map((push) => push.sku),
  );
  const results: PushResult[] = [];
  const failed: Failed[] = [];
  await runAll(pushes, PARALLEL, async (push) => {
    if (failed.length > 0) {
      failed.push({ push, error: undefined });
      return;
    }
    try {
      results.push(...(await pushSku(client, push, items.get(push.sku))));
    } catch (error) {
      failed.push({ push, error });
    }
  });
  const first = failed.find((failure) => failure.error !== undefined);
  if (first && results.length === 0 && failed.every(({ error }) => !mayBeApplied(error))) throw first.error;
  for (const failure of failed) results.push(...failureResults(failure, first?.error));
  return results;
}

export function groupBySku(ops: readonly ListingPush[]): SkuPush[] {
  const groups = Map.groupBy(ops, (op) => op.ref.productExternalId);
  return [...groups].map(([sku, own]) => ({
    sku,
    ops: own,
    fields: Object.assign({}, ...own.map((op) => op.fields)) as FieldValues,
  }));
}

function mayBeApplied(error: unknown): boolean {
  return error !== undefined && (!(error instanceof CodedError) || failureOf(error)?.applied === 'unknown');
}

function failureResults({ push, error }: Failed, cause: unknown): PushResult[] {
  const { code, message } = toErrorShape(error ?? cause);
  const outcome = mayBeApplied(error) ? 'unknown' : 'retry';
  return push.ops.map((op) => ({ opId: op.opId, outcome, code, message, field: null }));
}

async function pushSku(client: AmazonClient, push: SkuPush, raw: unknown): Promise<PushResult[]> {
  const plan = planSku(client, push, raw);
  if (!plan.ok) return plan.results;
  const results = await patchItem(client, push, plan);
  if (results.every((result) => result.outcome === 'accepted')) rememberOffer(client, plan.offers);
  return results;
}

/** What one SKU is sent, and what its offer was and will be. */
export interface SkuPlan {
  readonly ok: true;
  readonly productType: string;
  readonly patches: readonly Patch[];
  readonly offers: OfferChange | null;
}

export interface OfferChange {
  readonly sku: string;
  readonly before: FieldValues;
  readonly sent: FieldValues;
}

/** The patches of a SKU on top of its record; results instead when nothing is to be sent. */
export function planSku(
  client: AmazonClient,
  push: SkuPush,
  raw: unknown,
): SkuPlan | { readonly ok: false; readonly results: PushResult[] } {
  const settled = (results: PushResult[]): { ok: false; results: PushResult[] } => ({ ok: false, results });
  if (raw === undefined) {
    return settled(allRejected(push, 'CHANNEL_GONE', `Amazon has no listing with the SKU ${push.sku}`));
  }
  const scope = scopeOf(client);
  const currency = currencyOf(client);
  const read = readItem(raw, scope, currency);
  if (!read.ok) {
    return settled(allRejected(push, 'CHANNEL_INVALID', `The listing cannot be read: ${read.reason}`));
  }
  const item = read.value;
  const offer = settledOffer(client, push.sku, item);
  const plan = planPatches(item, push.fields, scope, currency, offer);
  if (!plan.ok) return settled(refusals(push, plan.refused));
  if (plan.patches.length === 0) return settled(accepted(push));
  const own = pickOffer(push.fields);
  const offers =
    Object.keys(own).length === 0
      ? null
      : { sku: push.sku, before: pickOffer(item.offer), sent: { ...pickOffer(offer), ...own } };
  return { ok: true, productType: productTypeOf(item.record, scope), patches: plan.patches, offers };
}

async function patchItem(
  client: AmazonClient,
  push: SkuPush,
  { productType, patches }: SkuPlan,
): Promise<PushResult[]> {
  try {
    const answer = await client.read(
      {
        operation: 'patchListingsItem',
        method: 'PATCH',
        path: client.itemsPath(push.sku),
        query: { marketplaceIds: [client.seller.marketplaceId], includedData: ['issues'] },
        body: { productType, patches },
      },
      submissionSchema,
    );
    return answer.status === 'ACCEPTED' ? accepted(push) : refusedByIssues(push, answer.issues);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { reason, applied } = failureOf(error) ?? {};
    const content = error.code === 'CHANNEL_GONE' || error.code === 'CHANNEL_INVALID';
    if (!content || reason !== undefined || applied === 'unknown') throw error;
    return allRejected(push, error.code, error.message);
  }
}

function accepted(push: SkuPush): PushResult[] {
  return push.ops.map((op) => ({ opId: op.opId, outcome: 'accepted' }));
}

function allRejected(push: SkuPush, code: string, message: string): PushResult[] {
  return push.ops.map((op) => ({ opId: op.opId, outcome: 'rejected', code, message, field: null }));
}

/** Amazon applies all of a patch or nothing; the field that an issue names keeps the others from going. */
export function refusedByIssues(push: SkuPush, issues: readonly Issue[]): PushResult[] {
  return refusals(push, refusalOf(issues, new Set(Object.keys(push.fields) as ListingFieldName[])));
}

export interface Refusal {
  readonly code: string;
  readonly field: ListingFieldName | null;
  readonly message: string;
}

/** What issues say about the fields that were sent: those about the first of them that is named. */
export function refusalOf(issues: readonly Issue[], sent: ReadonlySet<ListingFieldName>): Refusal {
  const errors = issues.filter((issue) => issue.severity === 'ERROR');
  const shown = errors.length > 0 ? errors : issues;
  const about = shown.find((issue) => fieldOfAttributes(issue.attributeNames, sent) !== null) ?? shown[0];
  const same = shown.filter(
    (issue) => issue === about || issue.attributeNames.some((name) => about?.attributeNames.includes(name)),
  );
  const message = same.map((issue) => `${issue.message} (${issue.code})`).join(' ');
  return {
    code: 'CHANNEL_INVALID',
    field: fieldOfAttributes(about?.attributeNames ?? [], sent),
    message: message || 'Amazon refused the change without a reason',
  };
}

function refusals(push: SkuPush, { code, field, message }: Refusal): PushResult[] {
  return push.ops.map((op): PushResult => {
    const own = field !== null && field in op.fields;
    // The other op of the SKU was not applied either and goes again without the refused one.
    const outcome = field === null || own ? 'rejected' : 'retry';
    return { opId: op.opId, outcome, code, message, field: own ? field : null };
  });
}

/**
 * The offer that changes join: what Amazon shows, unless a change of ours was
 * accepted and does not show yet. Without this a new sale price would carry the
 * old price along and take the accepted one back. What shows something else than
 * before is Amazon's word.
 */
function settledOffer(client: AmazonClient, sku: string, item: ReadItem): FieldValues {
  const { memory, context } = client;
  const sent = memory.offers.get(client.key(sku));
  if (!sent || context.clock.now() - sent.atMs > SETTLING.giveUpMs) return item.offer;
  const waiting = OFFER_FIELDS.filter((name) => item.offer[name] === sent.before[name]);
  return {
    ...item.offer,
    ...Object.fromEntries(waiting.map((name) => [name, sent.sent[name] ?? null])),
  };
}

export function rememberOffer(client: AmazonClient, change: OfferChange | null): void {
  if (change === null) return;
  const { sku, before, sent } = change;
  remember(client.memory.offers, client.key(sku), { before, sent, atMs: client.context.clock.now() });
}
