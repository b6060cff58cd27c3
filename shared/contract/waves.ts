import { z } from 'zod';
import { SHORT_REASONS } from '../domain/order-states.ts';
import { binMatcher, aisleNumber } from '../domain/warehouse/bin-place.ts';
import { ROUTE_RULES } from '../domain/warehouse/pick-route.ts';
import { PICK_MODES } from '../domain/warehouse/wave-plan.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { orderLineSchema } from './orders.ts';

/** Orders that one wave may hold: batching compares every pair of them. */
export const MAX_WAVE_ORDERS = 300;

export const binLayoutSchema = z.strictObject({
  pattern: z
    .string()
    .trim()
    .max(60)
    .refine((pattern) => binMatcher(pattern) !== null, 'needs {aisle} and {bay}, each once'),
  /** Metres. */
  aislePitch: z.number().positive().max(100),
  bayPitch: z.number().positive().max(20),
  bays: z.number().int().min(1).max(1_000),
  depot: z.string().refine((name) => aisleNumber(name) !== null, 'is no aisle'),
});

const aisleSchema = z
  .string()
  .trim()
  .refine((name) => aisleNumber(name) !== null, 'is no aisle');

const waveCriteria = {
  /** Where to pick; absent = the first warehouse. */
  locationId: idSchema.optional(),
  accountId: idSchema.optional(),
  /** Only these; they are still taken only when they are ready and in no open wave. */
  orderIds: z.array(idSchema).min(1).max(MAX_WAVE_ORDERS).optional(),
  /** Orders that have to leave by then. */
  dueBy: epochMsSchema.optional(),
  /** Part of the shipping method, in any case: a carrier or a service. */
  shipping: z.string().trim().max(100).optional(),
  /** Orders with every known bin within these aisles. */
  aisles: z.strictObject({ from: aisleSchema, to: aisleSchema }).optional(),
  lines: z.enum(['single', 'multi']).optional(),
  limit: z.number().int().min(1).max(MAX_WAVE_ORDERS).optional(),
  mode: z.enum(PICK_MODES),
  /** Orders on one cart. */
  totes: z.number().int().min(1).max(100),
  /** Units on one cart. */
  units: z.number().int().min(1).max(100_000).optional(),
  /** Zone picking: aisle ranges; absent = every aisle is a zone. */
  zones: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(40), from: aisleSchema, to: aisleSchema }))
    .max(50)
    .optional(),
};

export const routeSchema = z.object({
  rule: z.enum(ROUTE_RULES),
  metres: z.number(),
  /** What every rule would cost, the shortest first. */
  costs: z.array(z.object({ rule: z.enum(ROUTE_RULES), metres: z.number() })),
  /** Bins whose code does not fit the layout of the location, walked last; '' = lines without a bin. */
  offMap: z.array(z.string()),
});

const batchSummary = z.object({
  zone: z.string(),
  orders: z.number().int(),
  units: z.number().int(),
  stops: z.number().int(),
  route: routeSchema,
});

export const WAVE_STATES = ['open', 'closed', 'cancelled'] as const;

const waveRow = z.object({
  waveId: idSchema,
  name: z.string(),
  mode: z.enum(PICK_MODES),
  location: z.string().nullable(),
  state: z.enum(WAVE_STATES),
  createdAt: epochMsSchema,
  orders: z.number().int(),
  units: z.number().int(),
  picked: z.number().int(),
  missing: z.number().int(),
  metres: z.number(),
  batches: z.array(
    batchSummary.extend({
      batchId: idSchema,
      number: z.number().int(),
      operatorId: idSchema.nullable(),
      operator: z.string().nullable(),
      picked: z.number().int(),
      missing: z.number().int(),
    }),
  ),
});
export type WaveRow = z.infer<typeof waveRow>;
export type WaveBatchRow = WaveRow['batches'][number];

const stopSchema = z.object({
  bin: z.string(),
  onMap: z.boolean(),
  lineId: idSchema,
  orderId: idSchema,
  tote: z.number().int(),
  units: z.number().int(),
  /** Of these units, how many are in the tote. */
  done: z.number().int(),
  missing: z.number().int(),
});

export const batchSchema = z.object({
  batchId: idSchema,
  waveId: idSchema,
  wave: z.string(),
  number: z.number().int(),
  mode: z.enum(PICK_MODES),
  zone: z.string(),
  operator: z.string().nullable(),
  open: z.boolean(),
  route: routeSchema,
  totes: z.array(
    z.object({
      tote: z.number().int(),
      orderId: idSchema,
      number: z.string(),
      customerName: z.string(),
      /** Why nothing may be picked for it any more; null = it may. */
      stopped: z.string().nullable(),
    }),
  ),
  lines: z.array(orderLineSchema.extend({ orderId: idSchema, tote: z.number().int() })),
  /** In walking order. */
  stops: z.array(stopSchema),
  units: z.number().int(),
  picked: z.number().int(),
  missing: z.number().int(),
});
export type BatchDetail = z.infer<typeof batchSchema>;
export type BatchStop = z.infer<typeof stopSchema>;

