-- What a person wants to happen with cells that both sides changed; the narrowest rule that fits counts.
CREATE TABLE conflict_rule (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  field TEXT NOT NULL,
  -- NULL = every account.
  account_rid INTEGER REFERENCES account (rid),
  -- With * for any characters; NULL = every SKU.
  sku_pattern TEXT,
  choice TEXT NOT NULL CHECK (choice IN ('mine', 'theirs', 'ask')),
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX conflict_rule_scope ON conflict_rule (field, coalesce(account_rid, 0), coalesce(sku_pattern, ''));

-- Cancellations and refunds on their way to a channel. States are those of the outbox; by_hand waits for a person.
CREATE TABLE order_action (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  order_rid INTEGER NOT NULL REFERENCES sales_order (rid),
  kind TEXT NOT NULL CHECK (kind IN ('cancel', 'refund')),
  -- What was asked for, as the channel's connector gets it.
  request TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'accepted', 'verified', 'retry_wait', 'needs_verify', 'rejected', 'by_hand')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at_ms INTEGER,
  code TEXT,
  message TEXT,
  -- Minor units of the order's currency that the channel recorded.
  refunded_minor INTEGER,
  actor TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  -- Taken back by a person before it was sent.
  cancelled_at_ms INTEGER
) STRICT;
CREATE INDEX order_action_order ON order_action (order_rid);
CREATE INDEX order_action_open ON order_action (state) WHERE state NOT IN ('verified', 'rejected', 'by_hand') AND cancelled_at_ms IS NULL;

-- Who paused the account, and when.
ALTER TABLE account ADD COLUMN paused_by TEXT;
ALTER TABLE account ADD COLUMN paused_at_ms INTEGER;
