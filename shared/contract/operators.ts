import { z } from 'zod';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const pinSchema = z.string().regex(/^\d{4,12}$/, 'has 4 to 12 digits');
const badgeSchema = z.string().trim().min(4).max(100);

const operatorSchema = z.object({
  operatorId: idSchema,
  name: z.string(),
  hasBadge: z.boolean(),
  /** No PIN is taken before; null = it may be tried. */
  lockedUntil: epochMsSchema.nullable(),
  archived: z.boolean(),
});

const changed = z.object({ commandId: idSchema.nullable() });

export const operatorMethods = {
  'operators.list': query(
    'People who work at the stations',
    z.strictObject({}),
    z.object({
      operators: z.array(operatorSchema),
      /** Who is signed in on this connection. */
      current: z.object({ operatorId: idSchema, name: z.string() }).nullable(),
    }),
  ),
  'operators.add': command(
    'Adds an operator with a PIN, and a badge when there is one',
    z.strictObject({ name: z.string().trim().min(1).max(80), pin: pinSchema, badge: badgeSchema.optional() }),
    changed.extend({ operatorId: idSchema }),
  ),
  'operators.edit': command(
    'Changes name, PIN or badge of an operator, or archives one',
    z.strictObject({
      operatorId: idSchema,
      name: z.string().trim().min(1).max(80).optional(),
      pin: pinSchema.optional(),
      /** Null takes the badge away. */
      badge: badgeSchema.nullable().optional(),
      archived: z.boolean().optional(),
    }),
    changed,
  ),
  'operators.signIn': command(
    'Signs an operator in on this connection, by PIN or by a scanned badge; their commands carry the name from then on',
    z.strictObject({
      operatorId: idSchema.optional(),
      pin: z.string().max(12).optional(),
      badge: z.string().max(100).optional(),
    }),
    z.object({
      outcome: z.enum(['signed_in', 'wrong', 'locked']),
      operatorId: idSchema.nullable(),
      name: z.string().nullable(),
      lockedUntil: epochMsSchema.nullable(),
      /** Tries before the next lock. */
      triesLeft: z.number().int(),
    }),
  ),
  'operators.signOut': command('Ends the sign-in on this connection', z.strictObject({}), z.object({})),
} as const;
