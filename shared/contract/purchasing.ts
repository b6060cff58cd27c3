import { z } from 'zod';
import { LANDED_SPLITS } from '../domain/purchasing/landed-cost.ts';
import { PURCHASE_STATES, PURCHASE_STEPS, STAGE_STEPS } from '../domain/purchasing/purchase-states.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { MAX_REPLY_ROWS } from './envelope.ts';
import { amountSchema, daySchema, supplierMethods, unitsSchema } from './purchasing-suppliers.ts';

const textSchema = (max: number): z.ZodString => z.string().trim().max(max);
const codeSchema = textSchema(200).min(1);
const stateSchema = z.enum(PURCHASE_STATES);
const commandIdSchema = idSchema.nullable();

const orderRowSchema = z.object({
  orderId: idSchema,
  number: z.string(),
  supplierId: idSchema,
  supplier: z.string(),
  state: stateSchema,
  currency: z.string(),
  /** Goods of all lines that have a price, minor units. */
  totalMinor: z.number().int(),
  /** Lines without a price. */
  unpriced: z.number().int(),
  lines: z.number().int(),
  units: z.number().int(),
  openUnits: z.number().int(),
  expectedOn: z.string().nullable(),
  createdAt: epochMsSchema,
  sentAt: epochMsSchema.nullable(),
});
export type PurchaseOrderRow = z.infer<typeof orderRowSchema>;

export const purchaseLineSchema = z.object({
  rid: z.number().int(),
  lineId: idSchema,
  itemId: idSchema,
  sku: z.string(),
  title: z.string(),
  supplierCode: z.string(),
  /** Units that the supplier sells together. */
  pack: z.number().int(),
  quantity: z.number().int(),
  received: z.number().int(),
  short: z.number().int(),
  shortReason: z.string(),
  open: z.number().int(),
  priceMinor: z.number().int().nullable(),
  expectedOn: z.string().nullable(),
  tracking: z.enum(['none', 'lot', 'serial']),
  /** A larger lot that costs less than this one. */
  cheaper: z.object({ quantity: z.number().int(), savesMinor: z.number().int() }).nullable(),
});
export type PurchaseLine = z.infer<typeof purchaseLineSchema>;

const receiptSchema = z.object({
  receiptId: idSchema,
  at: epochMsSchema,
  reference: z.string(),
  split: z.enum(LANDED_SPLITS),
  freightMinor: z.number().int(),
  dutyMinor: z.number().int(),
  lines: z.array(
    z.object({
      lineId: idSchema,
      sku: z.string(),
      quantity: z.number().int(),
      /** Goods of these units; null where the line has no price. */
      goodsMinor: z.number().int().nullable(),
      freightMinor: z.number().int(),
      dutyMinor: z.number().int(),
      overReason: z.string(),
    }),
  ),
});

const orderDetailSchema = z.object({
  order: orderRowSchema.extend({
    locationId: idSchema,
    location: z.string(),
    reference: z.string(),
    note: z.string(),
    closeReason: z.string(),
    confirmedAt: epochMsSchema.nullable(),
    closedAt: epochMsSchema.nullable(),
    /** What can be done with it now. */
    steps: z.array(z.enum(PURCHASE_STEPS)),
    /** What is missing to the smallest order of the supplier, minor units; 0 when it is reached. */
    belowMinimumMinor: z.number().int(),
  }),
  lines: z.array(purchaseLineSchema),
  receipts: z.array(receiptSchema),
});
export type PurchaseOrderDetail = z.infer<typeof orderDetailSchema>;

const newLineSchema = z.strictObject({
  code: codeSchema,
  quantity: unitsSchema,
  /** Name of a pack of the item; absent = single units. */
  unit: textSchema(40).optional(),
  /** Absent = from the supplier's prices. */
  price: amountSchema.optional(),
});

