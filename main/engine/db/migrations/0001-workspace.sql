-- Surrogate rid for joins, public id (UUIDv7) for contracts, external_id is the
-- channel's own text. Money in minor units, times in epoch milliseconds UTC.

CREATE TABLE workspace (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'paused', 'auth_required')),
  currency TEXT,
  -- Decimals of the currency, for comparisons in SQL.
  currency_exponent INTEGER NOT NULL DEFAULT 2,
  time_zone TEXT NOT NULL DEFAULT 'UTC',
  sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
  removed_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  last_pull_at_ms INTEGER,
  last_push_at_ms INTEGER,
  last_verified_at_ms INTEGER,
  offline_since_ms INTEGER,
  error_code TEXT,
  error_message TEXT,
  error_at_ms INTEGER,
  -- Adaptive push batch size, learned from latency and time-outs.
  batch_size INTEGER
) STRICT;

-- The channel's object that groups sellable variants.
CREATE TABLE product (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  external_id TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('simple', 'variable', 'grouped', 'external')),
  title TEXT NOT NULL,
  description TEXT,
  short_description TEXT,
  slug TEXT,
  status TEXT NOT NULL,
  tags TEXT,
  categories TEXT,
  images TEXT,
  brand TEXT,
  product_type TEXT,
  -- One bullet a line.
  bullets TEXT,
  search_terms TEXT,
  materials TEXT,
  url TEXT,
  raw TEXT NOT NULL DEFAULT '{}',
  remote_modified_at_ms INTEGER,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX product_external ON product (account_rid, external_id) WHERE external_id IS NOT NULL;

