import { v7 } from 'uuid';
import type { Engine } from '../engine.ts';

export interface SeededListing {
  readonly rid: number;
  readonly listingId: string;
  readonly sku: string;
}

/** Puts an account with `count` simple listings straight into the tables, for tests below the sync engine. */
export function seedListings(
  engine: Engine,
  count: number,
  options: { currency?: string } = {},
): SeededListing[] {
  const { db } = engine;
  return db.transaction(() => {
    const account = db.runComposed(
      `INSERT INTO account (id, platform, name, base_url, currency, created_at_ms)
       VALUES (:id, 'woocommerce', 'Test shop', 'https://shop.example', :currency, 0)`,
      { id: v7(), currency: options.currency ?? 'EUR' },
    ).rid;
    return Array.from({ length: count }, (_, index) => {
      const product = db.runComposed(
        `INSERT INTO product (id, account_rid, external_id, kind, title, status)
         VALUES (:id, :account, :external, 'simple', :title, 'publish')`,
        { id: v7(), account, external: String(index + 1), title: `Product ${index}` },
      ).rid;
      const listingId = v7();
      const sku = `SKU-${String(index).padStart(5, '0')}`;
      const rid = db.runComposed(
        `INSERT INTO listing (id, account_rid, product_rid, sku, price_minor, quantity, manage_stock, updated_at_ms)
         VALUES (:id, :account, :product, :sku, :price, :quantity, 1, 0)`,
        { id: listingId, account, product, sku, price: 1_000 + index, quantity: index % 7 },
      ).rid;
      return { rid, listingId, sku };
    });
  });
}
