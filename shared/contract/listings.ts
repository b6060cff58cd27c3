import { z } from 'zod';
import { command, query } from './define.ts';
import {
  accountPlatformSchema,
  cellStateSchema,
  epochMsSchema,
  fieldNameSchema,
  idSchema,
  listingFilterSchema,
  moneySchema,
  rejectionSchema,
  sortSchema,
  wireValueSchema,
} from './common.ts';
import { MAX_REPLY_ROWS } from './envelope.ts';

/** One sellable variant on one account. */
export const listingRowSchema = z.object({
  listingId: idSchema,
  accountId: idSchema,
  platform: accountPlatformSchema,
  productId: idSchema,
  externalId: z.string().nullable(),
  productExternalId: z.string().nullable(),
  sku: z.string().nullable(),
  title: z.string(),
  /** Options that make this the variant it is, such as "Blue / XL"; empty for a simple product. */
  variant: z.string(),
  price: moneySchema.nullable(),
  salePrice: moneySchema.nullable(),
  quantity: z.number().int().nullable(),
  status: z.string(),
  /** The worst state of the row's cells. */
  state: cellStateSchema,
  /** When the channel's values were last read; null when never. */
  readAt: epochMsSchema.nullable(),
  updatedAt: epochMsSchema,
});
export type ListingRow = z.infer<typeof listingRowSchema>;

/** State of one cell that is not clean; `mine` is what the row shows, `channel` the last confirmed value. */
export const cellInfoSchema = z.object({
  field: fieldNameSchema,
  state: cellStateSchema,
  channel: wireValueSchema,
  /** Only in a conflict: what the channel has now. */
  theirs: wireValueSchema.optional(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  at: epochMsSchema,
});
export type CellInfo = z.infer<typeof cellInfoSchema>;

/** A row of a window: `values` in the order of the requested fields. */
export const viewRowSchema = z.object({
  rid: z.number().int(),
  listingId: idSchema,
  accountId: idSchema,
  platform: accountPlatformSchema,
  variant: z.string(),
  currency: z.string(),
  kind: z.enum(['simple', 'variant']),
  values: z.array(wireValueSchema),
  state: cellStateSchema,
  cells: z.array(cellInfoSchema),
  readAt: epochMsSchema.nullable(),
  /** As it was last judged, 0 to 100; absent when it never was or its channel has no rules. */
  quality: z
    .object({ score: z.number(), complete: z.number(), rejected: z.number().int(), asOf: epochMsSchema })
    .optional(),
});
export type ViewRow = z.infer<typeof viewRowSchema>;

/** A product's row above its listings; it sums up those of the view and cannot be written. */
export const groupRowSchema = z.object({
  /** Below zero: no listing has such an id. */
  rid: z.number().int().negative(),
  productId: idSchema,
  accountId: idSchema,
  platform: accountPlatformSchema,
  currency: z.string(),
  title: z.string(),
  /** Listings of the view under it. */
  variants: z.number().int(),
  open: z.boolean(),
  /**
   * In the order of the requested fields: from least to most, both the same where
   * all agree; stock is the total. `mixed` without values: texts that differ.
   */
  values: z.array(z.object({ low: wireValueSchema, high: wireValueSchema, mixed: z.boolean() })),
  state: cellStateSchema,
  readAt: epochMsSchema.nullable(),
});
export type GroupRow = z.infer<typeof groupRowSchema>;

/** Inclusive row span of a view and the fields it covers; positions are those of the view's frozen order. */
export const cellRangeSchema = z.strictObject({
  fromRow: z.number().int().nonnegative(),
  toRow: z.number().int().nonnegative(),
  fields: z.array(fieldNameSchema).min(1).max(100),
});
export type CellRange = z.infer<typeof cellRangeSchema>;

export const editOutcomeSchema = z.object({
  /** null when nothing was applied: no journal entry exists then. */
  commandId: idSchema.nullable(),
  /** Cells whose value changed. */
  applied: z.number().int(),
  /** Cells that already had the value. */
  unchanged: z.number().int(),
  /** At most 1,000; `rejectedTotal` counts all. */
  rejected: z.array(rejectionSchema),
  rejectedTotal: z.number().int(),
});
export type EditOutcome = z.infer<typeof editOutcomeSchema>;

const fieldEditSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('set'), field: fieldNameSchema, value: wireValueSchema }),
  z.strictObject({ op: z.literal('clear'), field: fieldNameSchema }),
  /** Safe arithmetic over the row's own fields, e.g. `price * 1.1`; `round` applies afterwards. */
  z.strictObject({
    op: z.literal('expression'),
    field: fieldNameSchema,
    expression: z.string().min(1).max(500),
    round: z.enum(['none', '.99', '.95', '.90', '.00', '5', '10']).optional(),
  }),
  z.strictObject({
    op: z.literal('replace'),
    field: fieldNameSchema,
    find: z.string().min(1).max(500),
    replacement: z.string().max(5_000),
    regex: z.boolean().optional(),
    matchCase: z.boolean().optional(),
    wholeCell: z.boolean().optional(),
  }),
]);
export type FieldEdit = z.infer<typeof fieldEditSchema>;

