import type { StoredValue } from '#shared/domain/listing-fields.ts';
import {
  CELL_LINKS,
  MASTER_FIELDS,
  type CellLink,
  type MasterField,
  type MasterFieldName,
} from '#shared/domain/master-fields.ts';
import type { Database } from '../../db/database.ts';
import type { EditRow } from '../edit-plan.ts';
import { fieldColumn, LISTING_FROM } from '../filter-sql.ts';
import { FALLBACK_CURRENCY } from '../rows.ts';

/** A listing of a SKU with its cells that may have a master. */
export interface SkuListing extends EditRow {
  readonly sku: string;
  readonly accountId: string;
  readonly variant: string;
  readonly readAt: number | null;
  readonly values: Readonly<Record<MasterFieldName, StoredValue>>;
  readonly links: Readonly<Record<MasterFieldName, CellLink | null>>;
}

export interface SkuState {
  readonly sku: string;
  /** null while the SKU has never had a master value. */
  readonly masterRid: number | null;
  readonly currency: string;
  readonly master: Readonly<Record<MasterFieldName, StoredValue>>;
  /** In the order of accounts; an account with two listings of the SKU comes twice. */
  readonly listings: readonly SkuListing[];
}

type Flat = Omit<EditRow, 'sku'> & {
  sku: string;
  account: string;
  variant: string;
  read_at_ms: number | null;
} & Record<string, StoredValue>;

const alias = (field: MasterField): string => `value ${field.name}`;
const linkAlias = (field: MasterField): string => `link ${field.name}`;

const CELLS = MASTER_FIELDS.map(
  (field) =>
    `${fieldColumn(field.listing)} AS "${alias(field)}", ${field.listing.entity === 'product' ? 'p' : 'l'}.${field.linkColumn} AS "${linkAlias(field)}"`,
).join(', ');

const LISTINGS = `SELECT l.rid, l.id, l.product_rid, l.account_rid, a.platform, coalesce(a.currency, '${FALLBACK_CURRENCY}') AS currency,
    l.sku, l.price_minor, l.sale_price_minor, l.sale_from_at_ms, l.sale_to_at_ms, a.id AS account, l.variant, l.read_at_ms, ${CELLS}
  FROM json_each(:skus) s CROSS JOIN ${LISTING_FROM}
  WHERE l.sku = s.value AND l.removed_at_ms IS NULL AND a.removed_at_ms IS NULL
  ORDER BY s.key, l.account_rid, l.rid`;

interface MasterRow {
  rid: number;
  sku: string;
  currency: string;
  title: string | null;
  price_minor: number | null;
  quantity: number | null;
}

const MASTERS = `SELECT m.rid, m.sku, m.currency, m.title, m.price_minor, m.quantity
  FROM json_each(:skus) s CROSS JOIN master m ON m.sku = s.value`;

function byField<T>(value: (field: MasterField) => T): Record<MasterFieldName, T> {
  return Object.fromEntries(MASTER_FIELDS.map((field) => [field.name, value(field)])) as Record<
    MasterFieldName,
    T
  >;
}

function toLink(text: StoredValue | undefined): CellLink | null {
  return CELL_LINKS.find((link) => link === text) ?? null;
}

function toListing(row: Flat): SkuListing {
  return {
    ...row,
    accountId: row.account,
    readAt: row.read_at_ms,
    values: byField((field) => row[alias(field)] ?? null),
    links: byField((field) => toLink(row[linkAlias(field)])),
  };
}

/** What is known of SKUs, in their order; one that no account has any more comes without listings. */
export function skuStates(db: Database, skus: readonly string[]): SkuState[] {
  const params = { skus: JSON.stringify(skus) };
  const listings = new Map<string, SkuListing[]>();
  for (const row of db.allComposed<Flat>(LISTINGS, params)) {
    const known = listings.get(row.sku);
    if (known) known.push(toListing(row));
    else listings.set(row.sku, [toListing(row)]);
  }
  const masters = new Map(db.allComposed<MasterRow>(MASTERS, params).map((row) => [row.sku, row]));
  return skus.map((sku) => {
    const own = listings.get(sku) ?? [];
    const master = masters.get(sku);
    return {
      sku,
      masterRid: master?.rid ?? null,
      // Prices of several currencies: the first account says what the master's is.
      currency: master?.currency ?? own[0]?.currency ?? FALLBACK_CURRENCY,
      master: {
        title: master?.title ?? null,
        price: master?.price_minor ?? null,
        quantity: master?.quantity ?? null,
      },
      listings: own,
    };
  });
}

/** The listings of a SKU on one account; more than one when the account has the SKU twice. */
export function onAccount({ listings }: SkuState, accountId: string): SkuListing[] {
  return listings.filter((listing) => listing.accountId === accountId);
}

/** The master as this listing may have it: a price of another currency is none. */
export function masterFor(state: SkuState, listing: SkuListing, field: MasterField): StoredValue {
  return field.listing.type === 'money' && listing.currency !== state.currency
    ? null
    : state.master[field.name];
}