const closed = z.object({ commandId: idSchema.nullable(), waveId: idSchema, released: z.number().int() });

export const waveMethods = {
  'waves.layout': query(
    'How the bins of a location are named and how far they are apart',
    z.strictObject({ locationId: idSchema.optional() }),
    z.object({
      locationId: idSchema.nullable(),
      location: z.string().nullable(),
      layout: binLayoutSchema,
      /** False while nobody has set it: the layout is the default. */
      own: z.boolean(),
      bins: z.number().int(),
      /** Bins whose code does not fit, the first hundred. */
      offMap: z.array(z.string()).max(100),
      offMapTotal: z.number().int(),
    }),
  ),
  'waves.setLayout': command(
    'Sets how bins of a location are named and how far they are apart',
    z.strictObject({ locationId: idSchema, layout: binLayoutSchema }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'waves.preview': query(
    'What a wave of these orders would be: its rounds, with the metres of all four route rules',
    z.strictObject(waveCriteria),
    z.object({
      orders: z.number().int(),
      units: z.number().int(),
      /** The same orders picked one by one, in metres. */
      oneByOne: z.number(),
      metres: z.number(),
      /** Ready orders that fit but are in another open wave. */
      held: z.number().int(),
      /** Orders that fit beyond `limit`. */
      beyond: z.number().int(),
      batches: z.array(batchSummary),
    }),
  ),
  'waves.create': command(
    'Makes a wave of ready orders and splits it into rounds; an order is in one open wave only',
    z.strictObject({ ...waveCriteria, name: z.string().trim().min(1).max(80).optional() }),
    z.object({
      commandId: idSchema.nullable(),
      waveId: idSchema,
      orders: z.number().int(),
      batches: z.number().int(),
    }),
  ),
  'waves.list': query(
    'Waves with their rounds, the newest first',
    z.strictObject({ open: z.boolean().optional(), limit: z.number().int().min(1).max(50).optional() }),
    z.object({ waves: z.array(waveRow) }),
  ),
  'waves.batch': query(
    'One round stop by stop, in walking order',
    z.strictObject({ batchId: idSchema }),
    batchSchema,
  ),
  'waves.sheet': query(
    'The pick list of a round in walking order with a column a tote, as printable HTML',
    z.strictObject({ batchId: idSchema, locale: z.enum(['en', 'de']).optional() }),
    z.object({ title: z.string(), html: z.string() }),
  ),
  'waves.assign': command(
    'Gives a round to an operator, or to nobody',
    z.strictObject({ batchId: idSchema, operatorId: idSchema.nullable() }),
    z.object({ commandId: idSchema.nullable() }),
  ),
  'waves.close': command(
    'Closes a wave; orders that are not picked may join another one',
    z.strictObject({ waveId: idSchema }),
    closed,
  ),
  'waves.cancel': command(
    'Cancels a wave; what was picked stays picked, the orders may join another one',
    z.strictObject({ waveId: idSchema }),
    closed,
  ),
  'waves.scan': command(
    'One scan of a round: finds the tote that still needs the article and takes one unit, or says why not',
    z.strictObject({
      batchId: idSchema,
      code: z.string().min(1).max(300),
      /** Unique per scan; a repeated id is answered with the first result. */
      scanId: idSchema,
    }),
    z.object({
      /** `complete`: with it, nothing of the order is left to be picked. */
      outcome: z.enum(['taken', 'complete', 'wrong_item', 'too_many']),
      orderId: idSchema.nullable(),
      lineId: idSchema.nullable(),
      tote: z.number().int().nullable(),
      commandId: idSchema.nullable(),
    }),
  ),
  'waves.substitutes': query(
    'What could be picked instead of a line that is short: other bins, then other variants of the product with stock',
    z.strictObject({ lineId: idSchema }),
    z.object({
      sku: z.string().nullable(),
      bins: z.array(z.object({ location: z.string(), bin: z.string(), units: z.number().int() })),
      variants: z.array(
        z.object({ sku: z.string(), title: z.string(), variant: z.string(), units: z.number().int() }),
      ),
    }),
  ),
  'waves.shorts': query(
    'Units that pickers did not find, with their reasons, the newest first',
    z.strictObject({ from: epochMsSchema.optional(), limit: z.number().int().min(1).max(500).optional() }),
    z.object({
      rows: z.array(
        z.object({
          at: epochMsSchema,
          actor: z.string(),
          orderId: idSchema,
          number: z.string(),
          sku: z.string(),
          units: z.number().int(),
          reason: z.enum(SHORT_REASONS),
        }),
      ),
    }),
  ),
} as const;