/** A yes-or-no expression over the row's own fields, e.g. `quantity = 0 and price > 5`; other rows stay as they are. */
const conditionSchema = z.string().min(1).max(500);

const pasteTargetSchema = z.strictObject({
  fromRow: z.number().int().nonnegative(),
  /** Target fields from left to right; columns of `block` beyond them are dropped. */
  fields: z.array(fieldNameSchema).min(1).max(100),
  /** Rows of raw cell texts; null keeps the cell, '' clears it. */
  block: z.array(z.array(z.string().nullable())).min(1).max(250_000),
  /** Repeat the block to fill this many rows. */
  rows: z.number().int().min(1).max(1_000_000).optional(),
});
export type PasteTarget = z.infer<typeof pasteTargetSchema>;

export const spansSchema = z
  .array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]))
  .max(1_000);

/** Which rows of a view a bulk operation covers. */
const viewSelectionSchema = z.strictObject({
  viewId: z.string(),
  /** Inclusive row spans; absent = the whole view. */
  spans: spansSchema.optional(),
});

export const listingMethods = {
  'listings.query': query(
    'Rows of listings by filter, a page at a time',
    z.strictObject({
      accountId: idSchema.optional(),
      text: z.string().max(500).optional(),
      filter: listingFilterSchema.optional(),
      sort: sortSchema.optional(),
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(MAX_REPLY_ROWS).optional(),
    }),
    z.object({ total: z.number().int(), rows: z.array(listingRowSchema) }),
  ),
  'listings.get': query(
    'One listing with every field, its cell states and its siblings',
    z.strictObject({ listingId: idSchema }),
    z.object({
      row: viewRowSchema,
      fields: z.array(fieldNameSchema),
      url: z.string().nullable(),
      siblings: z.array(z.object({ listingId: idSchema, variant: z.string(), sku: z.string().nullable() })),
    }),
  ),
  'listings.edit': command(
    'Changes cells; every cell is validated, the rejected ones are named and the rest applies as one undo step',
    z.strictObject({
      label: z.string().max(200).optional(),
      changes: z
        .array(
          z.strictObject({
            listingId: z.string().max(100),
            field: z.string().max(100),
            value: wireValueSchema,
          }),
        )
        .min(1)
        .max(250_000),
    }),
    editOutcomeSchema,
  ),
  'listings.bulkEdit': command(
    'One operation over many rows of a view, including rows no window has loaded',
    z.strictObject({
      label: z.string().max(200).optional(),
      selection: viewSelectionSchema,
      edits: z.array(fieldEditSchema).min(1).max(20),
      /** Only rows that also match. */
      where: listingFilterSchema.optional(),
      when: conditionSchema.optional(),
    }),
    editOutcomeSchema,
  ),
  'listings.bulkPreview': query(
    'What a bulk edit would do: counts, the money at stake and the worst rows',
    z.strictObject({
      selection: viewSelectionSchema,
      edits: z.array(fieldEditSchema).min(1).max(20),
      where: listingFilterSchema.optional(),
      when: conditionSchema.optional(),
    }),
    z.object({
      /** Rows of the selection that match `where` and `when`. */
      rows: z.number().int(),
      changes: z.number().int(),
      unchanged: z.number().int(),
      rejectedTotal: z.number().int(),
      rejected: z.array(rejectionSchema),
      samples: z.array(
        z.object({
          listingId: idSchema,
          sku: z.string().nullable(),
          title: z.string(),
          field: fieldNameSchema,
          before: wireValueSchema,
          after: wireValueSchema,
        }),
      ),
      /** Sum over price changes of (after - before) x stock, per currency. */
      moneyAtStake: z.array(moneySchema),
    }),
  ),
  'listings.paste': command(
    'Pastes a block of texts into a view; a single value or a small block repeats over a larger target',
    pasteTargetSchema.extend({
      viewId: z.string(),
      /** Further targets of the same step, in order; where they overlap the later one wins. */
      also: z.array(pasteTargetSchema).max(1_000).optional(),
      /** How numbers and dates in the texts are written. */
      locale: z.string().max(35).optional(),
      label: z.string().max(200).optional(),
    }),
    editOutcomeSchema,
  ),
  'listings.setRanges': command(
    'One value (null clears) into every cell of some ranges of a view, including rows no window has loaded',
    z.strictObject({
      viewId: z.string(),
      ranges: z.array(cellRangeSchema).min(1).max(1_000),
      value: wireValueSchema,
      label: z.string().max(200).optional(),
    }),
    editOutcomeSchema,
  ),
  'listings.fields': query(
    'Distinct values of a field that contain a text, most frequent first; counted over the first 20,000 listings that have it',
    z.strictObject({
      field: fieldNameSchema,
      text: z.string().max(200).optional(),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    z.object({ values: z.array(z.object({ value: wireValueSchema, count: z.number().int() })) }),
  ),
  'views.open': query(
    'Freezes an ordered list of listings for a filter and a sort; rows of it are read in windows',
    z.strictObject({
      text: z.string().max(500).optional(),
      filter: listingFilterSchema.optional(),
      sort: sortSchema.optional(),
      /** A row of its own above the listings of a product that has several in the view. */
      group: z.enum(['product']).optional(),
      /** Whether groups are open at first; default closed. */
      open: z.boolean().optional(),
      /** Open and closed as in this view, where it still is there. */
      like: z.string().optional(),
    }),
    z.object({
      viewId: z.string(),
      /** Rows as they are seen: those of closed groups are not counted. */
      count: z.number().int(),
      rev: z.number().int(),
      /** Listings of the view, hidden ones too. */
      listings: z.number().int(),
    }),
  ),
  'views.toggle': query(
    'Opens or closes groups of a view, all of them when none are named; rows after them move',
    z.strictObject({
      viewId: z.string(),
      /** Rids of group rows. */
      groups: z.array(z.number().int().negative()).max(10_000).optional(),
      open: z.boolean(),
    }),
    z.object({ count: z.number().int() }),
  ),
  'views.ids': query(
    'The ordered row ids of a view as one Int32Array',
    z.strictObject({ viewId: z.string() }),
    z.object({ ids: z.custom<Int32Array>((value) => value instanceof Int32Array) }),
  ),
  'views.rows': query(
    'A window of a view by positions, or rows by id',
    z.strictObject({
      viewId: z.string(),
      from: z.number().int().nonnegative().optional(),
      to: z.number().int().nonnegative().optional(),
      rids: z.array(z.number().int()).max(MAX_REPLY_ROWS).optional(),
      fields: z.array(fieldNameSchema).min(1).max(100),
    }),
    z.object({
      rows: z.array(viewRowSchema),
      /** Group rows among them; absent where the view has no groups. */
      groups: z.array(groupRowSchema).optional(),
    }),
  ),
  'views.find': query(
    'Position of the next row whose text matches, from a position on; wraps around',
    z.strictObject({
      viewId: z.string(),
      text: z.string().min(1).max(500),
      fields: z.array(fieldNameSchema).min(1).max(100),
      from: z.number().int().nonnegative(),
      direction: z.enum(['next', 'previous']).optional(),
      matchCase: z.boolean().optional(),
      wholeCell: z.boolean().optional(),
      /** `text` is a regular expression over the cell's canonical text. */
      regex: z.boolean().optional(),
      /** Inclusive row spans to stay within; absent = the whole view. */
      spans: spansSchema.optional(),
    }),
    z.object({
      row: z.number().int().nullable(),
      field: fieldNameSchema.nullable(),
      /** Rows that match, and how many of their cells do. */
      matches: z.number().int(),
      cells: z.number().int(),
    }),
  ),
  'views.edge': query(
    'Where Ctrl+Up or Ctrl+Down leads in a column: the end of its filled cells or the next filled one',
    z.strictObject({
      viewId: z.string(),
      field: fieldNameSchema,
      /** Position to start at; kept inside the view. */
      from: z.number().int().nonnegative(),
      direction: z.enum(['up', 'down']),
    }),
    z.object({ row: z.number().int().nonnegative() }),
  ),
  'views.stats': query(
    'Count, sum, average, minimum and maximum over ranges of a view, also over rows no window has loaded',
    z.strictObject({ viewId: z.string(), ranges: z.array(cellRangeSchema).min(1).max(100) }),
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
  'views.text': query(
    'Cells of a range as display texts for copying; at most 1,000 rows a call',
    z.strictObject({ viewId: z.string(), range: cellRangeSchema }),
    z.object({ rows: z.array(z.array(z.string())) }),
  ),
  'views.close': query('Forgets a view', z.strictObject({ viewId: z.string() }), z.object({})),
} as const;
