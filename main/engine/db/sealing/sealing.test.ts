import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { silentLogger } from '../../system-ports.ts';
import { memoryVault } from '../../testing/test-engine.ts';
import { Database } from '../database.ts';
import { KEYS_FILE, openSealing } from './open-sealing.ts';
import { searchTokens, tokenHash } from './search-tokens.ts';
import type { Sealing } from './sealing.ts';

let dir: string;
let sealing: Sealing;
const vault = memoryVault();
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-sealing-'));
  sealing = await openSealing(dir, vault, silentLogger);
});
afterEach(() => {
  sealing.close();
  rmSync(dir, { recursive: true, force: true });
});

const again = async (other = vault): Promise<Sealing> => {
  sealing.close();
  sealing = await openSealing(dir, other, silentLogger);
  return sealing;
};

function sealed(id: string, text: string): Buffer {
  const bytes = sealing.seal(id, text);
  if (!bytes) throw new Error('not sealed');
  return bytes;
}

describe('what is sealed', () => {
  it('comes back as it was, after a restart too', async () => {
    const bytes = sealed('a', 'Ada 🦉 Lovelace');
    sealing.flush();
    expect(sealing.open('a', bytes)).toBe('Ada 🦉 Lovelace');
    expect((await again()).open('a', bytes)).toBe('Ada 🦉 Lovelace');
  });

  it('tells nothing by itself, and looks different every time', () => {
    const bytes = sealed('a', 'Ada Lovelace');
    expect(bytes.toString('latin1')).not.toContain('Ada');
    expect(sealed('a', 'Ada Lovelace').equals(bytes)).toBe(false);
  });

  it('opens for its own order alone, and not once a bit was changed', () => {
    const bytes = sealed('a', 'Ada');
    sealed('b', 'Bob');
    expect(sealing.open('b', bytes)).toBeNull();
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(sealing.open('a', bytes)).toBeNull();
    expect(sealing.open('a', Buffer.alloc(3))).toBeNull();
  });

  it('does not open with the key store of another machine, and is sealed anew there', async () => {
    const bytes = sealed('a', 'Ada');
    sealing.flush();
    await again(memoryVault());
    expect(sealing.open('a', bytes)).toBeNull();
    expect(sealing.open('a', sealed('a', 'Ada'))).toBe('Ada');
  });
});

describe('a destroyed key', () => {
  it('makes what it sealed unreadable for good and seals nothing any more', async () => {
    const bytes = sealed('a', 'Ada');
    const other = sealed('b', 'Bob');
    sealing.flush();
    expect(sealing.shred(['a', 'unknown'], 1)).toBe(1);
    expect(sealing.open('a', bytes)).toBeNull();
    expect(sealing.seal('a', 'Ada')).toBeNull();
    await again();
    expect(sealing.open('a', bytes)).toBeNull();
    expect(sealing.seal('a', 'Ada')).toBeNull();
    expect(sealing.open('b', other)).toBe('Bob');
    expect(sealing.shred(['a'], 2)).toBe(0);
  });

  it('is in no file any more', () => {
    sealed('a', 'Ada');
    sealing.flush();
    const reader = new Database(join(dir, KEYS_FILE), { readonly: true });
    const secret = reader.getComposed<{ secret: Buffer }>('SELECT secret FROM order_key')?.secret;
    reader.close();
    const found = () => readdirSync(dir).some((file) => readFileSync(join(dir, file)).includes(secret ?? ''));
    expect(found()).toBe(true);
    sealing.shred(['a'], 1);
    expect(found()).toBe(false);
  });
});

describe('keys out of reach', () => {
  it('leave data locked while the vault is locked, and purging possible', async () => {
    const bytes = sealed('a', 'Ada');
    sealing.flush();
    const locked = {
      ...vault,
      get: () => Promise.reject(new CodedError('VAULT_LOCKED', 'locked')),
    };
    await again(locked);
    expect(sealing.open('a', bytes)).toBeNull();
    expect(() => sealing.seal('c', 'Carl')).toThrow(expect.objectContaining({ code: 'VAULT_LOCKED' }));
    expect(sealing.shred(['a'], 1)).toBe(1);
  });

  it('are put aside when their file is damaged, and the workspace goes on with new ones', async () => {
    const bytes = sealed('a', 'Ada');
    sealing.flush();
    sealing.close();
    writeFileSync(join(dir, KEYS_FILE), 'this is no database, whatever its name says'.repeat(100));
    sealing = await openSealing(dir, vault, silentLogger);
    expect(sealing.open('a', bytes)).toBeNull();
    expect(sealing.open('a', sealed('a', 'Ada'))).toBe('Ada');
    expect(readdirSync(dir)).toContain(`${KEYS_FILE}.damaged`);
  });
});

describe('search tokens', () => {
  const hash = tokenHash('key');
  it('find a word exactly where the text holds it, whatever the case', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', 'c', 'é', '🦉', ' '), maxLength: 12 });
    fc.assert(
      fc.property(text, text, (whole, word) => {
        fc.pre(Array.from(word).length >= 3);
        const found = ` ${searchTokens(whole, hash)} `.includes(` ${searchTokens(word, hash)} `);
        expect(found).toBe(whole.toLowerCase().includes(word.toLowerCase()));
      }),
    );
  });

  it('differ from key to key', () => {
    expect(searchTokens('Ada', hash)).not.toBe(searchTokens('Ada', tokenHash('other')));
  });
});
