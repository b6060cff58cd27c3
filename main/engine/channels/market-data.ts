import type { MarketFigure, MarketKind } from '#shared/domain/market-figures.ts';
import type { ChannelContext, ListingRef } from './contract.ts';

/** What a channel says about its market and its rules, beside the listings themselves. Reads only. */
export interface MarketData {
  readonly kinds: readonly MarketKind[];
  /** Listings of one call at most, by kind. */
  readonly most: Readonly<Record<MarketKind, number>>;
  /** The newest figures; listings that the channel says nothing about are absent. */
  readFigures(
    context: ChannelContext,
    kind: MarketKind,
    refs: readonly ListingRef[],
  ): Promise<readonly ListingFigure[]>;
  /** The channel's own attributes of a stored record, by name. */
  attributesOf(raw: string): Readonly<Record<string, readonly unknown[]>>;
  /** Whether a column of its own stands for an attribute; all others are in the field `typeAttributes`. */
  hasColumn(name: string): boolean;
  /** What a new entry of an attribute holds for in this account, by key; keys that the rules do not have are left out. */
  entryScope(context: ChannelContext): Readonly<Record<string, string>>;
  /** Which market the rules of this account are for: they are shared by all accounts in it. */
  marketOf(context: ChannelContext): string;
  /** The rules of a product type; null when the stored ones, named by their checksum, still hold. */
  readRules(
    context: ChannelContext,
    productType: string,
    knownChecksum: string | null,
  ): Promise<ProductTypeRules | null>;
}

export interface ListingFigure {
  readonly ref: ListingRef;
  readonly figure: MarketFigure;
  /** The moment that it is about, epoch ms. */
  readonly asOfMs: number;
  /** The channel's own name of where it comes from. */
  readonly source: string;
}

export interface ProductTypeRules {
  readonly version: string;
  readonly checksum: string;
  /** JSON of shared/domain/product-type-rules.ts. */
  readonly document: string;
}
