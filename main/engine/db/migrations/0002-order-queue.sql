-- Units that a picker looked for and did not find.
ALTER TABLE order_line ADD COLUMN missing INTEGER NOT NULL DEFAULT 0 CHECK (missing >= 0);

-- A page of the queue is found in an index alone: the order of leaving within a
-- state, and the two other orders with state and account beside the key.
DROP INDEX sales_order_queue;
CREATE INDEX sales_order_queue ON sales_order (state, ship_by_at_ms, account_rid);
DROP INDEX sales_order_placed;
CREATE INDEX sales_order_placed ON sales_order (placed_at_ms, state, account_rid);
CREATE INDEX sales_order_number ON sales_order (number COLLATE NOCASE, state, account_rid);
CREATE INDEX shipment_tracking ON shipment (tracking COLLATE NOCASE) WHERE tracking <> '';

-- Orders by account and state, kept by triggers, so that the tabs of the queue
-- cost the same for ten orders and for a million.
CREATE TABLE order_count (
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  state TEXT NOT NULL,
  orders INTEGER NOT NULL CHECK (orders >= 0),
  PRIMARY KEY (account_rid, state)
) STRICT, WITHOUT ROWID;
INSERT INTO order_count (account_rid, state, orders)
  SELECT account_rid, state, count(*) FROM sales_order GROUP BY account_rid, state;

CREATE TRIGGER sales_order_added AFTER INSERT ON sales_order BEGIN
  INSERT INTO order_count (account_rid, state, orders) VALUES (new.account_rid, new.state, 1)
  ON CONFLICT (account_rid, state) DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER sales_order_moved AFTER UPDATE OF state, account_rid ON sales_order
WHEN old.state <> new.state OR old.account_rid <> new.account_rid BEGIN
  UPDATE order_count SET orders = orders - 1 WHERE account_rid = old.account_rid AND state = old.state;
  INSERT INTO order_count (account_rid, state, orders) VALUES (new.account_rid, new.state, 1)
  ON CONFLICT (account_rid, state) DO UPDATE SET orders = orders + 1;
END;
CREATE TRIGGER sales_order_gone AFTER DELETE ON sales_order BEGIN
  UPDATE order_count SET orders = orders - 1 WHERE account_rid = old.account_rid AND state = old.state;
END;
