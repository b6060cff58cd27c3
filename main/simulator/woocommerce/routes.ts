import type { FaultPlan } from '../kit/fault-plan.ts';
import { listRows, type ListSource, type RowPage } from './list-rows.ts';
import { renderNote, renderOrder, renderRefund } from './render-order.ts';
import { renderProduct, renderVariation, type RenderContext } from './render-product.ts';
import type { OrderRow, ProductRow, VariationRow } from './rows.ts';
import { siteIndex, systemStatus } from './site.ts';
import type { Store } from './store.ts';
import { addNote, createOrder, createRefund, updateOrder } from './write-order.ts';
import {
  createProduct,
  createVariation,
  flagIn,
  listIn,
  numberIn,
  textIn,
  updateProduct,
  updateVariation,
  type Body,
} from './write-product.ts';
import { invalidId, invalidParams, noRoute, WpError } from './wp-error.ts';

export interface Call {
  readonly method: string;
  /** Below `/wp-json/wc/v3/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Set for lists: the counts go into headers. */
  readonly page?: RowPage<unknown>;
}

/** What the shop does with one record of a kind, alone or as an item of a batch. */
interface Resource<T> {
  readonly find: (id: number) => T | undefined;
  readonly create: (body: Body) => T;
  readonly update: (row: T, body: Body) => T;
  readonly remove: (row: T, force: boolean) => void;
  readonly render: (row: T) => Record<string, unknown>;
  readonly missing: () => WpError;
}

const MOST_BATCH_ITEMS = 100;

/** The routes of wc/v3 that a seller's program needs. */
export class Routes {
  private readonly store: Store;
  private readonly context: RenderContext;
  private readonly faults: FaultPlan;

  constructor(context: RenderContext, faults: FaultPlan) {
    this.store = context.store;
    this.context = context;
    this.faults = faults;
  }

  answer(call: Call): Reply {
    const [resource, ...rest] = call.path.split('/');
    switch (resource) {
      case 'products':
        return this.products(call, rest);
      case 'orders':
        return this.orders(call, rest);
      case 'refunds':
        return this.allRefunds(call, rest);
      case 'system_status':
        if (rest.length === 0 && call.method === 'GET') return ok(systemStatus(this.context));
        break;
      case 'settings':
        if (rest.join('/') === 'general/woocommerce_currency' && call.method === 'GET') {
          return ok({
            id: 'woocommerce_currency',
            label: 'Currency',
            description: '',
            type: 'select',
            default: 'USD',
            value: this.store.settings.currency,
            group_id: 'general',
          });
        }
        break;
      case 'data':
        if (rest.join('/') === 'currencies/current' && call.method === 'GET') {
          const { currency } = this.store.settings;
          return ok({ code: currency, name: currency, symbol: currency });
        }
        break;
      default:
    }
    throw noRoute();
  }

  /** `/wp-json/`: public, without keys. */
  index(): unknown {
    return siteIndex(this.context);
  }

  private products(call: Call, [id, sub, subId, ...more]: readonly string[]): Reply {
    if (more.length > 0) throw noRoute();
    const resource = this.productResource();
    if (id === undefined) return this.collection(call, resource, this.productSource());
    if (id === 'batch') return this.batch(call, resource);
    if (!/^\d+$/.test(id)) throw noRoute();
    if (sub === undefined) return this.single(call, resource, Number(id));
    if (sub !== 'variations') throw noRoute();
    const parent = this.store.products.get(Number(id));
    if (!parent || parent.trashedFrom !== null) throw invalidId('product');
    const variations = this.variationResource(parent);
    if (subId === undefined) return this.collection(call, variations, this.variationSource(parent));
    if (subId === 'batch') return this.batch(call, variations);
    if (!/^\d+$/.test(subId)) throw noRoute();
    return this.single(call, variations, Number(subId));
  }

  private orders(call: Call, [id, sub, subId, ...more]: readonly string[]): Reply {
    if (more.length > 0) throw noRoute();
    const resource = this.orderResource();
    if (id === undefined) return this.collection(call, resource, this.orderSource());
    if (id === 'batch') return this.batch(call, resource);
    if (!/^\d+$/.test(id)) throw noRoute();
    if (sub === undefined) return this.single(call, resource, Number(id));
    const order = this.store.orders.get(Number(id));
    if (!order) throw invalidId('shop_order');
    if (sub === 'notes') return this.notes(call, order, subId);
    if (sub === 'refunds') return this.refunds(call, order, subId);
    throw noRoute();
  }

