import { z } from 'zod';

/**
 * The parts of Etsy's records that are used. Etsy adds and drops fields without
 * a new version, so everything that is not needed to tell records apart may be
 * missing; the whole record is kept beside these in `raw`.
 */
export const idSchema = z
  .union([z.number().int().positive(), z.string().regex(/^\d+$/)])
  .transform((value) => String(value));
const seconds = z.number().int().nonnegative();
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? []);

export const moneySchema = z.object({
  amount: z.number().int(),
  divisor: z.number().int().positive(),
  currency_code: z.string().regex(/^[A-Z]{3}$/),
});
export type MoneyRecord = z.output<typeof moneySchema>;

export const propertyValueSchema = z.looseObject({
  property_id: z.number().int(),
  property_name: z.string().nullish(),
  scale_id: z.number().int().nullish(),
  value_ids: z.array(z.number().int()).catch([]),
  values: z.array(z.string()),
});
export type PropertyValue = z.output<typeof propertyValueSchema>;

export const offeringSchema = z.looseObject({
  quantity: z.number().int(),
  is_enabled: z.boolean(),
  is_deleted: z.boolean().catch(false),
  price: moneySchema,
  readiness_state_id: z.number().int().nullish(),
});
export type OfferingRecord = z.output<typeof offeringSchema>;

export const inventoryProductSchema = z.looseObject({
  product_id: z.number().int(),
  sku: text,
  is_deleted: z.boolean().catch(false),
  offerings: z.array(offeringSchema),
  property_values: z.array(propertyValueSchema).catch([]),
});
export type InventoryProduct = z.output<typeof inventoryProductSchema>;

const propertyIds = z
  .array(z.number().int())
  .nullish()
  .transform((value) => value ?? []);

export const inventorySchema = z.looseObject({
  products: z.array(inventoryProductSchema),
  price_on_property: propertyIds,
  quantity_on_property: propertyIds,
  sku_on_property: propertyIds,
  readiness_state_on_property: propertyIds,
});
export type InventoryRecord = z.output<typeof inventorySchema>;

const imageSchema = z.object({
  listing_image_id: idSchema,
  rank: z.number().catch(0),
  url_fullxfull: z.string(),
  alt_text: text,
});

export const imagesSchema = z.object({ results: z.array(imageSchema) });

export const listingSchema = z.looseObject({
  listing_id: idSchema,
  title: z.string(),
  description: text,
  state: z.string(),
  updated_timestamp: seconds,
  quantity: z.number().catch(0),
  url: text,
  tags: texts,
  materials: texts,
  item_weight: z.number().nullish(),
  item_weight_unit: z.string().nullish(),
  images: z.array(imageSchema).nullish().catch(null),
});
export type ListingRecord = z.output<typeof listingSchema>;

/** As much of a listing as tells whether it has to be read. */
export const headSchema = z.looseObject({
  listing_id: idSchema,
  state: z.string(),
  updated_timestamp: seconds,
  quantity: z.number().nullish(),
  price: moneySchema.nullish().catch(null),
});

export const listSchema = z.object({ count: z.number().int().nonnegative(), results: z.array(z.unknown()) });

export const shipmentSchema = z.object({
  tracking_code: text,
  carrier_name: text,
  receipt_shipping_id: idSchema.nullish().catch(null),
});

const variationSchema = z.object({ formatted_name: text, formatted_value: text });

export const transactionSchema = z.looseObject({
  transaction_id: idSchema,
  title: text,
  quantity: z.number().int().nonnegative(),
  is_digital: z.boolean().catch(false),
  listing_id: z.number().int().nullish(),
  sku: text,
  price: moneySchema,
  shipping_method: text,
  variations: z.array(variationSchema).nullish().catch(null),
  product_data: z.array(propertyValueSchema).nullish().catch(null),
});
export type TransactionRecord = z.output<typeof transactionSchema>;

export const receiptSchema = z.looseObject({
  receipt_id: idSchema,
  status: z.string(),
  is_paid: z.boolean(),
  is_shipped: z.boolean(),
  name: text,
  first_line: text,
  second_line: text,
  city: text,
  state: text,
  zip: text,
  country_iso: text,
  buyer_email: text,
  message_from_buyer: text,
  gift_message: text,
  created_timestamp: seconds,
  updated_timestamp: seconds,
  grandtotal: moneySchema,
  shipments: z.array(shipmentSchema).nullish().catch(null),
  transactions: z.array(z.unknown()),
});
export type ReceiptRecord = z.output<typeof receiptSchema>;

export const shopSchema = z.looseObject({
  shop_id: idSchema,
  shop_name: text,
  currency_code: z.string(),
  is_vacation: z.boolean().catch(false),
});

export const meSchema = z.looseObject({ user_id: idSchema, shop_id: idSchema.nullish() });

/** The first thing that is wrong, with where. */
export function explain(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? `${issue.path.map(String).join('.') || 'record'}: ${issue.message}` : 'unreadable';
}
