import type { ChannelContext, FieldValues } from './contract.ts';

/** A product to be made on a channel; a simple one has one variant without options. */
export interface NewProduct {
  /** Unguessable and the same on every try: how the connector finds what an earlier try made. */
  readonly key: string;
  readonly kind: 'simple' | 'variable';
  readonly currency: string;
  /** Product fields that the channel has. */
  readonly fields: FieldValues;
  readonly variants: readonly {
    readonly fields: FieldValues;
    readonly options: readonly { readonly name: string; readonly value: string }[];
  }[];
}

export interface MadeProduct {
  readonly externalId: string;
  readonly url: string | null;
  /** In the order of the variants asked for; null for a simple product. */
  readonly variants: readonly (string | null)[];
  /** It was there already, by its key or by a SKU. */
  readonly found: boolean;
}

/** Making products on a channel. Part of the contract of connectors. */
export interface ListingCreation {
  /**
   * Exactly once: looks for the key and the SKUs first and makes only what is
   * missing, so that a call after a crash or a time-out makes nothing twice.
   * Throws CHANNEL_* ; CHANNEL_CONFLICT when a SKU belongs to another product.
   */
  create(context: ChannelContext, product: NewProduct): Promise<MadeProduct>;
  /** Removes products for good; one that is gone already counts as removed. Gives the ids that are gone now. */
  remove(context: ChannelContext, externalIds: readonly string[]): Promise<string[]>;
}
