import type { SentRequest } from '../kit/test-context.ts';
import { json, list } from '../kit/test-context.ts';

export type Row = Record<string, unknown> & { id: number };

/**
 * A few hundred bytes of WooCommerce in memory: lists with filters, sorting and
 * offsets, batches with errors inside, orders with notes. What a real shop does
 * in silence (whole seconds, its own tag order, sku owners) it does too.
 */
export class TestShop {
  readonly products: Row[] = [];
  readonly variations = new Map<number, Row[]>();
  readonly orders: Row[] = [];
  readonly notes = new Map<number, Row[]>();
  /** Local time minus GMT at a moment, ms. */
  shiftAt: (gmtMs: number) => number = () => 0;
  /** Records of a list page at most, whatever is asked for. */
  cap = 100;
  nowMs = Date.parse('2026-11-23T09:00:00Z');
  private nextId = 10_000;

  addProduct(id: number, fields: Record<string, unknown> = {}): Row {
    const row: Row = {
      id,
      name: `Product ${id}`,
      type: 'simple',
      status: 'publish',
      permalink: `https://shop.test/${id}`,
      sku: `SKU-${id}`,
      regular_price: '10.00',
      sale_price: '',
      manage_stock: true,
      stock_quantity: 5,
      stock_status: 'instock',
      variations: [],
      ...fields,
    };
    this.products.push(row);
    this.stamp(row);
    return row;
  }

  addVariations(product: Row, ids: readonly number[]): void {
    product['type'] = 'variable';
    product['variations'] = ids;
    const rows = ids.map((id) =>
      this.stamp({
        id,
        sku: `SKU-${id}`,
        regular_price: '3.00',
        manage_stock: false,
        stock_quantity: null,
        attributes: [{ option: `V${id}` }],
      }),
    );
    this.variations.set(product.id, rows);
  }

  addOrder(id: number, fields: Record<string, unknown> = {}): Row {
    const row: Row = {
      id,
      number: String(id),
      status: 'processing',
      currency: 'USD',
      total: '10.00',
      billing: {},
      shipping: {},
      line_items: [
        { id: 1, name: 'A', quantity: 1, product_id: 1, variation_id: 0, price: 10, total: '10.00' },
      ],
      meta_data: [],
      ...fields,
    };
    this.orders.push(row);
    return this.stamp(row);
  }

  /** Someone works in the shop: the record gets this moment's whole second. */
  touch(row: Row, fields: Record<string, unknown> = {}): void {
    Object.assign(row, fields);
    this.stamp(row);
  }

  remove(id: number): void {
    const index = this.products.findIndex((row) => row.id === id);
    if (index >= 0) this.products.splice(index, 1);
  }

  private stamp(row: Row): Row {
    const gmt = Math.floor(this.nowMs / 1_000) * 1_000;
    row['date_modified_gmt'] = new Date(gmt).toISOString().slice(0, 19);
    row['date_modified'] = new Date(gmt + this.shiftAt(gmt)).toISOString().slice(0, 19);
    row['date_created_gmt'] ??= row['date_modified_gmt'];
    return row;
  }

  answer(request: SentRequest): Response {
    const path = request.url.pathname.replace('/wp-json/wc/v3/', '');
    const [resource = '', id, sub, subId] = path.split('/');
    const query = request.url.searchParams;
    if (resource === 'system_status')
      return json({
        environment: { version: '10.0.2', default_timezone: 'UTC' },
        settings: { currency: 'USD' },
      });
    if (path === '/wp-json/' || request.url.pathname === '/wp-json/')
      return json({ timezone_string: 'Europe/Berlin', gmt_offset: 1 });
    if (resource === 'products') return this.answerProducts(request, query, id, sub, subId);
    if (resource === 'orders') return this.answerOrders(request, query, id, sub);
    return json({ code: 'rest_no_route', message: 'No route', data: { status: 404 } }, { status: 404 });
  }

