import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Logger, Vault } from '../../ports.ts';
import { openKeyStore, type KeyStore } from './key-store.ts';
import { createSealing, lockedSealing, type Sealing } from './sealing.ts';

export const KEYS_FILE = 'personal-keys.db';
const MASTER = 'personal-data';
const MASTER_BYTES = 32;

/**
 * Opens the keys of a workspace. A vault without a master key gets a new one:
 * what was sealed before it stays unreadable until the shops are read again. A
 * vault that cannot be opened leaves personal data locked, not lost.
 */
export async function openSealing(dir: string, vault: Vault, log: Logger): Promise<Sealing> {
  const store = openStore(join(dir, KEYS_FILE), log);
  try {
    return createSealing(await masterKey(vault), store);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'VAULT_LOCKED') {
      store.close();
      throw error;
    }
    log.warn("buyers' data stays locked", { message: error.message });
    return lockedSealing(store);
  }
}

async function masterKey(vault: Vault): Promise<Buffer> {
  const stored = Buffer.from((await vault.get(MASTER)) ?? '', 'base64');
  if (stored.length === MASTER_BYTES) return stored;
  const made = randomBytes(MASTER_BYTES);
  await vault.set(MASTER, made.toString('base64'));
  return made;
}

/** A damaged file of keys is put aside: the workspace opens, and reading the shops again fills a new one. */
function openStore(file: string, log: Logger): KeyStore {
  try {
    return openKeyStore(file);
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'WORKSPACE_CORRUPT' || !existsSync(file))
      throw error;
    log.error("the keys of buyers' data are damaged and were put aside", { file });
    renameSync(file, `${file}.damaged`);
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(file + suffix)) renameSync(file + suffix, `${file}.damaged${suffix}`);
    }
    return openKeyStore(file);
  }
}
