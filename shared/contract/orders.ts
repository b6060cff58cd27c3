import { z } from 'zod';
import { command, query } from './define.ts';
import { opIdSchema, accountPlatformSchema, epochMsSchema, idSchema, moneySchema } from './common.ts';
import { HOLD_REASONS } from '../domain/order-marks.ts';
import { DUE_WORDS, ORDER_STATES, SHORT_REASONS } from '../domain/order-states.ts';
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
  /** Units that a picker reported as not there; picking them later takes the report back. */
  missing: z.number().int(),
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
  /** Whether the buyer's data is there: `purged` for good, `sealed` = the keys are of another machine or locked. */
  buyer: z.enum(['known', 'purged', 'sealed']),
  country: z.string().nullable(),
  total: moneySchema,
  units: z.number().int(),
  lines: z.number().int(),
  placedAt: epochMsSchema,
  shipBy: epochMsSchema.nullable(),
  late: z.boolean(),
  /** By the calendar of the shop's zone; null once nothing waits for the warehouse. */
  due: z.enum(DUE_WORDS).nullable(),
  /** Units that could not be picked. */
  missing: z.number().int(),
  readAt: epochMsSchema,
  /** State of the latest shipment's push; null while nothing was shipped here. */
  shipmentState: z.enum(OUTBOX_STATES).nullable(),
  /** Why we hold it back ourselves; null = we do not. */
  hold: z.enum(HOLD_REASONS).nullable(),
  /** -1 may wait, 0 as it comes, 1 before others, 2 before everything. */
  priority: z.number().int(),
  tags: z.array(z.string()),
  /** True while it leaves in one package with other orders of its buyer. */
  merged: z.boolean(),
  /** Planned packages that have not left; 0 = it is not split. */
  packages: z.number().int(),
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
  events: z.array(
    z.object({
      at: epochMsSchema,
      actor: z.string(),
      kind: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
      /** The same in English, for a terminal. */
      text: z.string(),
    }),
  ),
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

/** Rows that one bulk confirmation may hold; each is a line of the pasted or exported list. */
export const MAX_SHIP_ROWS = 10_000;

const shipListInput = {
  /** A pasted or exported list: CSV, semicolons or tabs, with or without a header line. */
  text: z.string().max(2_000_000).optional(),
  /** The same as data. `order` is the number, the channel's id or our id. */
  rows: z
    .array(
      z.strictObject({
        order: z.string().max(200),
        tracking: z.string().max(200).optional(),
        carrier: z.string().max(100).optional(),
      }),
    )
    .max(MAX_SHIP_ROWS)
    .optional(),
  /** Only orders of this account; needed when two shops use the same number. */
  accountId: idSchema.optional(),
  /** Carrier of the rows that name none. */
  carrier: z.string().max(100).optional(),
  /** Takes what is not picked and packed yet as picked and packed. */
  advance: z.boolean().optional(),
};

export const SHIP_ROW_PROBLEMS = [
  'empty',
  'unknown_order',
  'ambiguous',
  'repeated',
  'shipped',
  'blocked',
  'packages',
  'not_packed',
] as const;

export const shipRowSchema = z.object({
  /** Line of the list, from 1, the header counted. */
  row: z.number().int(),
  order: z.string(),
  carrier: z.string(),
  tracking: z.string(),
  orderId: idSchema.nullable(),
  customerName: z.string(),
  state: z.enum(ORDER_STATES).nullable(),
  /** Units that leave with this row. */
  units: z.number().int(),
  /** True when picking and packing are taken as done with it. */
  advanced: z.boolean(),
  problem: z.enum(SHIP_ROW_PROBLEMS).nullable(),
});
export type ShipRow = z.infer<typeof shipRowSchema>;

export const orderMethods = {
  'orders.query': query(
    'Orders by state, account and text',
    z.strictObject({
      accountId: idSchema.optional(),
      orderIds: z.array(idSchema).max(1_000).optional(),
      states: z.array(z.enum(ORDER_STATES)).optional(),
      text: z.string().max(500).optional(),
      /** Only open orders past their time. */
      late: z.boolean().optional(),
      /** Only open orders that have to leave within a day; with `late`, these too. */
      soon: z.boolean().optional(),
      /** Only orders with this tag. */
      tag: z.string().max(60).optional(),
      /** Only orders that come before others. */
      urgent: z.boolean().optional(),
      sort: z.enum(['shipBy', 'placedAt', 'number', 'total']).optional(),
      direction: z.enum(['asc', 'desc']).optional(),
      offset: z.number().int().nonnegative().optional(),
      limit: z.number().int().min(1).max(MAX_REPLY_ROWS).optional(),
    }),
    z.object({
      total: z.number().int(),
      rows: z.array(orderRowSchema),
      /** Orders of each state within account and text, whatever states were asked for. */
      counts: z.record(z.string(), z.number().int()),
      /** Of those, the open ones past their time. */
      late: z.number().int(),
      /** Of those, the open ones that have to leave within a day. */
      soon: z.number().int(),
      /** True when the text fits more orders than a search looks at: the newest were taken. */
      capped: z.boolean(),
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
      /** Of a split order: the package that leaves. */
      packageId: idSchema.optional(),
    }),
    stepOutcome.extend({ shipmentId: idSchema }),
  ),
  'orders.shortPick': command(
    'Reports units that are not where they should be; the picker goes on, the rest of the order can leave',
    z.strictObject({
      orderId: idSchema,
      lineId: idSchema,
      /** Absent = all that is neither picked nor reported. */
      quantity: z.number().int().min(1).optional(),
      reason: z.enum(SHORT_REASONS),
    }),
    stepOutcome,
  ),
  'orders.shipPreview': query(
    'What a list of tracking numbers would ship, row by row, with the reason where it would not',
    z.strictObject(shipListInput),
    z.object({
      total: z.number().int(),
      ready: z.number().int(),
      /** Ready ones that are picked and packed along the way. */
      advanced: z.number().int(),
      problems: z.number().int(),
      /** Problems first, at most as many as a reply may hold. */
      rows: z.array(shipRowSchema),
    }),
  ),
  'orders.shipMany': command(
    'Ships every row of a list that can be shipped, as one command; undo takes all back until one was sent',
    z.strictObject(shipListInput),
    z.object({
      commandId: idSchema.nullable(),
      shipped: z.number().int(),
      advanced: z.number().int(),
      rejected: z.array(shipRowSchema),
      rejectedTotal: z.number().int(),
    }),
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
