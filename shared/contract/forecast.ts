import { z } from 'zod';
import { DEMAND_CLASSES } from '../domain/inventory/demand-class.ts';
import { FORECAST_MODELS } from '../domain/inventory/forecast-models.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const skuSchema = z.string().min(1).max(200);

const markSchema = z.object({
  markId: idSchema,
  /** null = every item. */
  sku: z.string().nullable(),
  name: z.string(),
  fromDay: daySchema,
  toDay: daySchema,
});

const scoreSchema = z.object({
  model: z.enum(FORECAST_MODELS),
  /** Error of weekly units over that of "as last week" in the history; null without a scale. */
  mase: z.number().nullable(),
  mae: z.number(),
  /** Pinball loss of the 90 % quantile of weekly units, and share of weeks at or below it. */
  pinball: z.number(),
  covered: z.number(),
});

const lostSchema = z.object({ expected: z.number(), low: z.number(), high: z.number() });

export const forecastMethods = {
  'forecast.run': command(
    'Forecasts the demand of every SKU in the background from its orders, without sold-out and marked days',
    z.strictObject({
      /** Days of history and days ahead. */
      days: z.number().int().min(56).max(1_460).optional(),
      horizon: z.number().int().min(7).max(180).optional(),
    }),
    z.object({
      runId: idSchema,
      skus: z.number().int(),
      /** SKUs whose model beats "as last week". */
      models: z.number().int(),
    }),
    null,
  ),
  'forecast.status': query(
    'The newest forecasts: when, of which history, how many by which model and class',
    z.strictObject({}),
    z.object({
      run: z
        .object({
          runId: idSchema,
          asOf: epochMsSchema,
          asOfDay: daySchema,
          days: z.number().int(),
          horizon: z.number().int(),
          skus: z.number().int(),
        })
        .nullable(),
      models: z.array(z.object({ model: z.enum(FORECAST_MODELS), skus: z.number().int() })),
      classes: z.array(z.object({ class: z.enum(DEMAND_CLASSES), skus: z.number().int() })),
    }),
  ),
  'forecast.get': query(
    'Demand history of a SKU with its forecast, the baselines, the scores and what was not sold for want of stock',
    z.strictObject({ sku: skuSchema, days: z.number().int().min(28).max(1_460).optional() }),
    z.object({
      sku: z.string(),
      title: z.string(),
      /** Oldest first, to yesterday. */
      history: z.array(
        z.object({ day: daySchema, units: z.number(), out: z.boolean(), marked: z.boolean() }),
      ),
      /** Days that the ledger knows the item, and those of them without stock; lost sales of the latter. */
      daysKnown: z.number().int(),
      daysOut: z.number().int(),
      lost: lostSchema,
      forecast: z
        .object({
          asOf: epochMsSchema,
          asOfDay: daySchema,
          model: z.enum(FORECAST_MODELS),
          class: z.enum(DEMAND_CLASSES).nullable(),
          adi: z.number().nullable(),
          cv2: z.number().nullable(),
          daily: z.number(),
          dispersion: z.number(),
          /** Units of each day ahead, and the 10 % and 90 % quantiles of the sums of its weeks. */
          ahead: z.array(z.number()),
          weeks: z.array(z.object({ expected: z.number(), low: z.number(), high: z.number() })),
          baselines: z.object({ seasonal_naive: z.number(), moving_average: z.number() }),
          scores: z.array(scoreSchema),
          weeksCompared: z.number().int(),
          daysUsed: z.number().int(),
        })
        .nullable(),
    }),
  ),
  'forecast.marks': query(
    'Days that say little about demand, such as promotions',
    z.strictObject({}),
    z.object({ marks: z.array(markSchema) }),
  ),
  'forecast.mark': command(
    'Marks days of a SKU, or of all, that the next forecast leaves out',
    z.strictObject({
      sku: skuSchema.optional(),
      name: z.string().trim().min(1).max(120),
      fromDay: daySchema,
      toDay: daySchema,
    }),
    z.object({ commandId: idSchema.nullable(), markId: idSchema }),
  ),
  'forecast.unmark': command(
    'Takes a mark away',
    z.strictObject({ markId: idSchema }),
    z.object({ commandId: idSchema.nullable() }),
  ),
} as const;
