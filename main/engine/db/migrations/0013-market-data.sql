-- What a channel does and says beside the listings themselves: mass changes that
-- it works off by itself, its rules for product types, and figures of its market.

-- One mass change handed to a channel. Times in epoch ms.
CREATE TABLE push_job (
  rid INTEGER PRIMARY KEY,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  -- made: nothing has left. starting: asked for, the answer may be lost. running: the channel has it.
  state TEXT NOT NULL CHECK (state IN ('made', 'starting', 'running', 'done', 'failed', 'dropped')),
  -- The channel's ids of what was handed over and of the job.
  document TEXT,
  job TEXT,
  entities INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  started_at_ms INTEGER,
  -- NULL once it has ended.
  next_look_at_ms INTEGER,
  ended_at_ms INTEGER,
  message TEXT
) STRICT;
CREATE INDEX push_job_due ON push_job (account_rid, next_look_at_ms) WHERE next_look_at_ms IS NOT NULL;

-- The ops that a job carries, while it has not ended: nothing else of their products leaves meanwhile.
CREATE TABLE push_job_op (
  op_rid INTEGER PRIMARY KEY REFERENCES outbox (rid) ON DELETE CASCADE,
  job_rid INTEGER NOT NULL REFERENCES push_job (rid) ON DELETE CASCADE,
  product_rid INTEGER NOT NULL,
  -- Number of the message in the job that the op is part of.
  message INTEGER NOT NULL
) STRICT;
CREATE INDEX push_job_op_job ON push_job_op (job_rid);
CREATE INDEX push_job_op_product ON push_job_op (product_rid);

-- A channel's rules for the attributes of a product type, as it sent them.
CREATE TABLE product_type_definition (
  platform TEXT NOT NULL,
  marketplace TEXT NOT NULL,
  product_type TEXT NOT NULL,
  -- The channel's version of the rules and the checksum of the document.
  version TEXT NOT NULL,
  checksum TEXT NOT NULL,
  document TEXT NOT NULL,
  fetched_at_ms INTEGER NOT NULL,
  -- When it was last found unchanged.
  checked_at_ms INTEGER NOT NULL,
  PRIMARY KEY (platform, marketplace, product_type)
) STRICT, WITHOUT ROWID;

-- What a market says about a listing: the newest of each kind.
CREATE TABLE market_figure (
  listing_rid INTEGER NOT NULL REFERENCES listing (rid) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  -- JSON; money as {minor, currency}.
  value TEXT NOT NULL CHECK (json_valid(value)),
  -- The moment that the figure is about, and the one at which it was read.
  as_of_ms INTEGER NOT NULL,
  read_at_ms INTEGER NOT NULL,
  -- The channel's own name of where it comes from.
  source TEXT NOT NULL,
  PRIMARY KEY (listing_rid, kind)
) STRICT, WITHOUT ROWID;

-- Attributes of the channel's product type that no column of ours stands for, as
-- canonical JSON {name: entries}; NULL where the channel has none.
ALTER TABLE product ADD COLUMN type_attributes TEXT;
