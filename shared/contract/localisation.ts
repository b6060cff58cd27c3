import { z } from 'zod';
import { idSchema } from './common.ts';
import { command, query } from './define.ts';

export const TEXT_FIELDS = ['title', 'description', 'bullets', 'tags'] as const;
/** A language, with a country where a market has its own texts: `de`, `pt-BR`. */
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2}|-\d{3})?$/);
const fieldSchema = z.enum(TEXT_FIELDS);
/** Lists (bullets, tags) have one item a line. */
const textSchema = z.string().max(100_000);

export const textCellSchema = z.object({
  productId: idSchema,
  field: fieldSchema,
  /** The text to translate; lists one item a line. */
  source: z.string(),
  text: z.string(),
  /** The original changed after it was translated. */
  stale: z.boolean(),
  issues: z.array(z.object({ code: z.string(), detail: z.string() })),
});
const termSchema = z.object({
  termId: idSchema,
  locale: localeSchema,
  source: z.string(),
  target: z.string(),
});
const file = z.string().min(1).max(4_096);
const changed = z.object({
  commandId: idSchema.nullable(),
  changed: z.number().int(),
  rejected: z.array(z.object({ where: z.string(), code: z.string(), message: z.string() })),
});

export const localisationMethods = {
  'localisation.overview': query(
    'Languages of every account, and how much of each is translated',
    z.strictObject({}),
    z.object({
      accounts: z.array(
        z.object({
          accountId: idSchema,
          name: z.string(),
          platform: z.string(),
          /** Languages that its connector can send; empty when the channel takes none. */
          sends: z.array(z.string()),
          locales: z.array(
            z.object({
              locale: localeSchema,
              /** Texts that have an original, that are translated, and whose original changed since. */
              wanted: z.number().int(),
              done: z.number().int(),
              stale: z.number().int(),
            }),
          ),
        }),
      ),
    }),
  ),
  'localisation.setLocales': command(
    'Says in which languages an account sells beside its own; texts of languages that are taken off stay stored',
    z.strictObject({ accountId: idSchema, locales: z.array(localeSchema).max(40) }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'localisation.rows': query(
    'Originals and translations of an account in one language, a product a row',
    z.strictObject({
      accountId: idSchema,
      locale: localeSchema,
      only: z.enum(['all', 'missing', 'stale']).optional(),
      offset: z.number().int().min(0).optional(),
      limit: z.number().int().min(1).max(200).optional(),
    }),
    z.object({ total: z.number().int(), cells: z.array(textCellSchema) }),
  ),
  'localisation.edit': command(
    'Writes translations as one undoable command; an empty text takes a translation off',
    z.strictObject({
      locale: localeSchema,
      cells: z
        .array(z.strictObject({ productId: idSchema, field: fieldSchema, text: textSchema }))
        .min(1)
        .max(10_000),
    }),
    changed,
  ),
  'localisation.suggest': query(
    'What was translated before from the same or a similar text, the nearest first',
    z.strictObject({ locale: localeSchema, field: fieldSchema, source: textSchema.min(1) }),
    z.object({
      suggestions: z.array(
        z.object({ source: z.string(), text: z.string(), similarity: z.number().min(0).max(1) }),
      ),
    }),
  ),
  'localisation.terms': query(
    'The glossary of a language',
    z.strictObject({ locale: localeSchema }),
    z.object({ terms: z.array(termSchema) }),
  ),
  'localisation.saveTerm': command(
    'Says how a word is to be translated; the same word again gets the new translation',
    z.strictObject({
      locale: localeSchema,
      source: z.string().trim().min(1).max(200),
      target: z.string().trim().min(1).max(200),
    }),
    z.object({ commandId: idSchema.nullable(), termId: idSchema }),
  ),
  'localisation.removeTerm': command(
    'Takes a word out of the glossary',
    z.strictObject({ termId: idSchema }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'localisation.export': command(
    'Writes texts for a translator: .csv, or .xlf as XLIFF 1.2 or 2.0',
    z.strictObject({
      accountId: idSchema,
      locale: localeSchema,
      sourceLocale: localeSchema,
      only: z.enum(['all', 'missing', 'stale']).optional(),
      version: z.enum(['1.2', '2.0']).optional(),
      file,
    }),
    z.object({ file: z.string(), texts: z.number().int(), bytes: z.number().int() }),
    null,
  ),
  'localisation.import': command(
    'Brings a translated file back as one undoable command; a blank keeps what is there',
    z.strictObject({ file, locale: localeSchema.optional() }),
    changed.extend({ locale: localeSchema }),
    null,
  ),
  'localisation.push': command(
    'Sends translations to a channel that takes them; each is read back',
    z.strictObject({
      accountId: idSchema,
      locale: localeSchema,
      productIds: z.array(idSchema).max(5_000).optional(),
    }),
    z.object({
      confirmed: z.number().int(),
      failed: z.array(z.object({ productId: idSchema, code: z.string(), message: z.string() })),
    }),
    null,
  ),
} as const;
