-- Whom a command marked as undone, or as standing again, so that taking that
-- command back restores the marks exactly: an undo marks one command, a return
-- to a moment marks many.
CREATE TABLE undone_mark (
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  target_rid INTEGER NOT NULL REFERENCES command (rid),
  -- command.undone_by_rid of the target.
  before INTEGER,
  after INTEGER,
  PRIMARY KEY (command_rid, target_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX undone_mark_target ON undone_mark (target_rid);

INSERT INTO undone_mark (command_rid, target_rid, before, after)
SELECT u.rid, t.rid, NULL, u.rid FROM command t JOIN command u ON u.rid = t.undone_by_rid;
-- A redo lets the first command stand again.
INSERT OR IGNORE INTO undone_mark (command_rid, target_rid, before, after)
SELECT r.rid, u.undo_of_rid, u.rid, NULL FROM command r JOIN command u ON u.rid = r.undo_of_rid
WHERE r.method = 'history.redo' AND u.undo_of_rid IS NOT NULL;
-- An undo that was redone had marked the first command before.
INSERT OR IGNORE INTO undone_mark (command_rid, target_rid, before, after)
SELECT u.rid, u.undo_of_rid, NULL, u.rid FROM command r JOIN command u ON u.rid = r.undo_of_rid
WHERE r.method = 'history.redo' AND u.undo_of_rid IS NOT NULL;

-- The outbox as it was, with conditions that cost little for each row that is
-- queued: in a CHECK and in the condition of an index, a list of three or more is
-- built anew for every row.
CREATE TABLE outbox_rebuilt (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  kind TEXT NOT NULL CHECK (kind IN ('set', 'ship')),
  lane INTEGER NOT NULL CHECK (lane IN (0, 1)), -- 0 stock and shipments, 1 content
  entity TEXT NOT NULL CHECK (entity = 'listing' OR entity IN ('product', 'shipment')),
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
  state TEXT NOT NULL CHECK (state = 'pending' OR state IN ('leased', 'sent', 'accepted', 'verified', 'retry_wait', 'needs_verify', 'rejected', 'conflict', 'superseded', 'cancelled')),
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
INSERT INTO outbox_rebuilt SELECT rid, account_rid, kind, lane, entity, entity_rid, product_rid, field, base, sent, theirs, state,
  released_at_ms, attempts, next_attempt_at_ms, lease, code, message, command_rid, created_at_ms, updated_at_ms FROM outbox;
CREATE TABLE op_step_rebuilt (
  op_rid INTEGER NOT NULL REFERENCES outbox_rebuilt (rid),
  seq INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  step TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (op_rid, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO op_step_rebuilt SELECT op_rid, seq, at_ms, step, text FROM op_step;
DROP TABLE op_step;
DROP TABLE outbox;
ALTER TABLE outbox_rebuilt RENAME TO outbox;
ALTER TABLE op_step_rebuilt RENAME TO op_step;
-- Conditions stand word for word in main/engine/journal/outbox-sql.ts; a query has to repeat them to use an index.
CREATE UNIQUE INDEX outbox_waiting ON outbox (entity, field, entity_rid)
  WHERE state NOT IN ('leased', 'sent') AND state NOT IN ('accepted', 'verified') AND state NOT IN ('needs_verify', 'superseded') AND state <> 'cancelled';
CREATE INDEX outbox_live ON outbox (entity, entity_rid, field) WHERE state NOT IN ('superseded', 'cancelled');
CREATE INDEX outbox_open ON outbox (account_rid, state, lane, rid) WHERE state NOT IN ('verified', 'superseded') AND state <> 'cancelled';
CREATE INDEX outbox_due ON outbox (account_rid, lane, rid) WHERE released_at_ms IS NOT NULL AND state IN ('pending', 'retry_wait');
CREATE INDEX outbox_due_product ON outbox (product_rid) WHERE released_at_ms IS NOT NULL AND state IN ('pending', 'retry_wait');
CREATE INDEX outbox_lease ON outbox (lease) WHERE lease IS NOT NULL;

-- Whether a channel knows a product is asked for every op that is queued; the few
-- that it does not know yet are found without reading the product.
CREATE INDEX product_local ON product (rid) WHERE external_id IS NULL;

-- The columns that each command changed. With them the changes of one row are
-- found through the log's own key, so that it needs no second index, into whose
-- middle every changed cell would be sorted.
CREATE TABLE command_column (
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  PRIMARY KEY (entity, field, command_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX command_column_command ON command_column (command_rid);
INSERT INTO command_column (entity, field, command_rid) SELECT DISTINCT entity, field, command_rid FROM change ORDER BY 1, 2, 3;
DROP INDEX change_entity;

-- While many rows are loaded, whoever loads them notes them for the search in one go.
CREATE TABLE bulk_load (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
DROP TRIGGER listing_search_added;
CREATE TRIGGER listing_search_added AFTER INSERT ON listing WHEN NOT EXISTS (SELECT 1 FROM bulk_load) BEGIN
  INSERT OR IGNORE INTO listing_search_stale (rid) VALUES (new.rid);
END;
