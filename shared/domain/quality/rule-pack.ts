import { z } from 'zod';
import { LISTING_FIELD_NAMES } from '../listing-fields.ts';
import { PLATFORMS } from '../platforms.ts';

/** Rules as data. A pack holds every rule of one channel; each rule carries the cases that prove it. */
export const QUALITY_AREAS = [
  'title',
  'text',
  'keywords',
  'images',
  'attributes',
  'price',
  'policy',
] as const;
export type QualityArea = (typeof QUALITY_AREAS)[number];

/** rejected: the channel refuses or drops it. improve: it is taken, and could be better. */
export const QUALITY_LANES = ['rejected', 'improve'] as const;
export type QualityLane = (typeof QUALITY_LANES)[number];

const fieldSchema = z.enum(LISTING_FIELD_NAMES);
const count = z.number().int().nonnegative();
const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
export const ruleDaySchema = z
  .string()
  .regex(dayPattern)
  .refine((day) => !Number.isNaN(Date.parse(day)), 'no day of the calendar');
const regexSchema = z.string().min(1).max(500).refine(compiles, 'no regular expression');

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}

/** What a rule can look at. A list is a bullet a line, a tag, a material or an image's address. */
export const ruleCheckSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('filled') }),
  /** Of the whole text, or of each entry of a list. */
  z.strictObject({
    kind: z.literal('length'),
    of: z.enum(['value', 'each', 'total']),
    unit: z.enum(['characters', 'bytes']),
    min: count.optional(),
    max: count.optional(),
  }),
  z.strictObject({ kind: z.literal('count'), min: count.optional(), max: count.optional() }),
  /** No match anywhere, in any letter case. */
  z.strictObject({ kind: z.literal('forbidden'), pattern: regexSchema }),
  z.strictObject({ kind: z.literal('phrases'), phrases: z.array(z.string().min(1)).min(1) }),
  z.strictObject({ kind: z.literal('repeats'), most: count, free: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('signs'), signs: z.array(z.string()).min(1), most: count }),
  z.strictObject({ kind: z.literal('unique') }),
  /** Money in whole units of the currency; `currencies` = where the rule can be judged. */
  z.strictObject({
    kind: z.literal('number'),
    min: z.number().optional(),
    above: z.number().optional(),
    max: z.number().optional(),
    currencies: z.array(z.string().length(3)).optional(),
  }),
  /** Lower than another field, where both are set; `needed`: the other may not be missing. */
  z.strictObject({ kind: z.literal('below'), other: fieldSchema, needed: z.boolean() }),
  z.strictObject({ kind: z.literal('oneOf'), values: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal('gtin') }),
  z.strictObject({ kind: z.literal('imageAlt'), max: count.optional(), needed: z.boolean() }),
  z.strictObject({ kind: z.literal('readable'), min: z.number() }),
  /** Share of the keyword bank that the texts hold. */
  z.strictObject({ kind: z.literal('coverage'), min: z.number().min(0).max(1) }),
  /** A word of the bank within the first characters of the title. */
  z.strictObject({ kind: z.literal('lead'), within: count }),
  /** Share of a text that its most frequent word may take, from so many words on. */
  z.strictObject({ kind: z.literal('density'), max: z.number().min(0).max(1), fromWords: count }),
  /** At most so much dearer than the price that the market compares with. */
  z.strictObject({ kind: z.literal('rival'), over: z.number().nonnegative() }),
]);
export type RuleCheck = z.output<typeof ruleCheckSchema>;

/** A value of a case, short for what would fill pages. */
export const caseValueSchema = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.strictObject({ repeat: z.string(), times: count }),
  z.strictObject({ lines: z.array(count) }),
  z.strictObject({ entries: count, length: count }),
  z.strictObject({ images: count, ending: z.string(), alt: count }),
]);
export type CaseValue = z.output<typeof caseValueSchema>;

const caseSchema = z.strictObject({
  value: caseValueSchema,
  /** Other fields of the listing. */
  with: z.partialRecord(fieldSchema, caseValueSchema).optional(),
  keywords: z.array(z.string()).optional(),
  rival: z.number().optional(),
  currency: z.string().length(3).optional(),
  marketplace: z.string().optional(),
  productType: z.string().optional(),
  /** null: the rule has nothing to say. */
  passes: z.boolean().nullable(),
});
export type RuleCase = z.output<typeof caseSchema>;

const scopeSchema = z.strictObject({
  only: z.array(z.string()).optional(),
  except: z.array(z.string()).optional(),
});

export const qualityRuleSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+(\.[a-zA-Z0-9]+)+$/),
  field: fieldSchema,
  area: z.enum(QUALITY_AREAS),
  lane: z.enum(QUALITY_LANES),
  severity: z.enum(['error', 'warning', 'hint']),
  weight: z.number().positive().max(10),
  /** First day on which it holds, in UTC; null = since ever. */
  validFrom: ruleDaySchema.nullable(),
  /** First day on which it holds no more. */
  validUntil: ruleDaySchema.nullable(),
  marketplaces: scopeSchema.optional(),
  productTypes: scopeSchema.optional(),
  check: ruleCheckSchema,
  text: z.strictObject({ en: z.string().min(1), de: z.string().min(1) }),
  /** Where it is written, and how sure that is. */
  source: z.string().min(1),
  /** Code of the finding with which the cell's own gate says the same. */
  gate: z.string().optional(),
  cases: z.array(caseSchema).min(2),
});
export type QualityRule = z.output<typeof qualityRuleSchema>;

export const rulePackSchema = z
  .strictObject({
    format: z.literal(1),
    platform: z.enum(PLATFORMS),
    /** Day of issue and a number within it. */
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}\.\d+$/),
    /** Fields that count as complete; a required one counts twice. */
    complete: z.strictObject({ required: z.array(fieldSchema), recommended: z.array(fieldSchema) }),
    rules: z.array(qualityRuleSchema).min(1),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, 'a rule is there twice')
  .refine(
    ({ rules, platform }) => rules.every(({ id }) => id.startsWith(`${platform}.`)),
    'a rule is named after another channel',
  );
export type RulePack = z.output<typeof rulePackSchema>;

/** Whether a rule holds at a moment (epoch ms). */
export function holdsAt({ validFrom, validUntil }: QualityRule, atMs: number): boolean {
  return (
    (validFrom === null || Date.parse(validFrom) <= atMs) &&
    (validUntil === null || atMs < Date.parse(validUntil))
  );
}

/** Two moments with the same key judge alike. */
export function rulesKey(packs: readonly RulePack[], atMs: number): string {
  return packs
    .map(({ platform, version, rules }) => {
      const held = rules.filter((rule) => holdsAt(rule, atMs)).length;
      return `${platform} ${version} ${held}/${rules.length}`;
    })
    .toSorted()
    .join(', ');
}
