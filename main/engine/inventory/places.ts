import type { LocationKind } from '#shared/domain/inventory/reasons.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { writeRecord } from './record-log.ts';

export interface StockItem {
  readonly rid: number;
  readonly id: string;
  readonly sku: string;
}
export interface StockLocation {
  readonly rid: number;
  readonly id: string;
  readonly name: string;
  readonly kind: LocationKind;
  /** Since when nothing goes there any more; null while it is in use. */
  readonly archived_at_ms: number | null;
}
export interface StockBin {
  readonly rid: number;
  readonly id: string;
  readonly code: string;
  readonly archived_at_ms: number | null;
}

const itemBySku = sql<{ sku: string }, StockItem>('SELECT rid, id, sku FROM stock_item WHERE sku = :sku', {
  hot: true,
});
const itemById = sql<{ id: string }, StockItem>('SELECT rid, id, sku FROM stock_item WHERE id = :id', {
  hot: true,
});
const insertItem = sql<{ id: string; sku: string; at: number }>(
  'INSERT INTO stock_item (id, sku, created_at_ms) VALUES (:id, :sku, :at)',
);
/** A code is a SKU before it is a GTIN. */
const skuOfListing = sql<{ code: string }, { sku: string }>(
  'SELECT sku FROM listing WHERE sku = :code AND removed_at_ms IS NULL LIMIT 1',
  { hot: true },
);
const skuOfGtin = sql<{ code: string }, { sku: string }>(
  `SELECT DISTINCT sku FROM listing WHERE gtin = :code AND sku IS NOT NULL AND removed_at_ms IS NULL LIMIT 2`,
  { hot: true },
);
const allLocations = sql<Record<string, never>, StockLocation>(
  'SELECT rid, id, name, kind, archived_at_ms FROM stock_location ORDER BY rid',
);
const insertLocation = sql<{ id: string; name: string; kind: string; at: number }>(
  'INSERT INTO stock_location (id, name, kind, created_at_ms) VALUES (:id, :name, :kind, :at)',
);
const binsOf = sql<{ location: number }, StockBin>(
  'SELECT rid, id, code, archived_at_ms FROM stock_bin WHERE location_rid = :location ORDER BY code',
  { hot: true },
);
const binByCode = sql<{ location: number; code: string }, StockBin>(
  'SELECT rid, id, code, archived_at_ms FROM stock_bin WHERE location_rid = :location AND code = :code',
  { hot: true },
);
const binById = sql<{ id: string }, StockBin & { location_rid: number }>(
  'SELECT rid, id, code, archived_at_ms, location_rid FROM stock_bin WHERE id = :id',
  { hot: true },
);
const insertBin = sql<{ id: string; location: number; code: string }>(
  'INSERT INTO stock_bin (id, location_rid, code) VALUES (:id, :location, :code)',
);

type Ids = Pick<Ports, 'newId'>;

export function findItem(db: Database, sku: string): StockItem | null {
  return db.get(itemBySku, { sku }) ?? null;
}

export function requireItem(db: Database, itemId: string): StockItem {
  const item = db.get(itemById, { id: itemId });
  if (!item) throw new CodedError('NOT_FOUND', `There is no stock item ${itemId}`, { itemId });
  return item;
}

/** SKU behind a typed or scanned code: an item's or listing's SKU as it is, else the one SKU with this GTIN. */
export function skuOfCode(db: Database, code: string): string | null {
  const text = code.trim();
  if (text === '') return null;
  if (db.get(itemBySku, { sku: text }) ?? db.get(skuOfListing, { code: text })) return text;
  const found = db.all(skuOfGtin, { code: text });
  return found.length === 1 ? (found[0]?.sku ?? null) : null;
}

export function ensureItem(scope: CommandScope, ports: Ids, sku: string): StockItem {
  const known = findItem(scope.db, sku);
  if (known) return known;
  const id = ports.newId();
  const { rid } = scope.db.run(insertItem, { id, sku, at: scope.atMs });
  return { rid, id, sku };
}

