import { invalidInput, listOf, notFound, readToken, timeOf, writeToken } from './api-error.ts';
import { orderView } from './order-view.ts';
import type { OrderRow } from './rows.ts';
import type { Store } from './store.ts';

const TWO_MINUTES = 120_000;

export class OrdersApi {
  private readonly store: Store;

  constructor(store: Store) {
    this.store = store;
  }

  search(query: URLSearchParams): unknown {
    const createdAfter = timeOf(query, 'createdAfter');
    const lastUpdatedAfter = timeOf(query, 'lastUpdatedAfter');
    if ((createdAfter === null) === (lastUpdatedAfter === null)) {
      throw invalidInput('Exactly one of createdAfter and lastUpdatedAfter is needed');
    }
    const size = Number(query.get('maxResultsPerPage') ?? 100);
    if (!Number.isInteger(size) || size < 1 || size > 100) throw invalidInput('maxResultsPerPage');
    const newest = this.store.now() - TWO_MINUTES;
    const fulfilledBy = listOf(query, 'fulfilledBy');
    const statuses = listOf(query, 'fulfillmentStatuses');
    const rows = [...this.store.orders.values()]
      .filter((row) => {
        const at = createdAfter === null ? row.updatedAt : row.createdAt;
        const inTime = at >= (createdAfter ?? lastUpdatedAfter ?? 0) && at <= newest;
        const wanted = fulfilledBy.length === 0 || fulfilledBy.includes(row.fulfilledBy);
        return inTime && wanted && (statuses.length === 0 || statuses.includes(row.status));
      })
      .toSorted((a, b) => a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : 1));
    const place = readToken(query.get('paginationToken'));
    const start = place === null ? 0 : firstBehind(rows, Number(place[0]), place[1]);
    const page = rows.slice(start, start + size);
    const last = page.at(-1);
    const more = last !== undefined && start + page.length < rows.length;
    const included = listOf(query, 'includedData');
    return {
      orders: page.map((row) => orderView(row, this.store, included)),
      ...(more ? { pagination: { nextToken: writeToken([last.updatedAt, last.id, 0]) } } : {}),
      [createdAfter === null ? 'lastUpdatedBefore' : 'createdBefore']: new Date(newest).toISOString(),
    };
  }

  get(id: string, query: URLSearchParams): unknown {
    return { order: orderView(this.row(id), this.store, listOf(query, 'includedData')) };
  }

  /** A package with a known number is edited, any other one is new. */
  confirm(id: string, text: string): void {
    const row = this.row(id);
    const body = JSON.parse(text) as ConfirmBody;
    const detail = body.packageDetail;
    if (body.marketplaceId !== this.store.settings.marketplaceId) throw invalidInput('marketplaceId');
    if (!/^[1-9]\d*$/.test(detail?.packageReferenceId ?? '')) throw invalidInput('packageReferenceId');
    if (!detail?.carrierCode || (detail.carrierCode === 'Other' && !detail.carrierName))
      throw invalidInput('carrier');
    if (!detail.trackingNumber) throw invalidInput('trackingNumber');
    if (!/^\d{4}-\d{2}-\d{2}T/.test(detail.shipDate ?? '')) throw invalidInput('shipDate');
    if (row.status === 'CANCELLED' || row.status === 'PENDING')
      throw invalidInput(`The order is ${row.status}`);
    const known = row.packages.find((entry) => entry.reference === detail.packageReferenceId);
    const own = new Map((known?.items ?? []).map((item) => [item.orderItemId, item.quantity]));
    for (const { orderItemId, quantity } of detail.orderItems) {
      const item = row.items.find((candidate) => candidate.id === orderItemId);
      const open = item ? item.quantity - item.shipped + (own.get(orderItemId) ?? 0) : 0;
      if (quantity < 1 || quantity > open)
        throw invalidInput(`Only ${open} of item ${orderItemId} can be shipped`);
    }
    for (const item of row.items) {
      const units = detail.orderItems.find((entry) => entry.orderItemId === item.id)?.quantity ?? 0;
      item.shipped += units - (own.get(item.id) ?? 0);
    }
    const content = {
      carrier: detail.carrierName ?? detail.carrierCode,
      tracking: detail.trackingNumber,
      shipTime: new Date(detail.shipDate).toISOString(),
      items: detail.orderItems.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    };
    if (known?.tracking !== content.tracking) row.mails.push(content.tracking);
    if (known) Object.assign(known, content);
    else row.packages.push({ reference: detail.packageReferenceId, createdAt: this.store.now(), ...content });
    const done = row.items.every((item) => item.shipped >= item.quantity);
    this.store.touchOrder(row, { status: done ? 'SHIPPED' : 'PARTIALLY_SHIPPED' });
  }

  private row(id: string): OrderRow {
    const row = this.store.orders.get(id);
    if (!row) throw notFound(`Order ${id}`);
    return row;
  }
}

interface ConfirmBody {
  readonly marketplaceId: string;
  readonly packageDetail?: {
    readonly packageReferenceId: string;
    readonly carrierCode: string;
    readonly carrierName?: string;
    readonly trackingNumber: string;
    readonly shipDate: string;
    readonly orderItems: readonly { readonly orderItemId: string; readonly quantity: number }[];
  };
}

function firstBehind(rows: readonly OrderRow[], value: number, id: string): number {
  const at = rows.findIndex((row) => row.updatedAt > value || (row.updatedAt === value && row.id > id));
  return at < 0 ? rows.length : at;
}
