import { z } from 'zod';
import { ADDRESS_HINTS } from '../domain/address-hints.ts';
import { HOLD_REASONS } from '../domain/order-marks.ts';
import { ORDER_STATES } from '../domain/order-states.ts';
import { epochMsSchema, idSchema } from './common.ts';
import { command, query } from './define.ts';
import { ruleTraceSchema } from './order-rules.ts';

/** At most so many tags are shown of an order, and so long is each. */
export const tagSchema = z.string().trim().min(1).max(60);

const otherOrder = z.object({
  orderId: idSchema,
  number: z.string(),
  state: z.enum(ORDER_STATES),
  placedAt: epochMsSchema,
});
const done = z.object({ commandId: idSchema.nullable() });

export const orderDeskMethods = {
  'orders.mark': command(
    'Holds, releases, prioritises or tags orders as one undoable step; what is held is neither picked nor shipped',
    z
      .strictObject({
        orderIds: z.array(idSchema).min(1).max(1_000),
        /** null releases; absent leaves it as it is. */
        hold: z.enum(HOLD_REASONS).nullable().optional(),
        priority: z.number().int().min(-1).max(2).optional(),
        addTags: z.array(tagSchema).max(20).optional(),
        removeTags: z.array(tagSchema).max(20).optional(),
      })
      .refine(
        ({ hold, priority, addTags, removeTags }) =>
          hold !== undefined || priority !== undefined || addTags !== undefined || removeTags !== undefined,
        'Name a hold, a priority or tags',
      ),
    done.extend({ changed: z.number().int() }),
  ),
  'orders.note': command(
    "Writes the staff's note on an order, sealed like the buyer's data",
    z.strictObject({ orderId: idSchema, text: z.string().max(4_000) }),
    done,
  ),
  'orders.tags': query(
    'Tags in use and how many orders have them',
    z.strictObject({}),
    z.object({ tags: z.array(z.object({ tag: z.string(), orders: z.number().int() })) }),
  ),
  'orders.desk': query(
    'What people and rules said about an order, its packages, and what looks odd about it',
    z.strictObject({ orderId: idSchema }),
    z.object({
      note: z.string().nullable(),
      /** True when there is a note whose key is gone or locked. */
      noteSealed: z.boolean(),
      carrier: z.string(),
      service: z.string(),
      location: z.string(),
      /** Hints for a person; null once the buyer's data is gone. */
      address: z.array(z.enum(ADDRESS_HINTS)).nullable(),
      /** Orders of the same buyer with an article in common, placed within two days of it. */
      duplicates: z.array(otherOrder.extend({ skus: z.array(z.string()) })),
      /** Open orders of the account that go to the same buyer and address. */
      mergeable: z.array(otherOrder),
      packages: z.array(
        z.object({
          packageId: idSchema,
          number: z.number().int(),
          shipped: z.boolean(),
          lines: z.array(z.object({ lineId: idSchema, title: z.string(), quantity: z.number().int() })),
        }),
      ),
      merged: z.object({ groupId: idSchema, orders: z.array(otherOrder) }).nullable(),
      trace: ruleTraceSchema.nullable(),
    }),
  ),
  'orders.split': command(
    'Plans a part of an order as a package of its own; the rest is the next package',
    z.strictObject({
      orderId: idSchema,
      lines: z
        .array(z.strictObject({ lineId: idSchema, quantity: z.number().int().min(1) }))
        .min(1)
        .max(1_000),
    }),
    z.object({ packageId: idSchema, commandId: idSchema }),
  ),
  'orders.unsplit': command(
    'Takes the split of an order back, as far as nothing of it has left',
    z.strictObject({ orderId: idSchema }),
    done,
  ),
  'orders.merge': command(
    'Puts orders of one buyer, address and account into one package; each is still confirmed to its channel once',
    z.strictObject({ orderIds: z.array(idSchema).min(2).max(20) }),
    z.object({ groupId: idSchema, commandId: idSchema }),
  ),
  'orders.unmerge': command(
    'Lets merged orders leave on their own again',
    z.strictObject({ groupId: idSchema }),
    done,
  ),
  'orders.shipMerged': command(
    'Ships all orders of a merged package with one tracking number, as one step',
    z.strictObject({
      groupId: idSchema,
      carrier: z.string().max(100).optional(),
      tracking: z.string().max(200).optional(),
    }),
    z.object({ commandId: idSchema, shipmentIds: z.array(idSchema) }),
  ),
} as const;