/** The item of a code; unknown codes are refused so that a misread never becomes stock. */
export function itemOfCode(scope: CommandScope, ports: Ids, code: string): StockItem {
  const sku = skuOfCode(scope.db, code);
  if (sku === null) {
    throw new CodedError(
      'NOT_FOUND',
      `No item or listing has the SKU or barcode "${code.slice(0, 60)}"; check the code or add the listing first`,
      { sku: code.slice(0, 200) },
    );
  }
  return ensureItem(scope, ports, sku);
}

export function locations(db: Database): StockLocation[] {
  return db.all(allLocations, {});
}

/** A location that may be archived: for looking at it and for taking it back into use. */
export function anyLocation(db: Database, locationId: string): StockLocation {
  const location = locations(db).find(({ id }) => id === locationId);
  if (!location) throw new CodedError('NOT_FOUND', `There is no location ${locationId}`, { locationId });
  return location;
}

/** A location that is in use; one that is archived takes and gives nothing. */
export function requireLocation(db: Database, locationId: string): StockLocation {
  const location = anyLocation(db, locationId);
  if (location.archived_at_ms !== null) {
    throw new CodedError('INVALID_STATE', `${location.name} is archived; take it back into use first`, {
      locationId,
    });
  }
  return location;
}

/** Where orders ship from and stock goes when nobody says otherwise: the first warehouse. */
export function mainLocation(db: Database): StockLocation | null {
  return locations(db).find(({ kind, archived_at_ms: at }) => kind === 'warehouse' && at === null) ?? null;
}

export function addLocation(
  scope: CommandScope,
  ports: Ids,
  name: string,
  kind: LocationKind,
): StockLocation {
  const text = name.trim();
  if (locations(scope.db).some((other) => other.name.toLowerCase() === text.toLowerCase())) {
    throw new CodedError('INVALID_VALUE', `There is a location called "${text}" already`, { name: text });
  }
  const id = ports.newId();
  const { rid } = scope.db.run(insertLocation, { id, name: text, kind, at: scope.atMs });
  scope.note(1);
  scope.touch('inventory');
  return { rid, id, name: text, kind, archived_at_ms: null };
}

const MAIN_NAME = 'Main';
const TRANSIT_NAME = 'In transit';

export function ensureMain(scope: CommandScope, ports: Ids): StockLocation {
  return mainLocation(scope.db) ?? addLocation(scope, ports, MAIN_NAME, 'warehouse');
}

/** The one place for what is on its way. */
export function ensureTransit(scope: CommandScope, ports: Ids): StockLocation {
  const known = locations(scope.db).find(({ kind }) => kind === 'transit');
  return known ?? addLocation(scope, ports, TRANSIT_NAME, 'transit');
}

export function bins(db: Database, locationRid: number): StockBin[] {
  return db.all(binsOf, { location: locationRid });
}

/** A bin of the location by its code, made when it is new; blank is "no bin". */
export function ensureBin(
  scope: CommandScope,
  ports: Ids,
  location: Pick<StockLocation, 'rid'>,
  code: string | undefined,
): StockBin | null {
  const text = code?.trim() ?? '';
  if (text === '') return null;
  const known = scope.db.get(binByCode, { location: location.rid, code: text });
  if (known) {
    // Somebody puts things there again.
    if (known.archived_at_ms !== null) writeRecord(scope, 'stock_bin', known.rid, { archived_at_ms: null });
    return known;
  }
  const id = ports.newId();
  const { rid } = scope.db.run(insertBin, { id, location: location.rid, code: text });
  return { rid, id, code: text, archived_at_ms: null };
}

export function requireBin(db: Database, location: StockLocation, binId: string | null): StockBin | null {
  if (binId === null) return null;
  const bin = db.get(binById, { id: binId });
  if (bin?.location_rid !== location.rid) {
    throw new CodedError('NOT_FOUND', `There is no bin ${binId} at ${location.name}`, {
      binId,
      locationId: location.id,
    });
  }
  return bin;
}
