import { z } from 'zod';
import { CELL_LINKS, MASTER_FIELD_NAMES } from '../domain/master-fields.ts';
import { parseMatrixColumn } from '../domain/matrix-columns.ts';
import {
  accountPlatformSchema,
  cellStateSchema,
  epochMsSchema,
  idSchema,
  listingFilterSchema,
  wireValueSchema,
} from './common.ts';
import { command, query } from './define.ts';
import { MAX_REPLY_ROWS } from './envelope.ts';
import { cellInfoSchema, editOutcomeSchema, spansSchema } from './listings.ts';

const masterFieldSchema = z.enum(MASTER_FIELD_NAMES);
const linkSchema = z.enum(CELL_LINKS);
/** `master.price`, `price@<account id>`; the fields are those of `matrix.rows`. */
const columnSchema = z
  .string()
  .max(120)
  .refine((key) => parseMatrixColumn(key) !== undefined, {
    message: 'Not a column: write master.price or price@<account id>',
  });
/** What can be read: the SKU too. */
const readableSchema = z.union([z.literal('sku'), columnSchema]);
const skuSchema = z.string().min(1).max(255);

const matrixRangeSchema = z.strictObject({
  fromRow: z.number().int().nonnegative(),
  toRow: z.number().int().nonnegative(),
  columns: z.array(columnSchema).min(1).max(300),
});
export type MatrixRange = z.infer<typeof matrixRangeSchema>;

/** One value of the SKU on one channel. */
const channelCellSchema = z.object({
  value: wireValueSchema,
  link: linkSchema,
  /** Compared with the master and not the same: overridden, or sold since. */
  differs: z.boolean(),
});

/** The listing of the SKU on one account. */
const channelEntrySchema = z.object({
  accountId: idSchema,
  listingId: idSchema,
  variant: z.string(),
  currency: z.string(),
  fields: z.record(masterFieldSchema, channelCellSchema),
  /** Cells that are not clean. */
  cells: z.array(cellInfoSchema),
  /** More than one listing of this account has the SKU: which one is meant is not known. */
  ambiguous: z.boolean(),
  readAt: epochMsSchema.nullable(),
});

/** One SKU: its master value and its listing on every account that has one. */
export const matrixRowSchema = z.object({
  rid: z.number().int(),
  sku: z.string(),
  platforms: z.array(accountPlatformSchema),
  /** Of the master's price, and of what its column takes. */
  currency: z.string(),
  master: z.record(masterFieldSchema, wireValueSchema),
  channels: z.array(channelEntrySchema),
  state: cellStateSchema,
});
export type MatrixRow = z.infer<typeof matrixRowSchema>;

const matrixPasteSchema = z.strictObject({
  fromRow: z.number().int().nonnegative(),
  /** Target columns from left to right; columns of `block` beyond them are dropped. */
  columns: z.array(columnSchema).min(1).max(300),
  /** Rows of raw cell texts; null keeps the cell, '' clears it. */
  block: z.array(z.array(z.string().nullable())).min(1).max(250_000),
  /** Repeat the block to fill this many rows. */
  rows: z.number().int().min(1).max(1_000_000).optional(),
});
export type MatrixPaste = z.infer<typeof matrixPasteSchema>;

const labelSchema = z.string().max(200).optional();

/** Refused cells name the SKU as `listingId` and the column as `field`. */
const matrixOutcomeSchema = editOutcomeSchema;

