import type { Rejection } from '#shared/contract/common.ts';
import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { validateRow } from '#shared/domain/listing-rules.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Database } from '../db/database.ts';
import { checkCell } from './check-cell.ts';
import { FALLBACK_CURRENCY } from './rows.ts';

/** What validation has to know about a row before any cell of it changes. */
export interface EditRow {
  readonly rid: number;
  readonly id: string;
  readonly product_rid: number;
  readonly account_rid: number;
  readonly platform: AccountPlatform;
  readonly currency: string;
  readonly sku: string | null;
  readonly price_minor: number | null;
  readonly sale_price_minor: number | null;
  readonly sale_from_at_ms: number | null;
  readonly sale_to_at_ms: number | null;
}

const EDIT_COLUMNS = `l.rid, l.id, l.product_rid, l.account_rid, a.platform, coalesce(a.currency, '${FALLBACK_CURRENCY}') AS currency, l.sku,
  l.price_minor, l.sale_price_minor, l.sale_from_at_ms, l.sale_to_at_ms`;
const EDIT_FROM = 'listing l JOIN account a ON a.rid = l.account_rid';

export function editRowsByRid(db: Database, rids: readonly number[]): Map<number, EditRow> {
  const rows = db.allComposed<EditRow>(
    `SELECT ${EDIT_COLUMNS} FROM json_each(:rids) r CROSS JOIN ${EDIT_FROM}
     WHERE l.rid = r.value AND l.removed_at_ms IS NULL`,
    { rids: JSON.stringify(rids) },
  );
  return new Map(rows.map((row) => [row.rid, row]));
}

