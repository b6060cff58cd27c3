import { v7 } from 'uuid';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Engine } from '../engine.ts';

/** SKU, price in minor units and stock of one variant. */
export type SeededVariant = readonly [sku: string, price: number, quantity: number];

export interface SeededShop {
  readonly rid: number;
  readonly accountId: string;
}

/** Puts a shop with products and their variants straight into the tables, for tests below the sync engine. */
export function seedVariants(
  engine: Engine,
  name: string,
  products: readonly (readonly [title: string, variants: readonly SeededVariant[]])[],
  { platform = 'woocommerce', currency = 'EUR' }: { platform?: AccountPlatform; currency?: string } = {},
): SeededShop {
  const { db } = engine;
  return db.transaction(() => {
    const accountId = v7();
    const { rid: account } = db.runComposed(
      `INSERT INTO account (id, platform, name, base_url, currency, created_at_ms)
       VALUES (:id, :platform, :name, 'https://shop.example', :currency, 0)`,
      { id: accountId, platform, name, currency },
    );
    products.forEach(([title, variants], index) => {
      const { rid: product } = db.runComposed(
        `INSERT INTO product (id, account_rid, external_id, kind, title, status)
         VALUES (:id, :account, :external, :kind, :title, 'publish')`,
        {
          id: v7(),
          account,
          external: String(index + 1),
          kind: variants.length > 1 ? 'variable' : 'simple',
          title,
        },
      );
      variants.forEach(([sku, price, quantity], position) => {
        db.runComposed(
          `INSERT INTO listing (id, account_rid, product_rid, external_id, variant, position, sku, price_minor, quantity, manage_stock, updated_at_ms)
           VALUES (:id, :account, :product, :external, :variant, :position, :sku, :price, :quantity, 1, 0)`,
          {
            id: v7(),
            account,
            product,
            external: variants.length > 1 ? `${index + 1}-${position}` : null,
            variant: variants.length > 1 ? sku : '',
            position,
            sku,
            price,
            quantity,
          },
        );
      });
    });
    return { rid: account, accountId };
  });
}
