import type { FaultPlan } from '../kit/fault-plan.ts';
import type { SimAnswer, SimRequest } from '../kit/http-server.ts';
import { Random } from '../kit/random.ts';
import type { RequestLog } from '../kit/request-log.ts';
import { common, openDoor, pictureAt, PICTURES, type CommonOptions } from '../kit/start.ts';
import { OAuthCheck, type ApiKey } from './oauth-check.ts';
import { pickFields } from './pick-fields.ts';
import { readJsonBody, Routes, type Reply } from './routes.ts';
import { seedShop } from './seed/seed-shop.ts';
import { openStateFile } from './state-file.ts';
import { Store } from './store.ts';
import { WpError } from './wp-error.ts';

export interface SimulatorOptions extends CommonOptions {
  readonly currency?: string;
  readonly timeZone?: string;
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
const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' };

/**
 * Starts a shop on the loopback address that behaves as WooCommerce 10.0.2 was
 * observed to behave, what it does in silence included.
 */
export async function startWooCommerceSimulator(
  options: SimulatorOptions = {},
): Promise<WooCommerceSimulator> {
  const { now, shape, faults, log } = common(options, { listings: 500, orders: 90, faultSeed: 1 });
  const random = new Random(shape.seed);
  const keys = [apiKey(random, 'read_write'), apiKey(random, 'read')] as const;
  const state = options.stateFile ? openStateFile(options.stateFile, shape) : null;
  const settings = {
    currency: options.currency ?? 'EUR',
    timeZone: options.timeZone ?? 'Europe/Berlin',
    version: '10.0.2',
  };
  const store = new Store(settings, seedShop({ ...(state?.shape ?? shape), ...settings }), now);
  state?.restore(store);
  const context = { store, url: '' };
  const routes = new Routes(context, faults);
  const oauth = new OAuthCheck(keys);
  const server = await openDoor(options, state, () => state?.save(store), {
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
    answer: (request) => answerOf(request, routes, oauth),
  });
  context.url = server.url;
  return {
    url: server.url,
    port: server.port,
    credentials: credentialsOf(keys[0]),
    readOnlyCredentials: credentialsOf(keys[1]),
    store,
    log,
    faults,
    close: async () => server.close(),
  };
}

function answerOf(request: SimRequest, routes: Routes, oauth: OAuthCheck): SimAnswer {
  const { pathname } = request.url;
  const photo = pictureAt(pathname);
  if (photo) return photo;
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
