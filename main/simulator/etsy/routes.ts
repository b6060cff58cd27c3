import type { SimRequest } from '../kit/http-server.ts';
import { readParts } from '../kit/multipart.ts';
import { Refusal } from './refusal.ts';
import type { ListingRow, ReceiptRow } from './rows.ts';
import type { Store } from './store.ts';
import { bareListingView, imagesView, inventoryView, listingView, receiptView, shopView } from './views.ts';
import { writeInventory } from './write-inventory.ts';
import { assignImage, writeListing } from './write-listing.ts';
import { addTracking, markReceipt } from './write-receipt.ts';
import { translationOf, writeTranslation } from './write-translation.ts';

const ROOT = '/v3/application/';
const STATES = new Set(['active', 'inactive', 'draft', 'expired', 'sold_out']);
const MOST = 100;

export interface Route {
  /** The path with names in place of ids, as the schema writes it. */
  readonly template: string;
  readonly isList: boolean;
  /** Of an answer that refuses nothing. */
  readonly status: number;
  readonly run: (call: RouteCall) => unknown;
}

export interface RouteCall {
  readonly store: Store;
  readonly url: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly ids: Readonly<Record<string, number>>;
  /** Of a translation. */
  readonly language: string;
}

const route = (
  method: string,
  template: string,
  run: Route['run'],
  { isList = false, status = 200 }: { isList?: boolean; status?: number } = {},
): Route & { readonly method: string; readonly pattern: RegExp } => ({
  method,
  template,
  run,
  isList,
  status,
  pattern: new RegExp(
    `^${template
      .replace('{language}', '(?<language>[a-z][a-z])')
      .replace(/\{(\w+)\}/g, String.raw`(?<$1>\d+)`)}$`,
  ),
});

const TRANSLATION = 'shops/{shop_id}/listings/{listing_id}/translations/{language}';

const ROUTES = [
  route('GET', 'openapi-ping', ({ store }) => ({ application_id: store.settings.userId })),
  route('GET', 'users/me', ({ store }) => ({
    user_id: store.settings.userId,
    shop_id: store.settings.shopId,
  })),
  route('GET', 'shops/{shop_id}', (call) => shopView(own(call))),
  route('GET', 'shops/{shop_id}/listings', listOfState, { isList: true }),
  route('GET', 'listings/batch', (call) => batchOf(call, includesOf(call))),
  route('GET', 'listings/batch/inventory', (call) => batchOf(call, new Set(['Inventory']))),
  route('GET', 'listings/{listing_id}', (call) => view(call, listingOf(call), includesOf(call))),
  route('GET', 'listings/{listing_id}/inventory', (call) => inventoryView(call.store, listingOf(call))),
  route('PUT', 'listings/{listing_id}/inventory', (call) => {
    const listing = listingOf(call);
    writeInventory(call.store, listing, jsonOf(call));
    return inventoryView(call.store, listing);
  }),
  route('PATCH', 'shops/{shop_id}/listings/{listing_id}', (call) => {
    const listing = listingOf({ ...call, store: own(call) });
    writeListing(call.store, listing, new URLSearchParams(call.body));
    return bareListingView(call.store, listing);
  }),
  route('GET', 'listings/{listing_id}/images', (call) => imagesView(listingOf(call), call.url)),
  route(
    'POST',
    'shops/{shop_id}/listings/{listing_id}/images',
    (call) => {
      const listing = listingOf({ ...call, store: own(call) });
      const parts = readParts(call.body);
      if (parts === null) throw new Refusal(400, 'The body has no parts');
      const id = assignImage(call.store, listing, new Map(parts.map(({ name, value }) => [name, value])));
      return imagesView(listing, call.url).results.find((image) => image['listing_image_id'] === id);
    },
    { status: 201 },
  ),
  route('GET', TRANSLATION, (call) => translationOf(listingOf({ ...call, store: own(call) }), call.language)),
  ...(['POST', 'PUT'] as const).map((method) =>
    route(method, TRANSLATION, (call) => {
      const listing = listingOf({ ...call, store: own(call) });
      const options = { form: new URLSearchParams(call.body), make: method === 'POST' };
      return writeTranslation(call.store, listing, call.language, options);
    }),
  ),
  route('GET', 'shops/{shop_id}/receipts', receipts, { isList: true }),
  route('GET', 'shops/{shop_id}/receipts/{receipt_id}', (call) => receiptView(own(call), receiptOf(call))),
  route('PUT', 'shops/{shop_id}/receipts/{receipt_id}', (call) => {
    const receipt = receiptOf({ ...call, store: own(call) });
    markReceipt(call.store, receipt, jsonOf(call));
    return receiptView(call.store, receipt);
  }),
  route('POST', 'shops/{shop_id}/receipts/{receipt_id}/tracking', (call) => {
    const receipt = receiptOf({ ...call, store: own(call) });
    addTracking(call.store, receipt, new URLSearchParams(call.body));
    return receiptView(call.store, receipt);
  }),
] as const;

