export const PLATFORMS = ['amazon', 'shopify', 'etsy', 'woocommerce'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** `local` is the catalogue of files that were imported without a channel; it is never pushed. */
export const ACCOUNT_PLATFORMS = [...PLATFORMS, 'local'] as const;
export type AccountPlatform = (typeof ACCOUNT_PLATFORMS)[number];
