-- What a person does not want to leave for now: one SKU in every shop, or all of one channel.
CREATE TABLE hold (
  rid INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sku', 'platform')),
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  actor TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  UNIQUE (kind, value)
) STRICT;

-- The newest failures of an account.
CREATE TABLE account_failure (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  at_ms INTEGER NOT NULL,
  activity TEXT NOT NULL CHECK (activity IN ('pull', 'publish', 'test', 'sign-in')),
  code TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;
CREATE INDEX account_failure_account ON account_failure (account_rid, rid);

-- Verified values that the last full read found changed in the shop.
CREATE TABLE drift (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  entity TEXT NOT NULL CHECK (entity IN ('product', 'listing')),
  entity_rid INTEGER NOT NULL,
  field TEXT NOT NULL,
  verified ANY,
  found ANY,
  verified_at_ms INTEGER NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX drift_account ON drift (account_rid, rid);
