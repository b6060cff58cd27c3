import type { MovementReason } from '#shared/domain/inventory/reasons.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { anyLocation, bins, locations, mainLocation, requireItem } from './places.ts';
import { skuTitle } from './stock-rows.ts';

const placesOf = sql<
  { item: number; location: number | null },
  { location_id: string; location: string; bin_id: string | null; bin: string | null; quantity: number }
>(
  `SELECT w.id AS location_id, w.name AS location, b.id AS bin_id, b.code AS bin, v.quantity
   FROM stock_level v JOIN stock_location w ON w.rid = v.location_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.item_rid = :item AND (:location IS NULL OR v.location_rid = :location) AND v.quantity <> 0
   ORDER BY w.rid, b.code`,
  { hot: true },
);
const movementsOf = sql<
  { item: number; location: number | null; before: number; limit: number },
  {
    rid: number;
    location: string;
    bin: string | null;
    lot: string | null;
    quantity: number;
    balance: number;
    reason: MovementReason;
    note: string;
    actor: string;
    at_ms: number;
    document_id: string;
    kind: string;
    reference: string;
    command_id: string;
    reverses_rid: number | null;
  }
>(
  `SELECT m.rid, w.name AS location, b.code AS bin, t.code AS lot, m.quantity, m.balance, m.reason, m.note, m.actor, m.at_ms, d.id AS document_id, d.kind,
     CASE WHEN d.shipment_rid IS NULL THEN d.reference ELSE
       (SELECT o.number FROM shipment s JOIN sales_order o ON o.rid = s.order_rid WHERE s.rid = d.shipment_rid) END AS reference,
     c.id AS command_id, m.reverses_rid
   FROM (SELECT x.*, sum(x.quantity) OVER (ORDER BY x.rid) AS balance FROM stock_movement x
         WHERE x.item_rid = :item AND (:location IS NULL OR x.location_rid = :location)) m
   JOIN stock_location w ON w.rid = m.location_rid LEFT JOIN stock_bin b ON b.rid = m.bin_rid
   LEFT JOIN stock_lot t ON t.rid = m.lot_rid
   JOIN stock_document d ON d.rid = m.document_rid JOIN command c ON c.rid = m.command_rid
   WHERE m.rid < :before ORDER BY m.rid DESC LIMIT :limit`,
);
const countMovements = sql<{ item: number; location: number | null }, { n: number }>(
  `SELECT count(*) AS n FROM stock_movement WHERE item_rid = :item AND (:location IS NULL OR location_rid = :location)`,
  { hot: true },
);
const titleOf = sql<{ sku: string }, { title: string }>(`SELECT ${skuTitle(':sku')} AS title`);

const PAGE = 100;

/** The ledger of one item, at one location or everywhere, with the balance after every movement. */
export function ledgerOf(db: Database, input: ParsedParams<'inventory.ledger'>): Result<'inventory.ledger'> {
  const item = requireItem(db, input.itemId);
  const location = input.locationId ? anyLocation(db, input.locationId).rid : null;
  const at = { item: item.rid, location };
  const places = db.all(placesOf, at);
  const movements = db.all(movementsOf, {
    ...at,
    before: input.before ?? Number.MAX_SAFE_INTEGER,
    limit: input.limit ?? PAGE,
  });
  return {
    sku: item.sku,
    title: db.get(titleOf, { sku: item.sku })?.title ?? '',
    onHand: places.reduce((sum, { quantity }) => sum + quantity, 0),
    places: places.map((place) => ({
      locationId: place.location_id,
      location: place.location,
      binId: place.bin_id,
      bin: place.bin,
      quantity: place.quantity,
    })),
    total: db.get(countMovements, at)?.n ?? 0,
    movements: movements.map((row) => ({
      seq: row.rid,
      location: row.location,
      bin: row.bin,
      lot: row.lot,
      quantity: row.quantity,
      balance: row.balance,
      reason: row.reason,
      note: row.note,
      actor: row.actor,
      at: row.at_ms,
      document: { documentId: row.document_id, kind: row.kind, reference: row.reference },
      commandId: row.command_id,
      reverses: row.reverses_rid,
    })),
  };
}

export function listLocations(
  db: Database,
  { all = false }: ParsedParams<'inventory.locations'>,
): Result<'inventory.locations'> {
  const main = mainLocation(db)?.rid;
  const shown = locations(db).filter(({ archived_at_ms: at }) => all || at === null);
  return {
    locations: shown.map(({ rid, id, name, kind, archived_at_ms: at }) => ({
      locationId: id,
      name,
      kind,
      main: rid === main,
      archived: at !== null,
      bins: bins(db, rid)
        .filter(({ archived_at_ms: gone }) => all || gone === null)
        .map((bin) => ({ binId: bin.id, code: bin.code, archived: bin.archived_at_ms !== null })),
    })),
  };
}
