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

export const historyMethods = {
  'history.list': query(
    'Commands, newest first',
    z.strictObject({
      limit: z.number().int().min(1).max(500).optional(),
      before: epochMsSchema.optional(),
      listingId: idSchema.optional(),
      includeChannel: z.boolean().optional(),
    }),
    z.object({ commands: z.array(commandSchema), undo: z.string().nullable(), redo: z.string().nullable() }),
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
  'history.redo': command(
    'Redoes the last undone change',
    z.strictObject({ commandId: idSchema.optional() }),
    undoOutcomeSchema,
  ),
} as const;
