import { gmtText, localText } from './local-time.ts';
import { renderMeta, self, slugOf, type RenderContext } from './render-product.ts';
import type { ImageRow, NoteRow, OrderLineRow, OrderRow, RefundRow } from './rows.ts';

type Wire = Record<string, unknown>;

const SYMBOLS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

/** An order as the REST API shows it. */
export function renderOrder(row: OrderRow, { store, url }: RenderContext): Wire {
  const { timeZone, version } = store.settings;
  const local = (second: number | null): string | null =>
    second === null ? null : localText(second, timeZone);
  const gmt = (second: number | null): string | null => (second === null ? null : gmtText(second));
  const base = `${url}/wp-json/wc/v3/orders`;
  const { email: _email, ...shipping } = row.shipping;
  const open = row.status === 'pending' || row.status === 'failed';
  return {
    id: row.id,
    parent_id: 0,
    status: row.trashedFrom === null ? row.status : 'trash',
    currency: row.currency,
    version,
    prices_include_tax: true,
    date_created: local(row.created),
    date_modified: local(row.modified),
    discount_total: '0.00',
    discount_tax: '0.00',
    shipping_total: row.shippingTotal,
    shipping_tax: '0.00',
    cart_tax: '0.00',
    total: totalOf(row),
    total_tax: '0.00',
    customer_id: 0,
    order_key: row.key,
    billing: row.billing,
    shipping,
    payment_method: row.paymentMethod,
    payment_method_title: row.paymentTitle,
    transaction_id: row.transactionId,
    customer_ip_address: '',
    customer_user_agent: '',
    created_via: row.createdVia,
    customer_note: row.customerNote,
    date_completed: local(row.completed),
    date_paid: local(row.paid),
    cart_hash: '',
    number: String(row.id),
    meta_data: row.meta.map(renderMeta),
    line_items: row.lines.map((line) => renderLine(line, url)),
    tax_lines: [],
    shipping_lines:
      row.shippingTitle === ''
        ? []
        : [
            {
              id: row.id * 10 + 9,
              method_title: row.shippingTitle,
              method_id: 'flat_rate',
              instance_id: '1',
              total: row.shippingTotal,
              total_tax: '0.00',
              taxes: [],
              tax_status: 'taxable',
              meta_data: [],
            },
          ],
    fee_lines: [],
    coupon_lines: [],
    refunds: row.refunds.map(({ id, reason, amount }) => ({ id, reason, total: `-${amount}` })),
    payment_url: `${url}/checkout/order-pay/${row.id}/?pay_for_order=true&key=${row.key}`,
    is_editable: row.status === 'pending' || row.status === 'on-hold',
    needs_payment: open && Number(totalOf(row)) > 0,
    needs_processing: true,
    date_created_gmt: gmt(row.created),
    date_modified_gmt: gmt(row.modified),
    date_completed_gmt: gmt(row.completed),
    date_paid_gmt: gmt(row.paid),
    currency_symbol: SYMBOLS[row.currency] ?? row.currency,
    _links: {
      self: self(`${base}/${row.id}`),
      collection: [{ href: base }],
      email_templates: [{ embeddable: true, href: `${base}/${row.id}/actions/email_templates` }],
    },
  };
}

export function renderNote(note: NoteRow, order: OrderRow, { store, url }: RenderContext): Wire {
  const base = `${url}/wp-json/wc/v3/orders/${order.id}`;
  return {
    id: note.id,
    author: note.author,
    date_created: localText(note.created, store.settings.timeZone),
    date_created_gmt: gmtText(note.created),
    note: note.note,
    customer_note: note.customerNote,
    _links: {
      self: [{ href: `${base}/notes/${note.id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
      collection: [{ href: `${base}/notes` }],
      up: [{ href: base }],
    },
  };
}

export function renderRefund(refund: RefundRow, order: OrderRow, { store, url }: RenderContext): Wire {
  const base = `${url}/wp-json/wc/v3/orders/${order.id}`;
  return {
    id: refund.id,
    date_created: localText(refund.created, store.settings.timeZone),
    date_created_gmt: gmtText(refund.created),
    amount: refund.amount,
    reason: refund.reason,
    refunded_by: 1,
    refunded_payment: false,
    meta_data: (refund.meta ?? []).map(({ id, key, value }) => ({ id, key, value })),
    line_items: refund.lines.flatMap(({ line, quantity, total }) => {
      const of = order.lines.find((candidate) => candidate.id === line);
      if (!of) return [];
      const wire = renderLine(of, url);
      const key = '_refunded_item_id';
      const value = String(line);
      const meta = { id: refund.id * 10, key, value, display_key: key, display_value: value };
      return [{ ...wire, quantity: -quantity, subtotal: `-${total}`, total: `-${total}`, meta_data: [meta] }];
    }),
    shipping_lines: [],
    tax_lines: [],
    fee_lines: [],
    _links: {
      self: [{ href: `${base}/refunds/${refund.id}`, targetHints: { allow: ['GET', 'DELETE'] } }],
      collection: [{ href: `${base}/refunds` }],
      up: [{ href: base }],
    },
  };
}

/** Amount of money with two decimals. */
export function totalOf(row: OrderRow): string {
  const cents = row.lines.reduce(
    (sum, line) => sum + Math.round(Number(line.price) * 100) * line.quantity,
    Math.round(Number(row.shippingTotal) * 100),
  );
  return (cents / 100).toFixed(2);
}

function renderLine(line: OrderLineRow, url: string): Wire {
  const total = ((Math.round(Number(line.price) * 100) * line.quantity) / 100).toFixed(2);
  const restocked =
    line.restocked > 0
      ? [{ name: '_restock_refunded_items', option: String(line.restocked), hidden: true }]
      : [];
  return {
    id: line.id,
    name: line.name,
    product_id: line.product,
    variation_id: line.variation,
    quantity: line.quantity,
    tax_class: '',
    subtotal: total,
    subtotal_tax: '0.00',
    total,
    total_tax: '0.00',
    taxes: [],
    meta_data: [...line.options.map((entry) => ({ ...entry, hidden: false })), ...restocked].map(
      ({ name, option, hidden }, index) => ({
        id: line.id * 10 + index,
        key: hidden ? name : slugOf(name),
        value: option,
        display_key: name,
        display_value: option,
      }),
    ),
    sku: line.sku,
    price: Number(line.price),
    image: renderLineImage(line.image, url),
    parent_name: line.parentName,
  };
}

function renderLineImage(image: ImageRow | null, url: string): Wire {
  return image === null ? { id: '', src: '' } : { id: String(image.id), src: `${url}${image.path}` };
}
