import { createHmac } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import { FaultPlan, type FaultName } from '../kit/fault-plan.ts';
import {
  startSimServer,
  type SimAnswer,
  type SimRequest,
  type SimServer,
  type SimServerOptions,
} from '../kit/http-server.ts';
import { picture } from '../kit/picture.ts';
import { Random } from '../kit/random.ts';
import { RequestLog } from '../kit/request-log.ts';
import { Access } from './access.ts';
import { GraphqlApi, type GraphqlRequest } from './graphql-api.ts';
import { CostBucket } from './query-cost.ts';
import { seedShop } from './seed.ts';
import { openStateFile } from './state-file.ts';
import { Store } from './store.ts';

export interface SimulatorOptions {
  /** Sellable variants. */
  readonly listings?: number;
  readonly orders?: number;
  /** Same seed, same shop. */
  readonly seed?: number;
  /** On 127.0.0.1; 0 = any free one. */
  readonly port?: number;
  /** Faults that happen now and then. */
  readonly faults?: readonly FaultName[];
  /** The moment that the first orders and changes are counted back from, epoch ms; by default now. */
  readonly baseMs?: number;
  readonly currency?: string;
  readonly timeZone?: string;
  /** Keeps what changes in this file, so that the next start goes on from there. */
  readonly stateFile?: string;
  /** The shop's clock, epoch ms. */
  readonly now?: () => number;
  /** Points of the bucket and points a second; by default a plain plan's. */
  readonly bucket?: { readonly maximumAvailable: number; readonly restoreRate: number };
}

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ShopifySimulator {
  readonly url: string;
  readonly port: number;
  readonly credentials: Credentials;
  /** What the shop has stored; changes through it are seen by the next request. */
  readonly store: Store;
  readonly access: Access;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  readonly api: GraphqlApi;
  /** Called with the name of every mutation just before it runs: what a person does in that very moment. */
  beforeMutation: ((name: string) => void) | null;
  close(): Promise<void>;
}

const API = /^\/admin\/api\/2026-10\/graphql\.json$/;
const TOKENS = '/admin/oauth/access_token';
const CONSENT = '/admin/oauth/authorize';
const STAGED = '/staged';
const PICTURES = '/wp-content/uploads/';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const PLAIN_PLAN = { maximumAvailable: 2_000, restoreRate: 100 };

/** Starts a shop on the loopback address that answers like Shopify's Admin API 2026-10. */
export async function startShopifySimulator(options: SimulatorOptions = {}): Promise<ShopifySimulator> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? 1;
  const wanted = {
    seed,
    listings: options.listings ?? 300,
    orders: options.orders ?? 60,
    baseMs: options.baseMs ?? now(),
  };
  const state = options.stateFile ? openStateFile(options.stateFile, wanted) : null;
  const content = seedShop(state?.shape ?? wanted);
  const settings = {
    name: 'Harbour & Home',
    currency: options.currency ?? 'EUR',
    timeZone: options.timeZone ?? 'Europe/Berlin',
  };
  const store = new Store(settings, content, now);
  state?.restore(store);
  const access = new Access(new Random(seed + 31), now);
  const faults = new FaultPlan(new Random(seed + 97));
  faults.sometimes(options.faults ?? []);
  const log = new RequestLog();
  let url = '';
  const simulator: Pick<ShopifySimulator, 'beforeMutation'> = { beforeMutation: null };
  const bucket = new CostBucket({ ...(options.bucket ?? PLAIN_PLAN), now });
  const api = new GraphqlApi({ store, url: () => url }, bucket);
  const port = options.port ?? state?.port ?? 0;
  const server = await startAtPort(port, options.port === undefined, {
    faults,
    log,
    describe: (request) => ({ query: {}, body: loggedBody(request) }),
    targetOf: (request) => ({ method: request.method, path: targetPath(api, request) }),
    spared: (path) => path.startsWith(PICTURES),
    errorBody: (status) => JSON.stringify({ errors: ERROR_TEXT[status] ?? 'Something went wrong' }),
    reorder: reversedNodes,
    answer: (request) => {
      const [, mutation] = /^\/graphql\/mutation\/(\w+)/.exec(targetPath(api, request)) ?? [];
      if (mutation !== undefined) simulator.beforeMutation?.(mutation);
      const answer = answerOf(request, { api, access });
      state?.save(store);
      return answer;
    },
  }).catch((error: unknown) => {
    state?.close();
    throw error;
  });
  url = server.url;
  state?.remember(server.port);
  return Object.assign(simulator, {
    url: server.url,
    port: server.port,
    credentials: { clientId: access.clientId, clientSecret: access.clientSecret },
    store,
    access,
    log,
    faults,
    api,
    close: async () => {
      await server.close();
      state?.save(store);
      state?.close();
    },
  });
}

