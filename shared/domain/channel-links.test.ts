import { describe, expect, it } from 'vitest';
import { channelLinks } from './channel-links.ts';

const targets = (links: ReturnType<typeof channelLinks>): string[] => links.map(({ target }) => target);

describe('links into a shop', () => {
  it('lead to what has no API', () => {
    const only = channelLinks('etsy', 'https://api.etsy.com').filter(({ onlyThere }) => onlyThere);
    expect(targets(only)).toEqual(['ads', 'discounts', 'messages', 'statistics']);
    expect(only[0]?.url).toBe('https://www.etsy.com/your/shops/me/advertising');
    expect(channelLinks('etsy', 'https://www.etsy.com/shop/Clay')).toEqual(
      channelLinks('etsy', 'https://api.etsy.com'),
    );
  });

  it('lead to one order, whose number cannot break out of its place', () => {
    expect(channelLinks('shopify', 'https://quay.myshopify.com', '42')).toEqual([
      { target: 'order', url: 'https://quay.myshopify.com/admin/orders/42', onlyThere: false },
    ]);
    expect(channelLinks('woocommerce', 'https://shop.example/sub/', '7&x=/..')[0]?.url).toBe(
      'https://shop.example/sub/wp-admin/post.php?post=7%26x%3D%2F..&action=edit',
    );
    expect(channelLinks('amazon', 'https://sellingpartnerapi-eu.amazon.com', '1-2')[0]?.url).toBe(
      'https://sellercentral-europe.amazon.com/orders-v3/order/1-2',
    );
  });

  it('are none where nobody is at home', () => {
    expect(channelLinks('shopify', 'http://127.0.0.1:4000')).toEqual([]);
    expect(channelLinks('etsy', 'https://proxy.example')).toEqual([]);
    expect(channelLinks('local', 'https://shop.example')).toEqual([]);
  });
});
