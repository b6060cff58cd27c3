import { CodedError } from '#shared/errors/coded-error.ts';
import type { z } from 'zod';
import type { ChannelContext } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import { callJson, type HttpAnswer, type HttpCall } from '../kit/http.ts';
import { apiRoot } from './addresses.ts';
import { readFault } from './faults.ts';
import type { EtsyMemory } from './memory.ts';
import { CallQuota, type CallClass } from './quota.ts';
import { explain, meSchema } from './records.ts';
import { credential, EtsyTokens } from './tokens.ts';

const READ_TIMEOUT_MS = 45_000;
const WRITE_TIMEOUT_MS = 60_000;

export type Query = Readonly<Record<string, string | number | boolean>>;

export interface EtsyCall {
  readonly method: HttpCall['method'];
  /** Below /v3/application/. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly multipart?: Readonly<Record<string, string>>;
  readonly kind: CallClass;
}

/** One shop as seen by one call of the engine. */
export class EtsyClient {
  readonly context: ChannelContext;
  readonly memory: EtsyMemory;
  private readonly tokens: EtsyTokens;
  private readonly quota: CallQuota;

  constructor(context: ChannelContext, memory: EtsyMemory) {
    this.context = context;
    this.memory = memory;
    this.tokens = new EtsyTokens(context, memory);
    this.quota = new CallQuota(context, memory);
  }

  async get<S extends z.ZodType>(
    path: string,
    query: Query,
    schema: S,
    kind: CallClass,
  ): Promise<z.output<S>> {
    return this.read(await this.send({ method: 'GET', path, query, kind }), path, schema);
  }

  /** Throws CHANNEL_UNKNOWN when the answer is not what it should be. */
  read<S extends z.ZodType>(answer: HttpAnswer, path: string, schema: S): z.output<S> {
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    const message = `Etsy's answer to ${path} cannot be read: ${explain(parsed.error)}`;
    throw callFailed('CHANNEL_UNKNOWN', message, { method: 'GET', path, status: answer.status });
  }

  /** One call in its turn. A token that ended on the way is replaced once; nothing else is tried again. */
  async send(call: EtsyCall): Promise<HttpAnswer> {
    const token = await this.tokens.current();
    try {
      return await this.exchange(call, token);
    } catch (error) {
      if (failureOf(error)?.status !== 401) throw error;
      return this.exchange(call, await this.tokens.replace(token));
    }
  }

  /** "shops/123": of the account's settings, or of the person who signed in. */
  async shopPath(): Promise<string> {
    const { accountId } = this.context;
    const wanted = credential(this.context, 'shopId');
    if (wanted !== '') {
      if (/^\d+$/.test(wanted)) return `shops/${wanted}`;
      throw new CodedError('CREDENTIALS_MISSING', `"${wanted}" is no shop id; it consists of digits`, {
        accountId,
      });
    }
    const known = this.memory.shops.get(accountId);
    if (known) return `shops/${known}`;
    const me = await this.get('users/me', {}, meSchema, 'now');
    if (!me.shop_id) {
      throw callFailed('CHANNEL_AUTH', 'The person who signed in has no shop on Etsy', {
        method: 'GET',
        path: 'users/me',
      });
    }
    this.memory.shops.set(accountId, me.shop_id);
    return `shops/${me.shop_id}`;
  }

  private async exchange(call: EtsyCall, token: string): Promise<HttpAnswer> {
    await this.quota.take(call.kind);
    const url = new URL(`/v3/application/${call.path}`, apiRoot(this.context.baseUrl));
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, String(value));
    try {
      const answer = await callJson(this.context, {
        method: call.method,
        url,
        ...(call.form ? { form: call.form } : {}),
        ...(call.multipart ? { multipart: call.multipart } : {}),
        ...(call.body === undefined ? {} : { body: call.body }),
        timeoutMs: call.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
        authorize: (_method, target) => ({ url: target, headers: this.headers(token) }),
        readFault,
      });
      this.quota.observe(answer.headers);
      return answer;
    } catch (error) {
      const { status, retryAfterMs } = failureOf(error) ?? {};
      if (status === 429) this.quota.refused(retryAfterMs);
      throw error;
    }
  }

  private headers(token: string): Record<string, string> {
    const key = `${credential(this.context, 'keystring')}:${credential(this.context, 'sharedSecret')}`;
    return { 'x-api-key': key, authorization: `Bearer ${token}` };
  }
}
