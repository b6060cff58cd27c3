import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { homedir } from 'node:os';
import { z } from 'zod';
import { CodedError } from '#shared/errors/coded-error.ts';

/** Same shape as the engine's port; declared here because the vault knows no engine. */
export interface SecretVault {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export const vaultFileSchema = z.object({
  version: z.literal(1),
  entries: z.record(z.string(), z.object({ scheme: z.enum(['safeStorage', 'keyfile']), data: z.string() })),
});
export type VaultFile = z.infer<typeof vaultFileSchema>;

export const VAULT_FILE = 'vault.json';

/** The key lies in the user's own configuration folder, so a copied workspace alone reveals nothing. */
export function defaultKeyFile(): string {
  const config =
    process.platform === 'win32'
      ? (process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'))
      : (process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'));
  return join(config, 'quayside', 'vault.key');
}

export function readVaultFile(file: string): VaultFile {
  if (!existsSync(file)) return { version: 1, entries: {} };
  try {
    return vaultFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CodedError(
      'VAULT_LOCKED',
      `The key store ${file} cannot be read; move it away and enter the keys of your accounts again`,
      { file },
      { cause: error },
    );
  }
}

export function writeVaultFile(file: string, content: VaultFile): void {
  mkdirSync(dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, JSON.stringify(content), { mode: 0o600 });
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw new CodedError(
      'WORKSPACE_UNWRITABLE',
      `The key store ${file} cannot be written`,
      { file },
      { cause: error },
    );
  }
}

/** Reads the key, making one on first use; only the user may read it. */
export function loadKey(keyFile: string): Buffer {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      // Another process made it at the same moment: that one counts.
      if (!existsSync(keyFile)) throw error;
    }
  }
  const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64');
  if (key.length !== 32) {
    throw new CodedError(
      'VAULT_LOCKED',
      `The key file ${keyFile} is damaged; enter the keys of your accounts again`,
      { keyFile },
    );
  }
  return key;
}

/** AES-256-GCM; the entry's name is bound in, so that entries cannot be swapped. */
export function encryptEntry(key: Buffer, name: string, value: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64');
}

export function decryptEntry(key: Buffer, name: string, data: string): string {
  const raw = Buffer.from(data, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(raw.subarray(12, 28));
    return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new CodedError(
      'VAULT_LOCKED',
      `The stored keys of ${name} cannot be opened on this machine; enter them again`,
      { key: name },
      { cause: error },
    );
  }
}

/** A vault without a window: one encrypted file in the workspace, its key in the user's configuration folder. */
export function createKeyfileVault(options: { vaultFile: string; keyFile: string }): SecretVault {
  const { vaultFile, keyFile } = options;
  return {
    get: async (name) => {
      const entry = readVaultFile(vaultFile).entries[name];
      if (!entry) return null;
      if (entry.scheme === 'safeStorage') {
        throw new CodedError(
          'VAULT_LOCKED',
          `The keys of ${name} are held by the desktop's key store; open the workspace in the window, or enter them here with channels.update`,
          { key: name },
        );
      }
      return decryptEntry(loadKey(keyFile), name, entry.data);
    },
    set: async (name, value) => {
      const content = readVaultFile(vaultFile);
      content.entries[name] = { scheme: 'keyfile', data: encryptEntry(loadKey(keyFile), name, value) };
      writeVaultFile(vaultFile, content);
    },
    remove: async (name) => {
      const content = readVaultFile(vaultFile);
      if (!content.entries[name]) return;
      delete content.entries[name];
      writeVaultFile(vaultFile, content);
    },
  };
}
