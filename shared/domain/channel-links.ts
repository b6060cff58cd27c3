import type { AccountPlatform } from './platforms.ts';

/** What a link of a channel leads to. */
export type LinkTarget =
  | 'orders'
  | 'order'
  | 'listings'
  | 'download'
  | 'ads'
  | 'discounts'
  | 'messages'
  | 'statistics';

export interface ChannelLink {
  readonly target: LinkTarget;
  /** `{base}` is the shop's address or the seller's site, `{order}` the order's id there. */
  readonly url: string;
  /** Everything behind it has no API: it is done there and nowhere else. */
  readonly onlyThere: boolean;
}

const link = (target: LinkTarget, url: string, onlyThere = false): ChannelLink => ({
  target,
  url,
  onlyThere,
});

/** Where a person does what no API can do, one list a platform. Data: sites move their pages now and then. */
const LINKS: Readonly<Partial<Record<AccountPlatform, readonly ChannelLink[]>>> = {
  etsy: [
    link('orders', '{base}/your/orders/sold'),
    link('order', '{base}/your/orders/sold?order_id={order}', true),
    link('listings', '{base}/your/shops/me/tools/listings'),
    link('download', '{base}/your/shops/me/download'),
    link('ads', '{base}/your/shops/me/advertising', true),
    link('discounts', '{base}/your/shops/me/sales-discounts', true),
    link('messages', '{base}/messages', true),
    link('statistics', '{base}/your/shops/me/stats', true),
  ],
  shopify: [
    link('orders', '{base}/admin/orders'),
    link('order', '{base}/admin/orders/{order}'),
    link('listings', '{base}/admin/products'),
    link('discounts', '{base}/admin/discounts'),
    link('statistics', '{base}/admin/analytics'),
  ],
  woocommerce: [
    link('orders', '{base}/wp-admin/edit.php?post_type=shop_order'),
    link('order', '{base}/wp-admin/post.php?post={order}&action=edit'),
    link('listings', '{base}/wp-admin/edit.php?post_type=product'),
    link('discounts', '{base}/wp-admin/edit.php?post_type=shop_coupon'),
  ],
  amazon: [
    link('orders', '{base}/orders-v3'),
    link('order', '{base}/orders-v3/order/{order}', true),
    link('listings', '{base}/myinventory'),
    link('messages', '{base}/messaging/inbox', true),
  ],
};

/** Sites for sellers by the API's host. */
const SELLER_SITES: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)etsy\.com$/, 'https://www.etsy.com'],
  [/^sellingpartnerapi-eu\./, 'https://sellercentral-europe.amazon.com'],
  [/^sellingpartnerapi-na\./, 'https://sellercentral.amazon.com'],
  [/^sellingpartnerapi-fe\./, 'https://sellercentral.amazon.co.jp'],
];

export interface OpenLink {
  readonly target: LinkTarget;
  readonly url: string;
  readonly onlyThere: boolean;
}

/**
 * Links of an account, or those of one of its orders. None for a simulated
 * shop and for addresses without https: nobody is there to be visited.
 */
export function channelLinks(
  platform: AccountPlatform,
  baseUrl: string,
  orderExternalId: string | null = null,
): OpenLink[] {
  const base = siteOf(platform, baseUrl);
  if (base === null) return [];
  return (LINKS[platform] ?? []).flatMap(({ target, url, onlyThere }) => {
    if ((target === 'order') !== (orderExternalId !== null)) return [];
    const filled = url.replace('{base}', base).replace('{order}', encodeURIComponent(orderExternalId ?? ''));
    return [{ target, url: filled, onlyThere }];
  });
}

function siteOf(platform: AccountPlatform, baseUrl: string): string | null {
  const [, host, path = ''] = /^https:\/\/([a-z0-9.-]+(?::\d+)?)(\/[^?#]*)?/i.exec(baseUrl) ?? [];
  if (host === undefined) return null;
  const known = SELLER_SITES.find(([pattern]) => pattern.test(host.toLowerCase()));
  if (known) return known[1];
  if (platform === 'etsy' || platform === 'amazon') return null;
  return `https://${host.toLowerCase()}${path.replace(/\/+$/, '')}`;
}