-- One sellable variant: a row of the grid.
CREATE TABLE listing (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  product_rid INTEGER NOT NULL REFERENCES product (rid),
  -- Variation id; NULL when the product itself is sold.
  external_id TEXT,
  variant TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  sku TEXT,
  gtin TEXT,
  price_minor INTEGER,
  sale_price_minor INTEGER,
  sale_from_at_ms INTEGER,
  sale_to_at_ms INTEGER,
  quantity INTEGER,
  manage_stock INTEGER NOT NULL DEFAULT 0 CHECK (manage_stock IN (0, 1)),
  stock_status TEXT,
  backorders TEXT,
  weight TEXT,
  raw TEXT NOT NULL DEFAULT '{}',
  read_at_ms INTEGER,
  updated_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX listing_product ON listing (product_rid);
CREATE INDEX listing_sku ON listing (sku, account_rid);
CREATE UNIQUE INDEX listing_external ON listing (product_rid, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX listing_gtin ON listing (gtin) WHERE gtin IS NOT NULL;

CREATE TABLE command (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  request_id TEXT UNIQUE,
  method TEXT NOT NULL,
  label TEXT NOT NULL,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  cells INTEGER NOT NULL DEFAULT 0,
  rows INTEGER NOT NULL DEFAULT 0,
  undo_of_rid INTEGER REFERENCES command (rid),
  undone_by_rid INTEGER REFERENCES command (rid),
  -- 1 when undo knows how to take it back.
  reversible INTEGER NOT NULL CHECK (reversible IN (0, 1)),
  -- The reply, so that a repeated request answers the same.
  result TEXT
) STRICT;
CREATE INDEX command_undo ON command (reversible, rid);

-- Cell by cell: what a command found and what it left. A created row is a change
-- of 'removedAt' from the moment of creation to NULL, so that undoing it removes it.
CREATE TABLE change (
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  entity TEXT NOT NULL CHECK (entity IN ('product', 'listing', 'order_line', 'shipment')),
  field TEXT NOT NULL,
  entity_rid INTEGER NOT NULL,
  before ANY,
  after ANY,
  PRIMARY KEY (command_rid, entity, field, entity_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_entity ON change (entity, entity_rid);

-- One op per changed cell (kind 'set') or shipment (kind 'ship'). The state that
-- a cell shows is that of its live ops: waiting before in flight before verified;
-- a cell without live ops is clean.
CREATE TABLE outbox (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  kind TEXT NOT NULL CHECK (kind IN ('set', 'ship')),
  lane INTEGER NOT NULL CHECK (lane IN (0, 1)), -- 0 stock and shipments, 1 content
  entity TEXT NOT NULL CHECK (entity IN ('product', 'listing', 'shipment')),
  entity_rid INTEGER NOT NULL,
  -- Product that orders the ops: at most one op of it is in flight.
  product_rid INTEGER,
  field TEXT NOT NULL,
  -- Last value confirmed on the channel before the first edit that this op carries.
  base ANY,
  -- What went out; NULL until leased.
  sent ANY,
  -- What the channel had when a conflict was found.
  theirs ANY,
  state TEXT NOT NULL CHECK (state IN ('pending', 'leased', 'sent', 'accepted', 'verified', 'retry_wait', 'needs_verify', 'rejected', 'conflict', 'superseded', 'cancelled')),
  released_at_ms INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER,
  lease TEXT,
  code TEXT,
  message TEXT,
  command_rid INTEGER REFERENCES command (rid),
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
-- A later edit joins the op that still waits.
CREATE UNIQUE INDEX outbox_waiting ON outbox (entity, entity_rid, field) WHERE state IN ('pending', 'retry_wait', 'rejected', 'conflict');
CREATE INDEX outbox_live ON outbox (entity, entity_rid, field) WHERE state NOT IN ('superseded', 'cancelled');
CREATE INDEX outbox_open ON outbox (account_rid, state, lane, rid) WHERE state NOT IN ('verified', 'superseded', 'cancelled');
CREATE INDEX outbox_account ON outbox (account_rid, rid);

-- Why trail of an op: what was sent, when, what came back, what was read back.
CREATE TABLE op_step (
  op_rid INTEGER NOT NULL REFERENCES outbox (rid),
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  step TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (op_rid, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE cursor (
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  resource TEXT NOT NULL CHECK (resource IN ('listings', 'orders', 'ids')),
  value TEXT,
  -- 1 once a full pass has come to its end.
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (account_rid, resource)
) STRICT, WITHOUT ROWID;

-- What is left of an account's rate limits, so that a restart forgets no debt.
CREATE TABLE limiter (
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  operation TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (account_rid, operation)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  resource TEXT NOT NULL CHECK (resource IN ('listings', 'orders')),
  external_id TEXT,
  reason TEXT NOT NULL,
  raw TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX quarantine_record ON quarantine (account_rid, resource, external_id);

CREATE TABLE sales_order (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  external_id TEXT NOT NULL,
  number TEXT NOT NULL,
  state TEXT NOT NULL,
  channel_status TEXT NOT NULL,
  -- What the channel decides: NULL may be fulfilled, else a blocked state or 'shipped'.
  disposition TEXT,
  currency TEXT NOT NULL,
  total_minor INTEGER NOT NULL,
  placed_at_ms INTEGER NOT NULL,
  ship_by_at_ms INTEGER,
  remote_modified_at_ms INTEGER NOT NULL,
  note TEXT NOT NULL,
  shipping_method TEXT NOT NULL,
  customer_name TEXT NOT NULL,
  country TEXT,
  raw TEXT NOT NULL DEFAULT '{}',
  read_at_ms INTEGER NOT NULL,
  UNIQUE (account_rid, external_id)
) STRICT;
CREATE INDEX sales_order_queue ON sales_order (state, ship_by_at_ms, rid);
CREATE INDEX sales_order_placed ON sales_order (placed_at_ms, rid);

-- Personal data stands apart so that it can be purged alone.
CREATE TABLE order_contact (
  order_rid INTEGER PRIMARY KEY REFERENCES sales_order (rid),
  name TEXT NOT NULL,
  company TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL,
  city TEXT NOT NULL,
  region TEXT NOT NULL,
  postcode TEXT NOT NULL,
  country TEXT NOT NULL,
  phone TEXT NOT NULL,
  email TEXT NOT NULL
) STRICT;

CREATE TABLE order_line (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  external_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  sku TEXT,
  title TEXT NOT NULL,
  variant TEXT NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity >= 0),
  picked INTEGER NOT NULL DEFAULT 0 CHECK (picked >= 0),
  packed INTEGER NOT NULL DEFAULT 0 CHECK (packed >= 0),
  shipped INTEGER NOT NULL DEFAULT 0 CHECK (shipped >= 0),
  unit_price_minor INTEGER NOT NULL,
  product_external_id TEXT,
  variant_external_id TEXT,
  image TEXT,
  UNIQUE (order_rid, external_id)
) STRICT;
CREATE INDEX order_line_sku ON order_line (sku, order_rid);

CREATE TABLE shipment (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  carrier TEXT NOT NULL,
  tracking TEXT NOT NULL,
  shipped_at_ms INTEGER NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  cancelled_at_ms INTEGER
) STRICT;
CREATE INDEX shipment_order ON shipment (order_rid);

CREATE TABLE shipment_line (
  shipment_rid INTEGER NOT NULL REFERENCES shipment (rid),
  line_rid INTEGER NOT NULL REFERENCES order_line (rid),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (shipment_rid, line_rid)
) STRICT, WITHOUT ROWID;

-- Who did what to an order, in words made from `kind` and `facts`.
CREATE TABLE order_event (
  rid INTEGER PRIMARY KEY,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  kind TEXT NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX order_event_order ON order_event (order_rid, rid);

CREATE VIRTUAL TABLE order_search USING fts5 (number, customer, skus, tokenize = 'trigram', content = '', contentless_delete = 1);

-- Every scan as it came; a scan id is answered once.
CREATE TABLE scan (
  id TEXT PRIMARY KEY,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  step TEXT NOT NULL CHECK (step IN ('pick', 'pack')),
  code TEXT NOT NULL,
  outcome TEXT NOT NULL,
  line_rid INTEGER REFERENCES order_line (rid),
  command_rid INTEGER REFERENCES command (rid),
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE job (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  result TEXT,
  error_code TEXT,
  error_message TEXT
) STRICT;

CREATE TABLE backup (
  rid INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT;
