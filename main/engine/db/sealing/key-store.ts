import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Database } from '../database.ts';

const SECRET = 32;
/** Secrets kept at hand: a page of the queue is read again and again. */
const AT_HAND = 4_096;

/**
 * One secret an order, in a file of its own beside the workspace. It is not in
 * any backup of the workspace: destroying a secret here destroys it everywhere.
 */
export interface KeyStore {
  /** The secret of `id`, made if there is none; null when it was destroyed. */
  make(id: string): Buffer | null;
  find(id: string): Buffer | null;
  /** Writes new secrets to the disk. */
  flush(): void;
  shred(ids: readonly string[], atMs: number): number;
  close(): void;
}

interface Row {
  secret: Buffer | null;
}

const schema = `CREATE TABLE IF NOT EXISTS order_key (
  id TEXT PRIMARY KEY,
  -- NULL once destroyed
  secret BLOB CHECK (secret IS NULL OR length(secret) = ${SECRET}),
  shredded_at_ms INTEGER,
  CHECK ((secret IS NULL) = (shredded_at_ms IS NOT NULL))
) STRICT, WITHOUT ROWID`;
// Not declared statements: those are of the workspace's schema.
const FIND = 'SELECT secret FROM order_key WHERE id = :id';
const INSERT = 'INSERT INTO order_key (id, secret) VALUES (:id, :secret)';
const DESTROY = `UPDATE order_key SET secret = NULL, shredded_at_ms = :at
  WHERE id IN (SELECT value FROM json_each(:ids)) AND secret IS NOT NULL`;

export function openKeyStore(file: string): KeyStore {
  // A workspace without orders has no file of keys.
  let opened = existsSync(file) ? open(file) : null;
  const store = (): Database => (opened ??= open(file));
  const atHand = new Map<string, Buffer>();
  let fresh = new Map<string, Buffer>();
  const remember = (id: string, secret: Buffer): Buffer => {
    if (atHand.size >= AT_HAND) atHand.clear();
    atHand.set(id, secret);
    return secret;
  };
  const look = (id: string): Buffer | null | undefined => {
    const known = fresh.get(id) ?? atHand.get(id);
    if (known) return known;
    const row = opened?.getComposed<Row>(FIND, { id });
    return row?.secret ? remember(id, row.secret) : row?.secret;
  };
  return {
    make: (id) => {
      const known = look(id);
      if (known !== undefined) return known;
      const secret = randomBytes(SECRET);
      fresh.set(id, secret);
      return secret;
    },
    find: (id) => look(id) ?? null,
    flush: () => {
      if (fresh.size === 0) return;
      const db = store();
      db.transaction(() => {
        for (const [id, secret] of fresh) db.runComposed(INSERT, { id, secret });
      });
      for (const [id, secret] of fresh) remember(id, secret);
      fresh = new Map();
    },
    shred: (ids, atMs) => {
      for (const id of ids) atHand.delete(id);
      if (!opened) return 0;
      const { changes } = opened.runComposed(DESTROY, { ids: JSON.stringify(ids), at: atMs });
      // The log still holds the pages from before.
      opened.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      return changes;
    },
    close: () => opened?.close(),
  };
}

function open(file: string): Database {
  const db = new Database(file);
  // What is destroyed is overwritten, not only left to be reused.
  db.pragma('secure_delete = ON');
  db.exec(schema);
  return db;
}
