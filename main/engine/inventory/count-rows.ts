import { sql } from '../db/statement.ts';

export const insertCount = sql<{
  id: string;
  name: string;
  location: number;
  blind: number;
  scope: string;
  at: number;
}>(
  `INSERT INTO stock_count (id, name, location_rid, blind, scope, started_at_ms) VALUES (:id, :name, :location, :blind, :scope, :at)`,
);
export const listItem = sql<{ count: number; item: number }>(
  'INSERT OR IGNORE INTO stock_count_item (count_rid, item_rid) VALUES (:count, :item)',
);
export const insertEntry = sql<{
  id: string;
  count: number;
  item: number;
  bin: number;
  quantity: number;
  at: number;
  actor: string;
  command: number;
}>(
  `INSERT INTO stock_count_entry (id, count_rid, item_rid, bin_rid, quantity, counted_at_ms, actor, command_rid)
   VALUES (:id, :count, :item, :bin, :quantity, :at, :actor, :command)`,
);
