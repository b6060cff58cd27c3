import { z } from 'zod';
import {
  accountPlatformSchema,
  epochMsSchema,
  fieldNameSchema,
  idSchema,
  wireValueSchema,
} from './common.ts';
import { command, query } from './define.ts';
import { editOutcomeSchema } from './listings.ts';

/** open: being made. review: waits for a second person. merged and discarded can be opened again. */
export const DRAFT_STATES = ['open', 'review', 'approved', 'merged', 'discarded'] as const;
export const draftStateSchema = z.enum(DRAFT_STATES);

const nameSchema = z.string().trim().min(1).max(120);
const personSchema = z.string().trim().min(1).max(120);
const stampSchema = z.object({ by: z.string(), at: epochMsSchema }).nullable();

export const draftSchema = z.object({
  draftId: idSchema,
  name: z.string(),
  state: draftStateSchema,
  /** Cells that wait to be merged, and listings that they are of. */
  cells: z.number().int(),
  listings: z.number().int(),
  /** Waiting cells whose live value is neither the one that they were made from nor the draft's. */
  changedSince: z.number().int(),
  created: z.object({ by: z.string(), at: epochMsSchema }),
  updatedAt: epochMsSchema,
  submitted: stampSchema,
  approved: stampSchema,
  closed: stampSchema,
  /** The reviewer's words. */
  note: z.string().nullable(),
});
export type Draft = z.infer<typeof draftSchema>;

const draftCellSchema = z.object({
  listingId: idSchema,
  accountId: idSchema,
  platform: accountPlatformSchema,
  sku: z.string().nullable(),
  title: z.string(),
  currency: z.string(),
  field: fieldNameSchema,
  /** The live value when the change was made, the live value now, and what the draft wants. */
  before: wireValueSchema,
  live: wireValueSchema,
  after: wireValueSchema,
  changedSince: z.boolean(),
  by: z.string(),
  at: epochMsSchema,
});
export type DraftCell = z.infer<typeof draftCellSchema>;

const cellNameSchema = z.strictObject({ listingId: idSchema, field: fieldNameSchema });
const outcomeSchema = editOutcomeSchema.omit({ commandId: true });
const draftIdInput = z.strictObject({ draftId: idSchema });
const one = z.object({ draft: draftSchema });

export const draftMethods = {
  'drafts.list': query(
    'Drafts: named sets of changes apart from the live cells, the newest first',
    z.strictObject({ states: z.array(draftStateSchema).optional() }),
    z.object({ drafts: z.array(draftSchema).max(500) }),
  ),
  'drafts.get': query(
    'The waiting cells of a draft: before, live now, and after',
    z.strictObject({
      draftId: idSchema,
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(1_000).optional(),
    }),
    z.object({ draft: draftSchema, total: z.number().int(), cells: z.array(draftCellSchema) }),
  ),
  'drafts.create': command('Begins a draft', z.strictObject({ name: nameSchema }), one),
  'drafts.edit': command(
    'Puts changes into an open draft; live cells stay as they are. A change back to the live value leaves the draft',
    z.strictObject({
      draftId: idSchema,
      changes: z
        .array(z.strictObject({ listingId: idSchema, field: z.string().max(60), value: wireValueSchema }))
        .min(1)
        .max(10_000),
    }),
    outcomeSchema,
  ),
  'drafts.collect': command(
    'Moves edits that wait and were not released into an open draft; the live cells get back what the channel has, as one undoable command',
    z.strictObject({ draftId: idSchema, listingIds: z.array(idSchema).min(1).max(100_000).optional() }),
    z.object({
      commandId: idSchema.nullable(),
      moved: z.number().int(),
      /** Edits of cells that the draft has another value for; they stay live. */
      skipped: z.number().int(),
    }),
  ),
  'drafts.remove': command(
    'Takes cells out of an open draft',
    z.strictObject({ draftId: idSchema, cells: z.array(cellNameSchema).min(1).max(10_000) }),
    z.object({ removed: z.number().int() }),
  ),
  'drafts.submit': command(
    'Asks for the review of a draft by a second person; it cannot be changed meanwhile',
    z.strictObject({ draftId: idSchema, by: personSchema }),
    one,
  ),
  'drafts.approve': command(
    'Approves a draft in review; who asked for the review cannot',
    z.strictObject({ draftId: idSchema, by: personSchema, note: z.string().max(2_000).optional() }),
    one,
  ),
  'drafts.reopen': command(
    'Opens a draft for changes again: one in review, approved, merged or discarded',
    z.strictObject({ draftId: idSchema, note: z.string().max(2_000).optional() }),
    one,
  ),
  'drafts.discard': command('Puts a draft away; it can be opened again', draftIdInput, one),
  'drafts.merge': command(
    'Makes a draft’s cells live as one undoable command; cells that changed since are listed and stay in the draft unless they are named in `overwrite`',
    z.strictObject({
      draftId: idSchema,
      /** Cells that are written although they changed since. */
      overwrite: z.array(cellNameSchema).max(10_000).optional(),
    }),
    editOutcomeSchema.extend({ draft: draftSchema }),
  ),
};
