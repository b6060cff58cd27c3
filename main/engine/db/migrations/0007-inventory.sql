-- Stock by SKU text: listings of several accounts with the same SKU share one item.
CREATE TABLE stock_item (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL UNIQUE,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- 'transit' holds what is on its way between two locations, 'quarantine' what may not be sold.
CREATE TABLE stock_location (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('warehouse', 'quarantine', 'transit')),
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE stock_bin (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  code TEXT NOT NULL COLLATE NOCASE,
  UNIQUE (location_rid, code)
) STRICT;

-- Why movements happened: a receipt, a transfer, a count, a shipment.
CREATE TABLE stock_document (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('opening', 'receipt', 'adjustment', 'move', 'transfer', 'count', 'shipment')),
  -- What a person wrote on it: a delivery note, a note.
  reference TEXT NOT NULL DEFAULT '',
  -- Of a transfer.
  from_rid INTEGER REFERENCES stock_location (rid),
  to_rid INTEGER REFERENCES stock_location (rid),
  -- Of a sale: its movements always add up to what stands of the shipment.
  shipment_rid INTEGER UNIQUE REFERENCES shipment (rid),
  created_at_ms INTEGER NOT NULL
) STRICT;

-- The ledger. rid counts from 1 without gaps; hash covers the row's canonical
-- text and the hash before it. Rows are written once and never changed.
CREATE TABLE stock_movement (
  rid INTEGER PRIMARY KEY,
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  bin_rid INTEGER REFERENCES stock_bin (rid),
  quantity INTEGER NOT NULL CHECK (quantity <> 0),
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  actor TEXT NOT NULL,
  document_rid INTEGER NOT NULL REFERENCES stock_document (rid),
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  -- The movement that this one takes back.
  reverses_rid INTEGER REFERENCES stock_movement (rid),
  at_ms INTEGER NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX stock_movement_cell ON stock_movement (item_rid, location_rid, rid);
CREATE INDEX stock_movement_command ON stock_movement (command_rid);
CREATE INDEX stock_movement_reverses ON stock_movement (reverses_rid) WHERE reverses_rid IS NOT NULL;
CREATE INDEX stock_movement_document ON stock_movement (document_rid, item_rid);

CREATE TRIGGER stock_movement_fixed BEFORE UPDATE ON stock_movement BEGIN
  SELECT RAISE(ABORT, 'the stock ledger is never changed; post a compensating movement');
END;
CREATE TRIGGER stock_movement_kept BEFORE DELETE ON stock_movement BEGIN
  SELECT RAISE(ABORT, 'the stock ledger is never deleted; post a compensating movement');
END;
-- The SKU is part of the canonical text.
CREATE TRIGGER stock_item_fixed BEFORE UPDATE OF id, sku ON stock_item BEGIN
  SELECT RAISE(ABORT, 'the SKU of a stock item is never changed');
END;

-- Sums of the ledger, written in the transaction of its rows. bin_rid 0 = no bin.
CREATE TABLE stock_level (
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  bin_rid INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (item_rid, location_rid, bin_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_level_location ON stock_level (location_rid, bin_rid);

CREATE TABLE stock_count (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  -- 1: counters do not see what the ledger says.
  blind INTEGER NOT NULL CHECK (blind IN (0, 1)),
  -- 'full' covers the location, 'list' the items in stock_count_item.
  scope TEXT NOT NULL CHECK (scope IN ('full', 'list')),
  started_at_ms INTEGER NOT NULL,
  -- NULL while open. An undone finish opens it again and keeps who finished it, for a redo.
  finished_at_ms INTEGER,
  finished_by_rid INTEGER REFERENCES command (rid),
  reopened_by_rid INTEGER REFERENCES command (rid)
) STRICT;
CREATE INDEX stock_count_finished ON stock_count (finished_by_rid) WHERE finished_by_rid IS NOT NULL;
CREATE INDEX stock_count_reopened ON stock_count (reopened_by_rid) WHERE reopened_by_rid IS NOT NULL;

CREATE TABLE stock_count_item (
  count_rid INTEGER NOT NULL REFERENCES stock_count (rid),
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  PRIMARY KEY (count_rid, item_rid)
) STRICT, WITHOUT ROWID;

-- What counters entered, keyed by an id that the device made: the same entry
-- twice is one, and entries of several devices join in any order.
CREATE TABLE stock_count_entry (
  id TEXT PRIMARY KEY,
  count_rid INTEGER NOT NULL REFERENCES stock_count (rid),
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  bin_rid INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  counted_at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  -- The undo that took it back; a redo gives it back.
  withdrawn_by_rid INTEGER REFERENCES command (rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_count_entry_count ON stock_count_entry (count_rid, item_rid);
CREATE INDEX stock_count_entry_command ON stock_count_entry (command_rid);
CREATE INDEX stock_count_entry_withdrawn ON stock_count_entry (withdrawn_by_rid) WHERE withdrawn_by_rid IS NOT NULL;

-- Rules of what a channel shows; the newest row of a pair is in force, undoing adds
-- the one before again. 0 stands for every item or every account.
CREATE TABLE stock_rule (
  rid INTEGER PRIMARY KEY,
  item_rid INTEGER NOT NULL,
  account_rid INTEGER NOT NULL,
  buffer INTEGER NOT NULL CHECK (buffer >= 0),
  floor INTEGER NOT NULL CHECK (floor >= 0),
  maximum INTEGER CHECK (maximum >= 0),
  -- 1: no rule of its own from here on.
  removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
  command_rid INTEGER NOT NULL REFERENCES command (rid)
) STRICT;
CREATE INDEX stock_rule_pair ON stock_rule (item_rid, account_rid, rid);
CREATE INDEX stock_rule_command ON stock_rule (command_rid);