  private collection<T extends ProductRow | VariationRow | OrderRow>(
    call: Call,
    resource: Resource<T>,
    source: ListSource<T>,
  ): Reply {
    if (call.method === 'POST') return { status: 201, body: resource.render(resource.create(call.body)) };
    if (call.method !== 'GET') throw noRoute();
    const page = listRows(source, call.query);
    return { status: 200, body: page.rows.map((row) => resource.render(row)), page };
  }

  private single<T>(call: Call, resource: Resource<T>, id: number): Reply {
    const row = resource.find(id);
    if (row === undefined) throw resource.missing();
    if (call.method === 'GET') return ok(resource.render(row));
    if (call.method === 'DELETE') {
      // The answer shows the record as it was.
      const before = resource.render(row);
      resource.remove(row, isForce(call.query.get('force')) || flagIn(call.body, 'force') === true);
      return ok(before);
    }
    return ok(resource.render(resource.update(row, call.body)));
  }

  /** 200 whatever became of the items; each carries its own error, in the order of the request. */
  private batch<T>(call: Call, resource: Resource<T>): Reply {
    if (call.method === 'GET' || call.method === 'DELETE') throw noRoute();
    const create = listIn(call.body, 'create') ?? [];
    const update = listIn(call.body, 'update') ?? [];
    const remove = (Array.isArray(call.body['delete']) ? (call.body['delete'] as unknown[]) : []).map(Number);
    if (create.length + update.length + remove.length > MOST_BATCH_ITEMS) {
      throw new WpError(
        'woocommerce_rest_request_entity_too_large',
        `Unable to accept more than ${MOST_BATCH_ITEMS} items for this request.`,
        413,
      );
    }
    const target = { method: call.method, path: `/wp-json/wc/v3/${call.path}` };
    const item = (id: number, work: () => Record<string, unknown>): Record<string, unknown> => {
      try {
        if (this.faults.failsItem(target))
          throw new WpError('internal_server_error', 'The item failed.', 500);
        return work();
      } catch (error) {
        if (!(error instanceof WpError)) throw error;
        return { id, error: error.toBody() };
      }
    };
    const found = (id: number): T => {
      const row = resource.find(id);
      if (row === undefined) throw resource.missing();
      return row;
    };
    return ok({
      ...(create.length > 0
        ? { create: create.map((body) => item(0, () => resource.render(resource.create(body)))) }
        : {}),
      ...(update.length > 0
        ? {
            update: update.map((body) => {
              const id = numberIn(body, 'id') ?? 0;
              return item(id, () => resource.render(resource.update(found(id), body)));
            }),
          }
        : {}),
      ...(remove.length > 0
        ? {
            delete: remove.map((id) =>
              item(id, () => {
                const row = found(id);
                const before = resource.render(row);
                // A batch always removes for good.
                resource.remove(row, true);
                return before;
              }),
            ),
          }
        : {}),
    });
  }

  private notes(call: Call, order: OrderRow, id: string | undefined): Reply {
    const render = (note: OrderRow['notes'][number]): unknown => renderNote(note, order, this.context);
    if (id === undefined && call.method === 'GET') {
      const type = call.query.get('type') ?? 'any';
      const notes = order.notes.filter(
        (note) => type === 'any' || note.customerNote === (type === 'customer'),
      );
      // Newest first.
      return ok(notes.toReversed().map(render));
    }
    if (id === undefined && call.method === 'POST') {
      const note = textIn(call.body, 'note');
      if (note === undefined) {
        throw new WpError('rest_missing_callback_param', 'Missing parameter(s): note', 400, {
          params: ['note'],
        });
      }
      const customerNote = flagIn(call.body, 'customer_note') ?? false;
      const author = flagIn(call.body, 'added_by_user') ? 'admin' : 'WooCommerce';
      return { status: 201, body: render(addNote(this.store, order, note, { customerNote, author })) };
    }
    const note = order.notes.find((candidate) => candidate.id === Number(id));
    if (!note) throw new WpError('woocommerce_rest_invalid_id', 'Invalid resource ID.', 404);
    if (call.method === 'GET') return ok(render(note));
    throw noRoute();
  }

