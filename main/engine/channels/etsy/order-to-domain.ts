import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { RemoteOrder, RemoteOrderLine } from '../contract.ts';
import { toMinor } from './amounts.ts';
import {
  explain,
  receiptSchema,
  transactionSchema,
  type ReceiptRecord,
  type TransactionRecord,
} from './records.ts';
import type { Mapped } from './to-domain.ts';
import { variantKey } from './variant-key.ts';

/** A receipt with its transactions -> order; amounts in the receipt's currency. */
export function toRemoteOrder(raw: unknown): Mapped<RemoteOrder> {
  const parsed = receiptSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  const totalMinor = toMinor(record.grandtotal);
  if (totalMinor === null) return { ok: false, reason: 'grandtotal: the amount does not fit' };
  const lines: RemoteOrderLine[] = [];
  const methods = new Set<string>();
  for (const rawLine of record.transactions) {
    const line = transactionSchema.safeParse(rawLine);
    if (!line.success) return { ok: false, reason: `A line of the order: ${explain(line.error)}` };
    // Files never pass the packing table; they stay in the raw record.
    if (line.data.is_digital) continue;
    if (line.data.shipping_method !== '') methods.add(decodeEntities(line.data.shipping_method));
    const mapped = toLine(line.data);
    if (mapped === null)
      return { ok: false, reason: `Line ${line.data.transaction_id}: the price does not fit` };
    lines.push(mapped);
  }
  const notes = [record.message_from_buyer, record.gift_message].map(decodeEntities);
  return {
    ok: true,
    value: {
      externalId: record.receipt_id,
      number: record.receipt_id,
      channelStatus: record.status,
      disposition: lines.length === 0 && record.is_paid ? 'shipped' : dispositionOf(record),
      parcels: (record.shipments ?? []).map((parcel) => parcel.tracking_code),
      currency: record.grandtotal.currency_code,
      totalMinor,
      placedAtMs: record.created_timestamp * 1_000,
      modifiedAtMs: record.updated_timestamp * 1_000,
      note: notes.filter((note) => note !== '').join('\n'),
      shippingMethod: [...methods].join(', '),
      shipTo: {
        name: decodeEntities(record.name),
        company: '',
        line1: decodeEntities(record.first_line),
        line2: decodeEntities(record.second_line),
        city: decodeEntities(record.city),
        region: decodeEntities(record.state),
        postcode: record.zip,
        country: record.country_iso,
        phone: '',
        email: record.buyer_email,
      },
      lines,
      raw: JSON.stringify(raw),
    },
  };
}

/** Etsy writes its statuses with and without capitals. */
export function dispositionOf(
  record: Pick<ReceiptRecord, 'status' | 'is_paid' | 'is_shipped'>,
): RemoteOrder['disposition'] {
  const shipped = record.is_shipped ? 'shipped' : null;
  switch (record.status.toLowerCase()) {
    case 'canceled':
      return 'cancelled';
    case 'fully refunded':
      return 'refunded';
    case 'completed':
      return 'shipped';
    case 'paid':
    case 'partially refunded':
      return shipped;
    case 'open':
      return record.is_paid ? shipped : 'awaiting_payment';
    case 'payment processing':
      return 'awaiting_payment';
    default:
      return 'unknown';
  }
}

function toLine(line: TransactionRecord): RemoteOrderLine | null {
  const unitPriceMinor = toMinor(line.price);
  if (unitPriceMinor === null) return null;
  const chosen = line.variations ?? [];
  return {
    externalId: line.transaction_id,
    sku: decodeEntities(line.sku) || null,
    title: decodeEntities(line.title),
    variant: chosen
      .map(({ formatted_value }) => decodeEntities(formatted_value))
      .filter((value) => value !== '')
      .join(' / '),
    quantity: line.quantity,
    unitPriceMinor,
    productExternalId: line.listing_id ? String(line.listing_id) : null,
    // The number of the product at that time means nothing any more once the inventory was written.
    variantExternalId: variantKey(line.product_data ?? []),
    image: null,
  };
}
