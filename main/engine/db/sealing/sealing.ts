import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { KeyStore } from './key-store.ts';
import { searchTokens, tokenHash } from './search-tokens.ts';

/**
 * Personal data at rest. Every order has a key of its own, so that destroying
 * one key makes that buyer's data unreadable everywhere, in old backups too,
 * and nothing else. A key is made of a secret in the key store (which no
 * backup holds) and the master key in the vault: neither alone opens anything.
 */
export interface Sealing {
  /**
   * The text under the key of `id`, made on first use; null when that key was
   * destroyed: what was purged does not come back. Throws VAULT_LOCKED.
   */
  seal(id: string, text: string): Buffer | null;
  /** Null when the key was destroyed, or is of another machine, or the bytes are not what was sealed. */
  open(id: string, sealed: Buffer): string | null;
  /** Words for the search index that tell nothing to whoever has no master key. */
  tokens(text: string): string;
  /** Makes new keys durable: runs before what they seal is committed. */
  flush(): void;
  /** Destroys the keys for good; returns how many there were. */
  shred(ids: readonly string[], atMs: number): number;
  close(): void;
}

const IV = 12;
const TAG = 16;

/** Sealing with both halves of the keys at hand. */
export function createSealing(master: Buffer, store: KeyStore): Sealing {
  const hash = tokenHash(createHmac('sha256', master).update('search').digest());
  const keyOf = (secret: Buffer): Buffer => createHmac('sha256', master).update(secret).digest();
  return {
    seal: (id, text) => {
      const secret = store.make(id);
      if (!secret) return null;
      const iv = randomBytes(IV);
      const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv);
      cipher.setAAD(Buffer.from(id));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    open: (id, sealed) => {
      const secret = store.find(id);
      if (!secret || sealed.length < IV + TAG) return null;
      const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), sealed.subarray(0, IV));
      decipher.setAAD(Buffer.from(id));
      decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
      try {
        return decipher.update(sealed.subarray(IV + TAG), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return null;
      }
    },
    tokens: (text) => searchTokens(text, hash),
    flush: () => store.flush(),
    shred: (ids, atMs) => store.shred(ids, atMs),
    close: () => store.close(),
  };
}

/**
 * Sealing while the vault does not give the master key away: nothing sealed can
 * be read or found, nothing new can be sealed, purging still works.
 */
export function lockedSealing(store?: KeyStore): Sealing {
  return {
    seal: () => {
      throw new CodedError(
        'VAULT_LOCKED',
        "Buyers' data cannot be stored: the key store of this machine is locked; open the workspace in the window",
      );
    },
    open: () => null,
    tokens: () => '',
    flush: () => undefined,
    shred: (ids, atMs) => store?.shred(ids, atMs) ?? 0,
    close: () => store?.close(),
  };
}
