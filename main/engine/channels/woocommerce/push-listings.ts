import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ListingPush, PushResult } from '../contract.ts';
import { failureOf } from '../kit/failures.ts';
import { runAll } from '../kit/parallel.ts';
import { PARALLEL } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { fieldOfError, kindOfItem, readWooError, type WooError } from './faults.ts';
import { planPush, type BatchRequest, type PushItem } from './push-plan.ts';

/** Items of one batch request; WooCommerce allows 100, but shared hosts time out long before. */
const BATCH_ITEMS = 50;

type Failure = Exclude<PushResult, { outcome: 'accepted' }>;

/** A request that did not work as a whole. `error` undefined: it was never sent. */
interface Failed {
  readonly request: BatchRequest;
  readonly error: unknown;
}

/**
 * Sends changed fields and answers for every op. Throws only when the call as a
 * whole failed before any answer came and surely nothing was applied, or when
 * the shop named a time to come back.
 */
export async function pushListings(client: WooClient, ops: readonly ListingPush[]): Promise<PushResult[]> {
  const plan = planPush(ops, BATCH_ITEMS);
  const results: PushResult[] = [...plan.refused];
  const failed: Failed[] = [];
  let answered = false;
  for (const requests of [plan.products, plan.variations]) {
    await runAll(requests, PARALLEL, async (request) => {
      if (failed.length > 0) {
        failed.push({ request, error: undefined });
        return;
      }
      try {
        results.push(...(await sendRequest(client, request)));
        answered = true;
      } catch (error) {
        failed.push({ request, error });
      }
    });
  }
  const first = failed.find((failure) => failure.error !== undefined);
  if (first && !answered && isOfTheWholeCall(failed)) throw first.error;
  for (const failure of failed) results.push(...failureResults(failure, first?.error));
  return results;
}

/** Nothing is known to be applied, or the wait that the shop asked for would be lost in a result. */
function isOfTheWholeCall(failed: readonly Failed[]): boolean {
  const errors = failed.filter((failure) => failure.error !== undefined).map((failure) => failure.error);
  if (errors.some((error) => failureOf(error)?.retryAfterMs !== undefined)) return true;
  return errors.every((error) => failureOf(error)?.applied !== 'unknown');
}

function failureResults(failure: Failed, cause: unknown): PushResult[] {
  const { code, message } = toErrorShape(failure.error ?? cause);
  const unknown = failure.error !== undefined && failureOf(failure.error)?.applied !== 'no';
  return failure.request.items.flatMap((item) =>
    item.ops.map((op): PushResult => ({
      opId: op.opId,
      outcome: unknown ? 'unknown' : 'retry',
      code,
      message,
      field: null,
    })),
  );
}

/**
 * One batch. What the shop or its firewall refuses as a whole is sent again in
 * halves, so that one bad item is found and the others get through.
 */
async function sendRequest(client: WooClient, request: BatchRequest): Promise<PushResult[]> {
  const body = { update: request.items.map((item) => item.item) };
  try {
    const answer = await client.send({ method: 'POST', path: request.path, body });
    return readAnswer(request, answer.body);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const gone = error.code === 'CHANNEL_GONE' && failureOf(error)?.channelCode !== undefined;
    if (!gone && !isRefusedContent(error)) throw error;
    if (gone || request.items.length === 1) {
      return request.items.flatMap((item) => refusals(item, { ...refusedBody(error), kind: error.code }));
    }
    const half = Math.ceil(request.items.length / 2);
    const parts = [request.items.slice(0, half), request.items.slice(half)];
    const results: PushResult[] = [];
    for (const [index, items] of parts.entries()) {
      try {
        results.push(...(await sendRequest(client, { path: request.path, items })));
      } catch (inner) {
        if (index === 0) throw inner;
        // The first half is settled already: its answers must not be lost.
        results.push(...failureResults({ request: { path: request.path, items }, error: inner }, inner));
      }
    }
    return results;
  }
}

/** The content was refused before any of it was applied; the address and the keys are fine. */
function isRefusedContent(error: CodedError): boolean {
  const { reason, channelCode, applied } = failureOf(error) ?? {};
  if (error.code !== 'CHANNEL_INVALID' || applied !== 'no') return false;
  if (reason === 'redirect' || reason === 'certificate' || channelCode === 'rest_no_route') return false;
  return reason === 'blocked' || reason === 'too_large' || channelCode !== undefined;
}

function refusedBody(error: CodedError): WooError {
  const { channelCode, status, params } = failureOf(error) ?? {};
  return {
    code: channelCode ?? error.code,
    message: error.message,
    status: status ?? 400,
    params: typeof params === 'object' && params !== null ? (params as Record<string, string>) : {},
  };
}

/** A batch answers 200 whatever became of its items; each says for itself, in the order of the request. */
function readAnswer(request: BatchRequest, body: unknown): PushResult[] {
  const answers = listOf(body);
  return request.items.flatMap((item, index) => {
    const answer = [answers[index], ...answers].find((candidate) => idOf(candidate) === item.id);
    if (answer === undefined) return item.ops.map(unanswered);
    const error = 'error' in answer ? readWooError(answer.error) : null;
    if (error) return refusals(item, { ...error, kind: kindOfItem(error) });
    if ('error' in answer) return item.ops.map(unanswered);
    return item.ops.map((op): PushResult => ({ opId: op.opId, outcome: 'accepted' }));
  });
}

function refusals(item: PushItem, error: WooError & { readonly kind: string }): PushResult[] {
  const about = fieldOfError(error.code, error.params);
  const later = error.kind === 'CHANNEL_TRANSIENT' || error.kind === 'CHANNEL_RATE';
  const message = `${about.message ?? error.message} (${error.code})`;
  return item.ops.map((op): Failure => {
    const own = about.field !== null && about.field in op.fields ? about.field : null;
    const neighbour =
      about.field !== null &&
      own === null &&
      item.ops.some((other) => about.field && about.field in other.fields);
    // One op of the object is at fault; the others were not applied and go again without it.
    const outcome = later || neighbour ? 'retry' : 'rejected';
    return { opId: op.opId, outcome, code: error.kind, message, field: own };
  });
}

function unanswered(op: ListingPush): PushResult {
  const message = 'The shop did not answer for this product';
  return { opId: op.opId, outcome: 'unknown', code: 'CHANNEL_UNKNOWN', message, field: null };
}

function listOf(body: unknown): object[] {
  if (typeof body !== 'object' || body === null || !('update' in body) || !Array.isArray(body.update))
    return [];
  return (body.update as unknown[]).filter((item) => typeof item === 'object' && item !== null);
}

function idOf(answer: object | undefined): number | null {
  return answer && 'id' in answer ? Number(answer.id) : null;
}
