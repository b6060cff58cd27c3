-- Trigrams of SKU, title, variant and GTIN. Only which rows may match is looked
-- up here; the rows themselves have the last word, so positions and text are not kept.
CREATE VIRTUAL TABLE listing_search USING fts5 (text, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none);

-- Rows whose texts the index does not know yet. A change only notes its row, and
-- the index catches up between calls; a search looks at these rows as well.
CREATE TABLE listing_search_stale (rid INTEGER PRIMARY KEY) STRICT;
INSERT INTO listing_search_stale (rid) SELECT rid FROM listing;

CREATE TRIGGER listing_search_added AFTER INSERT ON listing BEGIN
  INSERT OR IGNORE INTO listing_search_stale (rid) VALUES (new.rid);
END;
CREATE TRIGGER listing_search_changed AFTER UPDATE OF sku, variant, gtin, product_rid ON listing
WHEN old.sku IS NOT new.sku OR old.variant IS NOT new.variant OR old.gtin IS NOT new.gtin OR old.product_rid IS NOT new.product_rid BEGIN
  INSERT OR IGNORE INTO listing_search_stale (rid) VALUES (new.rid);
END;
CREATE TRIGGER listing_search_retitled AFTER UPDATE OF title ON product
WHEN old.title IS NOT new.title BEGIN
  INSERT OR IGNORE INTO listing_search_stale (rid) SELECT rid FROM listing WHERE product_rid = new.rid;
END;

-- The order in which listings stand when nobody sorts them, with all that decides
-- whether a row is shown: such a view is read from the index alone.
CREATE INDEX listing_order ON listing (product_rid, position, rid, account_rid, removed_at_ms);
DROP INDEX listing_product;
