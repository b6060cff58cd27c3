import { z } from 'zod';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { daySchema, unitsSchema } from './purchasing-suppliers.ts';

const done = z.object({ commandId: idSchema.nullable() });
const trackingSchema = z.enum(['none', 'lot', 'serial']);
const kitKindSchema = z.enum(['virtual', 'built']);
const codeSchema = z.string().trim().min(1).max(200);

const lotSchema = z.object({
  lotId: idSchema,
  itemId: idSchema,
  sku: z.string(),
  title: z.string(),
  /** Lot or serial number. */
  code: z.string(),
  /** Last day that it may be sold. */
  expiresOn: z.string().nullable(),
  /** Days until then; negative when it has passed. */
  expiresInDays: z.number().int().nullable(),
  blocked: z.boolean(),
  blockedReason: z.string(),
  sellable: z.boolean(),
  quantity: z.number().int(),
  places: z.array(z.object({ location: z.string(), bin: z.string().nullable(), quantity: z.number().int() })),
});
export type StockLotRow = z.infer<typeof lotSchema>;

export const itemMethods = {
  'inventory.item': query(
    'What an item is made of and how it is kept: units, kit, lots, what is on order, what it cost',
    z.strictObject({ itemId: idSchema }),
    z.object({
      itemId: idSchema,
      sku: z.string(),
      title: z.string(),
      tracking: trackingSchema,
      units: z.array(
        z.object({
          unitId: idSchema,
          name: z.string(),
          factor: z.number().int(),
          barcode: z.string().nullable(),
        }),
      ),
      kit: z
        .object({
          kind: kitKindSchema,
          /** Kits that the parts are enough for. */
          possible: z.number().int(),
          parts: z.array(
            z.object({
              itemId: idSchema,
              sku: z.string(),
              title: z.string(),
              quantity: z.number().int(),
              available: z.number().int(),
            }),
          ),
        })
        .nullable(),
      /** Kits that it is a part of. */
      partOf: z.array(z.object({ itemId: idSchema, sku: z.string(), quantity: z.number().int() })),
      lots: z.array(lotSchema),
      /** Units at warehouses and quarantines that have no lot. */
      withoutLot: z.number().int(),
      incoming: z.array(
        z.object({
          orderId: idSchema,
          number: z.string(),
          supplier: z.string(),
          units: z.number().int(),
          expectedOn: z.string().nullable(),
        }),
      ),
      cost: z.object({
        /** Units of which nobody knows the cost. */
        unknownUnits: z.number().int(),
        layers: z.array(
          z.object({
            quantity: z.number().int(),
            /** Of these units together, landed. */
            costMinor: z.number().int(),
            currency: z.string(),
            at: epochMsSchema,
            reference: z.string(),
          }),
        ),
      }),
    }),
  ),
  'inventory.saveUnit': command(
    'Says how many single units a pack of an item holds; a factor of null takes the pack away',
    z.strictObject({
      itemId: idSchema,
      name: z.string().trim().min(1).max(40),
      factor: z.number().int().min(2).max(1_000_000).nullable(),
      barcode: z.string().trim().max(200).nullable().optional(),
    }),
    done,
  ),
  'inventory.setTracking': command(
    'Keeps an item by lot, by serial number or by neither',
    z.strictObject({ itemId: idSchema, tracking: trackingSchema }),
    done,
  ),
  'inventory.expiry': query(
    'Lots that are in stock and expire, the first one first',
    z.strictObject({
      /** Only those that expire within so many days; what has expired is always there. */
      withinDays: z.number().int().min(0).max(36_500).optional(),
    }),
    z.object({ lots: z.array(lotSchema), total: z.number().int() }),
  ),
  'inventory.changeLot': command(
    'Changes the expiry of a lot, blocks it from being sold or frees it',
    z.strictObject({
      lotId: idSchema,
      expiresOn: daySchema.nullable().optional(),
      blocked: z.boolean().optional(),
      reason: z.string().trim().max(500).optional(),
    }),
    done,
  ),
  'inventory.assignLot': command(
    'Gives units that have no lot the lot that they are of',
    z.strictObject({
      itemId: idSchema,
      /** Absent = wherever such units lie, the fullest place first. */
      locationId: idSchema.optional(),
      binId: idSchema.nullable().optional(),
      quantity: unitsSchema,
      lot: z.string().trim().min(1).max(100),
      expiresOn: daySchema.optional(),
    }),
    done,
  ),
  'inventory.saveKit': command(
    'Says which parts an item is put together from; no parts make it an ordinary item again',
    z.strictObject({
      itemId: idSchema,
      kind: kitKindSchema,
      parts: z
        .array(z.strictObject({ code: codeSchema, quantity: z.number().int().min(1).max(10_000) }))
        .max(100),
    }),
    done,
  ),
  'inventory.assemble': command(
    'Puts kits together from parts at a location, or takes them apart again',
    z.strictObject({
      itemId: idSchema,
      locationId: idSchema,
      quantity: unitsSchema,
      direction: z.enum(['assemble', 'disassemble']),
    }),
    done.extend({
      /** What the kits cost, from their parts; null where a part's cost is not known. */
      cost: z.object({ minor: z.number().int(), currency: z.string() }).nullable(),
    }),
  ),
} as const;
