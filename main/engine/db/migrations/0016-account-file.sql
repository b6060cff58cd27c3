-- Tables that a person brought in for an account without access to its channel's API.

CREATE TABLE account_file (
  account_rid INTEGER NOT NULL REFERENCES account (rid),
  -- listings: the newest download of everything on sale. Orders are not kept: they hold personal data.
  kind TEXT NOT NULL CHECK (kind IN ('listings')),
  name TEXT NOT NULL,
  -- SHA-256 of the file, hexadecimal.
  hash TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- JSON: rows of cells, the header first.
  cells TEXT NOT NULL,
  PRIMARY KEY (account_rid, kind)
) STRICT;
