import { z } from 'zod';
import { COUNT_REASONS } from '../domain/inventory/count-plan.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const abcSchema = z.enum(['A', 'B', 'C']).nullable();

/** The open form of a count that travels between machines. */
export const countFileSchema = z.object({
  format: z.literal('quayside-count'),
  version: z.literal(1),
  countId: idSchema,
  name: z.string().trim().min(1).max(120),
  location: z.string().trim().min(1).max(80),
  blind: z.boolean(),
  skus: z.array(z.string().min(1).max(200)).max(10_000).nullable(),
  entries: z
    .array(
      z.object({
        entryId: z.uuid(),
        code: z.string().trim().min(1).max(200),
        bin: z.string().trim().max(60),
        quantity: z.number().int().min(0).max(100_000_000),
        countedAt: epochMsSchema,
        actor: z.string().max(200),
      }),
    )
    .max(100_000),
  withdrawn: z.array(z.uuid()).max(100_000),
});

export const countingMethods = {
  'counting.plan': query(
    'What to count today and why: wrong figures first, then what the ABC class has made due',
    z.strictObject({ locationId: idSchema.optional(), limit: z.number().int().min(1).max(1_000).optional() }),
    z.object({
      items: z
        .array(
          z.object({
            itemId: idSchema,
            sku: z.string(),
            title: z.string(),
            abc: abcSchema,
            bin: z.string().nullable(),
            countedAt: epochMsSchema.nullable(),
            everyDays: z.number().int(),
            reason: z.enum(COUNT_REASONS),
          }),
        )
        .max(1_000),
      total: z.number().int(),
      /** Items a day that keep every class within its days. */
      perDay: z.number(),
    }),
  ),
  'counting.accuracy': query(
    'How right the ledger was, by finished count, the newest first',
    z.strictObject({ limit: z.number().int().min(1).max(50).optional() }),
    z.object({
      /** Exact places over counted places of all that is shown; null without any. */
      accuracy: z.number().nullable(),
      counts: z.array(
        z.object({
          countId: idSchema,
          name: z.string(),
          finishedAt: epochMsSchema,
          places: z.number().int(),
          exact: z.number().int(),
          accuracy: z.number().nullable(),
          over: z.number().int(),
          short: z.number().int(),
        }),
      ),
    }),
  ),
  'counting.export': command(
    'Writes a count with its entries to a file that other machines read and merge',
    z.strictObject({ countId: idSchema, file: z.string().min(1).max(4_096) }),
    z.object({ file: z.string(), entries: z.number().int() }),
  ),
  'counting.import': command(
    'Takes the entries of a count file; the order of several files, and reading one again, change nothing',
    z.strictObject({
      file: z.string().min(1).max(4_096),
      /** Where the count is, when the file names a location that is not here. */
      locationId: idSchema.optional(),
    }),
    z.object({
      commandId: idSchema.nullable(),
      countId: idSchema,
      recorded: z.number().int(),
      repeated: z.number().int(),
      withdrawn: z.number().int(),
      rejected: z.array(z.object({ entryId: idSchema, code: z.string(), message: z.string() })),
    }),
  ),
} as const;
