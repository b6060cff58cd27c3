import { createHash } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import { callFailed, failureOf, type FailureDetails } from '../kit/failures.ts';
import { callJson, type HttpAnswer } from '../kit/http.ts';
import { CostLimiter, readCost, waitFor } from './cost.ts';
import { API_VERSION, type Operation } from './documents.ts';
import {
  isDocumentError,
  isWithheld,
  kindOfCode,
  readErrors,
  readFault,
  type GraphqlError,
} from './graphql-errors.ts';
import type { ShopMemory } from './memory.ts';
import { explain } from './records.ts';
import { shopRoot } from './shop-address.ts';
import { ShopTokens } from './tokens.ts';

const QUERY_TIMEOUT_MS = 45_000;
const MUTATION_TIMEOUT_MS = 60_000;
/** When the shop throttles without saying how long. */
const THROTTLED_MS = 2_000;
/** Pages are made smaller up to this many times before a query counts as impossible. */
const MOST_SHRINK = 16;

export type Variables = Readonly<Record<string, unknown>>;

/** One shop as seen by one call of the engine. */
export class ShopifyClient {
  readonly context: ChannelContext;
  readonly memory: ShopMemory;
  private readonly tokens: ShopTokens;
  private readonly costs: CostLimiter;
  private readonly url: URL;

  constructor(context: ChannelContext, memory: ShopMemory) {
    this.context = context;
    this.memory = memory;
    this.tokens = new ShopTokens(context, memory);
    this.costs = new CostLimiter(context, memory);
    this.url = new URL(`admin/api/${API_VERSION}/graphql.json`, shopRoot(context.baseUrl));
  }

  /**
   * Sends one document and reads its data. Throws CHANNEL_* errors: those of a
   * mutation say in `details.applied` whether it may have been carried out.
   */
  async send<S extends z.ZodType>(
    operation: Operation,
    variables: Variables,
    schema: S,
  ): Promise<z.output<S>> {
    const answer = await this.exchange(operation, variables);
    const body = answer.body as { data?: unknown } | null;
    const parsed = schema.safeParse(body?.data);
    if (parsed.success) return parsed.data;
    throw callFailed(
      'CHANNEL_UNKNOWN',
      `The shop's answer to ${operation.name} cannot be read: ${explain(parsed.error)}`,
      this.details(operation, answer.status, 'unknown'),
    );
  }

  /** A page's size after what was learnt about expensive queries. */
  sized(size: number): number {
    return Math.max(1, Math.floor(size / (this.memory.shrink.get(this.context.accountId) ?? 1)));
  }

  /** A key of idempotency that no other call has. A UUID in form. */
  newKey(content: string): string {
    this.memory.calls += 1;
    const { accountId, clock } = this.context;
    const seed = [accountId, clock.now(), this.memory.calls, this.context.random(), content].join(' ');
    const hex = createHash('sha256').update(seed).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }

  private async exchange(operation: Operation, variables: Variables): Promise<HttpAnswer> {
    const key = costKeyOf(operation, variables);
    const token = await this.tokens.current();
    const charged = await this.costs.take(operation.kind, key);
    let answer: HttpAnswer;
    try {
      answer = await this.post(operation, variables, token);
    } catch (error) {
      if (failureOf(error)?.status !== 401) throw this.explained(error, operation);
      const fresh = await this.tokens.replace(token);
      if (fresh === null) throw error;
      answer = await this.post(operation, variables, fresh).catch((again: unknown) => {
        throw this.explained(again, operation);
      });
    }
    const report = readCost(answer.body);
    if (report) this.costs.settle(key, charged, report);
    const errors = readErrors(answer.body);
    if (errors.length === 0) return answer;
    if (operation.kind === 'query' && errors.every(isWithheld) && hasData(answer.body)) {
      this.context.log.warn('The shop withholds fields', {
        operation: operation.name,
        message: errors[0]?.message,
      });
      return answer;
    }
    throw this.refusal(operation, answer, errors);
  }

