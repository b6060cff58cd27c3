import { z } from 'zod';
import { isDay } from '../domain/purchasing/calendar-day.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';

export const daySchema = z.string().refine(isDay, 'A calendar day as YYYY-MM-DD');
/** A decimal amount as text, dot decimals, in the currency of the supplier or order. */
export const amountSchema = z.string().trim().max(30);
export const currencySchema = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{3}$/, 'A currency code of three letters');
export const unitsSchema = z.number().int().min(1).max(100_000_000);
const lineText = (max: number): z.ZodString => z.string().trim().max(max);
const daysSchema = z.number().int().min(0).max(3_650);

const breakSchema = z.object({
  from: z.number().int().min(1),
  /** Of one unit, minor units. */
  minor: z.number().int(),
});

const supplierSchema = z.object({
  supplierId: idSchema,
  name: z.string(),
  contact: z.string(),
  email: z.string(),
  phone: z.string(),
  address: z.string(),
  currency: z.string(),
  /** Days from order to delivery that the supplier promises. */
  leadDays: z.number().int().nullable(),
  /** Smallest order in minor units of the currency, and fewest units a line. */
  minimumMinor: z.number().int().nullable(),
  minimumUnits: z.number().int().nullable(),
  terms: z.string(),
  note: z.string(),
  items: z.number().int(),
  /** Orders with units still to come. */
  openOrders: z.number().int(),
  /** Earliest end of what was agreed and has not been replaced. */
  termsUntil: z.string().nullable(),
});
export type Supplier = z.infer<typeof supplierSchema>;

export const supplierItemSchema = z.object({
  supplierItemId: idSchema,
  itemId: idSchema,
  sku: z.string(),
  title: z.string(),
  /** SKU at the supplier. */
  code: z.string(),
  pack: z.number().int(),
  minimum: z.number().int().nullable(),
  leadDays: z.number().int().nullable(),
  weightG: z.number().int().nullable(),
  breaks: z.array(breakSchema),
});
export type SupplierItem = z.infer<typeof supplierItemSchema>;

const noteSchema = z.object({
  noteId: idSchema,
  kind: z.enum(['note', 'negotiation', 'terms']),
  day: z.string(),
  validUntil: z.string().nullable(),
  /** Days until it ends; negative when it has ended, null when it does not. */
  endsInDays: z.number().int().nullable(),
  text: z.string(),
  savingMinor: z.number().int().nullable(),
});

const numberOrNull = z.number().nullable();
const scorecardSchema = z.object({
  onTime: z.object({ n: z.number().int(), hits: z.number().int(), rate: numberOrNull }),
  fill: z.object({
    n: z.number().int(),
    ordered: z.number().int(),
    received: z.number().int(),
    rate: numberOrNull,
  }),
  /** Days from sending the order to its last unit. */
  leadTime: z.object({
    n: z.number().int(),
    mean: numberOrNull,
    sd: numberOrNull,
    median: numberOrNull,
    p90: numberOrNull,
    p95: numberOrNull,
    least: numberOrNull,
    most: numberOrNull,
  }),
  from: epochMsSchema.nullable(),
  to: epochMsSchema.nullable(),
});

const done = z.object({ commandId: idSchema.nullable() });

export const supplierMethods = {
  'purchasing.suppliers': query(
    'Suppliers by name, with what is on order and what was agreed until when',
    z.strictObject({ text: z.string().max(200).optional() }),
    z.object({ suppliers: z.array(supplierSchema) }),
  ),
  'purchasing.supplier': query(
    'One supplier with items, log and what its own receipts say about it',
    z.strictObject({ supplierId: idSchema }),
    z.object({
      supplier: supplierSchema,
      items: z.array(supplierItemSchema),
      notes: z.array(noteSchema),
      /** What was negotiated off a year and still holds. */
      savingMinor: z.number().int(),
      scorecard: scorecardSchema,
    }),
  ),
  'purchasing.saveSupplier': command(
    'Adds a supplier, or changes the given parts of one',
    z.strictObject({
      supplierId: idSchema.optional(),
      name: lineText(120).min(1).optional(),
      contact: lineText(200).optional(),
      email: lineText(200).optional(),
      phone: lineText(60).optional(),
      address: lineText(1_000).optional(),
      currency: currencySchema.optional(),
      leadDays: daysSchema.nullable().optional(),
      minimum: amountSchema.nullable().optional(),
      minimumUnits: unitsSchema.nullable().optional(),
      terms: lineText(2_000).optional(),
      note: lineText(4_000).optional(),
    }),
    done.extend({ supplierId: idSchema }),
  ),
  'purchasing.removeSupplier': command(
    'Takes a supplier off the list; one with orders that are not finished stays',
    z.strictObject({ supplierId: idSchema }),
    done,
  ),
  'purchasing.saveItem': command(
    'Says that a supplier sells an item, at which prices and in which packs; the given parts change',
    z.strictObject({
      supplierId: idSchema,
      /** SKU or barcode. */
      code: lineText(200).min(1),
      supplierCode: lineText(200).optional(),
      pack: unitsSchema.optional(),
      minimum: unitsSchema.nullable().optional(),
      leadDays: daysSchema.nullable().optional(),
      weightG: unitsSchema.nullable().optional(),
      breaks: z
        .array(z.strictObject({ from: unitsSchema, price: amountSchema }))
        .max(50)
        .optional(),
    }),
    done.extend({ supplierItemId: idSchema }),
  ),
  'purchasing.removeItem': command(
    'Takes an item off a supplier',
    z.strictObject({ supplierItemId: idSchema }),
    done,
  ),
  'purchasing.addNote': command(
    'Writes into the log of a supplier: a note, a negotiation, or terms with the day on which they end',
    z.strictObject({
      supplierId: idSchema,
      kind: z.enum(['note', 'negotiation', 'terms']),
      day: daySchema,
      validUntil: daySchema.nullable().optional(),
      text: lineText(4_000).min(1),
      /** What was negotiated off a year. */
      saving: amountSchema.nullable().optional(),
    }),
    done.extend({ noteId: idSchema }),
  ),
  'purchasing.removeNote': command(
    'Takes an entry off the log of a supplier',
    z.strictObject({ noteId: idSchema }),
    done,
  ),
  'purchasing.alerts': query(
    'Terms that end soon or have ended, and orders that are overdue',
    z.strictObject({ withinDays: z.number().int().min(0).max(3_650).optional() }),
    z.object({
      terms: z.array(
        z.object({
          noteId: idSchema,
          supplierId: idSchema,
          supplier: z.string(),
          text: z.string(),
          validUntil: z.string(),
          endsInDays: z.number().int(),
        }),
      ),
      overdue: z.array(
        z.object({
          orderId: idSchema,
          number: z.string(),
          supplier: z.string(),
          expectedOn: z.string(),
          daysLate: z.number().int(),
          openUnits: z.number().int(),
        }),
      ),
    }),
  ),
} as const;