export function editRowsById(db: Database, ids: readonly string[]): Map<string, EditRow> {
  const rows = db.allComposed<EditRow>(
    `SELECT ${EDIT_COLUMNS} FROM json_each(:ids) r CROSS JOIN ${EDIT_FROM}
     WHERE l.id = r.value AND l.removed_at_ms IS NULL`,
    { ids: JSON.stringify(ids) },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** At most this many rejections are spelled out; all are counted. */
const MAX_REJECTIONS = 1_000;

/**
 * Collects the cells of one command: each is parsed and checked by itself when
 * added, then rows are checked as they would be after the edit, then SKUs
 * against the whole account. What remains is ready to be written.
 */
export class EditPlan {
  private readonly cells = new Map<ListingFieldName, Map<number, StoredValue>>();
  private readonly rows = new Map<number, EditRow>();
  private readonly rejections: Rejection[] = [];
  private total = 0;

  /** Adds a cell by its contract value. A later value for the same cell wins. */
  add(row: EditRow, fieldName: string, value: unknown): void {
    const field = listingField(fieldName);
    if (!field) {
      this.reject(row.id, fieldName, 'UNKNOWN_FIELD', `There is no field "${fieldName.slice(0, 60)}"`);
      return;
    }
    const checked = checkCell(field, value, row);
    if (!checked.ok) {
      this.reject(row.id, fieldName, checked.code, `${nameOf(row)}: ${checked.message}`);
      return;
    }
    const column = this.cells.get(field.name) ?? new Map<number, StoredValue>();
    this.cells.set(field.name, column);
    column.set(row.rid, checked.value);
    this.rows.set(row.rid, row);
  }

  reject(listingId: string, field: string, code: string, message: string): void {
    this.total += 1;
    if (this.rejections.length < MAX_REJECTIONS) this.rejections.push({ listingId, field, code, message });
  }

  private drop(row: EditRow, field: ListingFieldName, code: string, message: string): void {
    if (this.cells.get(field)?.delete(row.rid))
      this.reject(row.id, field, code, `${nameOf(row)}: ${message}`);
  }

  /** Rules between fields, on the rows as they would be; the edited side of a broken rule is refused. */
  checkRows(): void {
    const price = this.cells.get('price');
    const sale = this.cells.get('salePrice');
    const from = this.cells.get('saleFrom');
    const to = this.cells.get('saleTo');
    if (!price && !sale && !from && !to) return;
    const touched = new Set([price, sale, from, to].flatMap((column) => [...(column?.keys() ?? [])]));
    for (const rid of touched) {
      const row = this.rows.get(rid);
      if (!row) continue;
      const after = (column: Map<number, StoredValue> | undefined, before: number | null): number | null => {
        const value = column?.get(rid);
        return value === undefined ? before : value === null ? null : Number(value);
      };
      const findings = validateRow(
        {
          price: after(price, row.price_minor),
          salePrice: after(sale, row.sale_price_minor),
          saleFrom: after(from, row.sale_from_at_ms),
          saleTo: after(to, row.sale_to_at_ms),
        },
        row.currency,
      );
      for (const finding of findings) {
        if (finding.severity !== 'error') continue;
        const sides: ListingFieldName[] =
          finding.code === 'SALE_DATES_REVERSED' ? ['saleTo', 'saleFrom'] : ['salePrice', 'price'];
        for (const side of sides) this.drop(row, side, finding.code, finding.message);
      }
    }
  }

  /** A SKU is unique in its account: against rows that stay as they are and within this command. */
  checkSkus(db: Database): void {
    const column = this.cells.get('sku');
    if (!column || column.size === 0) return;
    const wanted = new Map<string, EditRow[]>();
    for (const [rid, value] of column) {
      const row = this.rows.get(rid);
      if (!row || typeof value !== 'string' || value === '' || value === row.sku) continue;
      const key = `${row.account_rid} ${value}`;
      wanted.set(key, [...(wanted.get(key) ?? []), row]);
    }
    if (wanted.size === 0) return;
    const skus = [...new Set([...wanted.keys()].map((key) => key.slice(key.indexOf(' ') + 1)))];
    const holders = db.allComposed<{ rid: number; account_rid: number; sku: string }>(
      `SELECT l.rid, l.account_rid, l.sku FROM json_each(:skus) s CROSS JOIN listing l
       WHERE l.sku = s.value AND l.removed_at_ms IS NULL`,
      { skus: JSON.stringify(skus) },
    );
    for (const [key, rows] of wanted) {
      const sku = key.slice(key.indexOf(' ') + 1);
      const account = Number(key.slice(0, key.indexOf(' ')));
      const held = holders.some(
        (holder) => holder.account_rid === account && holder.sku === sku && !column.has(holder.rid),
      );
      const refused = held ? rows : rows.slice(1);
      for (const row of refused) {
        this.drop(row, 'sku', 'SKU_DUPLICATE', `the SKU "${sku.slice(0, 60)}" is already used in this shop`);
      }
    }
  }

  /** Cells to write, by field; product fields are keyed by product row. */
  *columns(): Iterable<{ field: ListingField; cells: { rid: number; value: StoredValue }[] }> {
    for (const [name, column] of this.cells) {
      const field = listingField(name);
      if (!field || column.size === 0) continue;
      if (field.entity === 'listing') {
        yield { field, cells: [...column].map(([rid, value]) => ({ rid, value })) };
      } else {
        const products = new Map<number, StoredValue>();
        for (const [rid, value] of column) {
          const row = this.rows.get(rid);
          if (row) products.set(row.product_rid, value);
        }
        yield { field, cells: [...products].map(([rid, value]) => ({ rid, value })) };
      }
    }
  }

  /** Cells that passed, keyed by field and listing row, as a preview reads them. */
  rowColumns(): ReadonlyMap<ListingFieldName, ReadonlyMap<number, StoredValue>> {
    return this.cells;
  }

  get rejected(): readonly Rejection[] {
    return this.rejections;
  }

  get rejectedTotal(): number {
    return this.total;
  }

  touchedRids(): number[] {
    return [...this.rows.keys()];
  }
}

function nameOf(row: EditRow): string {
  return row.sku ?? row.id;
}
