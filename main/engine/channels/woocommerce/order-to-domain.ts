import type { RemoteAddress, RemoteOrder, RemoteOrderLine } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { stripTags, unescapeName } from './html-text.ts';
import {
  explain,
  orderSchema,
  type AddressRecord,
  type LineRecord,
  type MetaRecord,
  type OrderRecord,
} from './records.ts';
import type { Mapped } from './to-domain.ts';

/** Orders that are none yet: the customer is still at the checkout or in the editor. */
const NOT_YET = new Set(['checkout-draft', 'auto-draft', 'draft', 'trash']);

/** An order record -> order; null when it is not an order yet. */
export function toRemoteOrder(raw: unknown): Mapped<RemoteOrder | null> {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  if (NOT_YET.has(record.status)) return { ok: true, value: null };
  const totalMinor = roundToMinor(record.total || '0', record.currency);
  if (totalMinor === null) return { ok: false, reason: `total: "${record.total}" does not fit an amount` };
  const placedAtMs = record.date_created_gmt ?? record.date_modified_gmt ?? 0;
  return {
    ok: true,
    value: {
      externalId: record.id,
      number: record.number || record.id,
      channelStatus: record.status,
      disposition: dispositionOf(record.status),
      currency: record.currency,
      totalMinor,
      placedAtMs,
      modifiedAtMs: record.date_modified_gmt ?? placedAtMs,
      note: record.customer_note,
      shippingMethod: record.shipping_lines
        .map((line) => unescapeName(line.method_title).trim())
        .filter((title) => title !== '')
        .join(', '),
      shipTo: shipTo(record),
      lines: record.line_items.map((line) => toLine(line, record.currency)),
      raw: JSON.stringify(raw),
    },
  };
}

export function dispositionOf(status: string): RemoteOrder['disposition'] {
  switch (status) {
    case 'processing':
      return null;
    case 'completed':
      return 'shipped';
    case 'pending':
      return 'awaiting_payment';
    case 'on-hold':
      return 'on_hold';
    case 'cancelled':
    case 'failed':
      return 'cancelled';
    case 'refunded':
      return 'refunded';
    default:
      return 'unknown';
  }
}

function toLine(line: LineRecord, currency: string): RemoteOrderLine {
  const options = optionsOf(line.meta_data);
  return {
    externalId: line.id,
    sku: line.sku === '' ? null : line.sku,
    title: titleOf(line, options),
    variant: options.join(' / '),
    // Plugins allow parts of a piece; a packer can only take whole ones.
    quantity: Math.ceil(line.quantity),
    unitPriceMinor: unitPrice(line, currency),
    productExternalId: line.product_id,
    variantExternalId: line.variation_id,
    image: line.image?.src || null,
  };
}

function unitPrice(line: LineRecord, currency: string): number {
  const stated = typeof line.price === 'number' ? line.price.toFixed(8) : (line.price ?? '');
  const read = roundToMinor(stated, currency);
  if (read !== null) return read;
  const subtotal = roundToMinor(line.subtotal || '0', currency) ?? 0;
  return line.quantity === 0 ? 0 : Math.round(subtotal / line.quantity);
}

/**
 * What was chosen: the bare value of a variation's attribute ("M"), and key and
 * value of everything else that plugins add ("Engraving: Anna"). An attribute's
 * key is the slug of the name that is displayed.
 */
function optionsOf(meta: readonly MetaRecord[]): string[] {
  const options: string[] = [];
  for (const entry of meta) {
    if (entry.key.startsWith('_')) continue;
    const value = typeof entry.display_value === 'string' ? stripTags(entry.display_value) : '';
    if (value === '') continue;
    const name = stripTags(entry.display_key || entry.key);
    const attribute = entry.key.startsWith('pa_') || (entry.key !== name && entry.key === slugOf(name));
    options.push(attribute ? value : `${name}: ${value}`);
  }
  return options;
}

function slugOf(name: string): string {
  return encodeURIComponent(name.toLowerCase().replace(/\s+/g, '-')).toLowerCase();
}

/** WooCommerce appends the options to a variation's name ("C - M"). */
function titleOf(line: LineRecord, options: readonly string[]): string {
  const name = unescapeName(line.name);
  if (line.parent_name) return unescapeName(line.parent_name);
  if (line.variation_id === null || options.length === 0) return name;
  for (const separator of [', ', ' / ', ' ']) {
    const suffix = ` - ${options.join(separator)}`;
    if (name.endsWith(suffix) && name.length > suffix.length) return name.slice(0, -suffix.length);
  }
  return name;
}

/** The billing address serves where no delivery address was given. */
function shipTo(record: OrderRecord): RemoteAddress {
  const { billing, shipping } = record;
  const target = isEmpty(shipping) ? billing : shipping;
  return {
    name: `${target.first_name} ${target.last_name}`.trim(),
    company: target.company,
    line1: target.address_1,
    line2: target.address_2,
    city: target.city,
    region: target.state,
    postcode: target.postcode,
    country: target.country,
    phone: shipping.phone || billing.phone,
    email: billing.email,
  };
}

function isEmpty(address: AddressRecord): boolean {
  const { first_name, last_name, company, address_1, city, postcode } = address;
  return [first_name, last_name, company, address_1, city, postcode].every((part) => part === '');
}
