import { z } from 'zod';
import { command, query } from './define.ts';
import {
  opIdSchema,
  epochMsSchema,
  fieldNameSchema,
  idSchema,
  moneySchema,
  rejectionSchema,
  wireValueSchema,
} from './common.ts';
import { OUTBOX_STATES } from '../domain/outbox-states.ts';
import { PLATFORMS } from '../domain/platforms.ts';

const scopeSchema = {
  accountId: idSchema.optional(),
  listingIds: z.array(idSchema).max(100_000).optional(),
  fields: z.array(fieldNameSchema).optional(),
};

export const conflictSchema = z.object({
  opId: opIdSchema,
  listingId: idSchema,
  accountId: idSchema,
  sku: z.string().nullable(),
  title: z.string(),
  field: fieldNameSchema,
  base: wireValueSchema,
  mine: wireValueSchema,
  theirs: wireValueSchema,
  /** When mine was first edited. */
  mineAt: epochMsSchema,
  /** When theirs was read. */
  at: epochMsSchema,
});
export type Conflict = z.infer<typeof conflictSchema>;

export const CONFLICT_CHOICES = ['mine', 'theirs', 'ask'] as const;

/** What happens by itself to cells that both sides changed; the narrowest rule that fits counts. */
export const conflictRuleSchema = z.object({
  ruleId: idSchema,
  field: fieldNameSchema,
  /** null = every account. */
  accountId: idSchema.nullable(),
  /** With * for any characters; null = every SKU. */
  skuPattern: z.string().nullable(),
  /** `ask` leaves the decision to a person where a wider rule would take it. */
  choice: z.enum(CONFLICT_CHOICES),
  actor: z.string(),
  at: epochMsSchema,
});
export type ConflictRule = z.infer<typeof conflictRuleSchema>;

/** A validation finding of a change before it is sent. */
export const findingSchema = rejectionSchema.extend({ severity: z.enum(['error', 'warning']) });
export type Finding = z.infer<typeof findingSchema>;

/** Something that a person does not want to leave for now. */
export const holdSchema = z.object({
  kind: z.enum(['sku', 'platform', 'account']),
  /** The SKU, the platform's name, or the account's id. */
  value: z.string(),
  reason: z.string(),
  /** Empty when nobody knows any more. */
  actor: z.string(),
  /** 0 when nobody knows any more. */
  at: epochMsSchema,
});
export type Hold = z.infer<typeof holdSchema>;

const holdTargetSchema = {
  /** This SKU in every shop; or else: */
  sku: z.string().min(1).max(300).optional(),
  /** Every account of this channel. One account is paused with channels.update. */
  platform: z.enum(PLATFORMS).optional(),
};
const ONE_TARGET = 'Name either a SKU or a platform';
const hasOneTarget = (input: { sku?: string | undefined; platform?: string | undefined }): boolean =>
  (input.sku === undefined) !== (input.platform === undefined);

