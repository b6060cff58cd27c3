/**
 * Shopify keeps what a customer pays in `price` and, while something is on
 * sale, the former price in `compareAtPrice`. Here `price` is the regular price
 * and `salePrice` what is paid during a sale, on every channel alike:
 *
 * | Shopify                              | here                              |
 * |--------------------------------------|-----------------------------------|
 * | price 20, compareAtPrice none        | price 20, salePrice none          |
 * | price 15, compareAtPrice 20          | price 20, salePrice 15            |
 * | price 20, compareAtPrice 20 or less  | price 20, salePrice none          |
 *
 * The last line is no sale for a customer either: the shop shows a crossed-out
 * price only when it is higher. Both halves are always written together, so a
 * forgotten low `compareAtPrice` never turns a raised or lowered price into a
 * sale. All amounts in minor units.
 */
export interface PricePair {
  readonly price: number | null;
  readonly salePrice: number | null;
}

export interface ShopPrices {
  readonly price: number;
  readonly compareAtPrice: number | null;
}

export function pairOf({ price, compareAtPrice }: ShopPrices): PricePair {
  if (compareAtPrice !== null && compareAtPrice > price) return { price: compareAtPrice, salePrice: price };
  return { price, salePrice: null };
}

export type WrittenPrices =
  | { readonly ok: true; readonly prices: ShopPrices }
  | { readonly ok: false; readonly field: 'price' | 'salePrice'; readonly message: string };

export function shopPricesOf({ price, salePrice }: PricePair): WrittenPrices {
  if (price === null) {
    return { ok: false, field: 'price', message: 'Shopify keeps no product without a price' };
  }
  if (salePrice === null) return { ok: true, prices: { price, compareAtPrice: null } };
  if (salePrice >= price) {
    return { ok: false, field: 'salePrice', message: 'The sale price has to be below the price' };
  }
  return { ok: true, prices: { price: salePrice, compareAtPrice: price } };
}
