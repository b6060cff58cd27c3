import { z } from 'zod';
import { command, query } from './define.ts';
import {
  accountPlatformSchema,
  countsSchema,
  epochMsSchema,
  fieldNameSchema,
  idSchema,
  platformSchema,
  wireValueSchema,
} from './common.ts';

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
  /** Verified cells that the last full read found changed in the shop. */
  drifted: z.number().int().optional(),
  lastError: z.object({ code: z.string(), message: z.string(), at: epochMsSchema }).nullable(),
  sample: z.boolean(),
  /** Without access to the API: downloads come in, and a person makes the changes from a list. */
  byHand: z.boolean().optional(),
  /** What the channel cannot do here, and why; the action is hidden and this is shown. */
  limits: z.array(z.object({ capability: z.string(), reason: z.string() })),
});
export type Account = z.infer<typeof accountSchema>;

export const channelHealthSchema = z.object({
  accountId: idSchema,
  /** Failures of the last time, newest first, at most 50. */
  failures: z.array(
    z.object({
      at: epochMsSchema,
      activity: z.enum(['pull', 'publish', 'test', 'sign-in']),
      code: z.string(),
      message: z.string(),
    }),
  ),
  /** What is left of each rate limit that was used so far. */
  quotas: z.array(
    z.object({
      operation: z.string(),
      /** Calls (or points) that may go at once; below zero so many are promised already. */
      left: z.number(),
      capacity: z.number(),
      perSecond: z.number(),
      /** Nothing goes before this moment; null = open. */
      closedUntil: epochMsSchema.nullable(),
    }),
  ),
  /** When a key or sign-in ends by itself and a person has to renew it; null = never, or the channel does not tell. */
  expiresAt: epochMsSchema.nullable(),
  /** Why nothing leaves, when the account or its channel is paused. */
  held: z.string().nullable(),
});
export type ChannelHealth = z.infer<typeof channelHealthSchema>;

export const handItemSchema = z.object({
  /** null for a shipment. */
  listingId: idSchema.nullable(),
  sku: z.string().nullable(),
  /** Title in the shop now, or the number of the order. */
  title: z.string(),
  /** null for a shipment. */
  field: fieldNameSchema.nullable(),
  from: wireValueSchema,
  /** For a shipment carrier and tracking number. */
  to: wireValueSchema,
  /** Since when it is on the list. */
  at: epochMsSchema,
});
export type HandItem = z.infer<typeof handItemSchema>;

const signInPagesSchema = z.strictObject({ done: z.string().max(500), failed: z.string().max(500) });

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
  'channels.health': query(
    'What is left of the rate limits, when keys end, and the newest failures of an account',
    z.strictObject({ accountId: idSchema }),
    channelHealthSchema,
  ),
  'channels.drift': query(
    'Verified values that the last full read found changed in the shop, newest first',
    z.strictObject({ accountId: idSchema, limit: z.number().int().min(1).max(1_000).optional() }),
    z.object({
      total: z.number().int(),
      cells: z.array(
        z.object({
          listingId: idSchema,
          sku: z.string().nullable(),
          title: z.string(),
          field: fieldNameSchema,
          verified: wireValueSchema,
          verifiedAt: epochMsSchema,
          found: wireValueSchema,
          at: epochMsSchema,
        }),
      ),
    }),
  ),
  'channels.authorizeStart': command(
    'Begins a sign-in in the browser: open `url` there, then wait with channels.authorizeFinish',
    z.strictObject({
      accountId: idSchema,
      /** What the browser shows at the end, in the person's language. */
      pages: signInPagesSchema.optional(),
    }),
    z.object({ authorizationId: idSchema, url: z.string() }),
  ),
  'channels.authorizeFinish': command(
    'Waits until the person came back from the sign-in and its keys are stored; cancelling ends the sign-in',
    z.strictObject({ authorizationId: idSchema }),
    z.object({ accountId: idSchema }),
    null,
  ),
  'channels.importFile': command(
    'Reads a download of a shop without API access: merges it, and verifies what it shows of the changes made by hand',
    z.strictObject({ accountId: idSchema, file: z.string().min(1).max(4_096) }),
    z.object({
      kind: z.enum(['listings', 'orders']),
      listings: countsSchema,
      orders: countsSchema,
      quarantined: z.number().int(),
      conflicts: z.number().int(),
      /** Changes that the download shows, and those that it does not show yet. */
      verified: z.number().int(),
      waiting: z.number().int(),
    }),
    null,
  ),
  'channels.handList': query(
    'Changes that wait for a person to make them in the shop, the oldest first',
    z.strictObject({ accountId: idSchema, limit: z.number().int().min(1).max(1_000).optional() }),
    z.object({ total: z.number().int(), items: z.array(handItemSchema) }),
  ),
  'channels.exportHandList': command(
    'Writes the list of changes that a person makes in the shop as a CSV file',
    z.strictObject({ accountId: idSchema, file: z.string().min(1).max(4_096) }),
    z.object({ items: z.number().int(), bytes: z.number().int() }),
    null,
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
      /** Verified cells that a full read found changed in the shop; see channels.drift. */
      drift: z.number().int().optional(),
      failed: z.array(z.object({ accountId: idSchema, code: z.string(), message: z.string() })),
    }),
    null,
  ),
} as const;
