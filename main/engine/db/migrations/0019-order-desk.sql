-- What people and rules say about an order; a row with nothing in it says nothing.
CREATE TABLE order_mark (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL UNIQUE REFERENCES sales_order (rid),
  -- Why nobody may pick or ship it, as a word of a closed list, so that no buyer is named here.
  hold TEXT,
  priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 2),
  -- Sealed with the order's own key, in hexadecimal: it goes when the buyer's data is purged.
  note TEXT,
  carrier TEXT,
  service TEXT,
  location_rid INTEGER REFERENCES stock_location (rid),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX order_mark_priority ON order_mark (priority, order_rid) WHERE priority <> 0;

CREATE TABLE order_tag (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  tag TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX order_tag_once ON order_tag (order_rid, tag) WHERE removed_at_ms IS NULL;
CREATE INDEX order_tag_name ON order_tag (tag, order_rid) WHERE removed_at_ms IS NULL;

-- Rules in order of position; condition and outcome are JSON.
CREATE TABLE order_rule (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  position INTEGER NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  condition TEXT NOT NULL,
  outcome TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;

-- What each run of the rules found at an order, as JSON; the newest whose command stands counts.
CREATE TABLE order_rule_trace (
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  at_ms INTEGER NOT NULL,
  trace TEXT NOT NULL,
  PRIMARY KEY (order_rid, command_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_rule_trace_command ON order_rule_trace (command_rid);

-- Part of an order that leaves by itself; shipment_rid once it has.
CREATE TABLE order_package (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  number INTEGER NOT NULL,
  -- JSON of [{line, quantity}] by row of the line.
  lines TEXT NOT NULL,
  shipment_rid INTEGER REFERENCES shipment (rid),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX order_package_order ON order_package (order_rid, number) WHERE removed_at_ms IS NULL;
CREATE INDEX order_package_shipment ON order_package (shipment_rid) WHERE shipment_rid IS NOT NULL;

-- Orders of one buyer that leave in one package; an order is in one group only.
CREATE TABLE order_group_member (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  group_id TEXT NOT NULL,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX order_group_member_once ON order_group_member (order_rid) WHERE removed_at_ms IS NULL;
CREATE INDEX order_group_member_group ON order_group_member (group_id) WHERE removed_at_ms IS NULL;

CREATE TABLE order_return (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  closed_at_ms INTEGER,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX order_return_order ON order_return (order_rid);

CREATE TABLE order_return_line (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  return_rid INTEGER NOT NULL REFERENCES order_return (rid),
  line_rid INTEGER NOT NULL REFERENCES order_line (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  reason TEXT NOT NULL,
  received INTEGER NOT NULL DEFAULT 0 CHECK (received >= 0 AND received <= quantity),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX order_return_line_return ON order_return_line (return_rid);
CREATE INDEX order_return_line_line ON order_return_line (line_rid);

CREATE TABLE order_return_receipt (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  line_rid INTEGER NOT NULL REFERENCES order_return_line (rid),
  quantity INTEGER NOT NULL CHECK (quantity >= 1),
  grade TEXT NOT NULL CHECK (grade IN ('A', 'B', 'C', 'scrap')),
  actor TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX order_return_receipt_line ON order_return_receipt (line_rid);
