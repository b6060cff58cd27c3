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
import { OAuthCheck, type ApiKey } from './oauth-check.ts';
import { pickFields } from './pick-fields.ts';
import { readJsonBody, Routes, type Reply } from './routes.ts';
import { seedShop } from './seed/seed-shop.ts';
import { openStateFile, type StateFile } from './state-file.ts';
import { Store } from './store.ts';
import { WpError } from './wp-error.ts';

export interface SimulatorOptions {
  /** Sellable variants: simple products and variations. */
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
}

export interface Credentials {
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

export interface WooCommerceSimulator {
  readonly url: string;
  readonly port: number;
  readonly credentials: Credentials;
  /** A key that may only read. */
  readonly readOnlyCredentials: Credentials;
  /** What the shop has stored; changes through it are seen by the next request. */
  readonly store: Store;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  close(): Promise<void>;
}

const API = '/wp-json/wc/v3/';
const PICTURES = '/wp-content/uploads/';
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/**
 * Starts a shop on the loopback address that behaves as WooCommerce 10.0.2 was
 * observed to behave, what it does in silence included.
 */
export async function startWooCommerceSimulator(
  options: SimulatorOptions = {},
): Promise<WooCommerceSimulator> {
  const random = new Random(options.seed ?? 1);
  const keys = [apiKey(random, 'read_write'), apiKey(random, 'read')] as const;
  const faults = new FaultPlan(new Random((options.seed ?? 1) + 1));
  faults.sometimes(options.faults ?? []);
  const log = new RequestLog();
  const { store, state } = openStore(options);
  const context = { store, url: '' };
  const routes = new Routes(context, faults);
  const oauth = new OAuthCheck(keys);
  const server = await startAtPort(options.port ?? state?.port ?? 0, options.port === undefined, {
    faults,
    log,
    spared: (path) => path.startsWith(PICTURES),
    describe: (request) => ({ query: plainQuery(request.url), body: loggedBody(request) }),
    errorBody: (status) =>
      JSON.stringify({
        code: 'internal_server_error',
        message: 'The shop is not available.',
        data: { status },
      }),
    answer: (request) => {
      const answer = answerOf(request, routes, oauth);
      state?.save(store);
      return answer;
    },
  }).catch((error: unknown) => {
    state?.close();
    throw error;
  });
  context.url = server.url;
  state?.remember(server.port);
  return {
    url: server.url,
    port: server.port,
    credentials: credentialsOf(keys[0]),
    readOnlyCredentials: credentialsOf(keys[1]),
    store,
    log,
    faults,
    close: async () => {
      await server.close();
      state?.save(store);
      state?.close();
    },
  };
}

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

function openStore(options: SimulatorOptions): { store: Store; state: StateFile | null } {
  const now = options.now ?? Date.now;
  const wanted = {
    seed: options.seed ?? 1,
    listings: options.listings ?? 500,
    orders: options.orders ?? 90,
    baseMs: options.baseMs ?? now(),
  };
  const state = options.stateFile ? openStateFile(options.stateFile, wanted) : null;
  const settings = {
    currency: options.currency ?? 'EUR',
    timeZone: options.timeZone ?? 'Europe/Berlin',
    version: '10.0.2',
  };
  const store = new Store(settings, seedShop({ ...(state?.shape ?? wanted), ...settings }), now);
  state?.restore(store);
  return { store, state };
}

function answerOf(request: SimRequest, routes: Routes, oauth: OAuthCheck): SimAnswer {
  const { pathname } = request.url;
  if (pathname.startsWith(PICTURES)) {
    return {
      status: 200,
      headers: { 'content-type': 'image/png', 'cache-control': 'max-age=86400' },
      body: picture(pathname),
    };
  }
  try {
    const query = request.url.searchParams;
    if (pathname === '/wp-json/' || pathname === '/wp-json') {
      return jsonAnswer({ status: 200, body: routes.index() }, request, query);
    }
    if (!pathname.startsWith(API)) {
      return {
        status: 404,
        headers: { 'content-type': 'text/html' },
        body: '<html><body>Not found</body></html>',
      };
    }
    const checked = oauth.check(request.method, request.url);
    const reply = routes.answer({
      method: request.method,
      path: pathname.slice(API.length).replace(/\/+$/, ''),
      query: checked,
      body: request.method === 'GET' ? {} : readJsonBody(request.body),
    });
    return jsonAnswer(reply, request, checked);
  } catch (error) {
    if (!(error instanceof WpError)) throw error;
    return { status: error.status, headers: JSON_TYPE, body: JSON.stringify(error.toBody()) };
  }
}

function jsonAnswer(reply: Reply, request: SimRequest, query: URLSearchParams): SimAnswer {
  const body = JSON.stringify(pickFields(reply.body, query.get('_fields')));
  return {
    status: reply.status,
    headers: { ...JSON_TYPE, ...pageHeaders(reply, request.url) },
    body,
    isList: reply.page !== undefined,
  };
}

function pageHeaders({ page }: Reply, url: URL): Record<string, string> {
  if (!page) return {};
  const link = (number: number, rel: string): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(number));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page.page > 1 ? [link(Math.min(page.page - 1, Math.max(page.pages, 1)), 'prev')] : []),
    ...(page.page < page.pages ? [link(page.page + 1, 'next')] : []),
  ];
  return {
    'x-wp-total': String(page.total),
    'x-wp-totalpages': String(page.pages),
    ...(links.length > 0 ? { link: links.join(', ') } : {}),
  };
}

function apiKey(random: Random, permissions: ApiKey['permissions']): ApiKey {
  return { consumerKey: `ck_${random.hex(40)}`, consumerSecret: `cs_${random.hex(40)}`, permissions };
}

function credentialsOf({ consumerKey, consumerSecret }: ApiKey): Credentials {
  return { consumerKey, consumerSecret };
}

function plainQuery(url: URL): Record<string, string> {
  return Object.fromEntries(
    [...url.searchParams].filter(([name]) => !name.startsWith('oauth_') && !name.startsWith('consumer_')),
  );
}

function loggedBody(request: SimRequest): unknown {
  if (request.method === 'GET' || request.body === '') return undefined;
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    return request.body;
  }
}
