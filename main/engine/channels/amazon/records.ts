import { z } from 'zod';

/** Only what is used, as Amazon's models describe it; everything else is kept as it came. */
export const moment = z.string().transform((text, issue) => {
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  issue.addIssue(`"${text}" is no time`);
  return z.NEVER;
});

export const errorListSchema = z.object({
  errors: z.array(
    z.object({ code: z.string(), message: z.string().catch(''), details: z.string().catch('') }),
  ),
});

const money = z.object({
  amount: z.union([z.string(), z.number().transform(String)]),
  currencyCode: z.string(),
});

/** One value of an attribute; what is in it depends on the product type. */
export type Entry = Readonly<Record<string, unknown>>;
export type Attributes = Readonly<Record<string, readonly Entry[]>>;

const entries = z.array(z.record(z.string(), z.unknown())).catch([]);

export const issueSchema = z.object({
  code: z.string(),
  message: z.string().catch(''),
  severity: z.string(),
  attributeNames: z.array(z.string()).catch([]).default([]),
});
export type Issue = z.output<typeof issueSchema>;

export const itemSchema = z.object({
  sku: z.string().min(1),
  summaries: z
    .array(
      z.object({
        marketplaceId: z.string(),
        asin: z.string().optional(),
        productType: z.string().optional(),
        status: z.array(z.string()).catch([]),
        itemName: z.string().optional(),
        lastUpdatedDate: moment,
        mainImage: z.object({ link: z.string() }).optional(),
      }),
    )
    .default([]),
  attributes: z.record(z.string(), entries).default({}),
  offers: z.array(z.object({ marketplaceId: z.string(), offerType: z.string(), price: money })).default([]),
  fulfillmentAvailability: z
    .array(z.object({ fulfillmentChannelCode: z.string(), quantity: z.number().int().optional() }))
    .default([]),
  relationships: z
    .array(
      z.object({
        marketplaceId: z.string(),
        relationships: z.array(
          z.object({
            type: z.string(),
            childSkus: z.array(z.string()).default([]),
            variationTheme: z.object({ attributes: z.array(z.string()) }).optional(),
          }),
        ),
      }),
    )
    .default([]),
  productTypes: z.array(z.object({ marketplaceId: z.string(), productType: z.string() })).default([]),
  issues: z.array(issueSchema).catch([]).default([]),
});
export type ItemRecord = z.output<typeof itemSchema>;

/** A SKU of which nothing else may be readable. */
export const skuSchema = z.object({ sku: z.string().min(1) });

/** Items are read one by one, so that one bad record spoils no page. */
export const searchSchema = z.object({
  numberOfResults: z.number().int(),
  pagination: z.object({ nextToken: z.string().optional() }).optional(),
  items: z.array(z.unknown()),
});

export const submissionSchema = z.object({
  sku: z.string(),
  status: z.string(),
  submissionId: z.string().catch(''),
  issues: z.array(issueSchema).default([]),
});

const addressSchema = z.object({
  name: z.string().default(''),
  companyName: z.string().default(''),
  addressLine1: z.string().default(''),
  addressLine2: z.string().default(''),
  addressLine3: z.string().default(''),
  city: z.string().default(''),
  districtOrCounty: z.string().default(''),
  stateOrRegion: z.string().default(''),
  postalCode: z.string().default(''),
  countryCode: z.string().default(''),
  phone: z.string().default(''),
});

export const orderItemSchema = z.object({
  orderItemId: z.string(),
  quantityOrdered: z.number().int(),
  product: z.object({
    asin: z.string().optional(),
    title: z.string().default(''),
    sellerSku: z.string().optional(),
    price: z.object({ unitPrice: money.optional() }).optional(),
  }),
  proceeds: z.object({ proceedsTotal: money.optional() }).optional(),
  fulfillment: z
    .object({
      quantityFulfilled: z.number().int().optional(),
      quantityUnfulfilled: z.number().int().optional(),
      packing: z
        .object({ giftOption: z.object({ giftMessage: z.string().default('') }).optional() })
        .optional(),
    })
    .optional(),
});
export type OrderItemRecord = z.output<typeof orderItemSchema>;

const packageSchema = z.object({
  packageReferenceId: z.string(),
  packageStatus: z.object({ status: z.string() }).optional(),
  carrier: z.string().default(''),
  trackingNumber: z.string().default(''),
  packageItems: z.array(z.object({ orderItemId: z.string(), quantity: z.number().int() })).default([]),
});
export type PackageRecord = z.output<typeof packageSchema>;

export const orderSchema = z.object({
  orderId: z.string().min(1),
  createdTime: moment,
  lastUpdatedTime: moment,
  salesChannel: z.object({ marketplaceId: z.string().optional() }),
  buyer: z.object({ buyerName: z.string().default(''), buyerEmail: z.string().default('') }).optional(),
  recipient: z
    .object({
      deliveryAddress: addressSchema.optional(),
      deliveryPreference: z
        .object({ dropOffLocation: z.string().default(''), addressInstruction: z.string().default('') })
        .optional(),
    })
    .optional(),
  proceeds: z.object({ grandTotal: money.optional() }).optional(),
  fulfillment: z
    .object({
      fulfillmentStatus: z.string(),
      fulfilledBy: z.string().default('MERCHANT'),
      fulfillmentServiceLevel: z.string().default(''),
    })
    .optional(),
  orderItems: z.array(orderItemSchema),
  packages: z.array(packageSchema).default([]),
});
export type OrderRecord = z.output<typeof orderSchema>;

export const searchOrdersSchema = z.object({
  orders: z.array(z.unknown()),
  pagination: z.object({ nextToken: z.string().optional() }).optional(),
  lastUpdatedBefore: moment.optional(),
});

export const getOrderSchema = z.object({ order: orderSchema });

export const participationsSchema = z.object({
  payload: z.array(
    z.object({
      marketplace: z.object({ id: z.string(), name: z.string(), defaultCurrencyCode: z.string() }),
      participation: z.object({ isParticipating: z.boolean(), hasSuspendedListings: z.boolean() }),
    }),
  ),
});

export const reportSchema = z.object({
  reportId: z.string(),
  processingStatus: z.string(),
  reportDocumentId: z.string().optional(),
});

export const feedSchema = z.object({
  feedId: z.string().min(1),
  processingStatus: z.string(),
  resultFeedDocumentId: z.string().optional(),
});

export const feedsSchema = z.object({
  feeds: z.array(z.object({ feedId: z.string().min(1), createdTime: moment })),
  nextToken: z.string().optional(),
});

/** The result of a feed of listings. Issues without a message concern the feed as a whole. */
export const feedReportSchema = z.object({
  issues: z.array(
    z.object({
      messageId: z.number().int().optional(),
      code: z.string().default(''),
      severity: z.string(),
      message: z.string(),
      attributeName: z.string().optional(),
    }),
  ),
  summary: z.object({ messagesProcessed: z.number().int(), messagesInvalid: z.number().int() }),
});

export const reportDocumentSchema = z.object({
  url: z.string(),
  compressionAlgorithm: z.string().optional(),
});

/** What a schema did not like, in one line. */
export function explain(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'record'}: ${issue.message}`)
    .join('; ');
}
