-- Whom a command marked as undone, or as standing again, so that taking that
-- command back restores the marks exactly: an undo marks one command, a return
-- to a moment marks many.
CREATE TABLE undone_mark (
  command_rid INTEGER NOT NULL REFERENCES command (rid),
  target_rid INTEGER NOT NULL REFERENCES command (rid),
  -- command.undone_by_rid of the target.
  before INTEGER,
  after INTEGER,
  PRIMARY KEY (command_rid, target_rid)
) STRICT, WITHOUT ROWID;
CREATE INDEX undone_mark_target ON undone_mark (target_rid);

INSERT INTO undone_mark (command_rid, target_rid, before, after)
SELECT u.rid, t.rid, NULL, u.rid FROM command t JOIN command u ON u.rid = t.undone_by_rid;
-- A redo lets the first command stand again.
INSERT OR IGNORE INTO undone_mark (command_rid, target_rid, before, after)
SELECT r.rid, u.undo_of_rid, u.rid, NULL FROM command r JOIN command u ON u.rid = r.undo_of_rid
WHERE r.method = 'history.redo' AND u.undo_of_rid IS NOT NULL;
-- An undo that was redone had marked the first command before.
INSERT OR IGNORE INTO undone_mark (command_rid, target_rid, before, after)
SELECT u.rid, u.undo_of_rid, NULL, u.rid FROM command r JOIN command u ON u.rid = r.undo_of_rid
WHERE r.method = 'history.redo' AND u.undo_of_rid IS NOT NULL;
