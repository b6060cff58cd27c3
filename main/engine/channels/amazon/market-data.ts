import { MARKET_KINDS } from '#shared/domain/market-figures.ts';
import type { ChannelContext } from '../contract.ts';
import type { MarketData } from '../market-data.ts';
import { hasColumn } from './attribute-fields.ts';
import type { AmazonClient } from './client.ts';
import { MOST_A_CALL, readFigures } from './market-figures.ts';
import { sellerOf } from './marketplaces.ts';
import { readRules } from './product-rules.ts';
import { itemSchema } from './records.ts';

export function marketData(open: (context: ChannelContext) => AmazonClient): MarketData {
  return {
    kinds: MARKET_KINDS,
    most: MOST_A_CALL,
    readFigures: async (context, kind, refs) => readFigures(open(context), kind, refs),
    attributesOf: (raw) => {
      const parsed = itemSchema.safeParse(JSON.parse(raw));
      return parsed.success ? parsed.data.attributes : {};
    },
    hasColumn,
    entryScope: (context) => {
      const { marketplaceId, marketplace } = sellerOf(context);
      return {
        marketplace_id: marketplaceId,
        ...(marketplace ? { language_tag: marketplace.language } : {}),
      };
    },
    marketOf: (context) => sellerOf(context).marketplaceId,
    readRules: async (context, productType, knownChecksum) =>
      readRules(open(context), productType, knownChecksum),
  };
}
