import { z } from 'zod';

/** Only what is used, as Admin API 2026-10 answers; everything else is kept as it came. */
const moment = z.string().transform((text, issue) => {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  issue.addIssue(`"${text}" is no time`);
  return z.NEVER;
});
const decimal = z.union([z.string(), z.number().transform(String)]);
const named = z.object({ id: z.string() });

export const pageInfoSchema = z.object({
  hasNextPage: z.boolean(),
  endCursor: z.string().nullable().catch(null),
});
export type PageInfo = z.output<typeof pageInfoSchema>;

/** A connection whose nodes are read one by one, so that one bad record spoils no page. */
export const connectionSchema = z.object({ nodes: z.array(z.unknown()), pageInfo: pageInfoSchema });
export type Connection = z.output<typeof connectionSchema>;

export const productSchema = z.object({
  id: z.string(),
  title: z.string(),
  handle: z.string(),
  descriptionHtml: z.string(),
  vendor: z.string(),
  productType: z.string(),
  tags: z.array(z.string()),
  status: z.string(),
  updatedAt: moment,
  onlineStoreUrl: z.string().nullish(),
  hasOnlyDefaultVariant: z.boolean(),
  category: z.object({ fullName: z.string() }).nullish(),
  media: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string().optional(),
          alt: z.string().nullish(),
          image: z.object({ url: z.string() }).nullish(),
        }),
      ),
    })
    .optional(),
});
export type ProductRecord = z.output<typeof productSchema>;

export const variantSchema = z.object({
  id: z.string(),
  title: z.string(),
  sku: z.string().nullish(),
  barcode: z.string().nullish(),
  price: decimal,
  compareAtPrice: decimal.nullish(),
  inventoryPolicy: z.string(),
  position: z.number().catch(0),
  updatedAt: moment,
  selectedOptions: z.array(z.object({ name: z.string(), value: z.string() })),
  inventoryItem: z.object({
    id: z.string(),
    tracked: z.boolean(),
    measurement: z.object({ weight: z.object({ unit: z.string(), value: z.number() }).nullish() }).nullish(),
    inventoryLevel: z
      .object({ quantities: z.array(z.object({ name: z.string(), quantity: z.number() })) })
      .nullish(),
  }),
});
export type VariantRecord = z.output<typeof variantSchema>;

const moneySchema = z.object({ shopMoney: z.object({ amount: decimal, currencyCode: z.string() }) });

const addressSchema = z.object({
  name: z.string().nullish(),
  company: z.string().nullish(),
  address1: z.string().nullish(),
  address2: z.string().nullish(),
  city: z.string().nullish(),
  province: z.string().nullish(),
  provinceCode: z.string().nullish(),
  zip: z.string().nullish(),
  country: z.string().nullish(),
  countryCodeV2: z.string().nullish(),
  phone: z.string().nullish(),
});
export type AddressRecord = z.output<typeof addressSchema>;

export const lineSchema = z.object({
  id: z.string(),
  title: z.string(),
  variantTitle: z.string().nullish(),
  sku: z.string().nullish(),
  quantity: z.number().int(),
  currentQuantity: z.number().int(),
  unfulfilledQuantity: z.number().int(),
  requiresShipping: z.boolean(),
  discountedUnitPriceSet: moneySchema,
  product: named.nullish(),
  variant: named.nullish(),
  image: z.object({ url: z.string() }).nullish(),
});
export type LineRecord = z.output<typeof lineSchema>;

export const orderSchema = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: moment,
  processedAt: moment,
  updatedAt: moment,
  cancelledAt: z.string().nullish(),
  displayFinancialStatus: z.string().nullish(),
  displayFulfillmentStatus: z.string(),
  requiresShipping: z.boolean(),
  currencyCode: z.string(),
  note: z.string().nullish(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  currentTotalPriceSet: moneySchema,
  shippingLine: z.object({ title: z.string() }).nullish(),
  shippingAddress: addressSchema.nullish(),
  billingAddress: addressSchema.nullish(),
});
export type OrderRecord = z.output<typeof orderSchema>;

/** Id and time of a record of which nothing else may be readable. */
export const stampSchema = z.object({ id: z.string(), updatedAt: moment });

export const userErrorSchema = z.object({
  field: z.array(z.string()).nullish(),
  message: z.string().catch(''),
  code: z.string().nullish(),
});
export type UserError = z.output<typeof userErrorSchema>;

/** What a schema did not like, in one line. */
export function explain(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'record'}: ${issue.message}`)
    .join('; ');
}