export const outboxOpSchema = z.object({
  opId: opIdSchema,
  accountId: idSchema,
  kind: z.enum(['set', 'ship']),
  listingId: idSchema.nullable(),
  orderId: idSchema.nullable(),
  sku: z.string().nullable(),
  title: z.string(),
  field: z.string(),
  base: wireValueSchema,
  mine: wireValueSchema,
  state: z.enum(OUTBOX_STATES),
  released: z.boolean(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  attempts: z.number().int(),
  nextAttemptAt: epochMsSchema.nullable(),
  /** Why it stays although it is released: its SKU, channel or account is paused. Absent = nothing holds it. */
  held: z.string().optional(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
});
export type OutboxOp = z.infer<typeof outboxOpSchema>;

export const publishResultSchema = z.object({
  /** Cells (and shipments) that went to a channel in this run. */
  sent: z.number().int(),
  /** Of all released ops, those read back from the channel with the sent value in this run. */
  verified: z.number().int(),
  rejected: z.array(rejectionSchema),
  conflicts: z.array(conflictSchema),
  /** Still waiting after this run, and why. */
  waiting: z.array(
    z.object({
      accountId: idSchema,
      ops: z.number().int(),
      code: z.string(),
      message: z.string(),
      nextAttemptAt: epochMsSchema.nullable(),
    }),
  ),
});
export type PublishResult = z.infer<typeof publishResultSchema>;

export const SCHEDULE_STATES = ['waiting', 'live', 'done', 'missed', 'end_missed', 'cancelled'] as const;

/** Changes that go live at a time by themselves, and back at another. */
export const scheduleSchema = z.object({
  scheduleId: idSchema,
  label: z.string(),
  cells: z.number().int(),
  startAt: epochMsSchema,
  /** When the former values come back; null = never. */
  endAt: epochMsSchema.nullable(),
  /** `missed` and `end_missed`: the program did not run at that time, so nothing was done. */
  state: z.enum(SCHEDULE_STATES),
  /** The command of the history that made the changes. */
  commandId: idSchema.nullable(),
  /** Cells that were changed, and that a rule refused. */
  applied: z.number().int(),
  rejected: z.number().int(),
  /** Cells that went back, and that somebody had changed since. */
  reverted: z.number().int(),
  changedSince: z.number().int(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

export const publishMethods = {
  'publish.preview': query(
    'What a publish would send: every cell with the value on the channel and mine, findings and money at stake',
    z.strictObject({
      ...scopeSchema,
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    z.object({
      total: z.number().int(),
      listings: z.number().int(),
      groups: z.array(
        z.object({
          accountId: idSchema,
          accountName: z.string(),
          field: z.string(),
          count: z.number().int(),
          /** Of a group of prices: the sum over its changes of the difference times the stock. */
          stake: moneySchema.nullable(),
        }),
      ),
      ops: z.array(outboxOpSchema),
      findings: z.array(findingSchema),
      findingsTotal: z.number().int(),
      moneyAtStake: z.array(moneySchema),
      /** Accounts whose channel can be asked what it would refuse (publish.validate). */
      canBeTried: z.array(idSchema),
      /** Milliseconds that a publish is expected to take, per account. */
      etaMs: z.array(z.object({ accountId: idSchema, ms: z.number().int() })),
    }),
  ),
  'publish.validate': query(
    'Has the channels say what they would refuse, without changing anything; only those that can be asked',
    z.strictObject(scopeSchema),
    z.object({
      /** Cells that the channel was asked about. */
      asked: z.number().int(),
      /** It was stopped: what was not asked about is not in the answer. */
      stopped: z.boolean(),
      findings: z.array(findingSchema),
      findingsTotal: z.number().int(),
      /** Accounts whose channel could not be asked about the rest. */
      skipped: z.array(
        z.object({ accountId: idSchema, ops: z.number().int(), code: z.string(), message: z.string() }),
      ),
    }),
    null,
  ),
  'publish.run': command(
    'Validates, sends, reads back and verifies; offline it only releases the changes and they leave on reconnect',
    z.strictObject({ ...scopeSchema, includeWarnings: z.boolean().optional() }),
    publishResultSchema,
    null,
  ),
  'publish.pause': command(
    'Keeps the changes of one SKU or one channel in the queue until they are resumed',
    z
      .strictObject({ ...holdTargetSchema, reason: z.string().max(300).optional() })
      .refine(hasOneTarget, ONE_TARGET),
    z.object({ paused: z.array(holdSchema) }),
  ),
  'publish.resume': command(
    'Lets the changes of a paused SKU or channel leave again',
    z.strictObject(holdTargetSchema).refine(hasOneTarget, ONE_TARGET),
    z.object({ paused: z.array(holdSchema) }),
  ),
  'publish.paused': query(
    'Accounts, channels and SKUs whose changes stay in the queue',
    z.strictObject({}),
    z.object({ paused: z.array(holdSchema) }),
  ),
  'publish.schedule': command(
    'Makes changes live at a time, and takes them back at another as a compensating change; a missed time is listed, never made up for',
    z
      .strictObject({
        label: z.string().trim().min(1).max(200),
        changes: z
          .array(z.strictObject({ listingId: idSchema, field: fieldNameSchema, value: wireValueSchema }))
          .min(1)
          .max(10_000)
          .optional(),
        /** Or else: edits that wait for a publish. They leave the queue and come back at the time. */
        pending: z
          .strictObject({ ...scopeSchema, opIds: z.array(opIdSchema).min(1).max(10_000).optional() })
          .optional(),
        startAt: epochMsSchema,
        endAt: epochMsSchema.optional(),
      })
      .refine(
        (input) => (input.changes === undefined) !== (input.pending === undefined),
        'Name either changes or pending edits',
      )
      .refine((input) => input.endAt === undefined || input.endAt > input.startAt, 'endAt is before startAt'),
    z.object({ scheduleId: idSchema, cells: z.number().int() }),
  ),
  'publish.reschedule': command(
    'Gives a schedule that waits or was missed other times; one that is live gets another end',
    z.strictObject({
      scheduleId: idSchema,
      /** Absent = as it was; only before it began. */
      startAt: epochMsSchema.optional(),
      /** null = never; absent = as it was. */
      endAt: epochMsSchema.nullable().optional(),
    }),
    scheduleSchema,
  ),
  'publish.scheduled': query(
    'Scheduled changes: what is to come first, then what was, newest first',
    z.strictObject({}),
    z.object({ schedules: z.array(scheduleSchema) }),
  ),
  'publish.scheduleNow': command(
    'Does now what a schedule waits for or missed: its start, or its end when it is live',
    z.strictObject({ scheduleId: idSchema }),
    scheduleSchema,
    null,
  ),
  'publish.unschedule': command(
    'Cancels a schedule that has not begun, or the end of one that is live',
    z.strictObject({
      scheduleId: idSchema,
      /** Makes the changes of one that has not begun edits that wait for a publish. */
      restore: z.boolean().optional(),
    }),
    scheduleSchema,
  ),
  'publish.retry': command(
    'Puts rejected ops back into the queue',
    z.strictObject({ opIds: z.array(opIdSchema).max(10_000).optional() }),
    z.object({ queued: z.number().int() }),
  ),
  'outbox.query': query(
    'Ops of the outbox, newest first',
    z.strictObject({
      accountId: idSchema.optional(),
      states: z.array(z.enum(OUTBOX_STATES)).optional(),
      listingId: idSchema.optional(),
      orderId: idSchema.optional(),
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    z.object({ total: z.number().int(), ops: z.array(outboxOpSchema) }),
  ),
  'outbox.trail': query(
    'Why is this cell not live: what was sent, when, what came back, what was read back',
    z.strictObject({ opId: opIdSchema }),
    z.object({
      op: outboxOpSchema,
      steps: z.array(z.object({ at: epochMsSchema, step: z.string(), text: z.string() })),
    }),
  ),
  'conflicts.list': query(
    'Cells that both sides changed',
    z.strictObject({}),
    z.object({ conflicts: z.array(conflictSchema) }),
  ),
  'conflicts.resolve': command(
    'Keeps mine (queued again over theirs) or takes theirs, for some or all',
    z.strictObject({
      opIds: z.array(opIdSchema).max(100_000).optional(),
      choice: z.enum(['mine', 'theirs']),
    }),
    z.object({ resolved: z.number().int() }),
  ),
  'conflicts.rules': query(
    'What happens by itself to cells that both sides changed',
    z.strictObject({}),
    z.object({ rules: z.array(conflictRuleSchema) }),
  ),
  'conflicts.addRule': command(
    'Remembers a decision for a field, of one account or all; conflicts that wait are decided by it at once',
    z.strictObject({
      field: fieldNameSchema,
      accountId: idSchema.optional(),
      skuPattern: z.string().trim().min(1).max(300).optional(),
      choice: z.enum(CONFLICT_CHOICES),
    }),
    z.object({ rules: z.array(conflictRuleSchema), resolved: z.number().int() }),
  ),
  'conflicts.removeRule': command(
    'Forgets a rule; what it decided stays decided',
    z.strictObject({ ruleId: idSchema }),
    z.object({ rules: z.array(conflictRuleSchema) }),
  ),
} as const;
