import { z } from 'zod';
import { command, query } from './define.ts';
import { epochMsSchema, fieldNameSchema, idSchema, rejectionSchema, wireValueSchema } from './common.ts';

export const commandSchema = z.object({
  commandId: idSchema,
  method: z.string(),
  label: z.string(),
  /** `user`, `cli`, or `channel:<account name>` for what a pull brought. */
  actor: z.string(),
  at: epochMsSchema,
  cells: z.number().int(),
  rows: z.number().int(),
  undoOf: idSchema.nullable(),
  undoneBy: idSchema.nullable(),
  canUndo: z.boolean(),
});
export type Command = z.infer<typeof commandSchema>;

const undoOutcomeSchema = z.object({
  commandId: idSchema,
  /** The command that was undone or redone. */
  target: idSchema,
  label: z.string(),
  applied: z.number().int(),
  /** Cells that something else changed since; they were left alone. */
  changedSince: z.array(rejectionSchema),
  changedSinceTotal: z.number().int(),
});
export type UndoOutcome = z.infer<typeof undoOutcomeSchema>;

/** A command after the moment that a return to it leaves alone, and why. */
const keptCommandSchema = z.object({
  commandId: idSchema,
  label: z.string(),
  actor: z.string(),
  at: epochMsSchema,
  code: z.string(),
  message: z.string(),
});
export type KeptCommand = z.infer<typeof keptCommandSchema>;

const revertPreviewSchema = z.object({
  /** Commands that are taken back. */
  commands: z.number().int(),
  /** Cells, stock movements and other entries that change. */
  applied: z.number().int(),
  rows: z.number().int(),
  /** Cells that do not get the value of the moment, because something that stays changed them. */
  changedSince: z.array(rejectionSchema),
  changedSinceTotal: z.number().int(),
  kept: z.array(keptCommandSchema),
  keptTotal: z.number().int(),
});
export type RevertPreview = z.infer<typeof revertPreviewSchema>;

const revertOutcomeSchema = revertPreviewSchema.extend({ commandId: idSchema });
export type RevertOutcome = z.infer<typeof revertOutcomeSchema>;

/** Exactly one of the two: everything after this time, or after this command, is taken back. */
const momentSchema = z
  .strictObject({ at: epochMsSchema.optional(), commandId: idSchema.optional() })
  .refine(({ at, commandId }) => (at === undefined) !== (commandId === undefined), {
    message: 'Say either `at` or `commandId`',
  });

export const historyMethods = {
  'history.list': query(
    'Commands, newest first',
    z.strictObject({
      limit: z.number().int().min(1).max(500).optional(),
      before: epochMsSchema.optional(),
      /** Only commands older than this one: the last of the page before. */
      olderThan: idSchema.optional(),
      listingId: idSchema.optional(),
      includeChannel: z.boolean().optional(),
      /** Only of these actors; `channel` stands for every shop. */
      actors: z.array(z.string().max(200)).max(50).optional(),
      /** Only of these areas: what stands before the dot of a method. */
      areas: z.array(z.string().max(40)).max(50).optional(),
      /** In the name of the command, or exactly the SKU of a row that it changed. */
      text: z.string().max(200).optional(),
    }),
    z.object({ commands: z.array(commandSchema), undo: z.string().nullable(), redo: z.string().nullable() }),
  ),
  'history.facets': query(
    'Who made commands and in which areas, for filters',
    z.strictObject({}),
    z.object({ actors: z.array(z.string()), areas: z.array(z.string()) }),
  ),
  'history.changes': query(
    'The cells that one command changed',
    z.strictObject({
      commandId: idSchema,
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    z.object({
      total: z.number().int(),
      changes: z.array(
        z.object({
          listingId: idSchema.nullable(),
          sku: z.string().nullable(),
          title: z.string(),
          field: z.string(),
          before: wireValueSchema,
          after: wireValueSchema,
          /** ISO 4217; prices are in it. */
          currency: z.string(),
        }),
      ),
    }),
  ),
  'history.undo': command(
    'Undoes the last change, or the given one; after a push this queues the compensating change',
    z.strictObject({
      commandId: idSchema.optional(),
      /** Only these listings or fields of the command. */
      listingIds: z.array(idSchema).max(100_000).optional(),
      fields: z.array(fieldNameSchema).optional(),
    }),
    undoOutcomeSchema,
  ),
  'history.previewRevert': query(
    'What a return to a moment would take back and what it would leave alone; changes nothing',
    momentSchema,
    revertPreviewSchema,
    120_000,
  ),
  'history.revertTo': command(
    'Takes everything back that people changed after a moment, as one change that can itself be undone',
    momentSchema,
    revertOutcomeSchema,
  ),
  'history.redo': command(
    'Redoes the last undone change',
    z.strictObject({ commandId: idSchema.optional() }),
    undoOutcomeSchema,
  ),
} as const;