  private refunds(call: Call, order: OrderRow, id: string | undefined): Reply {
    const render = (refund: OrderRow['refunds'][number]): unknown =>
      renderRefund(refund, order, this.context);
    if (id === undefined && call.method === 'GET') return ok(order.refunds.toReversed().map(render));
    if (id === undefined && call.method === 'POST') {
      return { status: 201, body: render(createRefund(this.store, order, call.body)) };
    }
    const refund = order.refunds.find((candidate) => candidate.id === Number(id));
    if (!refund)
      throw new WpError('woocommerce_rest_invalid_order_refund_id', 'Invalid order refund ID.', 404);
    if (call.method === 'GET') return ok(render(refund));
    throw noRoute();
  }

  private allRefunds(call: Call, rest: readonly string[]): Reply {
    if (rest.length > 0 || call.method !== 'GET') throw noRoute();
    const all = [...this.store.orders.values()].flatMap((order) =>
      order.refunds.map((refund) => ({ ...renderRefund(refund, order, this.context), parent_id: order.id })),
    );
    return ok(all);
  }

  private productResource(): Resource<ProductRow> {
    const { store } = this;
    return {
      find: (id) => store.products.get(id),
      create: (body) => createProduct(store, body),
      update: (row, body) => updateProduct(store, row, body),
      remove: (row, force) => {
        if (force) store.remove(row);
        else if (row.trashedFrom === null) store.trash(row);
        else
          throw new WpError('woocommerce_rest_already_trashed', 'The product has already been deleted.', 410);
      },
      render: (row) => renderProduct(row, this.context),
      missing: () => invalidId('product'),
    };
  }

  private variationResource(parent: ProductRow): Resource<VariationRow> {
    const { store } = this;
    return {
      find: (id) => {
        const row = store.variations.get(id);
        return row?.parent === parent.id ? row : undefined;
      },
      create: (body) => createVariation(store, parent, body),
      update: (row, body) => updateVariation(store, row, body),
      remove: (row, force) => {
        if (!force) {
          throw new WpError(
            'woocommerce_rest_trash_not_supported',
            'Variations do not support trashing.',
            501,
          );
        }
        store.remove(row);
      },
      render: (row) => renderVariation(row, this.context),
      missing: () => invalidId('product_variation'),
    };
  }

  private orderResource(): Resource<OrderRow> {
    const { store } = this;
    return {
      find: (id) => store.orders.get(id),
      create: (body) => createOrder(store, body),
      update: (row, body) => updateOrder(store, row, body),
      remove: (row, force) => (force ? store.remove(row) : store.trash(row)),
      render: (row) => renderOrder(row, this.context),
      missing: () => invalidId('shop_order'),
    };
  }

  private productSource(): ListSource<ProductRow> {
    return {
      kind: 'product',
      byTime: this.store.productsByTime,
      find: (id) => this.store.products.get(id),
      every: () => this.store.products.values(),
      timeZone: this.store.settings.timeZone,
    };
  }

  private variationSource(parent: ProductRow): ListSource<VariationRow> {
    const rows = this.store.variationsOf(parent).toSorted((a, b) => a.modified - b.modified || a.id - b.id);
    return {
      kind: 'variation',
      byTime: {
        all: rows,
        lowerBound: (modified) => {
          const at = rows.findIndex((row) => row.modified >= modified);
          return at < 0 ? rows.length : at;
        },
      },
      find: (id) => rows.find((row) => row.id === id),
      every: () => rows,
      timeZone: this.store.settings.timeZone,
    };
  }

  private orderSource(): ListSource<OrderRow> {
    return {
      kind: 'order',
      byTime: this.store.ordersByTime,
      find: (id) => this.store.orders.get(id),
      every: () => this.store.orders.values(),
      timeZone: this.store.settings.timeZone,
    };
  }
}

/** The parsed body of a write; everything but a JSON object is refused as the shop refuses it. */
export function readJsonBody(text: string): Body {
  if (text.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new WpError('rest_invalid_json', 'Invalid JSON body passed.', 400, {
      json_error_code: 4,
      json_error_message: 'Syntax error',
    });
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Body;
  throw invalidParams({ body: { message: 'body is not of type object.', code: 'rest_invalid_type' } });
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function isForce(value: string | null): boolean {
  return value === 'true' || value === '1';
}
