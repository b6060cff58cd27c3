-- Waves, operators and customs particulars of the warehouse.

-- What a workspace has set for its warehouse, as JSON by key: layouts, sender, tolerances, printers.
CREATE TABLE warehouse_setting (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  key TEXT NOT NULL UNIQUE,
  value TEXT,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

CREATE TABLE pick_wave (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  location_rid INTEGER REFERENCES stock_location (rid),
  mode TEXT NOT NULL CHECK (mode IN ('single', 'batch', 'multi', 'zone')),
  -- JSON of what it was built from.
  criteria TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  closed_at_ms INTEGER,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX pick_wave_open ON pick_wave (rid) WHERE closed_at_ms IS NULL AND removed_at_ms IS NULL;

-- One round with a cart. zone '' = the whole location.
CREATE TABLE pick_batch (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  wave_rid INTEGER NOT NULL REFERENCES pick_wave (rid),
  number INTEGER NOT NULL,
  zone TEXT NOT NULL DEFAULT '',
  operator_rid INTEGER REFERENCES operator (rid),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX pick_batch_wave ON pick_batch (wave_rid, number);

-- An order takes part in one open wave only: `held` is 1 until the wave is closed,
-- and an undo that would hold it twice is refused by the index.
CREATE TABLE pick_wave_order (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  wave_rid INTEGER NOT NULL REFERENCES pick_wave (rid),
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  held INTEGER NOT NULL DEFAULT 1 CHECK (held IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX pick_wave_order_once ON pick_wave_order (order_rid) WHERE held = 1 AND removed_at_ms IS NULL;
CREATE INDEX pick_wave_order_wave ON pick_wave_order (wave_rid);

-- An order in a round, with its tote; in zone picking an order is in one round a zone.
CREATE TABLE pick_batch_order (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  batch_rid INTEGER NOT NULL REFERENCES pick_batch (rid),
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  tote INTEGER NOT NULL CHECK (tote >= 1),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX pick_batch_order_batch ON pick_batch_order (batch_rid, tote);

-- People at the stations. PIN: scrypt with its own salt; badge: SHA-256 of the printed code.
CREATE TABLE operator (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE,
  pin_hash TEXT NOT NULL,
  badge_hash TEXT UNIQUE,
  -- Wrong PINs since the last right one, and until when none is taken.
  failed INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0,
  archived_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

-- Who scanned; older scans know it from their command alone.
ALTER TABLE scan ADD COLUMN actor TEXT NOT NULL DEFAULT '';
CREATE INDEX scan_at ON scan (at_ms);

-- What customs ask about an article, by SKU.
CREATE TABLE customs_item (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL UNIQUE,
  description TEXT,
  hs_code TEXT,
  origin TEXT,
  weight_g INTEGER CHECK (weight_g >= 1),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
