import { z } from 'zod';
import { idSchema } from './common.ts';
import { command, query } from './define.ts';

export const LABEL_SIZES = ['4x6', 'a6'] as const;

export const senderSchema = z.strictObject({
  name: z.string().trim().max(120),
  line1: z.string().trim().max(120),
  line2: z.string().trim().max(120),
  postcode: z.string().trim().max(20),
  city: z.string().trim().max(80),
  /** ISO 3166, two letters. */
  country: z
    .string()
    .trim()
    .regex(/^[A-Za-z]{2}$/),
});
export type Sender = z.infer<typeof senderSchema>;

const orderIds = z.array(idSchema).min(1).max(200);

export const paperMethods = {
  'papers.sender': query(
    'The address that labels and customs forms name as sender; null while nobody has set it',
    z.strictObject({}),
    z.object({ sender: senderSchema.nullable() }),
  ),
  'papers.setSender': command(
    'Sets the sender of labels and customs forms',
    z.strictObject({ sender: senderSchema }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'papers.label': query(
    'Address labels of orders: as printable HTML, and as ZPL for label printers',
    z.strictObject({
      orderIds,
      size: z.enum(LABEL_SIZES).optional(),
      locale: z.enum(['en', 'de']).optional(),
    }),
    z.object({
      title: z.string(),
      html: z.string(),
      zpl: z.string(),
      /** What a label would need and nobody knows, by order. */
      missing: z.array(
        z.object({ orderId: idSchema, number: z.string(), what: z.array(z.enum(['sender', 'recipient'])) }),
      ),
    }),
  ),
  'papers.customs': query(
    'Customs declarations (CN22, above 300 SDR CN23) with what is missing marked on them',
    z.strictObject({ orderIds, form: z.enum(['CN22', 'CN23']), locale: z.enum(['en', 'de']).optional() }),
    z.object({
      title: z.string(),
      html: z.string(),
      missing: z.array(z.object({ sku: z.string(), what: z.array(z.enum(['hsCode', 'origin', 'weight'])) })),
    }),
  ),
  'papers.setCustoms': command(
    'Sets what customs ask about an article; null takes a value away',
    z.strictObject({
      sku: z.string().trim().min(1).max(200),
      description: z.string().trim().max(120).nullable().optional(),
      hsCode: z
        .string()
        .trim()
        .regex(/^\d{4,10}$/, 'has 4 to 10 digits')
        .nullable()
        .optional(),
      origin: z
        .string()
        .trim()
        .regex(/^[A-Za-z]{2}$/, 'has two letters')
        .nullable()
        .optional(),
      /** Grams of one unit. */
      weightG: z.number().int().min(1).max(1_000_000).nullable().optional(),
    }),
    z.object({ commandId: idSchema.nullable() }),
  ),
} as const;
