import type { SimAnswer, SimRequest } from '../kit/http-server.ts';
import { pictureAt } from '../kit/start.ts';
import type { Access } from './access.ts';
import { ApiError, errorAnswer, json, JSON_TYPE } from './api-error.ts';
import type { FeedsApi } from './feeds-api.ts';
import type { ListingsApi } from './listings-api.ts';
import type { MarketApi } from './market-api.ts';
import type { OrdersApi } from './orders-api.ts';
import type { ReportsApi } from './reports-api.ts';
import type { Store } from './store.ts';
import type { UsagePlans } from './usage-plans.ts';

export const TOKENS = '/auth/o2/token';

export interface Apis {
  readonly access: Access;
  readonly plans: UsagePlans;
  readonly store: Store;
  readonly listings: ListingsApi;
  readonly reports: ReportsApi;
  readonly feeds: FeedsApi;
  readonly market: MarketApi;
  readonly orders: OrdersApi;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (apis: Apis, request: SimRequest, ids: readonly string[]) => SimAnswer;
}

const ITEMS = '^/listings/2021-08-01/items/([^/]+)';

const ROUTES: readonly Route[] = [
  route('getMarketplaceParticipations', 'GET', '^/sellers/v1/marketplaceParticipations$', (apis) =>
    json(200, { payload: [participation(apis.store)] }),
  ),
  route('searchListingsItems', 'GET', `${ITEMS}$`, ({ listings, store }, { url }, [seller]) => {
    checkSeller(store, seller);
    return json(200, listings.search(url.searchParams));
  }),
  route('getListingsItem', 'GET', `${ITEMS}/([^/]+)$`, ({ listings, store }, { url }, [seller, sku = '']) => {
    checkSeller(store, seller);
    return json(200, listings.get(sku, url.searchParams));
  }),
  route(
    'patchListingsItem',
    'PATCH',
    `${ITEMS}/([^/]+)$`,
    ({ listings, store }, { url, body }, [seller, sku = '']) => {
      checkSeller(store, seller);
      return json(200, listings.patch(sku, url.searchParams, body));
    },
  ),
  route('createReport', 'POST', '^/reports/2021-06-30/reports$', ({ reports }, { body }) =>
    json(202, reports.create(body)),
  ),
  route('getReport', 'GET', '^/reports/2021-06-30/reports/([^/]+)$', ({ reports }, _request, [id = '']) =>
    json(200, reports.get(id)),
  ),
  route(
    'getReportDocument',
    'GET',
    '^/reports/2021-06-30/documents/([^/]+)$',
    ({ reports }, _request, [id = '']) => json(200, reports.document(id)),
  ),
  route('createFeedDocument', 'POST', '^/feeds/2021-06-30/documents$', ({ feeds }, { body }) =>
    json(201, feeds.createDocument(body)),
  ),
  route('createFeed', 'POST', '^/feeds/2021-06-30/feeds$', ({ feeds }, { body }) =>
    json(202, feeds.create(body)),
  ),
  route('getFeeds', 'GET', '^/feeds/2021-06-30/feeds$', ({ feeds }, { url }) =>
    json(200, feeds.list(url.searchParams)),
  ),
  route('getFeed', 'GET', '^/feeds/2021-06-30/feeds/([^/]+)$', ({ feeds }, _request, [id = '']) =>
    json(200, feeds.get(id)),
  ),
  route('cancelFeed', 'DELETE', '^/feeds/2021-06-30/feeds/([^/]+)$', ({ feeds }, _request, [id = '']) => {
    feeds.cancel(id);
    return { status: 200, headers: {}, body: '' };
  }),
  route('getFeedDocument', 'GET', '^/feeds/2021-06-30/documents/([^/]+)$', ({ feeds }, _request, [id = '']) =>
    json(200, feeds.document(id)),
  ),
  route(
    'getCompetitiveSummary',
    'POST',
    '^/batches/products/pricing/2022-05-01/items/competitiveSummary$',
    ({ market }, { body }) => json(200, market.competitiveSummary(body)),
  ),
  route(
    'getFeaturedOfferExpectedPriceBatch',
    'POST',
    '^/batches/products/pricing/2022-05-01/offer/featuredOfferExpectedPrice$',
    ({ market }, { body }) => json(200, market.expectedPrices(body)),
  ),
  route('getMyFeesEstimates', 'POST', '^/products/fees/v0/feesEstimate$', ({ market }, { body }) =>
    json(200, market.fees(body)),
  ),
  route(
    'getDefinitionsProductType',
    'GET',
    '^/definitions/2020-09-01/productTypes/([^/]+)$',
    ({ market }, { url }, [name = '']) => json(200, market.productType(name, url.searchParams)),
  ),
  route('searchOrders', 'GET', '^/orders/2026-01-01/orders$', ({ orders }, { url }) =>
    json(200, orders.search(url.searchParams)),
  ),
  route('getOrder', 'GET', '^/orders/2026-01-01/orders/([^/]+)$', ({ orders }, { url }, [id = '']) =>
    json(200, orders.get(id, url.searchParams)),
  ),
  route(
    'confirmShipment',
    'POST',
    '^/orders/v0/orders/([^/]+)/shipmentConfirmation$',
    ({ orders }, { body }, [id = '']) => {
      orders.confirm(id, body);
      return { status: 204, headers: {}, body: '' };
    },
  ),
];

