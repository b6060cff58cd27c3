import { fieldAccess, statusesOf } from '#shared/domain/channel-fields.ts';
import { listingField, LISTING_FIELDS, type ListingField } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { NewProduct } from '../channels/creation.ts';
import type { FieldValues } from '../channels/contract.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { readProducts, type ExportProduct } from '../jobs/export/export-product.ts';
import { requireAccount, type AccountRow } from '../sync/accounts.ts';

export interface Move {
  readonly source: AccountRow;
  readonly target: AccountRow;
}

export interface Transfer {
  readonly rid: number;
  readonly source_product_rid: number;
  readonly target_external_id: string;
  readonly target_url: string | null;
  /** JSON: source listing id -> id of the variant in the target, null for a simple product. */
  readonly variants: string;
  readonly created: number;
}

const ridsOf = sql<{ account: number }, { rid: number }>(
  `SELECT l.rid FROM listing l WHERE l.account_rid = :account AND l.removed_at_ms IS NULL
   ORDER BY l.product_rid, l.position, l.rid`,
);
const transfersOf = sql<{ source: number; target: number }, Transfer>(
  `SELECT t.rid, t.source_product_rid, t.target_external_id, t.target_url, t.variants, t.created
   FROM product_transfer t JOIN product p ON p.rid = t.source_product_rid
   WHERE p.account_rid = :source AND t.target_account_rid = :target AND t.removed_at_ms IS NULL ORDER BY t.rid`,
);

export function requireMove(
  db: Database,
  input: { readonly sourceAccountId: string; readonly targetAccountId: string },
): Move {
  if (input.sourceAccountId === input.targetAccountId)
    throw new CodedError('BAD_INPUT', 'Source and target are one account; choose another target', {
      accountId: input.targetAccountId,
    });
  return {
    source: requireAccount(db, input.sourceAccountId),
    target: requireAccount(db, input.targetAccountId),
  };
}

export function productsOf(db: Database, account: AccountRow): ExportProduct[] {
  const rids = db.all(ridsOf, { account: account.rid }).map(({ rid }) => rid);
  const products: ExportProduct[] = [];
  for (let from = 0; from < rids.length; from += 5_000)
    products.push(...readProducts(db, rids.slice(from, from + 5_000)));
  return products;
}

export function transfers(db: Database, { source, target }: Move): Transfer[] {
  return db.all(transfersOf, { source: source.rid, target: target.rid });
}

/** What of a field the target can take; null when it has no place for it. */
function taken(target: AccountRow, field: ListingField, value: FieldValues[ListingField['name']]): boolean {
  if (value === null || value === undefined || value === '' || value === '[]') return false;
  // A SKU can be given to a new product also where it cannot be changed later.
  return field.name === 'sku' || fieldAccess(target.platform, field.name) === 'write';
}

/** A product as the target would get it. */
export function toNewProduct(product: ExportProduct, move: Move, status: 'draft' | 'same'): NewProduct {
  const { target } = move;
  const pick = (fields: ExportProduct['fields'], entity: ListingField['entity']): FieldValues =>
    Object.fromEntries(
      LISTING_FIELDS.filter(
        (field) => field.entity === entity && taken(target, field, fields[field.name]),
      ).map(({ name }) => [name, name === 'images' ? withoutIds(fields[name]) : (fields[name] ?? null)]),
    );
  const fields = pick(product.fields, 'product');
  const statuses = statusesOf(target.platform);
  if (status === 'draft' || !statuses.includes(String(fields.status)))
    fields.status = statuses.includes('draft') ? 'draft' : (statuses[0] ?? null);
  const sameCurrency =
    move.source.currency === null || target.currency === null || move.source.currency === target.currency;
  const simple = product.listings.length === 1 && product.listings[0]?.options.length === 0;
  return {
    key: `move-${product.id.replaceAll('-', '').slice(-20)}`,
    kind: simple ? 'simple' : 'variable',
    currency: target.currency ?? product.currency,
    fields,
    variants: product.listings.map((listing) => {
      const values = pick(listing.fields, 'listing');
      // A price is never taken over into another currency as it stands.
      if (!sameCurrency) {
        delete values.price;
        delete values.salePrice;
      }
      if (values.manageStock === 0) delete values.quantity;
      return {
        fields: values,
        options:
          listing.options.length > 0 || simple
            ? listing.options
            : [{ name: 'Variant', value: listing.variant }],
      };
    }),
  };
}

/** Ids of images belong to the shop that they come from; the target fetches the address. */
function withoutIds(images: unknown): string | null {
  if (typeof images !== 'string') return null;
  const list = JSON.parse(images) as { src: string; alt: string }[];
  return JSON.stringify(list.map(({ src, alt }) => ({ src, alt })));
}

export function isFilled(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== '[]';
}

export function fieldOf(name: string): ListingField | undefined {
  return listingField(name);
}
