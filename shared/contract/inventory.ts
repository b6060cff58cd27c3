import { z } from 'zod';
import { ADJUST_REASONS, LOCATION_KINDS, MOVEMENT_REASONS } from '../domain/inventory/reasons.ts';
import { epochMsSchema, idSchema, rejectionSchema } from './common.ts';
import { command, query } from './define.ts';
import { MAX_REPLY_ROWS } from './envelope.ts';
import { daySchema } from './purchasing-suppliers.ts';
import { allocationMethods } from './inventory-allocation.ts';
import { countMethods } from './inventory-counts.ts';
import { itemMethods } from './inventory-items.ts';
import { placeMethods } from './inventory-places.ts';

const quantitySchema = z.number().int().min(1).max(100_000_000);
const codeSchema = z.string().trim().min(1).max(200);
const binCodeSchema = z.string().trim().max(60).optional();
const commandIdSchema = idSchema.nullable();

export const stockRowSchema = z.object({
  rid: z.number().int(),
  itemId: idSchema,
  sku: z.string(),
  /** Title of a listing with this SKU; empty when none is left. */
  title: z.string(),
  /** Units by location id; a location without any is left out. */
  onHand: z.record(z.string(), z.number().int()),
  /** Units at warehouses. */
  total: z.number().int(),
  /** Units that open orders still need. */
  reserved: z.number().int(),
  /** total - blocked - reserved, negative when more is sold than there is; of a virtual kit what its parts are enough for. */
  available: z.number().int(),
  inTransit: z.number().int(),
  quarantined: z.number().int(),
  /** Units at warehouses that may not be sold: their lot is blocked or has expired. */
  blocked: z.number().int(),
  /** Units of purchase orders that have not come yet. */
  incoming: z.number().int(),
  kit: z.enum(['virtual', 'built']).nullable(),
  tracking: z.enum(['none', 'lot', 'serial']),
  /** Units that each channel shows, by account id. */
  shown: z.record(z.string(), z.number().int()),
  /** Of the newest forecast: units a day, and the classes by value and evenness; null without one. */
  daily: z.number().nullable(),
  abc: z.enum(['A', 'B', 'C']).nullable(),
  xyz: z.enum(['X', 'Y', 'Z']).nullable(),
});
export type StockRow = z.infer<typeof stockRowSchema>;

const movementSchema = z.object({
  /** Number in the ledger, from 1. */
  seq: z.number().int(),
  location: z.string(),
  bin: z.string().nullable(),
  lot: z.string().nullable(),
  quantity: z.number().int(),
  /** Units after it at the place that was asked for. */
  balance: z.number().int(),
  reason: z.enum(MOVEMENT_REASONS),
  note: z.string(),
  actor: z.string(),
  at: epochMsSchema,
  document: z.object({ documentId: idSchema, kind: z.string(), reference: z.string() }),
  commandId: idSchema,
  /** The movement that it takes back. */
  reverses: z.number().int().nullable(),
});
export type StockMovement = z.infer<typeof movementSchema>;

const placeSchema = z.strictObject({ locationId: idSchema, binId: idSchema.nullable() });

