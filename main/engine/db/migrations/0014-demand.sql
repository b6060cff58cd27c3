-- From when on what a shop says has left becomes a movement; what left before that is in the first count already.
CREATE TABLE stock_sales_rule (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  -- NULL: nothing is posted for this account.
  since_ms INTEGER,
  -- 1: what is refunded after it left is taken to be back on the shelf.
  restock INTEGER NOT NULL DEFAULT 0 CHECK (restock IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX stock_sales_rule_account ON stock_sales_rule (account_rid);

-- The one document of what left for an order without a shipment of this program.
CREATE TABLE stock_order_sale (
  order_rid INTEGER PRIMARY KEY REFERENCES sales_order (rid),
  document_rid INTEGER NOT NULL UNIQUE REFERENCES stock_document (rid)
) STRICT;

CREATE TABLE stock_sale_line (
  line_rid INTEGER PRIMARY KEY REFERENCES order_line (rid),
  -- Units that had left before the ledger followed the line: an opening or a count holds them already.
  base INTEGER NOT NULL CHECK (base >= 0),
  -- Units that movements stand for.
  posted INTEGER NOT NULL CHECK (posted >= 0)
) STRICT;
CREATE INDEX stock_count_entry_item ON stock_count_entry (item_rid, counted_at_ms);

-- Listings whose channel showed something else than the ledger gives, and since when.
CREATE TABLE stock_gap (
  listing_rid INTEGER PRIMARY KEY REFERENCES listing (rid),
  since_ms INTEGER NOT NULL
) STRICT;

-- Days that say little about tomorrow: promotions and other one-offs. item_rid 0 = every item.
CREATE TABLE demand_mark (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item_rid INTEGER NOT NULL,
  name TEXT NOT NULL,
  -- Calendar days, both included.
  from_day TEXT NOT NULL,
  to_day TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX demand_mark_item ON demand_mark (item_rid);

CREATE TABLE forecast_run (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  as_of_ms INTEGER NOT NULL,
  -- Last whole day of the history, YYYY-MM-DD.
  as_of_day TEXT NOT NULL,
  -- Days of history and days ahead.
  days INTEGER NOT NULL,
  horizon INTEGER NOT NULL,
  -- NULL until it ended.
  finished_at_ms INTEGER,
  skus INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The newest forecast of every SKU that was sold; facts that only a person reads are JSON.
CREATE TABLE forecast (
  sku TEXT PRIMARY KEY,
  run_rid INTEGER NOT NULL REFERENCES forecast_run (rid),
  model TEXT NOT NULL,
  demand_class TEXT,
  -- Units a day over the horizon, and variance per unit of mean.
  daily REAL NOT NULL,
  dispersion REAL NOT NULL,
  -- Sold in the last 90 and 28 days of the history, and days of the last 90 without stock.
  sold_90 REAL NOT NULL,
  sold_28 REAL NOT NULL,
  out_90 INTEGER NOT NULL,
  -- Weekly coefficient of variation's class; NULL without demand.
  xyz TEXT,
  -- Sold value of the last year in minor units, and its class.
  revenue REAL NOT NULL DEFAULT 0,
  abc TEXT,
  -- JSON array: units of each day ahead.
  ahead TEXT NOT NULL CHECK (json_valid(ahead)),
  why TEXT NOT NULL CHECK (json_valid(why))
) STRICT, WITHOUT ROWID;
