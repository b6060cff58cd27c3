import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { ReceiptRow } from './rows.ts';
import type { Store } from './store.ts';

const markSchema = z.object({
  was_shipped: z.boolean().nullish(),
  was_paid: z.boolean().nullish(),
});

/** Answers `POST …/tracking`. The buyer gets a mail, every time. */
export function addTracking(store: Store, receipt: ReceiptRow, form: URLSearchParams): void {
  const code = form.get('tracking_code')?.trim() ?? '';
  const carrier = form.get('carrier_name')?.trim() ?? '';
  if (receipt.status === 'canceled') throw new Refusal(409, 'The receipt is canceled');
  if (!receipt.paid) throw new Refusal(400, 'The receipt is not paid');
  if (code !== '' && carrier === '') throw new Refusal(400, 'carrier_name is required');
  if (code !== '') {
    const parcel = { id: store.newId(), at: store.now(), carrier, code };
    receipt.parcels = [...receipt.parcels, parcel];
  }
  receipt.mails.push(code);
  store.touchReceipt(receipt, { shipped: true, status: 'completed' });
}

/** Answers `PUT …/receipts/{id}`. */
export function markReceipt(store: Store, receipt: ReceiptRow, body: unknown): void {
  const parsed = markSchema.safeParse(body);
  if (!parsed.success) throw new Refusal(400, 'Invalid body');
  const { was_shipped: shipped, was_paid: paid } = parsed.data;
  if (typeof paid === 'boolean') receipt.paid = paid;
  if (shipped === true && !receipt.shipped) {
    receipt.mails.push('');
    receipt.shipped = true;
    receipt.status = 'completed';
  }
  if (shipped === false) {
    receipt.shipped = false;
    receipt.status = receipt.paid ? 'paid' : 'open';
  }
  store.touchReceipt(receipt);
}
