-- Buyers' data is sealed, each order's with a key of its own that lies outside
-- this file. person_seal and person_tokens come with the connection.
CREATE TABLE order_person (
  order_rid INTEGER PRIMARY KEY REFERENCES sales_order (rid),
  -- JSON of name, address and note; NULL once purged.
  sealed BLOB,
  -- The order as the channel sent it.
  sealed_raw BLOB
) STRICT;
INSERT INTO order_person (order_rid, sealed, sealed_raw)
  SELECT o.rid,
    person_seal(o.id, json_object('name', coalesce(c.name, o.customer_name), 'company', coalesce(c.company, ''),
      'line1', coalesce(c.line1, ''), 'line2', coalesce(c.line2, ''), 'city', coalesce(c.city, ''), 'region', coalesce(c.region, ''),
      'postcode', coalesce(c.postcode, ''), 'country', coalesce(c.country, ''), 'phone', coalesce(c.phone, ''),
      'email', coalesce(c.email, ''), 'note', o.note)),
    person_seal(o.id, o.raw)
  FROM sales_order o LEFT JOIN order_contact c ON c.order_rid = o.rid;
CREATE INDEX order_person_held ON order_person (order_rid) WHERE sealed IS NOT NULL;

DROP TABLE order_search;
-- Each column holds trigrams as words, those of the customer made with a secret key.
CREATE VIRTUAL TABLE order_search USING fts5 (number, customer, skus, tokenize = 'ascii', content = '', contentless_delete = 1);
INSERT INTO order_search (rowid, number, customer, skus)
  SELECT o.rid, open_tokens(o.number),
    person_tokens(coalesce(c.name || ' ' || c.company || ' ' || c.email, o.customer_name)),
    open_tokens(coalesce((SELECT group_concat(coalesce(l.sku, ''), ' ') FROM order_line l WHERE l.order_rid = o.rid), ''))
  FROM sales_order o LEFT JOIN order_contact c ON c.order_rid = o.rid;

DROP TABLE order_contact;
ALTER TABLE sales_order DROP COLUMN customer_name;
ALTER TABLE sales_order DROP COLUMN raw;
ALTER TABLE sales_order DROP COLUMN note;

-- How long an account keeps buyers' data after an order is closed: NULL days = as long as the workspace.
CREATE TABLE person_policy (
  account_rid INTEGER PRIMARY KEY REFERENCES account (rid),
  days INTEGER CHECK (days >= 0)
) STRICT;

-- Proof of what was purged, without whose it was.
CREATE TABLE person_purge (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  -- 'policy' or 'request'
  reason TEXT NOT NULL CHECK (reason IN ('policy', 'request')),
  orders INTEGER NOT NULL CHECK (orders > 0),
  keys_destroyed INTEGER NOT NULL,
  -- SHA-256 over the sorted ids of the orders.
  digest TEXT NOT NULL
) STRICT;
CREATE INDEX person_purge_at ON person_purge (at_ms);
