-- Waiting ops by field first: one look says whether a column has any, and a
-- change of a whole column writes its entries side by side.
DROP INDEX outbox_waiting;
CREATE UNIQUE INDEX outbox_waiting ON outbox (entity, field, entity_rid) WHERE state IN ('pending', 'retry_wait', 'rejected', 'conflict');
-- Lists of ops walk the rows or the open ones; nothing looked up closed ops by account.
DROP INDEX outbox_account;
