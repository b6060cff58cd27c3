import { z } from 'zod';
import { command, query } from './define.ts';
import { accountPlatformSchema, epochMsSchema, idSchema, moneySchema, rejectionSchema } from './common.ts';

/** Layouts that are written, and read back without loss. */
export const IMPORT_FORMATS = ['woocommerce', 'shopify', 'generic'] as const;
/** Layouts that are read. */
export const READ_FORMATS = [...IMPORT_FORMATS, 'shopify-inventory', 'amazon', 'etsy'] as const;

export const jobSchema = z.object({
  jobId: idSchema,
  kind: z.enum([
    'pull',
    'publish',
    'import',
    'export',
    'backup',
    'verify',
    'forecast',
    'validate',
    'market',
    'quality',
  ]),
  label: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  done: z.number().int(),
  /** null while the end is not known. */
  total: z.number().int().nullable(),
  etaMs: z.number().int().nullable(),
  startedAt: epochMsSchema,
  endedAt: epochMsSchema.nullable(),
  result: z.unknown(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type Job = z.infer<typeof jobSchema>;

export const importPlanSchema = z.object({
  /** Hash of file and mapping: `import.apply` refuses when the file changed after the preview. */
  planId: z.string(),
  format: z.enum(READ_FORMATS),
  encoding: z.string(),
  delimiter: z.string(),
  /** Name of the account that the rows go to; `newAccount` when the import would make it. */
  account: z.string(),
  newAccount: z.boolean(),
  currency: z.string(),
  /** Nothing named the currency: it is a guess that a person should look at. */
  currencyAssumed: z.boolean(),
  rows: z.number().int(),
  products: z.number().int(),
  variants: z.number().int(),
  images: z.number().int(),
  create: z.number().int(),
  change: z.number().int(),
  unchanged: z.number().int(),
  /** Cells that a set value would overwrite; blanks keep what is there. */
  cells: z.number().int(),
  skipped: z.array(
    z.object({ row: z.number().int(), sku: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  skippedTotal: z.number().int(),
  warnings: z.array(
    z.object({ row: z.number().int(), sku: z.string().nullable(), code: z.string(), message: z.string() }),
  ),
  columns: z.array(z.object({ header: z.string(), target: z.string().nullable() })),
  samples: z.array(
    z.object({
      sku: z.string().nullable(),
      title: z.string(),
      variant: z.string(),
      action: z.enum(['create', 'change', 'unchanged']),
      changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    }),
  ),
});
export type ImportPlan = z.infer<typeof importPlanSchema>;

const importInput = {
  file: z.string().min(1).max(4_096),
  /** Absent = recognised by the column names. */
  format: z.enum(READ_FORMATS).optional(),
  /** Account that the rows belong to; absent = the local catalogue. */
  accountId: idSchema.optional(),
  /** Currency of the prices in the file; absent = the account's. */
  currency: z.string().length(3).optional(),
  /** Generic files: header -> field; absent = learned from the headers. */
  mapping: z.record(z.string(), z.string()).optional(),
};

/** One thing that needs a person, ranked. */
export const taskSchema = z.object({
  id: z.string(),
  kind: z.enum([
    'orders_late',
    'orders_due',
    'conflicts',
    'rejected',
    'stock_out',
    'stock_gaps',
    'purchases_late',
    'lots_expiring',
    'terms_ending',
    'auth_required',
    'unpublished',
    'quarantined',
    'offline',
    'no_backup',
    'no_account',
  ]),
  count: z.number().int(),
  severity: z.enum(['urgent', 'soon', 'info']),
  /** Facts for the sentence, made from the kind in the reader's language. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Task = z.infer<typeof taskSchema>;

export const workspaceMethods = {
  'workspace.info': query(
    'Name, place, size and health of the open workspace',
    z.strictObject({}),
    z.object({
      workspaceId: idSchema,
      dir: z.string(),
      sample: z.boolean(),
      schemaVersion: z.number().int(),
      appVersion: z.string(),
      listings: z.number().int(),
      orders: z.number().int(),
      accounts: z.number().int(),
      lastBackupAt: epochMsSchema.nullable(),
      rev: z.number().int(),
      warnings: z.array(z.object({ code: z.string(), message: z.string() })),
    }),
  ),
  'workspace.backup': command(
    'Copies the workspace while it is in use and verifies the copy by opening it',
    z.strictObject({ file: z.string().max(4_096).optional() }),
    z.object({
      file: z.string(),
      bytes: z.number().int(),
      listings: z.number().int(),
      orders: z.number().int(),
    }),
    null,
  ),
  'workspace.backups': query(
    'Backups on this machine, newest first',
    z.strictObject({}),
    z.object({
      backups: z.array(
        z.object({ file: z.string(), at: epochMsSchema, bytes: z.number().int(), reason: z.string() }),
      ),
    }),
  ),
  'workspace.verify': query(
    'Checks the database file, the journal and the outbox against each other',
    z.strictObject({}),
    z.object({
      ok: z.boolean(),
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
    }),
    null,
  ),
  'today.get': query(
    'What needs a person now, ranked, and the pulse of each channel with its age',
    z.strictObject({}),
    z.object({
      tasks: z.array(taskSchema),
      pulse: z.array(
        z.object({
          accountId: idSchema,
          name: z.string(),
          platform: accountPlatformSchema,
          ordersToday: z.number().int(),
          salesToday: moneySchema.nullable(),
          orders7d: z.number().int(),
          sales7d: moneySchema.nullable(),
          /** Orders of each of the last 14 days, oldest first. */
          daily: z.array(z.number().int()),
          outOfStock: z.number().int(),
          readAt: epochMsSchema.nullable(),
        }),
      ),
    }),
  ),
  'jobs.list': query(
    'Running and recent jobs',
    z.strictObject({ limit: z.number().int().min(1).max(200).optional() }),
    z.object({ jobs: z.array(jobSchema) }),
  ),
  'jobs.cancel': command(
    'Stops a job at its next safe point',
    z.strictObject({ jobId: idSchema }),
    z.object({}),
  ),
  'status.get': query(
    'What the status bar shows',
    z.strictObject({}),
    z.object({
      online: z.enum(['online', 'offline', 'unknown']),
      unpublished: z.number().int(),
      pending: z.number().int(),
      rejected: z.number().int(),
      conflicts: z.number().int(),
      lastVerifiedAt: epochMsSchema.nullable(),
      undo: z.string().nullable(),
      redo: z.string().nullable(),
      rev: z.number().int(),
      accounts: z.array(
        z.object({
          accountId: idSchema,
          name: z.string(),
          platform: accountPlatformSchema,
          status: z.string(),
          offline: z.boolean(),
          lastPullAt: epochMsSchema.nullable(),
        }),
      ),
      jobs: z.array(jobSchema),
    }),
  ),
  'import.preview': query(
    'Reads a file and says what an import would create and change',
    z.strictObject(importInput),
    importPlanSchema,
    null,
  ),
  'import.apply': command(
    'Imports a file as one undoable command; a blank keeps, nothing is half-imported',
    z.strictObject({ ...importInput, planId: z.string().optional() }),
    z.object({
      commandId: idSchema.nullable(),
      /** Account that holds the rows; null when nothing was written and there is none yet. */
      accountId: idSchema.nullable(),
      products: z.number().int(),
      created: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
      skipped: z.array(
        z.object({
          row: z.number().int(),
          sku: z.string().nullable(),
          code: z.string(),
          message: z.string(),
        }),
      ),
      skippedTotal: z.number().int(),
      rejected: z.array(rejectionSchema),
    }),
    null,
  ),
  'import.saveSkipped': command(
    'Writes the rows that an import leaves out or takes only in part to a CSV file, each with the reason',
    z.strictObject({ ...importInput, planId: z.string().optional(), to: z.string().min(1).max(4_096) }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
    null,
  ),
  'export.run': command(
    'Writes listings to a table (.csv, .tsv, .xlsx, .json, .jsonl) that a spreadsheet can open safely and an import reads back without loss',
    z.strictObject({
      file: z.string().min(1).max(4_096),
      format: z.enum(IMPORT_FORMATS),
      accountId: idSchema.optional(),
      viewId: z.string().optional(),
    }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
    null,
  ),
} as const;
