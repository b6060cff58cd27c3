-- What may go out now, in the order in which it goes: stock and price first. Only
-- released ops are in here, so that editing costs nothing.
CREATE INDEX outbox_due ON outbox (account_rid, lane, rid) WHERE released_at_ms IS NOT NULL AND state IN ('pending', 'retry_wait');
CREATE INDEX outbox_due_product ON outbox (product_rid) WHERE released_at_ms IS NOT NULL AND state IN ('pending', 'retry_wait');
CREATE INDEX outbox_lease ON outbox (lease) WHERE lease IS NOT NULL;
-- A command that changed nothing is dropped, and SQLite then looks for rows that refer to it.
CREATE INDEX outbox_command ON outbox (command_rid) WHERE command_rid IS NOT NULL;
CREATE INDEX scan_command ON scan (command_rid) WHERE command_rid IS NOT NULL;
CREATE INDEX command_undo_of ON command (undo_of_rid) WHERE undo_of_rid IS NOT NULL;
CREATE INDEX command_undone_by ON command (undone_by_rid) WHERE undone_by_rid IS NOT NULL;
