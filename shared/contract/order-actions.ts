import { z } from 'zod';
import { command, query } from './define.ts';
import { epochMsSchema, idSchema, moneySchema } from './common.ts';

export const CANCEL_REASONS = ['customer', 'declined', 'fraud', 'inventory', 'staff', 'other'] as const;
export const RESTOCKS = ['never_left', 'returned', 'no'] as const;

/** Those of the outbox that such an action can be in; `by_hand` waits until a person has done it in the shop. */
export const ORDER_ACTION_STATES = [
  'pending',
  'sent',
  'accepted',
  'verified',
  'retry_wait',
  'needs_verify',
  'rejected',
  'by_hand',
  'taken_back',
] as const;

export const orderActionSchema = z.object({
  actionId: idSchema,
  kind: z.enum(['cancel', 'refund']),
  state: z.enum(ORDER_ACTION_STATES),
  code: z.string().nullable(),
  message: z.string().nullable(),
  nextAttemptAt: epochMsSchema.nullable(),
  /** What was asked for; null = what the channel's records say. */
  amount: moneySchema.nullable(),
  /** What the channel recorded. */
  refunded: moneySchema.nullable(),
  actor: z.string(),
  at: epochMsSchema,
  /** It has surely not left: it can still be taken back. */
  canTakeBack: z.boolean(),
});
export type OrderAction = z.infer<typeof orderActionSchema>;

const outcome = z.object({ actionId: idSchema, actions: z.array(orderActionSchema) });

export const orderActionMethods = {
  'orders.actions': query(
    'Cancellations and refunds of an order, and what its channel lets a person choose',
    z.strictObject({ orderId: idSchema }),
    z.object({
      /** null = the channel has no interface for it: a person does it in the shop and confirms it here. */
      abilities: z
        .object({
          restockOnCancel: z.enum(['choice', 'always']),
          refundOnCancel: z.enum(['choice', 'never']),
          notify: z.enum(['choice', 'shop']),
        })
        .nullable(),
      canCancel: z.boolean(),
      /** At most so much is left to pay back. */
      refundable: moneySchema,
      actions: z.array(orderActionSchema),
    }),
  ),
  'orders.cancel': command(
    'Cancels an order at its channel, exactly once; it can be taken back until it is sent',
    z.strictObject({
      orderId: idSchema,
      reason: z.enum(CANCEL_REASONS),
      /** Puts the units back into stock, where the channel lets one choose. */
      restock: z.boolean(),
      /** Pays everything back, where cancelling can. */
      refund: z.boolean(),
      notify: z.boolean(),
      note: z.string().max(1_000).optional(),
    }),
    outcome,
  ),
  'orders.refund': command(
    'Pays back lines, shipping or an amount through the channel, exactly once; it can be taken back until it is sent',
    z
      .strictObject({
        orderId: idSchema,
        lines: z
          .array(
            z.strictObject({
              lineId: idSchema,
              quantity: z.number().int().min(1),
              restock: z.enum(RESTOCKS),
            }),
          )
          .max(1_000),
        shipping: z.boolean(),
        /** Minor units of the order's currency; absent = what the channel's records say for these lines. */
        amountMinor: z.number().int().min(1).optional(),
        /** by_hand: the shop only records it, a person pays. */
        money: z.enum(['original', 'by_hand']),
        notify: z.boolean(),
        note: z.string().max(1_000).optional(),
      })
      .refine(
        (input) => input.lines.length > 0 || input.shipping || input.amountMinor !== undefined,
        'Name lines, shipping or an amount',
      ),
    outcome,
  ),
  'orders.takeBackAction': command(
    'Takes a cancellation or refund back that has not been sent yet',
    z.strictObject({ actionId: idSchema }),
    outcome,
  ),
  'orders.confirmAction': command(
    'Says that a person has done it in the shop, where the channel has no interface for it',
    z.strictObject({ actionId: idSchema }),
    outcome,
  ),
} as const;
