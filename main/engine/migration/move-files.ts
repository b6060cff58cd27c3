import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { LISTING_FIELDS } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { fieldText, readProducts, type ExportProduct } from '../jobs/export/export-product.ts';
import { openTable } from '../jobs/export/open-table.ts';
import { escapeFormula } from '../jobs/import/formula-escape.ts';
import {
  isFilled,
  productsOf,
  requireMove,
  toNewProduct,
  transfers,
  type Move,
  type Transfer,
} from './moved-products.ts';

interface Pair {
  readonly product: ExportProduct;
  readonly transfer: Transfer;
}

const urlOf = sql<{ rid: number }, { url: string | null }>('SELECT url FROM product WHERE rid = :rid');
const targetListings = sql<{ account: number; external: string }, { rid: number }>(
  `SELECT l.rid FROM listing l JOIN product p ON p.rid = l.product_rid
   WHERE p.account_rid = :account AND p.external_id = :external AND l.removed_at_ms IS NULL AND p.removed_at_ms IS NULL`,
);

function pairs(db: Database, move: Move): Pair[] {
  const products = new Map(productsOf(db, move.source).map((product) => [product.rid, product]));
  return transfers(db, move).flatMap((transfer) => {
    const product = products.get(transfer.source_product_rid);
    return product ? [{ product, transfer }] : [];
  });
}

/** Old and new address of each product that has both and whose path changed. */
export async function writeRedirects(
  engine: Engine,
  input: ParsedParams<'migration.redirects'>,
): Promise<Result<'migration.redirects'>> {
  const move = requireMove(engine.db, input);
  const rows = pairs(engine.db, move).flatMap(({ product, transfer }) => {
    const from = pathOf(engine.db.get(urlOf, { rid: product.rid })?.url ?? null);
    const to = pathOf(transfer.target_url);
    return from === null || to === null || from === to ? [] : [[from, to, '301']];
  });
  return table(engine, input.file, ['Redirect from', 'Redirect to', 'Status'], rows);
}

export async function writeCrosswalk(
  engine: Engine,
  input: ParsedParams<'migration.crosswalk'>,
): Promise<Result<'migration.crosswalk'>> {
  const move = requireMove(engine.db, input);
  const rows = pairs(engine.db, move).flatMap(({ product, transfer }) => {
    const variants = JSON.parse(transfer.variants) as Record<string, string | null>;
    return product.listings.map((listing) => [
      String(listing.fields.sku ?? ''),
      product.externalId ?? '',
      listing.externalId ?? '',
      transfer.target_external_id,
      variants[listing.id] ?? '',
      transfer.created === 1 ? 'created' : 'found',
    ]);
  });
  const headers = ['SKU', 'Source product', 'Source variant', 'Target product', 'Target variant', 'How'];
  return table(engine, input.file, headers, rows);
}

async function table(
  engine: Engine,
  file: string,
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<{ file: string; rows: number; bytes: number }> {
  const target = await openTable(file, engine.ports.newId(), headers, new Set());
  try {
    if (rows.length > 0) await target.rows(rows.map((row) => row.map(escapeFormula)));
    return { file, rows: rows.length, bytes: await target.finish() };
  } catch (error) {
    throw await target.discard(error);
  }
}

/** Path and query of an address; redirects are set up within one domain. */
function pathOf(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

const MOST = 500;
/** What the move sets on purpose, or the target makes its own of. */
const OWN: ReadonlySet<string> = new Set(['status', 'slug', 'images', 'stockStatus']);

/** Compares what the target was last read to have with what the move meant to give it. */
export function compareMove(
  engine: Engine,
  input: ParsedParams<'migration.compare'>,
): Result<'migration.compare'> {
  const move = requireMove(engine.db, input);
  const differences: Result<'migration.compare'>['differences'] = [];
  let compared = 0;
  let unread = 0;
  let total = 0;
  for (const { product, transfer } of pairs(engine.db, move)) {
    const rids = engine.db.all(targetListings, {
      account: move.target.rid,
      external: transfer.target_external_id,
    });
    const [there] = readProducts(
      engine.db,
      rids.map(({ rid }) => rid),
    );
    if (!there) {
      unread += 1;
      continue;
    }
    compared += 1;
    const wish = toNewProduct(product, move, 'same');
    const variants = JSON.parse(transfer.variants) as Record<string, string | null>;
    for (const [n, listing] of product.listings.entries()) {
      const external = variants[listing.id] ?? null;
      const other = there.listings.find((one) => (one.externalId ?? null) === external) ?? null;
      const sku = typeof listing.fields.sku === 'string' ? listing.fields.sku : null;
      for (const field of LISTING_FIELDS) {
        if (OWN.has(field.name) || (field.entity === 'product' && n > 0)) continue;
        const wanted = (field.entity === 'product' ? wish.fields : wish.variants[n]?.fields)?.[field.name];
        if (!isFilled(wanted)) continue;
        const has = (field.entity === 'product' ? there : other)?.fields[field.name] ?? null;
        if (has === wanted) continue;
        total += 1;
        const text = (value: typeof has): string => {
          const shown = fieldText(field, value, wish.currency) ?? '';
          return (typeof shown === 'string' ? shown : JSON.stringify(shown)).slice(0, 300);
        };
        if (differences.length < MOST)
          differences.push({
            productId: product.id,
            sku,
            field: field.name,
            source: text(wanted ?? null),
            target: text(has),
          });
      }
    }
  }
  return { compared, unread, differences, differencesTotal: total };
}
