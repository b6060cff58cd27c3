import { z } from 'zod';
import { MARKET_KINDS, marketFigureSchema } from '../domain/market-figures.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const figureSchema = z.object({
  figure: marketFigureSchema,
  /** The moment that it is about, and the one at which it was read. */
  asOf: epochMsSchema,
  readAt: epochMsSchema,
  /** The channel's own name of where it comes from. */
  source: z.string(),
});

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
      attributes: z.array(attributeSchema),
    }),
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
