-- Commands are written with their first change, so hardly one is taken out again:
-- an entry of every op for that look is not worth its price.
DROP INDEX outbox_command;