function route(operation: string, method: string, path: string, answer: Route['answer']): Route {
  return { operation, method, path: new RegExp(path), answer };
}

export function operationOf({ method, url }: Pick<SimRequest, 'method' | 'url'>): string | null {
  return ROUTES.find((entry) => entry.method === method && entry.path.test(url.pathname))?.operation ?? null;
}

/** Pages of a walk, for faults that repeat or reorder them; looking up SKUs is no walk. */
export function isListAnswer(request: SimRequest): boolean {
  const operation = operationOf(request);
  if (operation === 'searchOrders') return true;
  return operation === 'searchListingsItems' && !request.url.searchParams.has('identifiers');
}

export function answerOf(request: SimRequest, apis: Apis): SimAnswer {
  const { pathname } = request.url;
  const photo = pictureAt(pathname);
  if (photo) return photo;
  if (pathname === TOKENS && request.method === 'POST') {
    const { status, body } = apis.access.issue(new URLSearchParams(request.body));
    return json(status, body);
  }
  const [, report] = /^\/documents\/([^/]+)$/.exec(pathname) ?? [];
  try {
    if (report !== undefined && request.method === 'GET') {
      const headers = { 'content-type': 'text/plain; charset=UTF-8' };
      return { status: 200, headers, body: apis.reports.download(report) };
    }
    if (pathname.startsWith('/product-type-schemas/') && request.method === 'GET') {
      return { status: 200, headers: JSON_TYPE, body: apis.market.schemaText() };
    }
    return storedAnswer(request, apis.feeds) ?? apiAnswer(request, apis);
  } catch (error) {
    if (error instanceof ApiError) return errorAnswer(error);
    throw error;
  }
}

/** Documents of feeds, at addresses that are permission enough. */
function storedAnswer(request: SimRequest, feeds: FeedsApi): SimAnswer | null {
  const [, kind, id = ''] = /^\/(feed-documents|feed-results)\/([^/]+)$/.exec(request.url.pathname) ?? [];
  if (kind === 'feed-documents' && request.method === 'PUT') {
    feeds.upload(decodeURIComponent(id), request.headers['content-type'] ?? '', request.body);
    return { status: 200, headers: {}, body: '' };
  }
  if (kind !== 'feed-results' || request.method !== 'GET') return null;
  const headers = { 'content-type': 'application/json; charset=UTF-8' };
  return { status: 200, headers, body: feeds.result(id) };
}

function apiAnswer(request: SimRequest, apis: Apis): SimAnswer {
  const found = ROUTES.find(
    (entry) => entry.method === request.method && entry.path.test(request.url.pathname),
  );
  if (!found) throw new ApiError(404, 'NotFound', 'The resource is not found.');
  if (!apis.access.accepts(request.headers['x-amz-access-token'] ?? '')) {
    throw new ApiError(
      403,
      'Unauthorized',
      'Access to requested resource is denied.',
      'The access token you provided has expired.',
    );
  }
  // A patch that is only tried out has a limit of its own.
  const preview = request.url.searchParams.get('mode') === 'VALIDATION_PREVIEW';
  const operation = preview ? 'previewListingsItem' : found.operation;
  if (!apis.plans.take(operation)) {
    throw new ApiError(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
  }
  const ids = (found.path.exec(request.url.pathname) ?? []).slice(1).map(decodeURIComponent);
  const answer = found.answer(apis, request, ids);
  const rate = apis.plans.rateOf(operation);
  return { ...answer, headers: { ...answer.headers, ...(rate ? { 'x-amzn-ratelimit-limit': rate } : {}) } };
}

function checkSeller(store: Store, sellerId: string | undefined): void {
  if (sellerId === store.settings.sellerId) return;
  throw new ApiError(403, 'Unauthorized', 'Access to requested resource is denied.');
}

function participation({ settings }: Store): unknown {
  return {
    marketplace: {
      id: settings.marketplaceId,
      name: settings.marketplaceName,
      countryCode: settings.country,
      defaultCurrencyCode: settings.currency,
      defaultLanguageCode: settings.language,
      domainName: settings.domainName,
    },
    storeName: 'Harbour & Home',
    participation: { isParticipating: true, hasSuspendedListings: false },
  };
}
