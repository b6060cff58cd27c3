-- What a SKU is to have on every channel that inherits it. A row comes with the
-- first value; one whose values are all NULL is as good as none.
CREATE TABLE master (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL UNIQUE,
  -- Of the price; channels in another currency cannot inherit it.
  currency TEXT NOT NULL,
  title TEXT,
  price_minor INTEGER,
  quantity INTEGER,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- How a cell stands to the master of its SKU; NULL is 'detached' that nobody decided.
ALTER TABLE listing ADD COLUMN price_link TEXT CHECK (price_link IN ('inherit', 'override', 'detached'));
ALTER TABLE listing ADD COLUMN quantity_link TEXT CHECK (quantity_link IN ('inherit', 'override', 'detached'));
ALTER TABLE product ADD COLUMN title_link TEXT CHECK (title_link IN ('inherit', 'override', 'detached'));
CREATE INDEX listing_price_link ON listing (price_link) WHERE price_link IS NOT NULL;
CREATE INDEX listing_quantity_link ON listing (quantity_link) WHERE quantity_link IS NOT NULL;
CREATE INDEX product_title_link ON product (title_link) WHERE title_link IS NOT NULL;

-- The SKUs of all live listings come from the index alone.
DROP INDEX listing_sku;
CREATE INDEX listing_sku ON listing (sku, account_rid, removed_at_ms);

-- Which entities there are is the journal's to say (main/engine/journal/entities.ts).
CREATE TABLE change_of_any (
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  entity TEXT NOT NULL,
  field TEXT NOT NULL,
  entity_rid INTEGER NOT NULL,
  before ANY,
  after ANY,
  PRIMARY KEY (command_rid, entity, field, entity_rid)
) STRICT, WITHOUT ROWID;
INSERT INTO change_of_any SELECT command_rid, entity, field, entity_rid, before, after FROM change;
DROP TABLE change;
ALTER TABLE change_of_any RENAME TO change;
CREATE INDEX change_entity ON change (entity, entity_rid);
