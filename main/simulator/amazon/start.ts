import type { FaultPlan } from '../kit/fault-plan.ts';
import type { SimRequest } from '../kit/http-server.ts';
import { Random } from '../kit/random.ts';
import type { RequestLog } from '../kit/request-log.ts';
import { common, openDoor, PICTURES, type CommonOptions } from '../kit/start.ts';
import { Access, type AccessKeys } from './access.ts';
import { FeedsApi } from './feeds-api.ts';
import { ListingsApi } from './listings-api.ts';
import { MarketApi } from './market-api.ts';
import { OrdersApi } from './orders-api.ts';
import { ReportsApi } from './reports-api.ts';
import { answerOf, isListAnswer, TOKENS } from './routes.ts';
import { seedAccount } from './seed.ts';
import { openStateFile } from './state-file.ts';
import { Store } from './store.ts';
import { UsagePlans } from './usage-plans.ts';

export interface SimulatorOptions extends CommonOptions {
  /** How long an accepted change stays unseen, ms. */
  readonly settleMs?: number;
  /** How long a report takes, ms. */
  readonly reportMs?: number;
  /** How long a feed takes, ms. */
  readonly feedMs?: number;
  /** Whether requests beyond the usage plans are sent away. */
  readonly throttles?: boolean;
}

export interface Credentials extends AccessKeys {
  readonly sellerId: string;
  readonly marketplaceId: string;
}

export interface AmazonSimulator {
  readonly url: string;
  readonly port: number;
  readonly credentials: Credentials;
  /** What Amazon has stored; changes through it are seen by the next request. */
  readonly store: Store;
  readonly access: Access;
  readonly reports: ReportsApi;
  readonly feeds: FeedsApi;
  readonly plans: UsagePlans;
  readonly log: RequestLog;
  readonly faults: FaultPlan;
  /** Writes what changed into the state file, where there is one; answers do so by themselves. */
  save(): void;
  /** Called before every write: what a person does in that very moment. */
  beforeWrite: ((path: string) => void) | null;
  close(): Promise<void>;
}

const SETTINGS = {
  sellerId: 'A2QUAYSIDESIM1',
  marketplaceId: 'A1PA6795UKMFR9',
  marketplaceName: 'Amazon.de',
  domainName: 'www.amazon.de',
  country: 'DE',
  currency: 'EUR',
  language: 'de_DE',
} as const;

/** Starts an account on the loopback address that answers like Amazon's Selling Partner API. */
export async function startAmazonSimulator(options: SimulatorOptions = {}): Promise<AmazonSimulator> {
  const { now, shape: wanted, faults, log } = common(options);
  const state = options.stateFile ? openStateFile(options.stateFile, wanted) : null;
  const shape = state?.shape ?? wanted;
  const content = seedAccount(shape, SETTINGS);
  const store = new Store(SETTINGS, content, now, options.settleMs ?? 5_000);
  const access = new Access(new Random(shape.seed + 31), now);
  const plans = new UsagePlans(now, options.throttles ?? true);
  let url = '';
  const urlOf = (): string => url;
  const listings = new ListingsApi(store, urlOf);
  const apis = {
    access,
    plans,
    store,
    listings,
    feeds: new FeedsApi(store, listings, urlOf, options.feedMs ?? 30_000),
    reports: new ReportsApi(store, urlOf, options.reportMs ?? 20_000),
    orders: new OrdersApi(store),
    market: new MarketApi(store, urlOf),
  };
  if (state) {
    store.restore(state.tables);
    apis.feeds.restore(state.tables);
    apis.reports.restore(state.tables);
  }
  const save = (): void => state?.save(store.changes.take());
  const simulator: Pick<AmazonSimulator, 'beforeWrite'> = { beforeWrite: null };
  const server = await openDoor(options, state, save, {
    faults,
    log,
    describe: (request) => ({
      query: Object.fromEntries(request.url.searchParams),
      body: loggedBody(request),
    }),
    spared: (path) => path.startsWith(PICTURES) || path === TOKENS,
    errorBody: (status) => JSON.stringify({ errors: [ERRORS[status] ?? ERRORS[500]] }),
    reorder: reversedRecords,
    answer: (request) => {
      apis.feeds.work();
      store.settle();
      if (request.method !== 'GET') simulator.beforeWrite?.(request.url.pathname);
      return { ...answerOf(request, apis), isList: isListAnswer(request) };
    },
  });
  url = server.url;
  const { sellerId, marketplaceId } = SETTINGS;
  return Object.assign(simulator, {
    url: server.url,
    port: server.port,
    credentials: { ...access.keys, sellerId, marketplaceId },
    store,
    access,
    reports: apis.reports,
    feeds: apis.feeds,
    plans,
    log,
    faults,
    save,
    close: async () => server.close(),
  });
}

const ERRORS: Readonly<Record<number, object>> = {
  429: { code: 'QuotaExceeded', message: 'You exceeded your quota for the requested resource.', details: '' },
  500: {
    code: 'InternalFailure',
    message: 'We encountered an internal error. Please try again.',
    details: '',
  },
  503: { code: 'ServiceUnavailable', message: 'Service is temporarily unavailable.', details: '' },
};

/** Secrets and tokens stay out of the log. */
function loggedBody(request: SimRequest): unknown {
  if (request.url.pathname === TOKENS) {
    return { grant_type: new URLSearchParams(request.body).get('grant_type') };
  }
  if (request.body === '') return undefined;
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    return undefined;
  }
}

function reversedRecords(body: string): string {
  const answer = JSON.parse(body) as { items?: unknown[]; orders?: unknown[] };
  answer.items?.reverse();
  answer.orders?.reverse();
  return JSON.stringify(answer);
}
