import type { z } from 'zod';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { callFailed, failureOf, type ChannelFault } from '../kit/failures.ts';
import { callJson, type HttpAnswer, type HttpCall } from '../kit/http.ts';
import type { BucketPlan } from '../kit/token-bucket.ts';
import { apiRoot, sellerOf, type Seller } from './marketplaces.ts';
import type { AmazonMemory } from './memory.ts';
import { pauseOf, planAfter, PLANS, type Operation } from './plans.ts';
import { errorListSchema, explain } from './records.ts';
import { AmazonTokens } from './tokens.ts';

const TIMEOUT_MS = 45_000;

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export interface AmazonRequest {
  readonly operation: Operation;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Without a slash at the front, its parts already encoded. */
  readonly path: string;
  /** Lists are sent comma-separated. */
  readonly query?: Query;
  readonly body?: unknown;
  /** A POST that changes nothing for anybody, such as asking for a report. */
  readonly readOnly?: boolean;
}

/** One seller in one marketplace as seen by one call of the engine. */
export class AmazonClient {
  readonly context: ChannelContext;
  readonly memory: AmazonMemory;
  readonly seller: Seller;
  private readonly tokens: AmazonTokens;
  private readonly root: URL;

  constructor(context: ChannelContext, memory: AmazonMemory) {
    this.context = context;
    this.memory = memory;
    this.seller = sellerOf(context);
    this.tokens = new AmazonTokens(context, memory);
    this.root = apiRoot(context.baseUrl);
  }

  /** Sends a request and reads its answer. Throws CHANNEL_* errors. */
  async read<S extends z.ZodType>(request: AmazonRequest, schema: S): Promise<z.output<S>> {
    const answer = await this.send(request);
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw callFailed(
      'CHANNEL_UNKNOWN',
      `Amazon's answer to ${request.operation} cannot be read: ${explain(parsed.error)}`,
      {
        method: request.method,
        path: request.path,
        status: answer.status,
        ...(request.method === 'GET' || request.readOnly ? {} : { applied: 'unknown' }),
      },
    );
  }

  async send(request: AmazonRequest): Promise<HttpAnswer> {
    const { operation } = request;
    const token = await this.tokens.current();
    const plan = this.plan(operation);
    await this.context.limiter.take(operation, plan);
    let answer: HttpAnswer;
    try {
      answer = await this.call(request, token);
    } catch (error) {
      this.slowDown(operation, error);
      if (!isRefusedToken(error)) throw error;
      const fresh = await this.tokens.replace(token);
      await this.context.limiter.take(operation, plan);
      answer = await this.call(request, fresh);
    }
    const named = planAfter(plan, answer.headers.get('x-amzn-ratelimit-limit'));
    if (named !== plan) this.memory.plans.set(this.key(operation), named);
    return answer;
  }

  key(name: string): string {
    return `${this.context.accountId} ${name}`;
  }

  /** Path below the seller's listings. */
  itemsPath(sku?: string): string {
    const base = `listings/2021-08-01/items/${encodeURIComponent(this.seller.sellerId)}`;
    return sku === undefined ? base : `${base}/${encodeURIComponent(sku)}`;
  }

  private plan(operation: Operation): BucketPlan {
    return this.memory.plans.get(this.key(operation)) ?? PLANS[operation];
  }

  private slowDown(operation: Operation, error: unknown): void {
    const { status, retryAfterMs } = failureOf(error) ?? {};
    if (status !== 429) return;
    const plan = this.plan(operation);
    this.context.limiter.close(operation, plan, retryAfterMs ?? pauseOf(plan));
  }

  private call(request: AmazonRequest, token: string): Promise<HttpAnswer> {
    const url = new URL(request.path, this.root);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value === undefined) continue;
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value));
    }
    const call: HttpCall = {
      method: request.method,
      url,
      timeoutMs: TIMEOUT_MS,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(request.readOnly ? { readOnly: true } : {}),
      authorize: (_method, target) => ({ url: target, headers: { 'x-amz-access-token': token } }),
      readFault,
    };
    return callJson(this.context, call);
  }
}

/** Amazon says both for a token that ended: 401 and, mostly, 403. */
function isRefusedToken(error: unknown): boolean {
  const { status, reason } = failureOf(error) ?? {};
  return error instanceof CodedError && (status === 401 || status === 403) && reason === undefined;
}

export function readFault(body: unknown): ChannelFault | null {
  const parsed = errorListSchema.safeParse(body);
  const first = parsed.success ? parsed.data.errors[0] : undefined;
  if (!first) return null;
  const details = first.details.trim();
  const text = details === '' || details === first.message ? first.message : `${first.message} ${details}`;
  return { code: first.code, message: text || `Amazon refused the request (${first.code})` };
}
