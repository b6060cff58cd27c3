import { takeByExpiry, type LotCell } from '#shared/domain/inventory/fefo.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import type { Posting } from './ledger.ts';
import type { StockItem, StockLocation } from './places.ts';
import { writeRecord } from './record-log.ts';

export type Tracking = 'none' | 'lot' | 'serial';

export interface StockLot {
  readonly rid: number;
  readonly id: string;
}

const trackingOf = sql<{ item: number }, { tracking: Tracking }>(
  'SELECT tracking FROM stock_item WHERE rid = :item',
  { hot: true },
);
const lotByCode = sql<{ item: number; code: string }, StockLot & { expires_on: string | null }>(
  'SELECT rid, id, expires_on FROM stock_lot WHERE item_rid = :item AND code = :code',
  { hot: true },
);
const insertLot = sql<{ id: string; item: number; code: string; expires: string | null; at: number }>(
  'INSERT INTO stock_lot (id, item_rid, code, expires_on, created_at_ms) VALUES (:id, :item, :code, :expires, :at)',
);
const unitsOfLot = sql<{ lot: number }, { n: number }>(
  'SELECT coalesce(sum(quantity), 0) AS n FROM stock_lot_level WHERE lot_rid = :lot',
  { hot: true },
);
/** Lots by bin at a location, and per bin what has no lot. */
const cellsAt = sql<
  { item: number; location: number },
  {
    bin: number;
    lot: number;
    quantity: number;
    expires_on: string | null;
    blocked: number;
    lot_id: string;
    bin_id: string | null;
  }
>(
  `SELECT v.bin_rid AS bin, v.lot_rid AS lot, v.quantity, t.expires_on, t.blocked, t.id AS lot_id, b.id AS bin_id
   FROM stock_lot_level v JOIN stock_lot t ON t.rid = v.lot_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.item_rid = :item AND v.location_rid = :location AND v.quantity <> 0
   UNION ALL
   SELECT v.bin_rid, 0, v.quantity - coalesce((SELECT sum(x.quantity) FROM stock_lot_level x
       WHERE x.item_rid = v.item_rid AND x.location_rid = v.location_rid AND x.bin_rid = v.bin_rid), 0), NULL, 0, '', b.id
   FROM stock_level v LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.item_rid = :item AND v.location_rid = :location`,
  { hot: true },
);

export function tracking(db: Database, itemRid: number): Tracking {
  return db.get(trackingOf, { item: itemRid })?.tracking ?? 'none';
}

interface PlacedCell extends LotCell {
  readonly lotId: string;
  readonly binId: string | null;
}

function lotCells(db: Database, itemRid: number, locationRid: number): PlacedCell[] {
  return db.all(cellsAt, { item: itemRid, location: locationRid }).map((row) => ({
    bin: row.bin,
    lot: row.lot,
    quantity: row.quantity,
    expiresOn: row.expires_on,
    blocked: row.blocked === 1,
    lotId: row.lot_id,
    binId: row.bin_id,
  }));
}

/** Postings that take units of a tracked item from a location, first expired first. */
export function expiryPostings(
  scope: Pick<CommandScope, 'db' | 'atMs'>,
  item: StockItem,
  location: StockLocation,
  quantity: number,
  rest: Pick<Posting, 'reason' | 'note'>,
): Posting[] {
  const cells = lotCells(scope.db, item.rid, location.rid);
  return takeByExpiry(cells, quantity, dayOf(scope.atMs)).map((taken) => {
    const cell = cells.find((one) => one.bin === taken.bin && one.lot === taken.lot);
    return {
      item,
      location,
      bin: taken.bin === 0 || !cell?.binId ? null : { rid: taken.bin, id: cell.binId },
      lot: taken.lot === 0 || !cell ? null : { rid: taken.lot, id: cell.lotId },
      quantity: -taken.quantity,
      ...rest,
    };
  });
}

const CARRYING: ReadonlySet<string> = new Set(['move', 'transfer_out', 'transfer_in']);

/**
 * Gives postings of tracked items their lots where the caller did not say:
 * what leaves a bin leaves first expired first, what a move takes somewhere
 * keeps its lot on the way, and anything else that comes has none until
 * somebody says so.
 */