export const purchasingMethods = {
  ...supplierMethods,
  'purchasing.orders': query(
    'Purchase orders, newest first',
    z.strictObject({
      states: z.array(stateSchema).optional(),
      supplierId: idSchema.optional(),
      text: z.string().max(200).optional(),
    }),
    z.object({ orders: z.array(orderRowSchema).max(MAX_REPLY_ROWS), total: z.number().int() }),
  ),
  'purchasing.order': query(
    'One purchase order with its lines and receipts',
    z.strictObject({ orderId: idSchema }),
    orderDetailSchema,
  ),
  'purchasing.createOrder': command(
    'Drafts a purchase order; quantities are raised to what the supplier sells, prices come from its breaks',
    z.strictObject({
      supplierId: idSchema,
      /** Where it is to be delivered; absent = the first warehouse. */
      locationId: idSchema.optional(),
      expectedOn: daySchema.nullable().optional(),
      note: textSchema(2_000).optional(),
      lines: z.array(newLineSchema).max(MAX_REPLY_ROWS).optional(),
    }),
    z.object({ commandId: commandIdSchema, orderId: idSchema, number: z.string(), raised: z.number().int() }),
  ),
  'purchasing.editOrder': command(
    'Changes what stands above the lines of a purchase order',
    z.strictObject({
      orderId: idSchema,
      locationId: idSchema.optional(),
      expectedOn: daySchema.nullable().optional(),
      reference: textSchema(200).optional(),
      note: textSchema(2_000).optional(),
    }),
    z.object({ commandId: commandIdSchema }),
  ),
  'purchasing.editLines': command(
    'Adds, changes and removes lines of a purchase order as one step; what cannot be taken is named',
    z.strictObject({
      orderId: idSchema,
      label: z.string().max(200).optional(),
      add: z.array(newLineSchema).max(MAX_REPLY_ROWS).optional(),
      change: z
        .array(
          z.strictObject({
            lineId: idSchema,
            quantity: z.number().optional(),
            /** null = nobody knows. */
            price: amountSchema.nullable().optional(),
            expectedOn: z.string().max(20).nullable().optional(),
          }),
        )
        .max(10_000)
        .optional(),
      remove: z.array(idSchema).max(MAX_REPLY_ROWS).optional(),
    }),
    z.object({
      commandId: commandIdSchema,
      applied: z.number().int(),
      unchanged: z.number().int(),
      /** Quantities that were raised to what the supplier sells. */
      raised: z.number().int(),
      rejected: z.array(
        z.object({ lineId: z.string(), field: z.string(), code: z.string(), message: z.string() }),
      ),
    }),
  ),
  'purchasing.step': command(
    'Sends, confirms, closes or cancels a purchase order; closing with units still to come needs a reason',
    z.strictObject({
      orderId: idSchema,
      step: z.enum(STAGE_STEPS),
      reason: textSchema(500).optional(),
      /** The supplier's number, with a confirmation. */
      reference: textSchema(200).optional(),
      expectedOn: daySchema.nullable().optional(),
    }),
    z.object({ commandId: commandIdSchema, state: stateSchema }),
  ),
  'purchasing.shortClose': command(
    'Says that what is open of a line will not come any more, and why',
    z.strictObject({ lineId: idSchema, reason: textSchema(500).min(1) }),
    z.object({ commandId: commandIdSchema, state: stateSchema }),
  ),
  'purchasing.receive': command(
    'Books a delivery of a purchase order in, with freight and duty shared out; all lines or none',
    z.strictObject({
      orderId: idSchema,
      reference: textSchema(200).optional(),
      freight: amountSchema.optional(),
      duty: amountSchema.optional(),
      split: z.enum(LANDED_SPLITS).optional(),
      lines: z
        .array(
          z.strictObject({
            lineId: idSchema,
            quantity: unitsSchema,
            unit: textSchema(40).optional(),
            bin: textSchema(60).optional(),
            /** Lot or serial number; needed where the item is tracked. */
            lot: textSchema(100).optional(),
            expiresOn: daySchema.optional(),
            /** Needed where more comes than is open. */
            overReason: textSchema(500).optional(),
          }),
        )
        .min(1)
        .max(MAX_REPLY_ROWS),
    }),
    z.object({
      commandId: commandIdSchema,
      receiptId: idSchema,
      units: z.number().int(),
      state: stateSchema,
    }),
  ),
  'purchasing.document': query(
    'A purchase order as a printable page',
    z.strictObject({ orderId: idSchema, locale: z.enum(['en', 'de']).optional() }),
    z.object({ title: z.string(), html: z.string() }),
  ),
  'purchasing.export': command(
    'Writes a purchase order as CSV for the supplier; cells that a spreadsheet would run are escaped',
    z.strictObject({ orderId: idSchema, file: z.string().min(1).max(4_000) }),
    z.object({ file: z.string(), rows: z.number().int(), bytes: z.number().int() }),
  ),
} as const;
