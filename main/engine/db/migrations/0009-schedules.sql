-- Changes that a person wants to be live at a time, and back as they were at another.
CREATE TABLE schedule (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  label TEXT NOT NULL,
  -- [{listingId, field, value}] as in listings.edit.
  changes TEXT NOT NULL,
  start_at_ms INTEGER NOT NULL,
  end_at_ms INTEGER CHECK (end_at_ms > start_at_ms),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'live', 'done', 'missed', 'end_missed', 'cancelled')),
  -- Requests of the two commands: each happens once, however often the program ends under it.
  start_request TEXT NOT NULL,
  end_request TEXT NOT NULL,
  command_id TEXT,
  applied INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  reverted INTEGER NOT NULL DEFAULT 0,
  changed_since INTEGER NOT NULL DEFAULT 0,
  actor TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX schedule_start ON schedule (start_at_ms) WHERE state = 'waiting';
CREATE INDEX schedule_end ON schedule (end_at_ms) WHERE state = 'live' AND end_at_ms IS NOT NULL;
