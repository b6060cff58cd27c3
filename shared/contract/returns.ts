import { z } from 'zod';
import { RETURN_GRADES, RETURN_REASONS, RETURN_STATES } from '../domain/order-marks.ts';
import { epochMsSchema, idSchema, moneySchema } from './common.ts';
import { command, query } from './define.ts';

const returnRow = z.object({
  returnId: idSchema,
  number: z.string(),
  orderId: idSchema,
  orderNumber: z.string(),
  state: z.enum(RETURN_STATES),
  expected: z.number().int(),
  received: z.number().int(),
  at: epochMsSchema,
});
export type ReturnRow = z.infer<typeof returnRow>;

const returnDetail = returnRow.extend({
  lines: z.array(
    z.object({
      returnLineId: idSchema,
      lineId: idSchema,
      sku: z.string().nullable(),
      title: z.string(),
      quantity: z.number().int(),
      received: z.number().int(),
      reason: z.enum(RETURN_REASONS),
      unitPrice: moneySchema,
      receipts: z.array(
        z.object({
          grade: z.enum(RETURN_GRADES),
          quantity: z.number().int(),
          at: epochMsSchema,
          actor: z.string(),
        }),
      ),
    }),
  ),
});
export type ReturnDetail = z.infer<typeof returnDetail>;

const done = z.object({ returnId: idSchema, commandId: idSchema.nullable() });

export const returnMethods = {
  'returns.list': query(
    'Returns, the newest first',
    z.strictObject({
      orderId: idSchema.optional(),
      states: z.array(z.enum(RETURN_STATES)).optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    z.object({ returns: z.array(returnRow) }),
  ),
  'returns.get': query(
    'One return with its lines and what was received',
    z.strictObject({ returnId: idSchema }),
    returnDetail,
  ),
  'returns.open': command(
    'Announces that units of an order come back, each line with its reason',
    z.strictObject({
      orderId: idSchema,
      lines: z
        .array(
          z.strictObject({
            lineId: idSchema,
            quantity: z.number().int().min(1),
            reason: z.enum(RETURN_REASONS),
          }),
        )
        .min(1)
        .max(1_000),
    }),
    done,
  ),
  'returns.receive': command(
    'Takes units of a return in by a scanned code or its line: A on sale again, B and C into quarantine, scrap out of the stock',
    z
      .strictObject({
        returnId: idSchema,
        returnLineId: idSchema.optional(),
        /** SKU or barcode. */
        code: z.string().trim().min(1).max(300).optional(),
        quantity: z.number().int().min(1).default(1),
        grade: z.enum(RETURN_GRADES),
      })
      .refine(
        ({ code, returnLineId }) => code !== undefined || returnLineId !== undefined,
        'Name a code or a line',
      ),
    done.extend({
      /** False where the ledger does not keep the article, so that no stock was booked. */
      booked: z.boolean(),
      state: z.enum(RETURN_STATES),
    }),
  ),
  'returns.close': command(
    'Closes a return of which nothing more is expected, or opens it again',
    z.strictObject({ returnId: idSchema, closed: z.boolean() }),
    done,
  ),
} as const;