export const inventoryMethods = {
  ...allocationMethods,
  ...countMethods,
  ...itemMethods,
  ...placeMethods,
  'inventory.locations': query(
    'Locations with their bins; the first warehouse is where orders ship from',
    z.strictObject({
      /** Archived ones too. */
      all: z.boolean().optional(),
    }),
    z.object({
      locations: z.array(
        z.object({
          locationId: idSchema,
          name: z.string(),
          kind: z.enum(LOCATION_KINDS),
          main: z.boolean(),
          archived: z.boolean(),
          bins: z.array(z.object({ binId: idSchema, code: z.string(), archived: z.boolean() })),
        }),
      ),
    }),
  ),
  'inventory.addLocation': command(
    'Adds a warehouse or a quarantine',
    z.strictObject({ name: z.string().trim().min(1).max(80), kind: z.enum(['warehouse', 'quarantine']) }),
    z.object({ locationId: idSchema }),
  ),
  'inventory.addBin': command(
    'Adds a bin to a location; a code that exists answers with its bin',
    z.strictObject({ locationId: idSchema, code: z.string().trim().min(1).max(60) }),
    z.object({ binId: idSchema }),
  ),
  'inventory.open': query(
    'The ordered row ids of stock items for a search, a filter and a sort',
    z.strictObject({
      text: z.string().max(500).optional(),
      /**
       * `low`: at most `lowAt` units available; `negative`: some place or the available stock is below 0;
       * `over`: more than half a year of forecast demand; `dead`: stock that nobody bought for 90 days.
       */
      filter: z.enum(['low', 'out', 'negative', 'over', 'dead']).optional(),
      lowAt: z.number().int().min(0).max(1_000_000).optional(),
      sort: z
        .strictObject({
          key: z.enum([
            'sku',
            'title',
            'total',
            'reserved',
            'available',
            'inTransit',
            'quarantined',
            'incoming',
          ]),
          direction: z.enum(['asc', 'desc']),
        })
        .optional(),
    }),
    z.object({
      ids: z.custom<Int32Array>((value) => value instanceof Int32Array),
      /** Items in the ledger, filtered or not. */
      items: z.number().int(),
      rev: z.number().int(),
    }),
  ),
  'inventory.rows': query(
    'Stock items by row id',
    z.strictObject({ rids: z.array(z.number().int()).max(MAX_REPLY_ROWS) }),
    z.object({ rows: z.array(stockRowSchema) }),
  ),
  'inventory.ledger': query(
    'Movements of an item, at one location or everywhere, newest first',
    z.strictObject({
      itemId: idSchema,
      locationId: idSchema.optional(),
      limit: z.number().int().min(1).max(500).optional(),
      /** Only movements before this number. */
      before: z.number().int().optional(),
    }),
    z.object({
      sku: z.string(),
      title: z.string(),
      onHand: z.number().int(),
      places: z.array(
        z.object({
          locationId: idSchema,
          location: z.string(),
          binId: idSchema.nullable(),
          bin: z.string().nullable(),
          quantity: z.number().int(),
        }),
      ),
      total: z.number().int(),
      movements: z.array(movementSchema),
    }),
  ),
  'inventory.receive': command(
    'Books goods in; every line has to be known, or nothing is booked',
    z.strictObject({
      locationId: idSchema,
      reference: z.string().trim().max(200).optional(),
      lines: z
        .array(
          z.strictObject({
            code: codeSchema,
            quantity: quantitySchema,
            /** Name of a pack of the item; absent = single units. */
            unit: z.string().trim().max(40).optional(),
            bin: binCodeSchema,
            /** Lot or serial number; needed where the item is tracked. */
            lot: z.string().trim().max(100).optional(),
            expiresOn: daySchema.optional(),
          }),
        )
        .min(1)
        .max(10_000),
    }),
    z.object({ commandId: commandIdSchema, documentId: idSchema, units: z.number().int() }),
  ),
  'inventory.adjust': command(
    'Sets what is on hand at places; the difference is posted with the reason, all as one undo step',
    z.strictObject({
      reason: z.enum(ADJUST_REASONS),
      note: z.string().trim().max(500).optional(),
      label: z.string().max(200).optional(),
      changes: z
        .array(
          z.strictObject({
            itemId: idSchema,
            locationId: idSchema,
            onHand: z.number(),
          }),
        )
        .min(1)
        .max(250_000),
    }),
    z.object({
      commandId: commandIdSchema,
      applied: z.number().int(),
      unchanged: z.number().int(),
      /** `listingId` names the stock item, `field` the location. */
      rejected: z.array(rejectionSchema),
      rejectedTotal: z.number().int(),
    }),
  ),
  'inventory.move': command(
    'Moves units between bins or locations at once',
    z.strictObject({ code: codeSchema, quantity: quantitySchema, from: placeSchema, to: placeSchema }),
    z.object({ commandId: commandIdSchema }),
  ),
  'inventory.transferOut': command(
    'Sends units to another location; they are in transit until they are booked in there',
    z.strictObject({
      fromLocationId: idSchema,
      toLocationId: idSchema,
      reference: z.string().trim().max(200).optional(),
      lines: z
        .array(z.strictObject({ code: codeSchema, quantity: quantitySchema }))
        .min(1)
        .max(10_000),
    }),
    z.object({ commandId: commandIdSchema, transferId: idSchema }),
  ),
  'inventory.transferIn': command(
    'Books a transfer in, all that is still on its way or the given lines',
    z.strictObject({
      transferId: idSchema,
      lines: z
        .array(z.strictObject({ code: codeSchema, quantity: quantitySchema, bin: binCodeSchema }))
        .min(1)
        .max(10_000)
        .optional(),
    }),
    z.object({ commandId: commandIdSchema, open: z.number().int() }),
  ),
  'inventory.transfers': query(
    'Transfers with units on their way, oldest first',
    z.strictObject({}),
    z.object({
      transfers: z.array(
        z.object({
          transferId: idSchema,
          from: z.string(),
          to: z.string(),
          reference: z.string(),
          at: epochMsSchema,
          lines: z.array(z.object({ sku: z.string(), open: z.number().int() })),
        }),
      ),
    }),
  ),
  'inventory.openingPreview': query(
    'What taking the opening stock from an account would book',
    z.strictObject({ accountId: idSchema }),
    z.object({
      items: z.number().int(),
      units: z.number().int(),
      /** SKUs that have movements already, and listings without SKU or quantity; these stay as they are. */
      known: z.number().int(),
      unusable: z.number().int(),
    }),
  ),
  'inventory.takeOpening': command(
    "Books the quantities of an account's listings as opening stock; items that have movements are left alone",
    z.strictObject({ accountId: idSchema, locationId: idSchema.optional() }),
    z.object({
      commandId: commandIdSchema,
      items: z.number().int(),
      units: z.number().int(),
      known: z.number().int(),
      unusable: z.number().int(),
    }),
    null,
  ),
  'inventory.verify': query(
    'Adds the whole ledger up again, compares it with the levels and checks the chain of hashes',
    z.strictObject({}),
    z.object({
      ok: z.boolean(),
      movements: z.number().int(),
      /** Hash of the newest movement; null while there is none. */
      head: z.string().nullable(),
      /** First movement that is not what was written, or follows a gap. */
      brokenAt: z.number().int().nullable(),
      /** Places whose level is not the sum of their movements; at most 100. */
      wrongLevels: z.array(
        z.object({ sku: z.string(), location: z.string(), level: z.number().int(), sum: z.number().int() }),
      ),
    }),
    null,
  ),
} as const;