  private post(operation: Operation, variables: Variables, token: string): Promise<HttpAnswer> {
    return callJson(this.context, {
      method: 'POST',
      url: this.url,
      body: { query: operation.document, variables, operationName: operation.name },
      readOnly: operation.kind === 'query',
      timeoutMs: operation.kind === 'query' ? QUERY_TIMEOUT_MS : MUTATION_TIMEOUT_MS,
      authorize: (_method, url) => ({ url, headers: { 'x-shopify-access-token': token } }),
      readFault,
    });
  }

  /** Statuses that mean something else for a shop's one address than for a record's. */
  private explained(error: unknown, operation: Operation): unknown {
    const { status, retryAfterMs, reason } = failureOf(error) ?? {};
    if (status === 429) this.costs.close(retryAfterMs ?? THROTTLED_MS);
    if (status === 402 || status === 423) {
      const message = 'The shop is frozen or locked; its owner has to open it in Shopify';
      return callFailed('CHANNEL_AUTH', message, this.details(operation, status, 'no'), error);
    }
    if (status === 404) {
      const message = `There is no Shopify shop with API ${API_VERSION} at ${this.url.host}; check the address`;
      const details = { ...this.details(operation, status, 'no'), reason: reason ?? 'html' } as const;
      return callFailed('CHANNEL_INVALID', message, details, error);
    }
    return error;
  }

  private refusal(operation: Operation, answer: HttpAnswer, errors: readonly GraphqlError[]): CodedError {
    const error = errors.find(({ code }) => kindOfCode(code) !== undefined) ?? errors[0];
    const { code, message } = error ?? { code: '', message: '' };
    const details = (applied: 'no' | 'unknown'): FailureDetails => ({
      ...this.details(operation, answer.status, applied),
      channelCode: code || 'REFUSED',
    });
    if (code === 'THROTTLED') {
      const report = readCost(answer.body);
      const retryAfterMs = report ? waitFor(report) : THROTTLED_MS;
      this.costs.close(retryAfterMs);
      return callFailed('CHANNEL_RATE', 'The shop asks to slow down', { ...details('no'), retryAfterMs });
    }
    if (code === 'MAX_COST_EXCEEDED') return this.tooExpensive(operation, details('no'), message);
    if (code === 'ACCESS_DENIED') {
      return callFailed('CHANNEL_AUTH', `The app lacks a permission: ${message}`, details('no'));
    }
    const kind = kindOfCode(code);
    if (kind)
      return callFailed(kind, `${message} (${code})`, details(kind === 'CHANNEL_AUTH' ? 'no' : 'unknown'));
    if (isDocumentError(code)) return callFailed('CHANNEL_INVALID', `${message} (${code})`, details('no'));
    return callFailed('CHANNEL_UNKNOWN', message || 'The shop refused without a reason', details('unknown'));
  }

  private tooExpensive(operation: Operation, details: FailureDetails, message: string): CodedError {
    const { shrink } = this.memory;
    const now = (shrink.get(this.context.accountId) ?? 1) * 2;
    if (now > MOST_SHRINK || operation.kind === 'mutation') {
      return callFailed('CHANNEL_INVALID', `${message} (MAX_COST_EXCEEDED)`, details);
    }
    shrink.set(this.context.accountId, now);
    return callFailed('CHANNEL_TRANSIENT', 'The shop found the page too large; smaller ones follow', details);
  }

  private details(operation: Operation, status: number, applied: 'no' | 'unknown'): FailureDetails {
    return {
      method: 'POST',
      path: `${this.url.pathname} ${operation.name}`,
      status,
      ...(operation.kind === 'mutation' ? { applied } : {}),
    };
  }
}

function hasData(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'data' in body && body.data !== null;
}

/** Queries of one name cost the same as long as their sizes are the same. */
function costKeyOf(operation: Operation, variables: Variables): string {
  const sizes = Object.values(variables).map((value) =>
    typeof value === 'number' ? value : Array.isArray(value) ? value.length : '',
  );
  return `${operation.name} ${sizes.join(' ')}`;
}
