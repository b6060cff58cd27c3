import { z } from 'zod';

/**
 * What the process that hosts the engine and the engine say to each other on
 * the control channel (utilityProcess `parentPort` or child-process IPC).
 * Windows talk to the engine on their own port: a real MessagePort where the
 * host can hand one over, else `client` messages relayed by the host.
 */
export const toEngineSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('init'),
    /** Folder of the workspace, created when missing if `create` is set. */
    workspaceDir: z.string(),
    create: z.boolean(),
    /** Seeds the simulated shop and its account on first open. */
    sample: z.boolean(),
    /** Vault in the host (safeStorage) or in the engine (key file). */
    vault: z.enum(['host', 'keyfile']),
    /** Folder for logs. */
    logDir: z.string().nullable(),
    /** Backup to put in the workspace's place before it is opened; checked first, and refused with nothing changed when it is not whole. */
    restore: z.string().nullable(),
  }),
  z.object({ type: z.literal('client-open'), clientId: z.number().int() }),
  z.object({ type: z.literal('client-message'), clientId: z.number().int(), data: z.unknown() }),
  z.object({ type: z.literal('client-close'), clientId: z.number().int() }),
  z.object({
    type: z.literal('vault-reply'),
    id: z.number().int(),
    ok: z.boolean(),
    value: z.string().nullable(),
    error: z.string().optional(),
  }),
  z.object({ type: z.literal('power'), state: z.enum(['suspend', 'resume']) }),
  /** Asks what the engine is about; it answers with the same type. */
  z.object({ type: z.literal('activity') }),
  z.object({ type: z.literal('shutdown') }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const fromEngineSchema = z.discriminatedUnion('type', [
  /** The process runs and listens; the host answers with `init`. */
  z.object({ type: z.literal('hello'), pid: z.number().int(), napi: z.string() }),
  z.object({ type: z.literal('ready'), workspaceId: z.string() }),
  z.object({
    type: z.literal('failed'),
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
      retryable: z.boolean(),
    }),
  }),
  z.object({ type: z.literal('client-message'), clientId: z.number().int(), data: z.unknown() }),
  z.object({
    type: z.literal('vault'),
    id: z.number().int(),
    op: z.enum(['get', 'set', 'remove']),
    key: z.string(),
    value: z.string().nullable(),
  }),
  z.object({
    type: z.literal('activity'),
    /** Changes that may be on their way to a shop at this moment. */
    inFlight: z.number().int().nonnegative(),
    /** Running imports, exports and the like. */
    jobs: z.number().int().nonnegative(),
  }),
  z.object({ type: z.literal('shutdown-done') }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
