import { z } from 'zod';
import { FORECAST_MODELS } from '../domain/inventory/forecast-models.ts';
import { epochMsSchema, idSchema, moneySchema } from './common.ts';
import { command, query } from './define.ts';

const policyInput = {
  /** Days from order to shelf where no supplier says another; the supplier's own count first. */
  leadDays: z.number().min(0).max(365).optional(),
  /** Days that an order is to last once it is there, and days until somebody looks again. */
  coverDays: z.number().min(1).max(365).optional(),
  reviewDays: z.number().int().min(1).max(90).optional(),
  /** Share of cycles without a stock-out. */
  service: z.number().min(0.5).max(0.999).optional(),
};

const supplierSchema = z.object({ supplierId: idSchema, name: z.string() });

const proposalSchema = z.object({
  itemId: idSchema,
  sku: z.string(),
  title: z.string(),
  supplier: supplierSchema.nullable(),
  abc: z.enum(['A', 'B', 'C']).nullable(),
  xyz: z.enum(['X', 'Y', 'Z']).nullable(),
  /** Why this quantity, step by step. */
  available: z.number().int(),
  inTransit: z.number().int(),
  incoming: z.number().int(),
  /** The three above together. */
  position: z.number().int(),
  daily: z.number(),
  model: z.enum(FORECAST_MODELS),
  leadDays: z.number(),
  leadDeviation: z.number(),
  leadDemand: z.number(),
  planDemand: z.number(),
  safety: z.number(),
  reorderPoint: z.number().int(),
  upTo: z.number().int(),
  need: z.number().int(),
  minimum: z.number().int(),
  pack: z.number().int(),
  rounded: z.enum(['none', 'pack', 'minimum']),
  quantity: z.number().int(),
  /** null when no supplier names a price. */
  price: moneySchema.nullable(),
  cost: moneySchema.nullable(),
  daysLeft: z.number().nullable(),
  /** Odds that the position is sold out before an order of now is there. */
  odds: z.number(),
  /** False when the budget ends before it. */
  affordable: z.boolean(),
});
export type ReorderProposal = z.infer<typeof proposalSchema>;

const outcomeSchema = z.object({
  days: z.number().int(),
  demand: z.number(),
  lost: z.number(),
  fillRate: z.number().nullable(),
  daysOut: z.number().int(),
  averageStock: z.number(),
  orders: z.number().int(),
});

export const reorderMethods = {
  'reorder.plan': query(
    'What to order now, the most urgent first, with every step to the quantity',
    z.strictObject({
      ...policyInput,
      supplierId: idSchema.optional(),
      /** Spend at most this, in minor units; the most urgent lines come first. */
      budgetMinor: z.number().int().min(0).optional(),
    }),
    z.object({
      /** Of the newest forecast; null when there is none yet. */
      asOf: epochMsSchema.nullable(),
      policy: z.object({
        leadDays: z.number(),
        coverDays: z.number(),
        reviewDays: z.number(),
        service: z.number(),
      }),
      proposals: z.array(proposalSchema).max(1_000),
      total: z.number().int(),
      units: z.number().int(),
      /** Cost of the affordable lines by currency. */
      costs: z.array(moneySchema),
      /** Lines without a price, which no budget can hold. */
      unpriced: z.number().int(),
    }),
  ),
  'reorder.backtest': query(
    'What the policy would have done with the demand of the last year, with and without its safety stock',
    z.strictObject({ sku: z.string().min(1).max(200), ...policyInput }),
    z.object({ withSafety: outcomeSchema.nullable(), withoutSafety: outcomeSchema.nullable() }),
  ),
  'reorder.export': command(
    'Writes the proposals to a CSV file that a spreadsheet can open safely',
    z.strictObject({
      file: z.string().min(1).max(4_096),
      ...policyInput,
      supplierId: idSchema.optional(),
      budgetMinor: z.number().int().min(0).optional(),
    }),
    z.object({ file: z.string(), rows: z.number().int() }),
    null,
  ),
} as const;
