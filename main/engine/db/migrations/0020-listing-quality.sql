-- How good each listing is by the rules of its channel: computed, never edited, and
-- always found again from the listings themselves.

CREATE TABLE quality_score (
  listing_rid INTEGER PRIMARY KEY REFERENCES listing (rid) ON DELETE CASCADE,
  account_rid INTEGER NOT NULL,
  -- 0 to 100 each.
  score REAL NOT NULL,
  complete REAL NOT NULL,
  -- Rules broken, by lane.
  rejected INTEGER NOT NULL,
  improve INTEGER NOT NULL,
  -- Same texts and pictures have the same key; NULL without any.
  title_key TEXT,
  image_key TEXT,
  -- Version of the pack that judged, and when.
  pack TEXT NOT NULL,
  as_of_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX quality_score_rejected ON quality_score (listing_rid) WHERE rejected > 0;
CREATE INDEX quality_score_title ON quality_score (title_key, account_rid) WHERE title_key IS NOT NULL;
CREATE INDEX quality_score_image ON quality_score (image_key, account_rid) WHERE image_key IS NOT NULL;

-- Sums over the listings of an account, kept with every score: no screen counts a whole catalogue.
CREATE TABLE quality_total (
  account_rid INTEGER PRIMARY KEY,
  listings INTEGER NOT NULL,
  score REAL NOT NULL,
  complete REAL NOT NULL,
  rejected INTEGER NOT NULL,
  improve INTEGER NOT NULL
) STRICT;
CREATE TRIGGER quality_score_added AFTER INSERT ON quality_score BEGIN
  INSERT INTO quality_total (account_rid, listings, score, complete, rejected, improve)
  VALUES (new.account_rid, 1, new.score, new.complete, new.rejected > 0, new.improve > 0)
  ON CONFLICT (account_rid) DO UPDATE SET listings = listings + 1, score = score + excluded.score,
    complete = complete + excluded.complete, rejected = rejected + excluded.rejected, improve = improve + excluded.improve;
END;
CREATE TRIGGER quality_score_changed AFTER UPDATE ON quality_score BEGIN
  UPDATE quality_total SET score = score + new.score - old.score, complete = complete + new.complete - old.complete,
    rejected = rejected + (new.rejected > 0) - (old.rejected > 0), improve = improve + (new.improve > 0) - (old.improve > 0)
  WHERE account_rid = new.account_rid;
END;
CREATE TRIGGER quality_score_gone AFTER DELETE ON quality_score BEGIN
  UPDATE quality_total SET listings = listings - 1, score = score - old.score, complete = complete - old.complete,
    rejected = rejected - (old.rejected > 0), improve = improve - (old.improve > 0)
  WHERE account_rid = old.account_rid;
END;

-- The rules that each listing breaks, and how many listings break each.
CREATE TABLE quality_finding (
  rule TEXT NOT NULL,
  listing_rid INTEGER NOT NULL REFERENCES listing (rid) ON DELETE CASCADE,
  account_rid INTEGER NOT NULL,
  PRIMARY KEY (rule, listing_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX quality_finding_listing ON quality_finding (listing_rid);
CREATE TABLE quality_count (
  rule TEXT NOT NULL,
  account_rid INTEGER NOT NULL,
  listings INTEGER NOT NULL,
  PRIMARY KEY (rule, account_rid)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER quality_finding_added AFTER INSERT ON quality_finding BEGIN
  INSERT INTO quality_count (rule, account_rid, listings) VALUES (new.rule, new.account_rid, 1)
  ON CONFLICT (rule, account_rid) DO UPDATE SET listings = listings + 1;
END;
CREATE TRIGGER quality_finding_gone AFTER DELETE ON quality_finding BEGIN
  UPDATE quality_count SET listings = listings - 1 WHERE rule = old.rule AND account_rid = old.account_rid;
END;

-- Words that an account wants to be found by.
CREATE TABLE quality_keyword (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  -- '' = every product type.
  product_type TEXT NOT NULL,
  phrase TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  removed_at_ms INTEGER
) STRICT;
CREATE INDEX quality_keyword_account ON quality_keyword (account_rid, product_type);

-- One pass over all listings: by which rules, how far it has come, when it ended.
CREATE TABLE quality_sweep (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  rules TEXT NOT NULL,
  after_rid INTEGER NOT NULL,
  started_at_ms INTEGER NOT NULL,
  finished_at_ms INTEGER
) STRICT;
INSERT INTO quality_sweep (one, rules, after_rid, started_at_ms) VALUES (1, '', 0, 0);
CREATE TRIGGER quality_keyword_added AFTER INSERT ON quality_keyword BEGIN
  UPDATE quality_sweep SET after_rid = 0, finished_at_ms = NULL;
END;
CREATE TRIGGER quality_keyword_changed AFTER UPDATE OF removed_at_ms ON quality_keyword BEGIN
  UPDATE quality_sweep SET after_rid = 0, finished_at_ms = NULL;
END;

-- Listings that changed since they were judged. A change only notes its row.
CREATE TABLE quality_stale (rid INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER quality_listing_added AFTER INSERT ON listing BEGIN
  INSERT OR IGNORE INTO quality_stale (rid) VALUES (new.rid);
END;
CREATE TRIGGER quality_listing_changed
AFTER UPDATE OF sku, gtin, price_minor, sale_price_minor, quantity, weight, removed_at_ms ON listing
WHEN old.sku IS NOT new.sku OR old.gtin IS NOT new.gtin OR old.price_minor IS NOT new.price_minor
  OR old.sale_price_minor IS NOT new.sale_price_minor OR old.quantity IS NOT new.quantity
  OR old.weight IS NOT new.weight OR old.removed_at_ms IS NOT new.removed_at_ms BEGIN
  INSERT OR IGNORE INTO quality_stale (rid) VALUES (new.rid);
END;
CREATE TRIGGER quality_product_changed
AFTER UPDATE OF title, description, short_description, slug, status, tags, categories, images, brand, product_type,
  bullets, search_terms, materials ON product
WHEN old.title IS NOT new.title OR old.description IS NOT new.description
  OR old.short_description IS NOT new.short_description OR old.slug IS NOT new.slug OR old.status IS NOT new.status
  OR old.tags IS NOT new.tags OR old.categories IS NOT new.categories OR old.images IS NOT new.images
  OR old.brand IS NOT new.brand OR old.product_type IS NOT new.product_type OR old.bullets IS NOT new.bullets
  OR old.search_terms IS NOT new.search_terms OR old.materials IS NOT new.materials BEGIN
  INSERT OR IGNORE INTO quality_stale (rid) SELECT rid FROM listing WHERE product_rid = new.rid;
END;
CREATE TRIGGER quality_figure_added AFTER INSERT ON market_figure
WHEN new.kind IN ('featuredOffer', 'targetPrice') BEGIN
  INSERT OR IGNORE INTO quality_stale (rid) VALUES (new.listing_rid);
END;
CREATE TRIGGER quality_figure_changed AFTER UPDATE OF value ON market_figure
WHEN new.kind IN ('featuredOffer', 'targetPrice') AND old.value IS NOT new.value BEGIN
  INSERT OR IGNORE INTO quality_stale (rid) VALUES (new.listing_rid);
END;
