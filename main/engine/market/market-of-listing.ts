import { parseAttributes, type TypeAttributes } from '#shared/domain/type-attributes.ts';
import type { MarketData } from '../channels/market-data.ts';
import type { Engine } from '../engine.ts';
import { requireAccount, storedContext } from '../sync/accounts.ts';
import { marketDataOf } from './read-market.ts';
import { requireMarketListing, storedRules, type MarketListing, type StoredRules } from './stored.ts';
import { openTypeRules, type TypeRules } from './type-rules.ts';

/** A listing with its channel's stored rules and its attributes as they are here, edits included. */
export interface ListingMarket {
  readonly listing: MarketListing;
  readonly productType: string | null;
  /** null: the channel has no attributes. */
  readonly market: MarketData | null;
  readonly scope: Readonly<Record<string, string>>;
  readonly definition: StoredRules | null;
  readonly rules: TypeRules | null;
  readonly own: TypeAttributes;
  /** Whether the attributes were read into their field since it exists. */
  readonly stored: boolean;
}

/** Reads what is stored alone: it works offline. */
export async function marketOfListing(engine: Engine, listingId: string): Promise<ListingMarket> {
  const account = requireAccount(engine.db, requireMarketListing(engine.db, listingId).account);
  const market = marketDataOf(engine, account);
  const context = market === null ? null : await storedContext(engine, account);
  // Read after the wait, so that whoever goes on without another one sees no older row.
  const listing = requireMarketListing(engine.db, listingId);
  const productType = listing.product_type;
  const none = { scope: {}, definition: null, rules: null, own: {}, stored: false };
  if (market === null || context === null) return { listing, productType, market, ...none };
  const key = { platform: account.platform, marketplace: market.marketOf(context), type: productType ?? '' };
  const definition = productType === null ? null : storedRules(engine.db, key);
  const raw = market.attributesOf(listing.raw);
  const withoutColumn = Object.keys(raw).some((name) => !market.hasColumn(name));
  // Rows of an older program have the record of the channel alone.
  const stored = listing.type_attributes !== null || listing.attributes_edited === 1 || !withoutColumn;
  const columns = Object.fromEntries(Object.entries(raw).filter(([name]) => market.hasColumn(name)));
  const edited = listing.type_attributes === null ? {} : (parseAttributes(listing.type_attributes) ?? {});
  return {
    listing,
    productType,
    market,
    scope: market.entryScope(context),
    definition,
    rules:
      definition === null ? null : rulesFor(`${definition.checksum} ${productType}`, definition.document),
    own: stored ? { ...columns, ...edited } : raw,
    stored,
  };
}

const opened = new Map<string, TypeRules>();
const MOST_OPENED = 20;

/** Compiling rules takes a moment, so the last ones are kept. */
function rulesFor(key: string, document: string): TypeRules {
  const known = opened.get(key);
  if (known) return known;
  const rules = openTypeRules(document);
  opened.set(key, rules);
  const [oldest] = opened.keys();
  if (opened.size > MOST_OPENED && oldest !== undefined) opened.delete(oldest);
  return rules;
}
