-- Named sets of changes that are collected and reviewed apart from the live cells.
CREATE TABLE draft (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'review', 'approved', 'merged', 'discarded')),
  created_by TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  -- Who asked for the review and who approved, with the reviewer's words.
  submitted_by TEXT,
  submitted_at_ms INTEGER,
  approved_by TEXT,
  approved_at_ms INTEGER,
  note TEXT,
  -- Who merged or discarded it; both keep the cells.
  closed_by TEXT,
  closed_at_ms INTEGER
) STRICT;

-- One changed cell. `base` is the live value when it came in, in stored form like `value`.
CREATE TABLE draft_cell (
  draft_rid INTEGER NOT NULL REFERENCES draft (rid),
  entity TEXT NOT NULL CHECK (entity IN ('product', 'listing')),
  entity_rid INTEGER NOT NULL,
  field TEXT NOT NULL,
  -- The listing by which the cell was changed: a product has several.
  listing_rid INTEGER NOT NULL REFERENCES listing (rid),
  base ANY,
  value ANY,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- Live since; a merge that left others over keeps them waiting.
  merged_at_ms INTEGER,
  PRIMARY KEY (draft_rid, entity, entity_rid, field)
) STRICT, WITHOUT ROWID;
