import { z } from 'zod';
import { command, query } from './define.ts';
import { accountPlatformSchema, countsSchema, epochMsSchema, idSchema, platformSchema } from './common.ts';

const credentialsSchema = z.record(z.string().max(100), z.string().max(5_000));

export const accountSchema = z.object({
  accountId: idSchema,
  platform: accountPlatformSchema,
  name: z.string(),
  baseUrl: z.string(),
  status: z.enum(['active', 'paused', 'auth_required']),
  currency: z.string().nullable(),
  /** IANA zone of the shop; ship-by dates are counted in it. */
  timeZone: z.string(),
  listings: z.number().int(),
  openOrders: z.number().int(),
  /** Ops that still have something to do. */
  outbox: z.number().int(),
  lastPullAt: epochMsSchema.nullable(),
  lastPushAt: epochMsSchema.nullable(),
  lastVerifiedAt: epochMsSchema.nullable(),
  /** True while the last attempt could not reach the shop. */
  offline: z.boolean(),
  quarantined: z.number().int(),
  lastError: z.object({ code: z.string(), message: z.string(), at: epochMsSchema }).nullable(),
  sample: z.boolean(),
  /** What the channel cannot do here, and why; the action is hidden and this is shown. */
  limits: z.array(z.object({ capability: z.string(), reason: z.string() })),
});
export type Account = z.infer<typeof accountSchema>;

export const channelMethods = {
  'channels.add': command(
    'Adds an account; the keys go to the vault and nowhere else',
    z.strictObject({
      platform: platformSchema,
      name: z.string().trim().min(1).max(100),
      baseUrl: z.url().max(500),
      credentials: credentialsSchema,
      timeZone: z.string().max(60).optional(),
    }),
    z.object({ accountId: idSchema }),
  ),
  'channels.list': query(
    'All accounts with their health',
    z.strictObject({}),
    z.object({ accounts: z.array(accountSchema) }),
  ),
  'channels.test': query(
    'Asks the shop whether the keys work and may write',
    z.strictObject({ accountId: idSchema }),
    z.object({
      ok: z.literal(true),
      version: z.string().nullable(),
      currency: z.string().nullable(),
      canWrite: z.boolean().nullable(),
    }),
    60_000,
  ),
  'channels.update': command(
    'Renames, re-points, pauses or resumes an account, or gives it new keys',
    z.strictObject({
      accountId: idSchema,
      name: z.string().trim().min(1).max(100).optional(),
      baseUrl: z.url().max(500).optional(),
      credentials: credentialsSchema.optional(),
      paused: z.boolean().optional(),
      timeZone: z.string().max(60).optional(),
    }),
    z.object({}),
  ),
  'channels.remove': command(
    'Removes an account and its keys; refused while unsent changes wait, unless `discard` is set',
    z.strictObject({ accountId: idSchema, discard: z.boolean().optional() }),
    z.object({}),
  ),
  'channels.quarantine': query(
    'Records of a shop that could not be read, with the reason',
    z.strictObject({ accountId: idSchema.optional() }),
    z.object({
      records: z.array(
        z.object({
          accountId: idSchema,
          resource: z.enum(['listings', 'orders']),
          externalId: z.string().nullable(),
          reason: z.string(),
          at: epochMsSchema,
          raw: z.string(),
        }),
      ),
    }),
  ),
  'sync.pull': command(
    'Reads what changed in the shops since the last time; `full` also finds deletions and drift',
    z.strictObject({ accountId: idSchema.optional(), full: z.boolean().optional() }),
    z.object({
      listings: countsSchema,
      orders: countsSchema,
      quarantined: z.number().int(),
      conflicts: z.number().int(),
      failed: z.array(z.object({ accountId: idSchema, code: z.string(), message: z.string() })),
    }),
    null,
  ),
} as const;
