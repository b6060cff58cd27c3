-- What records of these areas were before and after a command, for undo. Tables and
-- columns are named by code only; the newest state stands in the record itself.
CREATE TABLE record_change (
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  entity TEXT NOT NULL,
  entity_rid INTEGER NOT NULL,
  field TEXT NOT NULL,
  before ANY,
  after ANY,
  PRIMARY KEY (command_rid, entity, entity_rid, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE supplier (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL COLLATE NOCASE,
  contact TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '',
  phone TEXT NOT NULL DEFAULT '',
  address TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL,
  -- Days from order to delivery that the supplier promises.
  lead_days INTEGER CHECK (lead_days >= 0),
  -- Smallest order in money, and in units a line.
  minimum_minor INTEGER CHECK (minimum_minor >= 0),
  minimum_units INTEGER CHECK (minimum_units >= 1),
  terms TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

CREATE TABLE supplier_item (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  supplier_rid INTEGER NOT NULL REFERENCES supplier (rid),
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  code TEXT NOT NULL DEFAULT '',
  pack INTEGER NOT NULL DEFAULT 1 CHECK (pack >= 1),
  minimum INTEGER CHECK (minimum >= 1),
  lead_days INTEGER CHECK (lead_days >= 0),
  weight_g INTEGER CHECK (weight_g >= 1),
  -- JSON array of {from, minor}, ascending; the first one begins at 1.
  breaks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(breaks)),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX supplier_item_supplier ON supplier_item (supplier_rid, item_rid);
CREATE INDEX supplier_item_item ON supplier_item (item_rid);

CREATE TABLE supplier_note (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  supplier_rid INTEGER NOT NULL REFERENCES supplier (rid),
  kind TEXT NOT NULL CHECK (kind IN ('note', 'negotiation', 'terms')),
  -- Calendar days, YYYY-MM-DD.
  day TEXT NOT NULL,
  valid_until TEXT,
  text TEXT NOT NULL,
  -- What was negotiated off, a year, in the supplier's currency.
  saving_minor INTEGER,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX supplier_note_supplier ON supplier_note (supplier_rid);
CREATE INDEX supplier_note_until ON supplier_note (valid_until) WHERE valid_until IS NOT NULL;

CREATE TABLE purchase_order (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  supplier_rid INTEGER NOT NULL REFERENCES supplier (rid),
  -- What a person decided; partly received and received follow from the receipts.
  stage TEXT NOT NULL CHECK (stage IN ('draft', 'sent', 'confirmed', 'closed', 'cancelled')),
  currency TEXT NOT NULL,
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  expected_on TEXT,
  reference TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  close_reason TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  sent_at_ms INTEGER,
  confirmed_at_ms INTEGER,
  closed_at_ms INTEGER,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX purchase_order_supplier ON purchase_order (supplier_rid);
CREATE INDEX purchase_order_stage ON purchase_order (stage);

CREATE TABLE purchase_line (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES purchase_order (rid),
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  -- A unit, in the order's currency; NULL while nobody knows.
  price_minor INTEGER CHECK (price_minor >= 0),
  expected_on TEXT,
  -- Units that will not come any more.
  short INTEGER NOT NULL DEFAULT 0 CHECK (short >= 0),
  short_reason TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX purchase_line_order ON purchase_line (order_rid);
CREATE INDEX purchase_line_item ON purchase_line (item_rid);

CREATE TABLE purchase_receipt (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES purchase_order (rid),
  document_rid INTEGER NOT NULL REFERENCES stock_document (rid),
  reference TEXT NOT NULL DEFAULT '',
  freight_minor INTEGER NOT NULL DEFAULT 0 CHECK (freight_minor >= 0),
  duty_minor INTEGER NOT NULL DEFAULT 0 CHECK (duty_minor >= 0),
  split TEXT NOT NULL CHECK (split IN ('value', 'weight', 'quantity')),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX purchase_receipt_order ON purchase_receipt (order_rid);

CREATE TABLE purchase_receipt_line (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  receipt_rid INTEGER NOT NULL REFERENCES purchase_receipt (rid),
  line_rid INTEGER NOT NULL REFERENCES purchase_line (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  -- Of the whole quantity; NULL where the line has no price.
  goods_minor INTEGER,
  freight_minor INTEGER NOT NULL,
  duty_minor INTEGER NOT NULL,
  -- Why more came than was open.
  over_reason TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX purchase_receipt_line_receipt ON purchase_receipt_line (receipt_rid);
CREATE INDEX purchase_receipt_line_line ON purchase_receipt_line (line_rid);

-- What units cost when they came, landed; oldest first out.
CREATE TABLE stock_cost_layer (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  document_rid INTEGER NOT NULL REFERENCES stock_document (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  -- Of the whole quantity.
  cost_minor INTEGER NOT NULL CHECK (cost_minor >= 0),
  currency TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX stock_cost_layer_item ON stock_cost_layer (item_rid, rid);

ALTER TABLE stock_item ADD COLUMN tracking TEXT NOT NULL DEFAULT 'none' CHECK (tracking IN ('none', 'lot', 'serial'));
ALTER TABLE stock_location ADD COLUMN archived_at_ms INTEGER;
ALTER TABLE stock_bin ADD COLUMN archived_at_ms INTEGER;

CREATE TABLE stock_lot (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  -- Lot or serial number.
  code TEXT NOT NULL,
  -- Last day that it may be sold, YYYY-MM-DD.
  expires_on TEXT,
  blocked INTEGER NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
  blocked_reason TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL,
  UNIQUE (item_rid, code)
) STRICT;
CREATE INDEX stock_lot_expires ON stock_lot (expires_on) WHERE expires_on IS NOT NULL;

ALTER TABLE stock_movement ADD COLUMN lot_rid INTEGER REFERENCES stock_lot (rid);

-- Sums of the ledger by lot; what a level has beyond its lots has no lot.
CREATE TABLE stock_lot_level (
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  location_rid INTEGER NOT NULL REFERENCES stock_location (rid),
  bin_rid INTEGER NOT NULL,
  lot_rid INTEGER NOT NULL REFERENCES stock_lot (rid),
  quantity INTEGER NOT NULL,
  PRIMARY KEY (item_rid, location_rid, bin_rid, lot_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_lot_level_lot ON stock_lot_level (lot_rid);

CREATE TABLE stock_kit (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  -- 'virtual' is put together when it ships, 'built' lies on the shelf.
  kind TEXT NOT NULL CHECK (kind IN ('virtual', 'built')),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX stock_kit_item ON stock_kit (item_rid);

CREATE TABLE stock_kit_part (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kit_rid INTEGER NOT NULL REFERENCES stock_kit (rid),
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX stock_kit_part_kit ON stock_kit_part (kit_rid);
CREATE INDEX stock_kit_part_item ON stock_kit_part (item_rid);

-- What leaves the shelf for one unit of a virtual kit, nested ones resolved; derived from the two above.
CREATE TABLE stock_kit_leaf (
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  part_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  PRIMARY KEY (item_rid, part_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_kit_leaf_part ON stock_kit_leaf (part_rid);

CREATE TABLE stock_unit (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  item_rid INTEGER NOT NULL REFERENCES stock_item (rid),
  name TEXT NOT NULL COLLATE NOCASE,
  -- Single units in one of these.
  factor INTEGER NOT NULL CHECK (factor >= 2),
  barcode TEXT,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX stock_unit_item ON stock_unit (item_rid);
CREATE INDEX stock_unit_barcode ON stock_unit (barcode) WHERE barcode IS NOT NULL;
