import { z } from 'zod';
import { accountPlatformSchema, epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { MAX_RETENTION_DAYS } from '../domain/personal-data.ts';

export const privacyAccountSchema = z.object({
  accountId: idSchema,
  accountName: z.string(),
  platform: accountPlatformSchema,
  /** Days after an order is closed; null = as long as the workspace. */
  days: z.number().int().nullable(),
  /** Whether the number is the channel's or was chosen here. */
  from: z.enum(['channel', 'chosen']),
  /** Orders whose buyer's data is stored. */
  held: z.number().int(),
  /** Of those, the ones that are past their time. */
  due: z.number().int(),
});
export type PrivacyAccount = z.infer<typeof privacyAccountSchema>;

export const purgeProofSchema = z.object({
  proofId: idSchema,
  accountId: idSchema,
  accountName: z.string(),
  at: epochMsSchema,
  actor: z.string(),
  reason: z.enum(['policy', 'request']),
  orders: z.number().int(),
  keysDestroyed: z.number().int(),
  /** SHA-256 over the sorted ids of the orders, one a line: shows which they were to whoever has the list. */
  digest: z.string(),
});
export type PurgeProof = z.infer<typeof purgeProofSchema>;

/** Orders that one call may name. */
export const MAX_PURGE_ORDERS = 1_000;

export const privacyMethods = {
  'privacy.overview': query(
    "Whose buyers' data is kept, how long, and what is past its time",
    z.strictObject({}),
    z.object({ accounts: z.array(privacyAccountSchema) }),
  ),
  'privacy.setPolicy': command(
    "How long an account keeps buyers' data after an order is closed",
    z.strictObject({
      accountId: idSchema,
      /** null keeps it as long as the workspace; absent goes by the channel's rule. */
      days: z.number().int().min(0).max(MAX_RETENTION_DAYS).nullable().optional(),
    }),
    z.object({ accounts: z.array(privacyAccountSchema) }),
  ),
  'privacy.purge': command(
    "Destroys the buyers' data of orders for good, in backups too: of those named, or of all that are past their time",
    z.strictObject({
      orderIds: z.array(idSchema).min(1).max(MAX_PURGE_ORDERS).optional(),
      accountId: idSchema.optional(),
    }),
    z.object({
      purged: z.number().int(),
      /** Named orders that still have to leave, or are not there; nothing happened to them. */
      kept: z.array(z.object({ orderId: idSchema, reason: z.enum(['open', 'unknown', 'purged']) })),
      proofs: z.array(purgeProofSchema),
    }),
  ),
  'privacy.proofs': query(
    'What was purged when, by whom and why, newest first',
    z.strictObject({ limit: z.number().int().min(1).max(1_000).optional() }),
    z.object({ proofs: z.array(purgeProofSchema) }),
  ),
} as const;
