import { z } from 'zod';
import { HOLD_REASONS } from '../domain/order-marks.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

const words = z.array(z.string().trim().min(1).max(200)).min(1).max(200);
const bound = z.number().int().nonnegative().optional();

/** One thing that has to be so; all clauses of a rule have to. */
export const ruleClauseSchema = z.union([
  z.strictObject({
    /** sku: with * for any characters; method: a part of the shop's word; the others exactly. Case does not matter. */
    fact: z.enum(['country', 'platform', 'account', 'sku', 'tag', 'method']),
    any: words,
  }),
  z
    .strictObject({
      /** weight in grams, total in minor units of `currency`. */
      fact: z.enum(['weight', 'lines', 'units', 'total']),
      min: bound,
      max: bound,
      currency: z.string().length(3).optional(),
    })
    .refine(({ min, max }) => min !== undefined || max !== undefined, 'Give a lower or an upper bound')
    .refine(
      ({ fact, currency }) => fact !== 'total' || currency !== undefined,
      'Give the currency of the total',
    ),
]);
export type RuleClause = z.infer<typeof ruleClauseSchema>;

export const ruleOutcomeSchema = z
  .strictObject({
    carrier: z.string().trim().min(1).max(100).optional(),
    service: z.string().trim().min(1).max(100).optional(),
    tags: z.array(z.string().trim().min(1).max(60)).max(20).optional(),
    priority: z.number().int().min(-1).max(2).optional(),
    hold: z.enum(HOLD_REASONS).optional(),
    locationId: idSchema.optional(),
  })
  .refine((outcome) => Object.values(outcome).some((value) => value !== undefined), 'Say what the rule does');
export type RuleOutcome = z.infer<typeof ruleOutcomeSchema>;

const ruleShape = {
  name: z.string().trim().min(1).max(120),
  enabled: z.boolean(),
  /** No clause = every order. */
  when: z.array(ruleClauseSchema).max(20),
  outcome: ruleOutcomeSchema,
};
const orderRuleSchema = z.object({ ruleId: idSchema, position: z.number().int(), ...ruleShape });
export type OrderRule = z.infer<typeof orderRuleSchema>;

export const OUTCOME_FIELDS = ['carrier', 'service', 'tags', 'priority', 'hold', 'locationId'] as const;
const fields = z.array(z.enum(OUTCOME_FIELDS));

export const ruleTraceSchema = z.object({
  at: epochMsSchema,
  rules: z.array(
    z.object({
      ruleId: idSchema,
      name: z.string(),
      matched: z.boolean(),
      clauses: z.array(
        z.object({ fact: z.string(), wanted: z.string(), found: z.string(), matched: z.boolean() }),
      ),
      /** What it set. */
      set: fields,
      /** What a rule above it had set already. */
      overruled: fields,
    }),
  ),
});
export type RuleTrace = z.infer<typeof ruleTraceSchema>;

const done = z.object({ commandId: idSchema.nullable() });

export const orderRuleMethods = {
  'orderRules.list': query(
    'Rules for orders, from the top',
    z.strictObject({}),
    z.object({ rules: z.array(orderRuleSchema) }),
  ),
  'orderRules.save': command(
    'Adds a rule at the end, or changes one',
    z.strictObject({ ruleId: idSchema.optional(), ...ruleShape }),
    done.extend({ ruleId: idSchema }),
  ),
  'orderRules.remove': command('Removes a rule', z.strictObject({ ruleId: idSchema }), done),
  'orderRules.reorder': command(
    'Puts the rules into another order; the first that matches decides a field',
    z.strictObject({ ruleIds: z.array(idSchema).min(1).max(500) }),
    done,
  ),
  'orderRules.dryRun': query(
    'What the rules, with a draft among them, would do to open orders; nothing is written',
    z.strictObject({ draft: z.strictObject({ ruleId: idSchema.optional(), ...ruleShape }).optional() }),
    z.object({
      /** Open orders that were looked at, those that leave first. */
      orders: z.number().int(),
      /** True when there are more than a run looks at. */
      capped: z.boolean(),
      rules: z.array(
        z.object({
          /** null = the draft that is not saved yet. */
          ruleId: idSchema.nullable(),
          name: z.string(),
          matched: z.number().int(),
          /** Orders of those where it would set something. */
          set: z.number().int(),
          examples: z.array(z.string()),
        }),
      ),
    }),
  ),
  'orderRules.apply': command(
    'Runs the rules over orders as one undoable step, and keeps why',
    z.strictObject({ orderIds: z.array(idSchema).min(1).max(1_000) }),
    done.extend({ orders: z.number().int(), changed: z.number().int() }),
  ),
} as const;
