import { z } from 'zod';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const done = z.object({ commandId: idSchema.nullable() });

export const placeMethods = {
  'inventory.editLocation': command(
    'Renames a location, or archives an empty one so that nothing goes there any more',
    z.strictObject({
      locationId: idSchema,
      name: z.string().trim().min(1).max(80).optional(),
      archived: z.boolean().optional(),
    }),
    done,
  ),
  'inventory.editBin': command(
    'Renames a bin, or archives an empty one',
    z.strictObject({
      binId: idSchema,
      code: z.string().trim().min(1).max(60).optional(),
      archived: z.boolean().optional(),
    }),
    done,
  ),
  'inventory.transferHistory': query(
    'Transfers with what was sent, what came and what is missing, newest first',
    z.strictObject({ limit: z.number().int().min(1).max(500).optional() }),
    z.object({
      transfers: z.array(
        z.object({
          transferId: idSchema,
          from: z.string(),
          to: z.string(),
          reference: z.string(),
          at: epochMsSchema,
          state: z.enum(['on_the_way', 'part_arrived', 'arrived', 'discrepancy', 'taken_back']),
          lines: z.array(
            z.object({
              sku: z.string(),
              lot: z.string().nullable(),
              sent: z.number().int(),
              arrived: z.number().int(),
              /** Written off as lost on the way, or back where it came from. */
              lost: z.number().int(),
              returned: z.number().int(),
              open: z.number().int(),
            }),
          ),
        }),
      ),
    }),
  ),
  'inventory.closeTransfer': command(
    'Settles what of a transfer never came: lost, or back where it was sent from',
    z.strictObject({
      transferId: idSchema,
      how: z.enum(['lost', 'returned']),
      reason: z.string().trim().min(1).max(500),
    }),
    done.extend({ units: z.number().int() }),
  ),
} as const;
