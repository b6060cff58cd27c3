import { CodedError } from '#shared/errors/coded-error.ts';
import {
  decryptEntry,
  encryptEntry,
  loadKey,
  readVaultFile,
  writeVaultFile,
  type SecretVault,
} from './keyfile-vault.ts';

/** The part of Electron's safeStorage that is used; injected so that the vault is testable. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(data: Buffer): string;
  /** Linux only: `basic_text` is no encryption at all. */
  getSelectedStorageBackend?(): string;
}

/**
 * Keys of accounts under the desktop's key store. Where there is none (or only
 * `basic_text`) they are sealed with the key file that the headless program
 * uses too, which is better than a password that everybody knows.
 */
export function createSafeVault(options: {
  vaultFile: string;
  keyFile: string;
  safeStorage: SafeStorage;
}): SecretVault {
  const { vaultFile, keyFile, safeStorage } = options;
  return {
    get: async (name) => {
      const entry = readVaultFile(vaultFile).entries[name];
      if (!entry) return null;
      if (entry.scheme === 'keyfile') return decryptEntry(loadKey(keyFile), name, entry.data);
      try {
        return safeStorage.decryptString(Buffer.from(entry.data, 'base64'));
      } catch (error) {
        throw new CodedError(
          'VAULT_LOCKED',
          `The desktop's key store does not open the keys of ${name}; enter them again`,
          { key: name },
          { cause: error },
        );
      }
    },
    set: async (name, value) => {
      const content = readVaultFile(vaultFile);
      content.entries[name] = isStrong(safeStorage)
        ? { scheme: 'safeStorage', data: safeStorage.encryptString(value).toString('base64') }
        : { scheme: 'keyfile', data: encryptEntry(loadKey(keyFile), name, value) };
      writeVaultFile(vaultFile, content);
    },
    remove: async (name) => {
      const content = readVaultFile(vaultFile);
      delete content.entries[name];
      writeVaultFile(vaultFile, content);
    },
  };
}

function isStrong(safeStorage: SafeStorage): boolean {
  try {
    return safeStorage.isEncryptionAvailable() && safeStorage.getSelectedStorageBackend?.() !== 'basic_text';
  } catch {
    return false;
  }
}
