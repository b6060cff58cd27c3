import { z } from 'zod';
import { MARKET_KINDS, marketFigureSchema } from '../domain/market-figures.ts';
import { cellStateSchema, epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { editOutcomeSchema } from './listings.ts';

const figureSchema = z.object({
  figure: marketFigureSchema,
  /** The moment that it is about, and the one at which it was read. */
  asOf: epochMsSchema,
  readAt: epochMsSchema,
  /** The channel's own name of where it comes from. */
  source: z.string(),
});

/** One value within an attribute, as an editor needs it. */
const attributePartSchema = z.object({
  /** JSON pointer from the attributes on: /name/entry/part. */
  path: z.string(),
  title: z.string(),
  kind: z.enum(['text', 'number', 'integer', 'boolean', 'enum']),
  /** Of an enum: what can be chosen, with the channel's words. */
  options: z.array(z.object({ value: z.string(), label: z.string() })),
  /** Whether its entry needs it. */
  required: z.boolean(),
  editable: z.boolean(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null()]),
});
export type AttributePart = z.infer<typeof attributePartSchema>;

const attributeSchema = z.object({
  name: z.string(),
  title: z.string(),
  /** Heading that the channel puts it under; '' without one. */
  group: z.string(),
  /** always: for every listing of the type. sometimes: when other attributes ask for it. */
  required: z.enum(['always', 'sometimes', 'no']),
  /** As a person reads them; empty when it is not set. */
  values: z.array(z.string()),
  /** What the stored rules say against it. */
  problems: z.array(z.string()),
  /** It is a column of the spreadsheet and edited there. */
  hasColumn: z.boolean(),
  /** What can be edited, entry by entry; a last entry without values is one that can be added. */
  parts: z.array(attributePartSchema),
});

export const marketMethods = {
  'market.figures': query(
    'What the market says about a listing: who is featured, target price, fees, visits and sales, with their age',
    z.strictObject({ listingId: idSchema }),
    z.object({
      /** Whether the channel can be asked. */
      canRead: z.boolean(),
      figures: z.array(figureSchema),
    }),
  ),
  'market.attributes': query(
    'The attributes of a listing’s product type with what is required, checked offline against the stored rules',
    z.strictObject({ listingId: idSchema }),
    z.object({
      canRead: z.boolean(),
      productType: z.string().nullable(),
      /** null when the rules were never read. */
      rules: z
        .object({
          displayName: z.string(),
          version: z.string(),
          fetchedAt: epochMsSchema,
          checkedAt: epochMsSchema,
        })
        .nullable(),
      /** Whether parts can be edited: the rules and the attributes were read. */
      canEdit: z.boolean(),
      /** How the attributes as a whole stand to the channel. */
      cell: z.object({
        state: cellStateSchema,
        code: z.string().nullable(),
        message: z.string().nullable(),
        at: epochMsSchema.nullable(),
      }),
      attributes: z.array(attributeSchema),
    }),
  ),
  'market.editAttributes': command(
    'Changes parts of a listing’s attributes as one undoable command, checked offline by the stored rules; the changes of an attribute stand or fall together',
    z.strictObject({
      listingId: idSchema,
      changes: z
        .array(
          z.strictObject({
            path: z.string().regex(/^\/[^/]+\/\d{1,3}(\/[^/]+){1,6}$/),
            /** null takes the part out. */
            value: z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]),
          }),
        )
        .min(1)
        .max(500),
      label: z.string().max(200).optional(),
    }),
    /** `field` of a rejection is the path. */
    editOutcomeSchema,
  ),
  'market.read': command(
    'Reads figures and product type rules of listings from their channel; what it says replaces what was stored',
    z.strictObject({
      listingIds: z.array(idSchema).min(1).max(500),
      /** By default all that the channel has. */
      kinds: z.array(z.enum(MARKET_KINDS)).optional(),
      /** Whether the rules of their product types are read too; by default they are. */
      rules: z.boolean().optional(),
    }),
    z.object({
      figures: z.number().int(),
      rules: z.number().int(),
      stopped: z.boolean(),
      skipped: z.array(z.object({ accountId: idSchema, code: z.string(), message: z.string() })),
    }),
    null,
  ),
};
