import type { GroupRow } from '#shared/contract/listings.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type ListingField, type ListingFieldName } from '#shared/domain/listing-fields.ts';
import { CELL_STATES, worstCellState, type CellState } from '#shared/domain/outbox-states.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';
import { groupRid } from './grouping.ts';
import { FALLBACK_CURRENCY } from './rows.ts';
import type { Groups } from './views.ts';

interface GroupBase {
  product: number;
  product_id: string;
  account: string;
  platform: AccountPlatform;
  currency: string | null;
  title: string;
  variants: number;
  read_at_ms: number | null;
}

type Summary = GroupBase & Record<string, string | number | null>;

/** Fields that are added up instead of shown from least to most. */
const SUMMED: ReadonlySet<string> = new Set(['quantity']);
const ORDERED: ReadonlySet<ListingField['type']> = new Set(['money', 'integer', 'decimal', 'dateTime']);

function summarised(field: ListingField): string {
  const column = fieldColumn(field);
  if (SUMMED.has(field.name)) return `sum(${column}) AS "${field.name} low", NULL AS "${field.name} high"`;
  const value = field.type === 'decimal' ? `CAST(${column} AS REAL)` : column;
  return `min(${value}) AS "${field.name} low", max(${value}) AS "${field.name} high"`;
}

/**
 * What the group rows of a window say: the listings of the view under each one
 * summed up. A number is a range, stock a total, a text is shown where all share it.
 */
export function groupRows(
  db: Database,
  groups: Groups,
  products: readonly number[],
  fields: readonly ListingFieldName[],
): GroupRow[] {
  if (products.length === 0) return [];
  const wanted = fields.map(listingField).filter((field) => field !== undefined);
  const rows = db.allComposed<Summary>(
    `SELECT p.rid AS product, p.id AS product_id, a.id AS account, a.platform, a.currency, p.title,
       count(*) AS variants, min(l.read_at_ms) AS read_at_ms${wanted.map((field) => `, ${summarised(field)}`).join('')}
     FROM json_each(:rids) r CROSS JOIN ${LISTING_FROM}
     WHERE l.rid = r.value AND l.removed_at_ms IS NULL GROUP BY p.rid`,
    { rids: JSON.stringify(listingsOf(groups, products)) },
  );
  const states = statesOf(db, groups, products);
  const byProduct = new Map(rows.map((row) => [row.product, row]));
  return products.flatMap((product) => {
    const row = byProduct.get(product);
    if (!row) return [];
    const currency = row.currency ?? FALLBACK_CURRENCY;
    return [
      {
        rid: groupRid(product),
        productId: row.product_id,
        accountId: row.account,
        platform: row.platform,
        currency,
        title: row.title,
        variants: row.variants,
        open: groups.open.has(product),
        values: wanted.map((field) => span(field, row, currency)),
        state: states.get(product) ?? 'clean',
        readAt: row.read_at_ms,
      },
    ];
  });
}

function span(field: ListingField, row: Summary, currency: string): GroupRow['values'][number] {
  const low = row[`${field.name} low`] ?? null;
  const high = SUMMED.has(field.name) ? low : (row[`${field.name} high`] ?? null);
  // A text, a list or a yes-or-no that differs has no middle.
  if (low !== high && !ORDERED.has(field.type)) return { low: null, high: null, mixed: true };
  const wire = (value: string | number | null): ReturnType<typeof toWireValue> =>
    toWireValue(field, field.type === 'decimal' && value !== null ? String(value) : value, currency);
  return { low: wire(low), high: wire(high), mixed: low !== high };
}

/** Listings of the view under the products, in no order. */
export function listingsOf({ grouping }: Groups, products: readonly number[]): number[] {
  const wanted = new Set(products);
  const rids: number[] = [];
  for (const [group, product] of grouping.products.entries()) {
    if (!wanted.has(product)) continue;
    rids.push(...grouping.rids.subarray(grouping.starts[group], grouping.starts[group + 1]));
  }
  return rids;
}

/** The worst state among the cells of each group; only cells that are not clean are looked at. */
function statesOf(db: Database, groups: Groups, products: readonly number[]): Map<number, CellState> {
  const rows = db.allComposed<{ product: number; state: string }>(
    `SELECT l.product_rid AS product,
       CASE WHEN o.state = 'pending' AND o.released_at_ms IS NULL THEN 'dirty'
         WHEN o.state IN ('verified', 'rejected', 'conflict') THEN o.state ELSE 'pending' END AS state
     FROM json_each(:rids) r CROSS JOIN listing l ON l.rid = r.value CROSS JOIN outbox o
     WHERE o.entity = 'listing' AND o.entity_rid = l.rid AND o.state NOT IN ('superseded', 'cancelled')
     UNION
     SELECT o.entity_rid,
       CASE WHEN o.state = 'pending' AND o.released_at_ms IS NULL THEN 'dirty'
         WHEN o.state IN ('verified', 'rejected', 'conflict') THEN o.state ELSE 'pending' END
     FROM json_each(:products) g CROSS JOIN outbox o
     WHERE o.entity = 'product' AND o.entity_rid = g.value AND o.state NOT IN ('superseded', 'cancelled')`,
    { rids: JSON.stringify(listingsOf(groups, products)), products: JSON.stringify(products) },
  );
  const found = new Map<number, CellState>();
  for (const { product, state } of rows) {
    const known = CELL_STATES.find((each) => each === state) ?? 'clean';
    found.set(product, worstCellState([found.get(product) ?? 'clean', known]));
  }
  return found;
}
