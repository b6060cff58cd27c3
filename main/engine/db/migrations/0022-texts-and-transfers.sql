-- Texts of products in other languages. An empty text is none. `source` is the
-- text that was translated, so that a changed original shows.
CREATE TABLE locale_text (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  product_rid INTEGER NOT NULL REFERENCES product (rid),
  locale TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('title', 'description', 'bullets', 'tags')),
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER,
  UNIQUE (product_rid, locale, field)
) STRICT;
-- The translation memory asks for the same text of any product.
CREATE INDEX locale_text_memory ON locale_text (locale, field, source);

CREATE TABLE account_locale (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  locale TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX account_locale_account ON account_locale (account_rid);

CREATE TABLE glossary_term (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  locale TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX glossary_term_locale ON glossary_term (locale);

-- Which product of one shop became which of another: the cross-walk of a move.
CREATE TABLE product_transfer (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source_product_rid INTEGER NOT NULL REFERENCES product (rid),
  target_account_rid INTEGER NOT NULL REFERENCES account (rid),
  target_external_id TEXT NOT NULL,
  target_url TEXT,
  -- JSON: id of the listing here -> id of the variant there; null for a simple product.
  variants TEXT NOT NULL CHECK (json_valid(variants)),
  -- 0: it was there already and is only linked, so going back leaves it.
  created INTEGER NOT NULL CHECK (created IN (0, 1)),
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX product_transfer_source ON product_transfer (source_product_rid, target_account_rid);