export const matrixMethods = {
  'matrix.open': query(
    'Freezes an ordered list of SKUs that stand on the accounts; `views.ids` and `views.close` work on it too',
    z.strictObject({
      text: z.string().max(500).optional(),
      /** SKUs with at least one listing that matches. */
      filter: listingFilterSchema.optional(),
      sort: z
        .array(
          z.strictObject({
            column: readableSchema,
            direction: z.enum(['asc', 'desc']),
          }),
        )
        .max(5)
        .optional(),
    }),
    z.object({
      viewId: z.string(),
      count: z.number().int(),
      rev: z.number().int(),
      /** Listings that match but have no SKU, and so no row. */
      withoutSku: z.number().int(),
    }),
  ),
  'matrix.rows': query(
    'SKUs with their master and each account, a window of a view by positions or ids, or by name without a view',
    z
      .strictObject({
        viewId: z.string().optional(),
        from: z.number().int().nonnegative().optional(),
        to: z.number().int().nonnegative().optional(),
        rids: z.array(z.number().int()).max(MAX_REPLY_ROWS).optional(),
        skus: z.array(skuSchema).min(1).max(MAX_REPLY_ROWS).optional(),
      })
      .refine(({ viewId, skus }) => (viewId === undefined) !== (skus === undefined), {
        message: 'Name a view or SKUs, not both',
      }),
    z.object({ rows: z.array(matrixRowSchema) }),
  ),
  'matrix.text': query(
    'Cells of a range of SKUs as canonical texts for copying; at most 1,000 rows a call',
    z.strictObject({
      viewId: z.string(),
      range: matrixRangeSchema.extend({ columns: z.array(readableSchema).min(1).max(300) }),
    }),
    z.object({ rows: z.array(z.array(z.string())) }),
  ),
  'matrix.stats': query(
    'Count, sum, average, minimum and maximum over ranges of SKUs, also over rows no window has loaded',
    z.strictObject({ viewId: z.string(), ranges: z.array(matrixRangeSchema).min(1).max(100) }),
    z.object({
      cells: z.number().int(),
      numbers: z.number().int(),
      filled: z.number().int(),
      sum: z.number().nullable(),
      average: z.number().nullable(),
      min: z.number().nullable(),
      max: z.number().nullable(),
    }),
  ),
  'matrix.find': query(
    'Position of the next SKU with a matching cell, from a position on; wraps around. `sku` is a column here',
    z.strictObject({
      viewId: z.string(),
      text: z.string().min(1).max(500),
      columns: z.array(readableSchema).min(1).max(300),
      from: z.number().int().nonnegative(),
      direction: z.enum(['next', 'previous']).optional(),
      matchCase: z.boolean().optional(),
      wholeCell: z.boolean().optional(),
      regex: z.boolean().optional(),
      spans: spansSchema.optional(),
    }),
    z.object({
      row: z.number().int().nullable(),
      column: z.string().nullable(),
      matches: z.number().int(),
      cells: z.number().int(),
    }),
  ),
  'matrix.edit': command(
    'Changes cells of SKUs; a master value goes to every channel that inherits it, all as one undo step',
    z.strictObject({
      label: labelSchema,
      changes: z
        .array(z.strictObject({ sku: skuSchema, column: columnSchema, value: wireValueSchema }))
        .min(1)
        .max(250_000),
    }),
    matrixOutcomeSchema,
  ),
  'matrix.paste': command(
    'Pastes a block of texts over masters and channels as one undo step; a small block repeats over a larger target',
    matrixPasteSchema.extend({
      viewId: z.string(),
      /** Further targets of the same step, in order; where they overlap the later one wins. */
      also: z.array(matrixPasteSchema).max(1_000).optional(),
      /** How numbers in the texts are written. */
      locale: z.string().max(35).optional(),
      label: labelSchema,
    }),
    matrixOutcomeSchema,
  ),
  'matrix.set': command(
    'One value (null clears) into every cell of some ranges of SKUs, including rows no window has loaded',
    z.strictObject({
      viewId: z.string(),
      ranges: z.array(matrixRangeSchema).min(1).max(1_000),
      value: wireValueSchema,
      label: labelSchema,
    }),
    matrixOutcomeSchema,
  ),
  'matrix.link': command(
    'Lets channel cells inherit the master (they take its value), override it, or detaches them from it',
    z
      .strictObject({
        viewId: z.string().optional(),
        ranges: z.array(matrixRangeSchema).min(1).max(1_000).optional(),
        /** Cells by name, without a view. */
        cells: z
          .array(z.strictObject({ sku: skuSchema, column: columnSchema }))
          .min(1)
          .max(250_000)
          .optional(),
        link: linkSchema,
        label: labelSchema,
      })
      .refine(
        ({ viewId, ranges, cells }) =>
          (cells === undefined) === (viewId !== undefined && ranges !== undefined),
        {
          message: 'Name ranges of a view, or cells',
        },
      ),
    matrixOutcomeSchema,
  ),
  'matrix.adopt': command(
    'Makes the values of one account the masters of SKUs; channels with the same value inherit from then on',
    z.strictObject({
      /** The SKUs of a view; absent = all SKUs of the account. */
      viewId: z.string().optional(),
      /** Inclusive row spans of the view; absent = all of it. */
      spans: spansSchema.optional(),
      accountId: idSchema,
      /** Default: all. */
      fields: z.array(masterFieldSchema).min(1).optional(),
      /** Also SKUs that have a master value already. */
      replace: z.boolean().optional(),
      label: labelSchema,
    }),
    matrixOutcomeSchema,
  ),
} as const;
