import { z } from 'zod';

const money = z.object({ minor: z.number().int(), currency: z.string() });

/** What a market says about one listing, by kind. Money in minor units. */
export const marketFigureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('featuredOffer'),
    /** Who is in the buy box and at which price with shipping; null when nobody is. */
    price: money.nullable(),
    isMine: z.boolean().nullable(),
    lowest: money.nullable(),
    /** Prices that the channel compares with, by its own names. */
    references: z.array(z.object({ name: z.string(), price: money })),
  }),
  z.object({
    kind: z.literal('targetPrice'),
    /** The channel's own word on whether there is one. */
    status: z.string(),
    /** At this price the offer is expected to be featured. */
    price: money.nullable(),
  }),
  z.object({
    kind: z.literal('fees'),
    /** The price that the fees are estimated for. */
    at: money,
    total: money,
    parts: z.array(z.object({ type: z.string(), amount: money })),
  }),
  z.object({
    kind: z.literal('salesAndTraffic'),
    /** First and last day, as YYYY-MM-DD. */
    from: z.string(),
    to: z.string(),
    sessions: z.number().int(),
    pageViews: z.number().int(),
    /** Shares in percent. */
    buyBox: z.number(),
    unitsPerSession: z.number(),
    units: z.number().int(),
    sales: money,
  }),
]);
export type MarketFigure = z.output<typeof marketFigureSchema>;
export type MarketKind = MarketFigure['kind'];
export const MARKET_KINDS = ['featuredOffer', 'targetPrice', 'fees', 'salesAndTraffic'] as const;
