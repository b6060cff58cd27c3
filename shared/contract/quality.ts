import { z } from 'zod';
import { QUALITY_AREAS, QUALITY_LANES, ruleDaySchema } from '../domain/quality/rule-pack.ts';
import { epochMsSchema, fieldNameSchema, idSchema, platformSchema } from './common.ts';
import { command, query } from './define.ts';

const ruleSchema = z.object({
  rule: z.string(),
  platform: platformSchema,
  field: fieldNameSchema,
  area: z.enum(QUALITY_AREAS),
  lane: z.enum(QUALITY_LANES),
  severity: z.enum(['error', 'warning', 'hint']),
  weight: z.number(),
  validFrom: z.string().nullable(),
  text: z.object({ en: z.string(), de: z.string() }),
  source: z.string(),
});

const keywordSchema = z.object({
  keywordId: idSchema,
  /** '' = every product type. */
  productType: z.string(),
  phrase: z.string(),
});

const daysSchema = z.strictObject({
  /** Days in UTC; what passes on the first and fails on the second breaks. */
  from: ruleDaySchema,
  to: ruleDaySchema,
  accountIds: z.array(idSchema).optional(),
  limit: z.number().int().min(1).max(1_000).optional(),
});

export const qualityMethods = {
  'quality.overview': query(
    'How good the listings are: scores by account, and how many listings break each rule',
    z.strictObject({ accountIds: z.array(idSchema).optional() }),
    z.object({
      packs: z.array(z.object({ platform: platformSchema, version: z.string() })),
      /** Where the pass over all listings stands; `waiting` changed since they were judged, at most 1,000 are counted. */
      pass: z.object({
        running: z.boolean(),
        startedAt: epochMsSchema.nullable(),
        finishedAt: epochMsSchema.nullable(),
        waiting: z.number().int(),
      }),
      accounts: z.array(
        z.object({
          accountId: idSchema,
          name: z.string(),
          platform: platformSchema,
          listings: z.number().int(),
          /** Means, 0 to 100. */
          score: z.number(),
          complete: z.number(),
          rejected: z.number().int(),
          improve: z.number().int(),
        }),
      ),
      rules: z.array(ruleSchema.extend({ listings: z.number().int() })),
      /** Days on which a rule begins, the newest first. */
      starts: z.array(z.object({ day: z.string(), rules: z.array(z.string()) })),
    }),
  ),
  'quality.listing': query(
    'The score of a listing with every rule that made it, what is missing, and its doubles',
    z.strictObject({ listingId: idSchema }),
    z.object({
      /** null: its account has no channel with rules. */
      quality: z
        .object({
          pack: z.string(),
          asOf: epochMsSchema,
          score: z.number(),
          areas: z.array(z.object({ area: z.enum(QUALITY_AREAS), score: z.number() })),
          complete: z.number(),
          missingRequired: z.array(fieldNameSchema),
          missingRecommended: z.array(fieldNameSchema),
          results: z.array(
            ruleSchema.extend({
              ok: z.boolean(),
              /** 0 to 1; what it adds to the score is weight * points / weights of all. */
              points: z.number(),
              found: z.union([z.string(), z.number(), z.null()]),
            }),
          ),
          readability: z
            .object({
              formula: z.enum(['flesch', 'amstad']),
              value: z.number(),
              words: z.number().int(),
              sentences: z.number().int(),
            })
            .nullable(),
          /** UTF-8 bytes of the search terms and how many count; null off Amazon. */
          searchTermBytes: z.object({ bytes: z.number().int(), most: z.number().int() }).nullable(),
          keywords: z.array(z.object({ phrase: z.string(), covered: z.boolean() })),
          doubles: z.array(
            z.object({
              by: z.enum(['gtin', 'title', 'image']),
              listingId: idSchema,
              sku: z.string().nullable(),
              title: z.string(),
            }),
          ),
        })
        .nullable(),
    }),
  ),
  'quality.breaks': query(
    'Listings that pass the rules of one day and fail those of another: what breaks when a rule begins',
    daysSchema,
    z.object({
      checked: z.number().int(),
      breaking: z.number().int(),
      rules: z.array(ruleSchema.extend({ listings: z.number().int() })),
      listings: z.array(
        z.object({
          listingId: idSchema,
          accountId: idSchema,
          sku: z.string().nullable(),
          title: z.string(),
          rules: z.array(z.string()),
          found: z.union([z.string(), z.number(), z.null()]),
        }),
      ),
    }),
    null,
  ),
  'quality.doubles': query(
    'Groups of listings of one account that share a GTIN, a title but for order and signs, or the first image’s address',
    z.strictObject({
      by: z.enum(['gtin', 'title', 'image']),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    z.object({
      groups: z.array(
        z.object({
          key: z.string(),
          accountId: idSchema,
          products: z.number().int(),
          listings: z.array(z.object({ listingId: idSchema, sku: z.string().nullable(), title: z.string() })),
        }),
      ),
      more: z.boolean(),
    }),
    null,
  ),
  'quality.calibration': query(
    'Whether the score goes with sales here: Spearman’s rank correlation on own figures with its interval',
    z.strictObject({ accountIds: z.array(idSchema).optional() }),
    z.object({
      /** unitsPerSession: the channel’s sales and traffic. unitsPerDay: sold in the last 90 days over the days listed. */
      measure: z.enum(['unitsPerSession', 'unitsPerDay']),
      pairs: z.number().int(),
      /** null: fewer than ten listings, or all alike. */
      correlation: z.object({ rho: z.number(), low: z.number(), high: z.number() }).nullable(),
      /** notPredictive: the interval holds 0. */
      verdict: z.enum(['tooFew', 'notPredictive', 'better', 'worse']),
    }),
    null,
  ),
  'quality.rescore': command(
    'Judges every listing anew in the background; progress and stop are those of the job',
    z.strictObject({}),
    z.object({ listings: z.number().int(), stopped: z.boolean() }),
    null,
  ),
  'quality.keywords': query(
    'The words that an account wants to be found by',
    z.strictObject({ accountId: idSchema }),
    z.object({ keywords: z.array(keywordSchema) }),
  ),
  'quality.addKeywords': command(
    'Puts words into the keyword bank of an account and product type; those that are there stay as they are',
    z.strictObject({
      accountId: idSchema,
      productType: z.string().trim().max(255).optional(),
      phrases: z.array(z.string().trim().min(1).max(100)).min(1).max(500),
    }),
    z.object({ commandId: idSchema.nullable(), added: z.number().int() }),
  ),
  'quality.removeKeyword': command(
    'Takes a word out of the keyword bank',
    z.strictObject({ keywordId: idSchema }),
    z.object({ commandId: idSchema.nullable() }),
  ),
};
