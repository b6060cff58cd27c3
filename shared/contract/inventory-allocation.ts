import { z } from 'zod';
import { epochMsSchema, idSchema, rejectionSchema } from './common.ts';
import { command, query } from './define.ts';

const ruleSchema = z.object({
  /** Units held back. */
  buffer: z.number().int().min(0).max(1_000_000),
  /** With fewer units than this after the buffer nothing is shown. */
  floor: z.number().int().min(0).max(1_000_000),
  /** Units shown at most; null = no limit. */
  maximum: z.number().int().min(0).max(1_000_000).nullable(),
});

/** null = every item, every account. */
const pairSchema = z.strictObject({ itemId: idSchema.nullable(), accountId: idSchema.nullable() });

const lineSchema = z.object({
  listingId: idSchema,
  accountId: idSchema,
  sku: z.string(),
  title: z.string(),
  available: z.number().int(),
  rule: ruleSchema,
  now: z.number().int().nullable(),
  next: z.number().int(),
  /** Units a day over all channels in the last 28 days; null when no order says anything. */
  salesPerDay: z.number().nullable(),
  /** When the channel's quantity was last read; null when never. */
  readAt: epochMsSchema.nullable(),
  /** Odds that more is sold than there is until the channel is told again; null without a rate or an age. */
  oversell: z.number().nullable(),
});
export type AllocationLine = z.infer<typeof lineSchema>;

export const allocationMethods = {
  'inventory.rules': query(
    'Rules in force of what channels show',
    z.strictObject({}),
    z.object({
      rules: z.array(
        ruleSchema.extend({
          itemId: idSchema.nullable(),
          sku: z.string().nullable(),
          accountId: idSchema.nullable(),
        }),
      ),
    }),
  ),
  'inventory.setRule': command(
    'Sets the rule of an item, an account, both or all; null takes it away',
    pairSchema.extend({ rule: ruleSchema.nullable() }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'inventory.allocationPreview': query(
    'The quantity each listing would show, with the odds of overselling',
    z.strictObject({
      accountIds: z.array(idSchema).optional(),
      /** Also listings that would stay as they are. */
      unchanged: z.boolean().optional(),
    }),
    z.object({
      lines: z.array(lineSchema).max(1_000),
      linesTotal: z.number().int(),
      changes: z.number().int(),
      /** Listings whose SKU is not in the ledger. */
      untracked: z.number().int(),
    }),
  ),
  'inventory.allocate': command(
    'Writes the quantities into the listings as one edit, ready to be published',
    z.strictObject({ accountIds: z.array(idSchema).optional() }),
    z.object({
      commandId: idSchema.nullable(),
      applied: z.number().int(),
      unchanged: z.number().int(),
      rejected: z.array(rejectionSchema),
      rejectedTotal: z.number().int(),
    }),
  ),
} as const;
