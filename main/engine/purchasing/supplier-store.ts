import type { Supplier, SupplierItem } from '#shared/contract/purchasing-suppliers.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { daysBetween } from '#shared/domain/purchasing/calendar-day.ts';
import type { PriceBreak } from '#shared/domain/purchasing/price-breaks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { skuTitle } from '../inventory/stock-rows.ts';
import { OPEN_ORDERS } from './order-sql.ts';

export interface StoredSupplier {
  rid: number;
  id: string;
  name: string;
  contact: string;
  email: string;
  phone: string;
  address: string;
  currency: string;
  lead_days: number | null;
  minimum_minor: number | null;
  minimum_units: number | null;
  terms: string;
  note: string;
  items: number;
  open_orders: number;
  terms_until: string | null;
}

const COLUMNS = `s.rid, s.id, s.name, s.contact, s.email, s.phone, s.address, s.currency, s.lead_days, s.minimum_minor, s.minimum_units,
    s.terms, s.note,
    (SELECT count(*) FROM supplier_item x WHERE x.supplier_rid = s.rid AND x.removed_at_ms IS NULL) AS items,
    (SELECT count(*) FROM (${OPEN_ORDERS}) o WHERE o.supplier_rid = s.rid) AS open_orders,
    (SELECT min(n.valid_until) FROM supplier_note n
      WHERE n.supplier_rid = s.rid AND n.removed_at_ms IS NULL AND n.valid_until IS NOT NULL) AS terms_until
  FROM supplier s`;
const allSuppliers = sql<Record<string, never>, StoredSupplier>(
  `SELECT ${COLUMNS} WHERE s.removed_at_ms IS NULL ORDER BY s.name LIMIT 1000`,
);
const supplierById = sql<{ id: string }, StoredSupplier>(
  `SELECT ${COLUMNS} WHERE s.id = :id AND s.removed_at_ms IS NULL`,
);
const sameName = sql<{ name: string; rid: number }, { rid: number }>(
  'SELECT rid FROM supplier WHERE name = :name AND removed_at_ms IS NULL AND rid <> :rid LIMIT 1',
);

interface StoredItem {
  rid: number;
  id: string;
  item_rid: number;
  item_id: string;
  sku: string;
  title: string;
  code: string;
  pack: number;
  minimum: number | null;
  lead_days: number | null;
  weight_g: number | null;
  breaks: string;
}

const ITEM_COLUMNS = `x.rid, x.id, x.item_rid, i.id AS item_id, i.sku, ${skuTitle('i.sku')} AS title, x.code, x.pack, x.minimum,
    x.lead_days, x.weight_g, x.breaks
  FROM supplier_item x JOIN stock_item i ON i.rid = x.item_rid`;
