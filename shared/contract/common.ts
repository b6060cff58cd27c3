import { z } from 'zod';
import { CELL_STATES } from '../domain/outbox-states.ts';
import { LISTING_FIELD_NAMES } from '../domain/listing-fields.ts';
import { ACCOUNT_PLATFORMS, PLATFORMS } from '../domain/platforms.ts';

export const idSchema = z.uuid();
/** Opaque id of an outbox op, unique in the workspace. */
export const opIdSchema = z.string().regex(/^\d{1,16}$/);
export const platformSchema = z.enum(PLATFORMS);
export const accountPlatformSchema = z.enum(ACCOUNT_PLATFORMS);
export const fieldNameSchema = z.enum(LISTING_FIELD_NAMES);
export const cellStateSchema = z.enum(CELL_STATES);
export const epochMsSchema = z.number().int();

export const moneySchema = z.object({ minor: z.number().int(), currency: z.string().length(3) });

export const imageSchema = z.object({ src: z.string(), alt: z.string(), externalId: z.string().optional() });

/** Money as a decimal string, tags as string[], times as ISO text, null is *clear*. */
export const wireValueSchema = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
  z.array(imageSchema),
]);

/** Why one cell of a change was refused; the rest of the change went on. */
export const rejectionSchema = z.object({
  listingId: z.string(),
  field: z.string(),
  code: z.string(),
  message: z.string(),
});
export type Rejection = z.infer<typeof rejectionSchema>;

export const countsSchema = z.object({
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
});

/**
 * What can be filtered by: states of cells; `unverified` has a change that was not
 * read back yet, `stale` is on an account that was not read for a day, `inherited`
 * and `overridden` say how a cell stands to its master.
 */
export const FILTER_STATES = [...CELL_STATES, 'unverified', 'stale', 'inherited', 'overridden'] as const;
export const filterStateSchema = z.enum(FILTER_STATES);

/**
 * A filter over listings. All given parts must hold; `states` matches rows with
 * at least one such cell.
 */
export const listingFilterSchema = z.strictObject({
  accountIds: z.array(idSchema).optional(),
  status: z.array(z.string().max(40)).optional(),
  states: z.array(filterStateSchema).optional(),
  stock: z.enum(['in', 'out', 'low']).optional(),
  /** By the rules of the channel: one that is broken, or any of a lane. */
  quality: z
    .strictObject({
      rule: z.string().max(100).optional(),
      lane: z.enum(['rejected', 'improve']).optional(),
    })
    .optional(),
  /** Conditions on one field each, joined by `match`. */
  match: z.enum(['all', 'any']).optional(),
  conditions: z
    .array(
      z.strictObject({
        field: fieldNameSchema,
        op: z.enum([
          'eq',
          'ne',
          'lt',
          'lte',
          'gt',
          'gte',
          'contains',
          'notContains',
          'startsWith',
          'empty',
          'notEmpty',
        ]),
        value: z.union([z.string().max(2_000), z.number()]).optional(),
      }),
    )
    .max(50)
    .optional(),
});
export type ListingFilter = z.infer<typeof listingFilterSchema>;

export const sortSchema = z
  .array(
    z.strictObject({
      field: z.union([
        fieldNameSchema,
        z.enum(['account', 'variant', 'updatedAt', 'quality', 'completeness']),
      ]),
      direction: z.enum(['asc', 'desc']),
    }),
  )
  .max(5);
export type ListingSort = z.infer<typeof sortSchema>;
