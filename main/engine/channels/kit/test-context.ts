import { silentLogger } from '../../system-ports.ts';
import type { ChannelContext, Exchange, TokenStore } from '../contract.ts';
import type { Fetch } from '../../ports.ts';

export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A context for tests whose requests are answered by `answer` instead of a network. */
export function testContext(
  answer: (request: SentRequest) => Response | Promise<Response>,
  overrides: Partial<ChannelContext> = {},
): { context: ChannelContext; sent: SentRequest[]; exchanges: Exchange[] } {
  const sent: SentRequest[] = [];
  const exchanges: Exchange[] = [];
  const fetch: Fetch = async (url, init) => {
    const headers = new Headers(init.headers);
    const request = {
      method: init.method ?? 'GET',
      url: new URL(url),
      headers,
      body: typeof init.body === 'string' ? sentBody(headers, init.body) : undefined,
    };
    sent.push(request);
    return answer(request);
  };
  const context: ChannelContext = {
    accountId: 'account-1',
    baseUrl: 'https://shop.test',
    credentials: { consumerKey: 'ck_test', consumerSecret: 'cs_test' },
    currency: 'USD',
    fetch,
    clock: { now: () => Date.now(), sleep: async () => undefined },
    log: silentLogger,
    limiter: { take: async () => undefined, observe: () => undefined, close: () => undefined },
    tokens: memoryTokens(),
    random: () => 0.5,
    onExchange: (exchange) => void exchanges.push(exchange),
    ...overrides,
  };
  return { context, sent, exchanges };
}

/** Form bodies as an object of their fields. */
function sentBody(headers: Headers, text: string): unknown {
  const form = headers.get('content-type') === 'application/x-www-form-urlencoded';
  return form ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
}

/** Tokens that live as long as the test. */
export function memoryTokens(first: Readonly<Record<string, string>> = {}): TokenStore {
  let tokens = first;
  return {
    read: async () => tokens,
    write: async (next) => {
      tokens = next;
    },
  };
}

/** A JSON answer as a server sends it. */
export function json(body: unknown, init: ResponseInit = {}): Response {
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    ...(init.headers as Record<string, string>),
  };
  return new Response(JSON.stringify(body), { ...init, headers });
}

/** A list answer with the count headers of WordPress. */
export function list(records: readonly unknown[], total = records.length): Response {
  return json(records, { headers: { 'x-wp-total': String(total) } });
}

export async function failureOfCall(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('The call was expected to fail');
}