const ERROR_TEXT: Readonly<Record<number, string>> = {
  429: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The wanted port, or any free one when somebody else has taken it meanwhile. */
async function startAtPort(
  port: number,
  yielding: boolean,
  options: Omit<SimServerOptions, 'port'>,
): Promise<SimServer> {
  try {
    return await startSimServer({ ...options, port });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken) throw error;
    if (yielding && port !== 0) return startSimServer({ ...options, port: 0 });
    throw new CodedError('BAD_INPUT', `Port ${port} is in use; choose another one, or 0 for any`, { port });
  }
}

function answerOf(request: SimRequest, { api, access }: { api: GraphqlApi; access: Access }): SimAnswer {
  const { pathname } = request.url;
  if (pathname.startsWith(PICTURES)) {
    const headers = { 'content-type': 'image/png', 'cache-control': 'max-age=86400' };
    return { status: 200, headers, body: picture(pathname) };
  }
  if (pathname === STAGED && request.method === 'POST') {
    const status = api.bulk.staged.receive(request.body);
    return { status, headers: {}, body: '' };
  }
  const file = api.bulk.file(pathname);
  if (file !== null) return partOf(file, request.headers['range']);
  if (pathname === TOKENS && request.method === 'POST') {
    const { status, body } = access.issue(formOf(request));
    return json(status, body);
  }
  if (pathname === CONSENT) return consentOf(request, access);
  if (!API.test(pathname) || request.method !== 'POST') return json(404, { errors: 'Not Found' });
  if (!access.accepts(request.headers['x-shopify-access-token'] ?? '')) {
    const errors = '[API] Invalid API key or access token (unrecognized login or wrong password)';
    return json(401, { errors });
  }
  const parsed = readRequest(request.body);
  if (!parsed) return json(400, { errors: { query: 'Required parameter missing or invalid' } });
  const body = api.answer(parsed);
  return { ...json(200, body), isList: LISTS.test(api.nameOf(parsed.query)) };
}

/** A part of a file, as storage servers hand it out. */
function partOf(file: string, range: string | undefined): SimAnswer {
  const bytes = Buffer.from(file, 'utf8');
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? [];
  const headers = { 'content-type': 'application/jsonl' };
  if (from === undefined) return { status: 200, headers, body: bytes };
  const end = Math.min(Number(to), bytes.length - 1);
  const contentRange = `bytes ${from}-${end}/${bytes.length}`;
  return {
    status: 206,
    headers: { ...headers, 'content-range': contentRange },
    body: bytes.subarray(Number(from), end + 1),
  };
}

/** The owner of this shop allows everything at once and is sent back with a signed code. */
function consentOf({ url }: SimRequest, access: Access): SimAnswer {
  const asked = url.searchParams;
  if (asked.get('client_id') !== access.clientId) return json(400, { error: 'invalid_client' });
  const answer = new URLSearchParams({
    code: access.consent(),
    shop: url.hostname,
    state: asked.get('state') ?? '',
    timestamp: String(Math.floor(Date.now() / 1_000)),
  });
  const message = [...answer]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
  answer.set('hmac', createHmac('sha256', access.clientSecret).update(message).digest('hex'));
  const location = `${asked.get('redirect_uri') ?? ''}?${answer.toString()}`;
  return { status: 302, headers: { location }, body: '' };
}

/** Operations whose answer is one page of a list, for faults that repeat or reorder pages. */
const LISTS = /^(Products|ProductIds|Orders|Deletions)$/;

function json(status: number, body: unknown): SimAnswer {
  return { status, headers: JSON_TYPE, body: JSON.stringify(body) };
}

function formOf(request: SimRequest): URLSearchParams {
  if (!(request.headers['content-type'] ?? '').includes('json')) return new URLSearchParams(request.body);
  return new URLSearchParams(JSON.parse(request.body) as Record<string, string>);
}

function readRequest(text: string): GraphqlRequest | null {
  try {
    const body = JSON.parse(text) as { query?: unknown; variables?: unknown };
    if (typeof body.query !== 'string') return null;
    const variables = (body.variables ?? {}) as Record<string, unknown>;
    return { query: body.query, variables };
  } catch {
    return null;
  }
}

/** `/graphql/mutation/UpdateVariants`: what faults are aimed at. */
function targetPath(api: GraphqlApi, request: SimRequest): string {
  if (!API.test(request.url.pathname)) return request.url.pathname;
  const query = readRequest(request.body)?.query ?? '';
  const kind = /^\s*mutation\b/.test(query) ? 'mutation' : 'query';
  return `/graphql/${kind}/${api.nameOf(query)}`;
}

/** Tokens and secrets stay out of the log. */
function loggedBody(request: SimRequest): unknown {
  if (request.url.pathname === TOKENS) return { grant_type: formOf(request).get('grant_type') };
  return readRequest(request.body) ?? undefined;
}

function reversedNodes(body: string): string {
  const answer = JSON.parse(body) as { data?: Record<string, { nodes?: unknown[] }> };
  for (const list of Object.values(answer.data ?? {})) list.nodes?.reverse();
  return JSON.stringify(answer);
}
