import { z } from 'zod';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const countSchema = z.object({
  countId: idSchema,
  name: z.string(),
  locationId: idSchema,
  location: z.string(),
  blind: z.boolean(),
  scope: z.enum(['full', 'list']),
  startedAt: epochMsSchema,
  finishedAt: epochMsSchema.nullable(),
  entries: z.number().int(),
});

const countLineSchema = z.object({
  itemId: idSchema,
  sku: z.string(),
  title: z.string(),
  bin: z.string().nullable(),
  counted: z.number().int().nullable(),
  /** What the ledger said at the time of the last entry; null while the count is blind and open. */
  expected: z.number().int().nullable(),
});
export type CountLine = z.infer<typeof countLineSchema>;

export const countMethods = {
  'inventory.counts': query(
    'Counts, the open ones first',
    z.strictObject({}),
    z.object({ counts: z.array(countSchema) }),
  ),
  'inventory.startCount': command(
    'Starts a count of a whole location or of listed items',
    z.strictObject({
      name: z.string().trim().min(1).max(120),
      locationId: idSchema,
      blind: z.boolean(),
      codes: z.array(z.string().trim().min(1).max(200)).min(1).max(10_000).optional(),
    }),
    z.object({ countId: idSchema }),
  ),
  'inventory.recordCount': command(
    'Adds what was counted; an entry id is taken once, so a resent batch changes nothing',
    z.strictObject({
      countId: idSchema,
      entries: z
        .array(
          z.strictObject({
            entryId: z.uuid(),
            code: z.string().trim().min(1).max(200),
            quantity: z.number().int().min(0).max(100_000_000),
            /** Name of a pack of the item; absent = single units. */
            unit: z.string().trim().max(40).optional(),
            bin: z.string().trim().max(60).optional(),
            countedAt: epochMsSchema.optional(),
          }),
        )
        .min(1)
        .max(10_000),
    }),
    z.object({
      commandId: idSchema.nullable(),
      recorded: z.number().int(),
      repeated: z.number().int(),
      rejected: z.array(z.object({ entryId: idSchema, code: z.string(), message: z.string() })),
    }),
  ),
  'inventory.getCount': query(
    'A count with its lines',
    z.strictObject({ countId: idSchema }),
    z.object({
      count: countSchema,
      lines: z.array(countLineSchema).max(1_000),
      linesTotal: z.number().int(),
    }),
  ),
  'inventory.finishCount': command(
    'Ends a count and posts the differences',
    z.strictObject({
      countId: idSchema,
      /** What was not counted stays as it is, or is taken to be gone. */
      uncounted: z.enum(['keep', 'zero']),
    }),
    z.object({
      commandId: idSchema.nullable(),
      /** Places that were counted, and those of them where the ledger was right. */
      places: z.number().int(),
      exact: z.number().int(),
      /** exact / places; null when nothing was counted. */
      accuracy: z.number().nullable(),
      /** Units found more and units found missing. */
      over: z.number().int(),
      short: z.number().int(),
    }),
    null,
  ),
} as const;
