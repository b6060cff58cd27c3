import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { callJson, type HttpAnswer, type HttpCall } from '../kit/http.ts';
import { failureOf, type FailureReason } from '../kit/failures.ts';
import { readFault } from './faults.ts';
import { signUrl, type OAuthKeys } from './oauth1.ts';

export const CREDENTIAL_KEYS = ['consumerKey', 'consumerSecret'] as const;

/** A shared host may take this long for a full page or a batch; anything slower is stuck. */
const READ_TIMEOUT_MS = 60_000;
const WRITE_TIMEOUT_MS = 120_000;

export type Query = Readonly<Record<string, string | number>>;

export interface WooRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/wp-json/wc/v3/`, such as `products/12`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
}

/** What was learnt about a shop while this process lives; losing it costs one request. */
export interface ShopMemory {
  /** Hosts that swallow the Authorization header take the keys in the query instead. */
  readonly keysInQuery: Set<string>;
  /** Records a list page has at most, made smaller when a shop is overwhelmed. */
  readonly pageSize: Map<string, { readonly size: number; readonly sinceMs: number }>;
  nonces: number;
}

export function newShopMemory(): ShopMemory {
  return { keysInQuery: new Set(), pageSize: new Map(), nonces: 0 };
}

/** One shop as seen by one call of the engine. */
export class WooClient {
  readonly context: ChannelContext;
  private readonly memory: ShopMemory;
  private readonly keys: OAuthKeys;
  private readonly root: URL;

  constructor(context: ChannelContext, memory: ShopMemory) {
    this.context = context;
    this.memory = memory;
    this.keys = keysOf(context);
    this.root = shopRoot(context.baseUrl);
  }

  get(path: string, query: Query = {}): Promise<HttpAnswer> {
    return this.send({ method: 'GET', path, query });
  }

  /** The public index of the site, above WooCommerce; needs no keys and gets none. */
  getSiteIndex(): Promise<HttpAnswer> {
    const url = new URL('wp-json/', this.root);
    url.searchParams.set('_fields', 'timezone_string,gmt_offset');
    const authorize: HttpCall['authorize'] = (_method, target) => ({ url: target, headers: {} });
    return callJson(this.context, { method: 'GET', url, timeoutMs: READ_TIMEOUT_MS, authorize });
  }

  async send(request: WooRequest): Promise<HttpAnswer> {
    const shop = this.root.href;
    const inQuery = this.memory.keysInQuery.has(shop);
    try {
      return await callJson(this.context, this.callOf(request, inQuery));
    } catch (error) {
      if (this.root.protocol !== 'https:' || !lacksKeys(error)) throw error;
      // The answer to a request without keys: the host may have taken the header away.
      const answer = await callJson(this.context, this.callOf(request, !inQuery));
      if (inQuery) this.memory.keysInQuery.delete(shop);
      else this.memory.keysInQuery.add(shop);
      return answer;
    }
  }

  private callOf(request: WooRequest, inQuery: boolean): HttpCall {
    const url = new URL(`wp-json/wc/v3/${request.path}`, this.root);
    for (const [name, value] of Object.entries(request.query ?? {}))
      url.searchParams.set(name, String(value));
    return {
      method: request.method,
      url,
      ...(request.body === undefined ? {} : { body: request.body }),
      timeoutMs: request.method === 'GET' ? READ_TIMEOUT_MS : WRITE_TIMEOUT_MS,
      authorize: (method, target) => this.authorize(method, target, inQuery),
      readFault,
    };
  }

  private authorize(method: string, url: URL, inQuery: boolean): ReturnType<HttpCall['authorize']> {
    const { consumerKey, consumerSecret } = this.keys;
    if (url.protocol === 'http:') {
      const { clock } = this.context;
      const chance = Math.floor(this.context.random() * 2 ** 48);
      this.memory.nonces += 1;
      const nonce = `${chance.toString(36)}${clock.now().toString(36)}${this.memory.nonces.toString(36)}`;
      const timestamp = Math.floor(clock.now() / 1_000);
      return { url: signUrl(method, url, this.keys, { nonce, timestamp }), headers: {} };
    }
    if (inQuery) {
      const keyed = new URL(url);
      keyed.searchParams.set('consumer_key', consumerKey);
      keyed.searchParams.set('consumer_secret', consumerSecret);
      return { url: keyed, headers: {} };
    }
    const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
    return { url, headers: { authorization: `Basic ${basic}` } };
  }

  get pageSize(): number {
    return this.memory.pageSize.get(this.root.href)?.size ?? LARGEST_PAGE;
  }

  /**
   * Reads one page of a list. A shop that cannot answer a page of this size in
   * time gets smaller ones for some minutes, then they grow again.
   */
  async getPage(path: string, query: Query, pageSize: number): Promise<HttpAnswer> {
    try {
      const answer = await this.get(path, { ...query, per_page: pageSize });
      const learnt = this.memory.pageSize.get(this.root.href);
      if (learnt && this.context.clock.now() - learnt.sinceMs > SPARED_MS) {
        this.learnPageSize(Math.min(LARGEST_PAGE, learnt.size * 2));
      }
      return answer;
    } catch (error) {
      if (overwhelmed(error)) this.learnPageSize(Math.max(SMALLEST_PAGE, Math.floor(pageSize / 2)));
      throw error;
    }
  }

  private learnPageSize(size: number): void {
    this.memory.pageSize.set(this.root.href, { size, sinceMs: this.context.clock.now() });
  }
}

const LARGEST_PAGE = 100;
const SMALLEST_PAGE = 10;
/** How long a shop is spared after it was overwhelmed before pages grow again. */
const SPARED_MS = 600_000;

/** The answer to a request that seemed to carry no keys at all. */
function lacksKeys(error: unknown): boolean {
  const failure = failureOf(error);
  return failure?.status === 401 && (failure.channelCode ?? '').startsWith('woocommerce_rest_cannot_');
}

const TOO_MUCH: ReadonlySet<FailureReason | undefined> = new Set([
  'timeout',
  'too_large',
  'truncated',
  'dropped',
]);

/** Time-outs, broken PHP and cut answers get better with smaller pages; a polite "not now" does not. */
function overwhelmed(error: unknown): boolean {
  const failure = failureOf(error);
  return failure !== null && (TOO_MUCH.has(failure.reason) || [500, 502, 504].includes(failure.status ?? 0));
}

function keysOf(context: ChannelContext): OAuthKeys {
  const [consumerKey, consumerSecret] = CREDENTIAL_KEYS.map(
    (name) => context.credentials[name]?.trim() ?? '',
  );
  if (!consumerKey || !consumerSecret) {
    throw new CodedError(
      'CREDENTIALS_MISSING',
      'The shop needs a consumer key (ck_…) and a consumer secret (cs_…)',
      {
        accountId: context.accountId,
      },
    );
  }
  return { consumerKey, consumerSecret };
}

/** The site's own address, whatever part of the API people pasted behind it. Ends with a slash. */
export function shopRoot(baseUrl: string): URL {
  const trimmed = baseUrl.trim();
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(text)) {
    throw new CodedError('CHANNEL_INVALID', `"${trimmed}" is not the address of a shop`, {
      baseUrl: trimmed,
    });
  }
  const url = new URL(text);
  url.pathname = `${url.pathname.replace(/\/(wp-json|wp-admin)(\/.*)?$/, '').replace(/\/+$/, '')}/`;
  url.search = '';
  url.hash = '';
  url.username = '';
  url.password = '';
  return url;
}
