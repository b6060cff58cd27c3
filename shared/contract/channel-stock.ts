import { z } from 'zod';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const gapSchema = z.object({
  listingId: idSchema,
  itemId: idSchema,
  accountId: idSchema,
  account: z.string(),
  sku: z.string(),
  title: z.string(),
  /** Units that the channel shows. */
  channel: z.number().int(),
  /** Units that it would show by the ledger and the rules. */
  ledger: z.number().int(),
  /** When the difference was first seen; null when it came up since the last look. */
  since: epochMsSchema.nullable(),
  /** When the channel's quantity was last read; null when never. */
  readAt: epochMsSchema.nullable(),
});
export type StockGap = z.infer<typeof gapSchema>;

export const channelStockMethods = {
  'channelStock.rules': query(
    'From when on what each shop ships by itself is posted to the ledger',
    z.strictObject({}),
    z.object({
      /** Last count or opening: nothing from before it can be posted. null when there is none. */
      earliest: epochMsSchema.nullable(),
      accounts: z.array(
        z.object({
          accountId: idSchema,
          name: z.string(),
          /** null = nothing is posted. */
          since: epochMsSchema.nullable(),
          /** Refunded goods are taken to be back on the shelf. */
          restock: z.boolean(),
          /** Orders and units that are posted. */
          orders: z.number().int(),
          posted: z.number().int(),
        }),
      ),
    }),
  ),
  'channelStock.setRule': command(
    'Posts what a shop ships by itself from a moment on; null posts nothing more',
    z.strictObject({
      accountId: idSchema,
      since: epochMsSchema.nullable(),
      restock: z.boolean().optional(),
    }),
    z.object({
      commandId: idSchema.nullable(),
      /** Movements that orders which were here already gave. */
      posted: z.number().int(),
    }),
  ),
  'channelStock.gaps': query(
    'Listings whose channel shows another quantity than the ledger gives, the largest difference first',
    z.strictObject({ accountId: idSchema.optional() }),
    z.object({
      gaps: z.array(gapSchema).max(1_000),
      total: z.number().int(),
      /** Units that channels show too many and too few. */
      above: z.number().int(),
      below: z.number().int(),
    }),
  ),
} as const;
