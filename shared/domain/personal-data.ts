import type { AccountPlatform } from './platforms.ts';

/**
 * How many days after an order is closed a channel lets its buyer's data be
 * kept, beside what tax law asks for; null = the channel names no number.
 * Amazon counts from delivery; no channel tells the delivery of every order,
 * so days are counted from shipping, which is never later.
 */
export const CHANNEL_RETENTION_DAYS: Readonly<Record<AccountPlatform, number | null>> = {
  amazon: 30,
  shopify: null,
  etsy: null,
  woocommerce: null,
  local: null,
};

export const MAX_RETENTION_DAYS = 36_500;
