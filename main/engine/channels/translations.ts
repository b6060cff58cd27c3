import type { ChannelContext } from './contract.ts';

/** Texts of one listing in one language; null where the channel has none. */
export interface ListingTranslation {
  readonly title: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
}

/** Listings in other languages than the shop's own, for channels whose API has them. Part of the contract of connectors. */
export interface ListingTranslations {
  /** Languages that the channel takes, as short tags. */
  readonly languages: readonly string[];
  /** What the channel shows in this language; null when nobody has translated the listing. */
  read(
    context: ChannelContext,
    productExternalId: string,
    language: string,
  ): Promise<ListingTranslation | null>;
  /**
   * Looks first and writes only what differs, then reads back: what it resolves
   * with is what the channel has. Throws CHANNEL_INVALID for an unknown language
   * or refused texts, CHANNEL_GONE when there is no such listing.
   */
  write(
    context: ChannelContext,
    productExternalId: string,
    language: string,
    texts: ListingTranslation,
  ): Promise<ListingTranslation>;
}
