import type { FaultPlan } from '../kit/fault-plan.ts';
import type { SimAnswer, SimRequest } from '../kit/http-server.ts';
import { readParts } from '../kit/multipart.ts';
import { Random } from '../kit/random.ts';
import type { RequestLog } from '../kit/request-log.ts';
import { common, openDoor, pictureAt, PICTURES, type CommonOptions } from '../kit/start.ts';
import { Access } from './access.ts';
import { Meter, type Quota } from './meter.ts';
import { Refusal } from './refusal.ts';
import { matchRoute } from './routes.ts';
import { seedShop } from './seed.ts';
import { openStateFile } from './state-file.ts';
import { Store } from './store.ts';

export interface SimulatorOptions extends CommonOptions {
  readonly currency?: string;
  /** By default that of a new app. */
  readonly quota?: Quota;
}

export interface Credentials {
  readonly keystring: string;
  readonly sharedSecret: string;
  readonly refreshToken: string;
}

export interface EtsySimulator {
  readonly url: string;
  readonly port: number;
  readonly credentials: Credentials;
  /** What the shop has stored; changes through it are seen by the next request. */
  readonly store: Store;
  readonly access: Access;
  readonly meter: Meter;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  /** Called just before a write is carried out, with its method and path template: what somebody does in that moment. */
  beforeWrite: ((method: string, template: string) => void) | null;
  close(): Promise<void>;
}

const TOKENS = '/v3/public/oauth/token';
const CONSENT = '/oauth/connect';
const NEW_APP: Quota = { perSecond: 10, perDay: 10_000 };
const USER_ID = 20_250_001;
const SHOP_ID = 31_250_001;

interface Parts {
  readonly store: Store;
  readonly access: Access;
  readonly meter: Meter;
  readonly url: () => string;
  readonly now: () => number;
  readonly beforeWrite: (method: string, template: string) => void;
}

/** Starts a shop on the loopback address that answers like Etsy's Open API v3. */
export async function startEtsySimulator(options: SimulatorOptions = {}): Promise<EtsySimulator> {
  const { now, shape, faults, log } = common(options);
  const state = options.stateFile ? openStateFile(options.stateFile, shape) : null;
  const content = seedShop(state?.shape ?? shape);
  const settings = {
    shopId: SHOP_ID,
    userId: USER_ID,
    name: 'HarbourAndHome',
    currency: options.currency ?? 'EUR',
  };
  const store = new Store(settings, content, now);
  const access = new Access(new Random(shape.seed + 31), USER_ID, now);
  state?.restore(store, access);
  const meter = new Meter(options.quota ?? NEW_APP, now);
  let url = '';
  const simulator: Pick<EtsySimulator, 'beforeWrite'> = { beforeWrite: null };
  const parts: Parts = {
    store,
    access,
    meter,
    url: () => url,
    now,
    beforeWrite: (method, template) => simulator.beforeWrite?.(method, template),
  };
  const server = await openDoor(options, state, () => state?.save(store, access), {
    faults,
    log,
    describe: (request) => ({
      query: Object.fromEntries(request.url.searchParams),
      body: loggedBody(request),
    }),
    spared: (path) => path.startsWith(PICTURES),
    errorBody: (status) => JSON.stringify({ error: ERROR_TEXT[status] ?? 'Server Error' }),
    reorder: reversedResults,
    answer: (request) => answerOf(request, parts),
  });
  url = server.url;
  const { keystring, sharedSecret, refreshToken } = access;
  return Object.assign(simulator, {
    url,
    port: server.port,
    credentials: { keystring, sharedSecret, refreshToken },
    store,
    access,
    meter,
    log,
    faults,
    close: async () => server.close(),
  });
}

const ERROR_TEXT: Readonly<Record<number, string>> = {
  429: 'Exceeded per second rate limit',
  503: 'Service Unavailable',
};

function answerOf(request: SimRequest, parts: Parts): SimAnswer {
  const { pathname } = request.url;
  const photo = pictureAt(pathname);
  if (photo) return photo;
  const date = { date: new Date(parts.now()).toUTCString() };
  if (pathname === CONSENT) return consentOf(request, parts.access);
  if (pathname === TOKENS && request.method === 'POST') {
    const { status, body } = parts.access.issue(new URLSearchParams(request.body));
    return json(status, body, date);
  }
  const reading = parts.meter.count();
  const headers = { ...date, ...reading.headers };
  if (reading.error !== null) return json(429, { error: reading.error }, headers);
  if (!parts.access.acceptsKey(request.headers['x-api-key'] ?? '')) {
    return json(403, { error: 'Shared secret is required in x-api-key header' }, headers);
  }
  if (!parts.access.acceptsToken(request.headers['authorization'] ?? '')) {
    const error = { error: 'invalid_token', error_description: 'access token is expired' };
    return json(401, error, headers);
  }
  return routed(request, parts, headers);
}

function routed(request: SimRequest, parts: Parts, headers: Readonly<Record<string, string>>): SimAnswer {
  const found = matchRoute(request);
  if (!found) return json(404, { error: 'Resource not found' }, headers);
  const { store } = parts;
  const call = {
    store,
    url: parts.url(),
    query: request.url.searchParams,
    body: request.body,
    ids: found.ids,
    language: found.language,
  };
  if (request.method !== 'GET') parts.beforeWrite(request.method, found.route.template);
  try {
    return { ...json(found.route.status, found.route.run(call), headers), isList: found.route.isList };
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body, headers);
    throw error;
  }
}

/** The owner of this shop allows everything at once and is sent back with a code. */
function consentOf({ url }: SimRequest, access: Access): SimAnswer {
  const asked = url.searchParams;
  const fine =
    asked.get('client_id') === access.keystring &&
    asked.get('response_type') === 'code' &&
    asked.get('code_challenge_method') === 'S256';
  if (!fine) return json(400, { error: 'invalid_request' }, {});
  const redirectUri = asked.get('redirect_uri') ?? '';
  const answer = new URLSearchParams({
    code: access.consent(asked.get('code_challenge') ?? '', redirectUri),
    state: asked.get('state') ?? '',
  });
  return { status: 302, headers: { location: `${redirectUri}?${answer.toString()}` }, body: '' };
}

function json(status: number, body: unknown, headers: Readonly<Record<string, string>>): SimAnswer {
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** Tokens stay out of the log. */
function loggedBody(request: SimRequest): unknown {
  if (request.body === '') return undefined;
  if (request.url.pathname === TOKENS) {
    return { grant_type: new URLSearchParams(request.body).get('grant_type') };
  }
  const parts = readParts(request.body);
  if (parts) return Object.fromEntries(parts.map(({ name, value }) => [name, value]));
  const isJson = (request.headers['content-type'] ?? '').includes('json');
  return isJson
    ? (JSON.parse(request.body) as unknown)
    : Object.fromEntries(new URLSearchParams(request.body));
}

function reversedResults(body: string): string {
  const answer = JSON.parse(body) as { results?: unknown[] };
  answer.results?.reverse();
  return JSON.stringify(answer);
}