  private answerProducts(
    request: SentRequest,
    query: URLSearchParams,
    id?: string,
    sub?: string,
    subId?: string,
  ): Response {
    if (id === undefined) return this.list(this.products, query);
    if (id === 'batch') return this.batch(this.products, request.body, 'woocommerce_rest_product_invalid_id');
    const rows = this.products.some((row) => row.id === Number(id))
      ? (this.variations.get(Number(id)) ?? [])
      : null;
    if (!rows || sub !== 'variations') return invalidId('woocommerce_rest_product_invalid_id');
    if (subId === 'batch')
      return this.batch(rows, request.body, 'woocommerce_rest_product_variation_invalid_id');
    return this.list(rows, query);
  }

  private answerOrders(request: SentRequest, query: URLSearchParams, id?: string, sub?: string): Response {
    if (id === undefined) return this.list(this.orders, query);
    const order = this.orders.find((row) => row.id === Number(id));
    if (!order) return invalidId('woocommerce_rest_shop_order_invalid_id');
    const body = (request.body ?? {}) as Record<string, unknown>;
    if (sub === 'notes') {
      const notes = this.notes.get(order.id) ?? [];
      this.notes.set(order.id, notes);
      if (request.method === 'GET')
        return json(notes.filter((note) => query.get('type') !== 'customer' || note['customer_note']));
      const note = { id: (this.nextId += 1), author: 'x', ...body };
      notes.push(note);
      return json(note, { status: 201 });
    }
    if (request.method === 'PUT') {
      const meta = new Map(
        (order['meta_data'] as { key: string; id?: number }[]).map((entry) => [entry.key, entry]),
      );
      for (const entry of (body['meta_data'] ?? []) as { key: string }[])
        meta.set(entry.key, { ...meta.get(entry.key), id: (this.nextId += 1), ...entry });
      this.touch(order, { ...body, meta_data: [...meta.values()] });
    }
    return json(order);
  }

  private list(rows: readonly Row[], query: URLSearchParams): Response {
    const include = query.get('include')?.split(',').map(Number);
    const after = query.get('modified_after');
    const before = query.get('modified_before');
    const found = rows.filter((row) => {
      const gmt = textOf(row, 'date_modified_gmt');
      if (row['status'] === 'trash') return false;
      return (!include || include.includes(row.id)) && (!after || gmt > after) && (!before || gmt < before);
    });
    const byTime = query.get('orderby') === 'modified';
    // Equal times have no order of their own in a database.
    const order = (row: Row): string =>
      byTime ? textOf(row, 'date_modified') : String(row.id).padStart(9, '0');
    const sorted = found.toSorted((a, b) => order(a).localeCompare(order(b)) || b.id - a.id);
    const offset = Number(query.get('offset') ?? 0);
    const size = Math.min(this.cap, Number(query.get('per_page') ?? 10));
    const answer = list(sorted.slice(offset, offset + size), sorted.length);
    answer.headers.set('date', new Date(this.nowMs).toUTCString());
    return answer;
  }

  private batch(rows: readonly Row[], body: unknown, missingCode: string): Response {
    const items = (body as { update: Row[] }).update;
    if (items.length > 100) {
      return json(
        { code: 'woocommerce_rest_request_entity_too_large', message: 'Too large', data: { status: 413 } },
        { status: 413 },
      );
    }
    return json({ update: items.map((item) => this.update(rows, item, missingCode)) });
  }

  private update(rows: readonly Row[], item: Row, missingCode: string): unknown {
    const row = rows.find((candidate) => candidate.id === item.id);
    const fail = (code: string, data: Record<string, unknown> = {}): unknown => ({
      id: item.id,
      error: { code, message: `Refused: ${code}`, data: { status: 400, ...data } },
    });
    if (!row) return fail(missingCode);
    const everything = [...this.products, ...[...this.variations.values()].flat()];
    const owner = everything.find(
      (other) => other.id !== row.id && item['sku'] && other['sku'] === item['sku'],
    );
    if (owner)
      return fail('product_invalid_sku', { resource_id: owner.id, unique_sku: `${String(item['sku'])}-1` });
    this.touch(row, item);
    return row;
  }
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

function invalidId(code: string): Response {
  return json({ code, message: 'Invalid ID.', data: { status: 404 } }, { status: 404 });
}
