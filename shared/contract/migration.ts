import { z } from 'zod';
import { idSchema } from './common.ts';
import { command, query } from './define.ts';

const pair = { sourceAccountId: idSchema, targetAccountId: idSchema };
const failure = z.object({ productId: idSchema, title: z.string(), code: z.string(), message: z.string() });
const file = z.string().min(1).max(4_096);

export const migrationMethods = {
  'migration.plan': query(
    'What moving the products of one account to another would create, and what of them would be lost',
    z.strictObject(pair),
    z.object({
      products: z.number().int(),
      variants: z.number().int(),
      /** Products that were moved before. */
      moved: z.number().int(),
      /** The target can be given new products through its API; otherwise a file is the way. */
      canCreate: z.boolean(),
      losses: z.array(
        z.object({
          field: z.string(),
          /** FIELD_NOT_THERE, CURRENCY_DIFFERS, SKU_DUPLICATE, KIND_NOT_THERE, or the code of the target's rule that a value breaks. */
          code: z.string(),
          severity: z.enum(['lost', 'refused', 'changed']),
          /** Products, or variants for fields of variants, that it concerns. */
          count: z.number().int(),
          detail: z.string(),
        }),
      ),
    }),
  ),
  'migration.run': command(
    'Creates the products of one account in another, each exactly once; a repeated call goes on where the last one ended',
    z.strictObject({
      ...pair,
      productIds: z.array(idSchema).max(5_000).optional(),
      /** draft keeps them out of the shop window until they were looked at. */
      status: z.enum(['draft', 'same']).optional(),
    }),
    z.object({
      created: z.number().int(),
      found: z.number().int(),
      failed: z.array(failure),
      stopped: z.boolean(),
    }),
    null,
  ),
  'migration.compare': query(
    'Compares moved products with their originals, by the values that were last read from both',
    z.strictObject(pair),
    z.object({
      compared: z.number().int(),
      /** Moved, but not read back from the target yet. */
      unread: z.number().int(),
      differences: z.array(
        z.object({
          productId: idSchema,
          sku: z.string().nullable(),
          field: z.string(),
          source: z.string(),
          target: z.string(),
        }),
      ),
      differencesTotal: z.number().int(),
    }),
  ),
  'migration.redirects': command(
    'Writes old and new addresses of moved products as a table of 301 redirects',
    z.strictObject({ ...pair, file }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
    null,
  ),
  'migration.crosswalk': command(
    'Writes which id of the source became which of the target, a variant a row',
    z.strictObject({ ...pair, file }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
    null,
  ),
  'migration.rollback': command(
    'Removes from the target what was created there by moving; what was there before stays',
    z.strictObject(pair),
    z.object({ removed: z.number().int(), failed: z.number().int() }),
    null,
  ),
} as const;
