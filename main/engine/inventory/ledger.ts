import { createHash } from 'node:crypto';
import type { MovementReason } from '#shared/domain/inventory/reasons.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { StockBin, StockItem, StockLocation } from './places.ts';
import type { StockDocument } from './documents.ts';
import { withLots, type StockLot } from './lots.ts';

/** One change of one place; `quantity` is signed and never 0. */
export interface Posting {
  readonly item: Pick<StockItem, 'rid' | 'sku'>;
  readonly location: Pick<StockLocation, 'rid' | 'id'>;
  readonly bin: Pick<StockBin, 'rid' | 'id'> | null;
  readonly quantity: number;
  readonly reason: MovementReason;
  readonly note?: string | undefined;
  /** null = none; absent = found out from what lies there, where the item is kept by lot. */
  readonly lot?: Pick<StockLot, 'rid' | 'id'> | null | undefined;
  /** Row number of the movement that this one takes back. */
  readonly reverses?: number | undefined;
}

/** What the hash of a movement covers, together with the hash before it. */
export interface CanonicalMovement {
  readonly rid: number;
  readonly sku: string;
  readonly location: string;
  readonly bin: string | null;
  readonly quantity: number;
  readonly reason: string;
  readonly note: string;
  readonly actor: string;
  readonly document: string;
  readonly command: string;
  readonly reverses: number | null;
  readonly at: number;
  readonly previous: string;
  /** Only movements of a lot carry it, so that the text of the others stays what it was. */
  readonly lot?: string | null | undefined;
}

/** The hash before the first movement. */
export const GENESIS = '0'.repeat(64);

/**
 * The fields in this order as JSON: one text for one movement, whatever they
 * contain. Text that is no Unicode (half of a pair) is hashed as the database
 * keeps it, or the row that is read back would not match.
 */
export function canonicalText(movement: CanonicalMovement): string {
  return JSON.stringify([
    movement.rid,
    movement.sku.toWellFormed(),
    movement.location,
    movement.bin,
    movement.quantity,
    movement.reason,
    movement.note.toWellFormed(),
    movement.actor.toWellFormed(),
    movement.document,
    movement.command,
    movement.reverses,
    movement.at,
    movement.previous,
    ...(movement.lot ? [movement.lot] : []),
  ]);
}

export function movementHash(movement: CanonicalMovement): string {
  return createHash('sha256').update(canonicalText(movement)).digest('hex');
}

const head = sql<Record<string, never>, { rid: number; hash: string }>(
  'SELECT rid, hash FROM stock_movement WHERE rid = (SELECT max(rid) FROM stock_movement)',
  { hot: true },
);
const insertMovement = sql<{
  rid: number;
  item: number;
  location: number;
  bin: number | null;
  quantity: number;
  reason: string;
  note: string;
  actor: string;
  document: number;
  command: number;
  reverses: number | null;
  at: number;
  previous: string;
  hash: string;
  lot: number | null;
}>(
  `INSERT INTO stock_movement (rid, item_rid, location_rid, bin_rid, quantity, reason, note, actor, document_rid, command_rid, reverses_rid, at_ms, previous, hash, lot_rid)
   VALUES (:rid, :item, :location, :bin, :quantity, :reason, :note, :actor, :document, :command, :reverses, :at, :previous, :hash, :lot)`,
);
const raiseLevel = sql<{ item: number; location: number; bin: number; quantity: number }>(
  `INSERT INTO stock_level (item_rid, location_rid, bin_rid, quantity) VALUES (:item, :location, :bin, :quantity)
   ON CONFLICT (item_rid, location_rid, bin_rid) DO UPDATE SET quantity = quantity + excluded.quantity`,
);
const raiseLotLevel = sql<{ item: number; location: number; bin: number; lot: number; quantity: number }>(
  `INSERT INTO stock_lot_level (item_rid, location_rid, bin_rid, lot_rid, quantity) VALUES (:item, :location, :bin, :lot, :quantity)
   ON CONFLICT (item_rid, location_rid, bin_rid, lot_rid) DO UPDATE SET quantity = quantity + excluded.quantity`,
);

/**
 * Appends movements to the ledger and raises the levels with them, inside the
 * command's transaction: the only place that writes either. Returns how many
 * were written; postings of 0 are nothing.
 */
export function post(scope: CommandScope, document: StockDocument, postings: readonly Posting[]): number {
  const real = withLots(
    scope,
    postings.filter(({ quantity }) => quantity !== 0),
  );
  if (real.length === 0) return 0;
  const last = scope.db.get(head, {});
  let rid = last?.rid ?? 0;
  let previous = last?.hash ?? GENESIS;
  for (const { item, location, bin, quantity, reason, note, reverses, lot } of real) {
    rid += 1;
    const hash = movementHash({
      rid,
      sku: item.sku,
      location: location.id,
      bin: bin?.id ?? null,
      quantity,
      reason,
      note: note ?? '',
      actor: scope.actor,
      document: document.id,
      command: scope.id,
      reverses: reverses ?? null,
      at: scope.atMs,
      previous,
      lot: lot?.id ?? null,
    });
    scope.db.run(insertMovement, {
      rid,
      item: item.rid,
      location: location.rid,
      bin: bin?.rid ?? null,
      quantity,
      reason,
      note: note ?? '',
      actor: scope.actor,
      document: document.rid,
      command: scope.rid,
      reverses: reverses ?? null,
      at: scope.atMs,
      previous,
      hash,
      lot: lot?.rid ?? null,
    });
    const cell = { item: item.rid, location: location.rid, bin: bin?.rid ?? 0, quantity };
    scope.db.run(raiseLevel, cell);
    if (lot) scope.db.run(raiseLotLevel, { ...cell, lot: lot.rid });
    previous = hash;
  }
  scope.note(real.length);
  scope.touch('inventory', [...new Set(real.map(({ item }) => item.rid))]);
  return real.length;
}
