import { createHmac } from 'node:crypto';
import type { FaultPlan } from '../kit/fault-plan.ts';
import type { SimAnswer, SimRequest } from '../kit/http-server.ts';
import { Random } from '../kit/random.ts';
import type { RequestLog } from '../kit/request-log.ts';
import { common, openDoor, pictureAt, PICTURES, type CommonOptions } from '../kit/start.ts';
import { Access } from './access.ts';
import { GraphqlApi, type GraphqlRequest } from './graphql-api.ts';
import { CostBucket } from './query-cost.ts';
import { seedShop } from './seed.ts';
import { openStateFile } from './state-file.ts';
import { Store } from './store.ts';

export interface SimulatorOptions extends CommonOptions {
  readonly currency?: string;
  readonly timeZone?: string;
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
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const PLAIN_PLAN = { maximumAvailable: 2_000, restoreRate: 100 };

/** Starts a shop on the loopback address that answers like Shopify's Admin API 2026-10. */
export async function startShopifySimulator(options: SimulatorOptions = {}): Promise<ShopifySimulator> {
  const { now, shape, faults, log } = common(options);
  const state = options.stateFile ? openStateFile(options.stateFile, shape) : null;
  const content = seedShop(state?.shape ?? shape);
  const settings = {
    name: 'Harbour & Home',
    currency: options.currency ?? 'EUR',
    timeZone: options.timeZone ?? 'Europe/Berlin',
  };
  const store = new Store(settings, content, now);
  state?.restore(store);
  const access = new Access(new Random(shape.seed + 31), now);
  let url = '';
  const simulator: Pick<ShopifySimulator, 'beforeMutation'> = { beforeMutation: null };
  const bucket = new CostBucket({ ...(options.bucket ?? PLAIN_PLAN), now });
  const api = new GraphqlApi({ store, url: () => url }, bucket);
  const server = await openDoor(options, state, () => state?.save(store), {
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
      return answerOf(request, { api, access });
    },
  });
  url = server.url;
  return Object.assign(simulator, {
    url: server.url,
    port: server.port,
    credentials: { clientId: access.clientId, clientSecret: access.clientSecret },
    store,
    access,
    log,
    faults,
    api,
    close: async () => server.close(),
  });
}

const ERROR_TEXT: Readonly<Record<number, string>> = {
  429: 'Exceeded 2 calls per second for api client. Reduce request rates to resume uninterrupted service.',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function answerOf(request: SimRequest, { api, access }: { api: GraphqlApi; access: Access }): SimAnswer {
  const { pathname } = request.url;
  const photo = pictureAt(pathname);
  if (photo) return photo;
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