const itemsOf = sql<{ supplier: number }, StoredItem>(
  `SELECT ${ITEM_COLUMNS} WHERE x.supplier_rid = :supplier AND x.removed_at_ms IS NULL ORDER BY i.sku COLLATE NOCASE LIMIT 1000`,
  { hot: true },
);
const itemOf = sql<{ supplier: number; item: number }, StoredItem>(
  `SELECT ${ITEM_COLUMNS} WHERE x.supplier_rid = :supplier AND x.item_rid = :item AND x.removed_at_ms IS NULL`,
  { hot: true },
);
const itemById = sql<{ id: string }, { rid: number; supplier_rid: number }>(
  'SELECT rid, supplier_rid FROM supplier_item WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);
const notesOf = sql<
  { supplier: number },
  {
    id: string;
    kind: 'note' | 'negotiation' | 'terms';
    day: string;
    valid_until: string | null;
    text: string;
    saving_minor: number | null;
  }
>(
  `SELECT id, kind, day, valid_until, text, saving_minor FROM supplier_note
   WHERE supplier_rid = :supplier AND removed_at_ms IS NULL ORDER BY day DESC, rid DESC LIMIT 1000`,
  { hot: true },
);
const noteById = sql<{ id: string }, { rid: number; supplier_rid: number }>(
  'SELECT rid, supplier_rid FROM supplier_note WHERE id = :id AND removed_at_ms IS NULL',
  { hot: true },
);

const anyById = sql<{ id: string }, StoredSupplier>(`SELECT ${COLUMNS} WHERE s.id = :id`);

/** Also one that is off the list by now: its papers stay readable. */
export function anySupplier(db: Database, supplierId: string): Supplier {
  const supplier = db.get(anyById, { id: supplierId });
  if (!supplier) throw new CodedError('NOT_FOUND', `There is no supplier ${supplierId}`, { supplierId });
  return toSupplier(supplier);
}

export function requireSupplier(db: Database, supplierId: string): StoredSupplier {
  const supplier = db.get(supplierById, { id: supplierId });
  if (!supplier) throw new CodedError('NOT_FOUND', `There is no supplier ${supplierId}`, { supplierId });
  return supplier;
}

export function assertNameFree(db: Database, name: string, rid: number): void {
  if (db.get(sameName, { name, rid })) {
    throw new CodedError('INVALID_VALUE', `There is a supplier called "${name}" already`, { name });
  }
}

export function requireSupplierItem(db: Database, id: string): { rid: number } {
  const item = db.get(itemById, { id });
  if (!item)
    throw new CodedError('NOT_FOUND', `There is no item ${id} of a supplier`, { supplierItemId: id });
  return item;
}

export function requireNote(db: Database, noteId: string): { rid: number } {
  const note = db.get(noteById, { id: noteId });
  if (!note) throw new CodedError('NOT_FOUND', `There is no entry ${noteId}`, { noteId });
  return note;
}

/** An item as one supplier sells it, with what the supplier says of all its items where it says nothing of this one. */
export interface ItemTerms {
  readonly rid: number;
  readonly code: string;
  readonly pack: number;
  readonly minimum: number | null;
  readonly leadDays: number | null;
  readonly weightG: number | null;
  readonly breaks: readonly PriceBreak[];
}

export function findTerms(
  db: Database,
  supplier: Pick<StoredSupplier, 'rid' | 'minimum_units' | 'lead_days'>,
  itemRid: number,
): ItemTerms | null {
  const row = db.get(itemOf, { supplier: supplier.rid, item: itemRid });
  return row
    ? {
        rid: row.rid,
        code: row.code,
        pack: row.pack,
        minimum: row.minimum ?? supplier.minimum_units,
        leadDays: row.lead_days ?? supplier.lead_days,
        weightG: row.weight_g,
        breaks: readBreaks(row.breaks),
      }
    : null;
}

function readBreaks(text: string): PriceBreak[] {
  return JSON.parse(text) as PriceBreak[];
}

export function toSupplier(row: StoredSupplier): Supplier {
  return {
    supplierId: row.id,
    name: row.name,
    contact: row.contact,
    email: row.email,
    phone: row.phone,
    address: row.address,
    currency: row.currency,
    leadDays: row.lead_days,
    minimumMinor: row.minimum_minor,
    minimumUnits: row.minimum_units,
    terms: row.terms,
    note: row.note,
    items: row.items,
    openOrders: row.open_orders,
    termsUntil: row.terms_until,
  };
}

export function listSuppliers(
  db: Database,
  { text }: ParsedParams<'purchasing.suppliers'>,
): Result<'purchasing.suppliers'> {
  const wanted = text?.trim().toLowerCase() ?? '';
  return {
    suppliers: db
      .all(allSuppliers, {})
      .filter((row) =>
        [row.name, row.contact, row.email].some((field) => field.toLowerCase().includes(wanted)),
      )
      .map(toSupplier),
  };
}

export function supplierItems(db: Database, supplierRid: number): SupplierItem[] {
  return db.all(itemsOf, { supplier: supplierRid }).map((row) => ({
    supplierItemId: row.id,
    itemId: row.item_id,
    sku: row.sku,
    title: row.title,
    code: row.code,
    pack: row.pack,
    minimum: row.minimum,
    leadDays: row.lead_days,
    weightG: row.weight_g,
    breaks: readBreaks(row.breaks),
  }));
}

type Note = Result<'purchasing.supplier'>['notes'][number];

export function supplierNotes(db: Database, supplierRid: number, today: string): Note[] {
  return db.all(notesOf, { supplier: supplierRid }).map((row) => ({
    noteId: row.id,
    kind: row.kind,
    day: row.day,
    validUntil: row.valid_until,
    endsInDays: row.valid_until === null ? null : daysBetween(today, row.valid_until),
    text: row.text,
    savingMinor: row.saving_minor,
  }));
}
