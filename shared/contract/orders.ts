import { z } from 'zod';
import { command, query } from './define.ts';
import { opIdSchema, accountPlatformSchema, epochMsSchema, idSchema, moneySchema } from './common.ts';
import { ORDER_STATES } from '../domain/order-states.ts';
import { OUTBOX_STATES } from '../domain/outbox-states.ts';
import { MAX_REPLY_ROWS } from './envelope.ts';

export const orderLineSchema = z.object({
  lineId: idSchema,
  externalId: z.string(),
  sku: z.string().nullable(),
  title: z.string(),
  variant: z.string(),
  quantity: z.number().int(),
  picked: z.number().int(),
  packed: z.number().int(),
  shipped: z.number().int(),
  unitPrice: moneySchema,
  listingId: idSchema.nullable(),
  gtin: z.string().nullable(),
  image: z.string().nullable(),
  bin: z.string().nullable(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const orderRowSchema = z.object({
  orderId: idSchema,
  accountId: idSchema,
  accountName: z.string(),
  platform: accountPlatformSchema,
  externalId: z.string(),
  number: z.string(),
  state: z.enum(ORDER_STATES),
  /** The channel's own word for its status. */
  channelStatus: z.string(),
  customerName: z.string(),
  country: z.string().nullable(),
  total: moneySchema,
  units: z.number().int(),
  lines: z.number().int(),
  placedAt: epochMsSchema,
  shipBy: epochMsSchema.nullable(),
  late: z.boolean(),
  readAt: epochMsSchema,
  /** State of the latest shipment's push; null while nothing was shipped here. */
  shipmentState: z.enum(OUTBOX_STATES).nullable(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

export const addressSchema = z.object({
  name: z.string(),
  company: z.string(),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  region: z.string(),
  postcode: z.string(),
  country: z.string(),
  phone: z.string(),
  email: z.string(),
});
export type Address = z.infer<typeof addressSchema>;

export const shipmentSchema = z.object({
  shipmentId: idSchema,
  opId: opIdSchema,
  carrier: z.string(),
  tracking: z.string(),
  shippedAt: epochMsSchema,
  state: z.enum(OUTBOX_STATES),
  code: z.string().nullable(),
  message: z.string().nullable(),
  lines: z.array(z.object({ lineId: idSchema, quantity: z.number().int() })),
});

export const orderDetailSchema = orderRowSchema.extend({
  shipTo: addressSchema,
  note: z.string(),
  shippingMethod: z.string(),
  items: z.array(orderLineSchema),
  shipments: z.array(shipmentSchema),
  events: z.array(z.object({ at: epochMsSchema, actor: z.string(), text: z.string() })),
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

const stepInput = {
  orderId: idSchema,
  /** Absent = everything that may take the step. */
  lines: z
    .array(
      z.strictObject({
        lineId: idSchema.optional(),
        sku: z.string().max(300).optional(),
        quantity: z.number().int().min(1).optional(),
      }),
    )
    .min(1)
    .max(1_000)
    .optional(),
};

const stepOutcome = z.object({
  orderId: idSchema,
  commandId: idSchema,
  state: z.enum(ORDER_STATES),
  lines: z.array(orderLineSchema),
});

export const orderMethods = {
  'orders.query': query(
    'Orders by state, account and text',
    z.strictObject({
      accountId: idSchema.optional(),
      orderIds: z.array(idSchema).max(1_000).optional(),
      states: z.array(z.enum(ORDER_STATES)).optional(),
      text: z.string().max(500).optional(),
      late: z.boolean().optional(),
      sort: z.enum(['shipBy', 'placedAt', 'number', 'total']).optional(),
      direction: z.enum(['asc', 'desc']).optional(),
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(MAX_REPLY_ROWS).optional(),
    }),
    z.object({
      total: z.number().int(),
      rows: z.array(orderRowSchema),
      counts: z.record(z.string(), z.number().int()),
    }),
  ),
  'orders.get': query(
    'One order with its lines, address, shipments and events',
    z.strictObject({ orderId: idSchema }),
    orderDetailSchema,
  ),
  'orders.pick': command('Marks lines as picked', z.strictObject(stepInput), stepOutcome),
  'orders.pack': command('Marks picked lines as packed', z.strictObject(stepInput), stepOutcome),
  'orders.ship': command(
    'Ships packed lines and queues the confirmation; it reaches the channel exactly once, now or on reconnect',
    z.strictObject({
      ...stepInput,
      carrier: z.string().max(100).optional(),
      tracking: z.string().max(200).optional(),
    }),
    stepOutcome.extend({ shipmentId: idSchema }),
  ),
  'orders.unship': command(
    'Takes back a shipment that has not been sent yet',
    z.strictObject({ shipmentId: idSchema }),
    stepOutcome,
  ),
  'orders.scan': command(
    'One scan at a station: finds the line of the open order by SKU or barcode and takes one unit, or says why not',
    z.strictObject({
      orderId: idSchema,
      step: z.enum(['pick', 'pack']),
      code: z.string().min(1).max(300),
      /** Unique per scan; a repeated id is answered with the first result, so no burst counts twice. */
      scanId: idSchema,
    }),
    z.object({
      outcome: z.enum(['taken', 'complete', 'wrong_item', 'too_many']),
      line: orderLineSchema.nullable(),
      state: z.enum(ORDER_STATES),
      done: z.number().int(),
      total: z.number().int(),
      commandId: idSchema.nullable(),
    }),
  ),
  'orders.document': query(
    'Pick list over several orders or the packing slip of one, as printable HTML',
    z.strictObject({
      kind: z.enum(['pick-list', 'packing-slip']),
      orderIds: z.array(idSchema).min(1).max(500),
      locale: z.enum(['en', 'de']).optional(),
    }),
    z.object({ title: z.string(), html: z.string() }),
  ),
} as const;