/** The route of a request and the ids in its path; null when there is none. */
export function matchRoute(
  request: SimRequest,
): { readonly route: Route; readonly ids: RouteCall['ids']; readonly language: string } | null {
  const { pathname } = request.url;
  if (!pathname.startsWith(ROOT)) return null;
  const path = pathname.slice(ROOT.length);
  for (const candidate of ROUTES) {
    const found = candidate.method === request.method ? candidate.pattern.exec(path) : null;
    if (!found) continue;
    const { language = '', ...numbers } = found.groups ?? {};
    const ids = Object.fromEntries(Object.entries(numbers).map(([name, text]) => [name, Number(text)]));
    return { route: candidate, ids, language };
  }
  return null;
}

function own({ store, ids }: RouteCall): Store {
  if (ids['shop_id'] !== store.settings.shopId) throw new Refusal(404, 'Shop not found');
  return store;
}

function listingOf({ store, ids }: RouteCall): ListingRow {
  const listing = store.listings.get(ids['listing_id'] ?? 0);
  if (!listing) throw new Refusal(404, 'Resource not found');
  return listing;
}

function receiptOf({ store, ids }: RouteCall): ReceiptRow {
  const receipt = store.receipts.get(ids['receipt_id'] ?? 0);
  if (!receipt) throw new Refusal(404, 'Resource not found');
  return receipt;
}

function view(call: RouteCall, listing: ListingRow, includes: ReadonlySet<string>): object {
  return listingView(call.store, listing, { url: call.url, includes });
}

function listOfState(call: RouteCall): unknown {
  const store = own(call);
  const state = call.query.get('state') ?? 'active';
  if (!STATES.has(state)) throw new Refusal(400, 'Invalid state');
  const rows = [...store.listings.values()]
    .filter((row) => row.state === state)
    .toSorted((a, b) => b.created - a.created || b.id - a.id);
  const includes = includesOf(call);
  return { count: rows.length, results: pageOf(call, rows).map((row) => view(call, row, includes)) };
}

/** Known ids only; unknown ones are left out without a word. */
function batchOf(call: RouteCall, includes: ReadonlySet<string>): unknown {
  const asked = listParam(call, 'listing_ids').map(Number);
  if (asked.length === 0 || asked.length > MOST || asked.some((id) => !Number.isSafeInteger(id))) {
    throw new Refusal(400, 'listing_ids must have between 1 and 100 ids');
  }
  const rows = asked.flatMap((id) => call.store.listings.get(id) ?? []);
  return { count: rows.length, results: rows.map((row) => view(call, row, includes)) };
}

function receipts(call: RouteCall): unknown {
  const store = own(call);
  const { query } = call;
  const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
  const from = number('min_last_modified');
  const to = number('max_last_modified');
  const sort = query.get('sort_on') === 'updated' ? 'updated' : 'created';
  const sign = /^(asc|ascending|up)$/.test(query.get('sort_order') ?? '') ? 1 : -1;
  const rows = [...store.receipts.values()]
    .filter((row) => (from === null || row.updated >= from) && (to === null || row.updated <= to))
    .toSorted((a, b) => sign * (a[sort] - b[sort] || a.id - b.id));
  return { count: rows.length, results: pageOf(call, rows).map((row) => receiptView(store, row)) };
}

function pageOf<T>({ query }: RouteCall, rows: readonly T[]): readonly T[] {
  const limit = Number(query.get('limit') ?? 25);
  const offset = Number(query.get('offset') ?? 0);
  if (!(limit >= 1 && limit <= MOST) || !(offset >= 0)) throw new Refusal(400, 'Invalid limit or offset');
  return rows.slice(offset, offset + limit);
}

function includesOf(call: RouteCall): ReadonlySet<string> {
  return new Set(listParam(call, 'includes'));
}

/** `a=1,2` and `a=1&a=2`. */
function listParam({ query }: RouteCall, name: string): string[] {
  return query
    .getAll(name)
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
}

function jsonOf({ body }: RouteCall): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Refusal(400, 'Invalid JSON');
  }
}