export function withLots(scope: Pick<CommandScope, 'db' | 'atMs'>, postings: readonly Posting[]): Posting[] {
  const kinds = new Map<number, Tracking>();
  const left = new Map<string, PlacedCell[]>();
  const carried = new Map<number, { lot: StockLot | null; quantity: number }[]>();
  return postings.flatMap((posting) => {
    const { item, location, bin, quantity } = posting;
    const kind = kinds.get(item.rid) ?? tracking(scope.db, item.rid);
    kinds.set(item.rid, kind);
    if (kind === 'none' && posting.lot === undefined) return [posting];
    const taken = carried.get(item.rid) ?? [];
    carried.set(item.rid, taken);
    if (posting.lot !== undefined) {
      if (quantity < 0) taken.push({ lot: posting.lot, quantity: -quantity });
      return [posting];
    }
    const parts: { lot: StockLot | null; quantity: number }[] = [];
    if (quantity < 0) {
      const place = `${item.rid} ${location.rid}`;
      const cells = left.get(place) ?? lotCells(scope.db, item.rid, location.rid);
      const here = cells.filter((cell) => cell.bin === (bin?.rid ?? 0));
      for (const take of takeByExpiry(here, -quantity, dayOf(scope.atMs))) {
        const id = cells.find((cell) => cell.lot === take.lot)?.lotId ?? '';
        parts.push({ lot: take.lot === 0 ? null : { rid: take.lot, id }, quantity: take.quantity });
        left.set(
          place,
          (left.get(place) ?? cells).map((cell) =>
            cell.bin === (bin?.rid ?? 0) && cell.lot === take.lot
              ? { ...cell, quantity: cell.quantity - take.quantity }
              : cell,
          ),
        );
      }
      taken.push(...parts);
      return parts.map((part) => ({ ...posting, lot: part.lot, quantity: -part.quantity }));
    }
    let need = quantity;
    while (CARRYING.has(posting.reason) && need > 0 && taken.length > 0) {
      const [first] = taken;
      if (!first) break;
      const part = Math.min(need, first.quantity);
      parts.push({ lot: first.lot, quantity: part });
      need -= part;
      if (part === first.quantity) taken.shift();
      else taken[0] = { ...first, quantity: first.quantity - part };
    }
    if (need > 0) parts.push({ lot: null, quantity: need });
    return parts.map((part) => ({ ...posting, lot: part.lot, quantity: part.quantity }));
  });
}

/**
 * The lot that goods come in with, made when it is new. An item without
 * tracking takes none, a tracked one has to say which; a serial number is one
 * unit and there once.
 */
export function arrivingLot(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  item: Pick<StockItem, 'rid' | 'sku'>,
  line: {
    readonly quantity: number;
    readonly lot?: string | undefined;
    readonly expiresOn?: string | undefined;
  },
): StockLot | null | undefined {
  const kind = tracking(scope.db, item.rid);
  const code = line.lot?.trim() ?? '';
  if (kind === 'none') {
    if (code === '') return undefined;
    throw new CodedError(
      'INVALID_VALUE',
      `${item.sku} is not kept by lot or serial number; turn that on for the item first`,
      { sku: item.sku, field: 'lot' },
    );
  }
  const what = kind === 'lot' ? 'lot' : 'serial number';
  if (code === '') {
    throw new CodedError('INVALID_VALUE', `${item.sku} is kept by ${what}; say which one came`, {
      sku: item.sku,
      field: 'lot',
    });
  }
  if (kind === 'serial' && line.quantity !== 1) {
    throw new CodedError(
      'INVALID_VALUE',
      `A serial number is one unit of ${item.sku}, not ${line.quantity}`,
      {
        sku: item.sku,
        field: 'quantity',
      },
    );
  }
  const known = scope.db.get(lotByCode, { item: item.rid, code });
  if (!known) {
    const id = ports.newId();
    const expires = line.expiresOn ?? null;
    const { rid } = scope.db.run(insertLot, { id, item: item.rid, code, expires, at: scope.atMs });
    return { rid, id };
  }
  if (kind === 'serial' && (scope.db.get(unitsOfLot, { lot: known.rid })?.n ?? 0) > 0) {
    throw new CodedError('INVALID_STATE', `${code} of ${item.sku} is in stock already`, {
      sku: item.sku,
      lot: code,
    });
  }
  if (line.expiresOn && line.expiresOn !== known.expires_on) {
    if (known.expires_on !== null) {
      throw new CodedError(
        'INVALID_VALUE',
        `Lot ${code} of ${item.sku} expires on ${known.expires_on}, not on ${line.expiresOn}; check the label or change the lot`,
        { sku: item.sku, lot: code, expiresOn: known.expires_on },
      );
    }
    writeRecord(scope, 'stock_lot', known.rid, { expires_on: line.expiresOn });
  }
  return { rid: known.rid, id: known.id };
}

const placesWithoutLot = sql<
  { item: number; location: number | null; bin: number | null },
  { location: number; location_id: string; bin: number; bin_id: string | null; quantity: number }
>(
  `SELECT w.rid AS location, w.id AS location_id, v.bin_rid AS bin, b.id AS bin_id,
     v.quantity - coalesce((SELECT sum(x.quantity) FROM stock_lot_level x
       WHERE x.item_rid = v.item_rid AND x.location_rid = v.location_rid AND x.bin_rid = v.bin_rid), 0) AS quantity
   FROM stock_level v JOIN stock_location w ON w.rid = v.location_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.item_rid = :item AND w.kind <> 'transit' AND (:location IS NULL OR w.rid = :location)
     AND (:bin IS NULL OR v.bin_rid = :bin)
   ORDER BY quantity DESC`,
  { hot: true },
);

/** Places where units of an item have no lot, the fullest first. */
export function unassigned(
  db: Database,
  itemRid: number,
  at: { readonly location: number; readonly bin: number | null } | null,
): {
  readonly location: { rid: number; id: string };
  readonly bin: { rid: number; id: string } | null;
  readonly quantity: number;
}[] {
  return db
    .all(placesWithoutLot, { item: itemRid, location: at?.location ?? null, bin: at?.bin ?? null })
    .filter(({ quantity }) => quantity > 0)
    .map((row) => ({
      location: { rid: row.location, id: row.location_id },
      bin: row.bin === 0 || row.bin_id === null ? null : { rid: row.bin, id: row.bin_id },
      quantity: row.quantity,
    }));
}
