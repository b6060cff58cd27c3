import { z } from 'zod';

/** Only what is used of prices, fees and reports. */
const money = z.object({ amount: z.number(), currencyCode: z.string() });
const feeMoney = z.object({ Amount: z.number(), CurrencyCode: z.string() });
const status = z.object({ statusCode: z.number().int() });

const offer = z.object({
  sellerId: z.string(),
  listingPrice: money,
  shippingOptions: z.array(z.object({ price: money })).default([]),
});
export type OfferRecord = z.output<typeof offer>;

export const competitiveSummarySchema = z.object({
  responses: z.array(
    z.object({
      status,
      body: z.object({
        asin: z.string(),
        featuredBuyingOptions: z.array(z.object({ segmentedFeaturedOffers: z.array(offer) })).default([]),
        lowestPricedOffers: z.array(z.object({ offers: z.array(offer) })).default([]),
        referencePrices: z.array(z.object({ name: z.string(), price: money })).default([]),
      }),
    }),
  ),
});

export const expectedPriceSchema = z.object({
  responses: z.array(
    z.object({
      request: z.object({ sku: z.string() }).optional(),
      status,
      body: z
        .object({
          offerIdentifier: z.object({ sku: z.string().optional() }).optional(),
          featuredOfferExpectedPriceResults: z
            .array(
              z.object({
                resultStatus: z.string(),
                featuredOfferExpectedPrice: z.object({ listingPrice: money }).optional(),
              }),
            )
            .default([]),
        })
        .optional(),
    }),
  ),
});

export const feesSchema = z.array(
  z.object({
    Status: z.string().default(''),
    FeesEstimateIdentifier: z.object({ SellerInputIdentifier: z.string().default('') }).optional(),
    FeesEstimate: z
      .object({
        TotalFeesEstimate: feeMoney.optional(),
        FeeDetailList: z.array(z.object({ FeeType: z.string(), FinalFee: feeMoney })).default([]),
      })
      .optional(),
  }),
);

export const salesAndTrafficSchema = z.object({
  reportSpecification: z.object({ dataStartTime: z.string(), dataEndTime: z.string() }),
  salesAndTrafficByAsin: z.array(
    z.object({
      sku: z.string().optional(),
      salesByAsin: z.object({ unitsOrdered: z.number().int(), orderedProductSales: money }),
      trafficByAsin: z.object({
        sessions: z.number().int(),
        pageViews: z.number().int(),
        buyBoxPercentage: z.number(),
        unitSessionPercentage: z.number(),
      }),
    }),
  ),
});
export type SalesAndTraffic = z.output<typeof salesAndTrafficSchema>;
