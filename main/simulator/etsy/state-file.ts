import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { Access } from './access.ts';
import type { ListingRow, ReceiptRow } from './rows.ts';
import type { ShopSeed } from './seed.ts';
import type { Store } from './store.ts';

interface Head {
  readonly v: 1;
  readonly shape: ShopSeed;
  readonly port?: number;
}

interface Line {
  readonly listings: readonly ListingRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly removed: readonly number[];
  readonly nextId: number;
  /** The refresh token that works; the ones before are dead. */
  readonly refreshToken: string;
}

export interface StateFile {
  /** The shape that the file was begun with; it wins over what is asked for now. */
  readonly shape: ShopSeed;
  /** Port of the last run: with the same one the addresses of pictures stay the same. */
  readonly port: number | undefined;
  restore(store: Store, access: Access): void;
  /** Appends what changed since the last call; it is in the file before the answer goes out. */
  save(store: Store, access: Access): void;
  remember(port: number): void;
  close(): void;
}

/**
 * A shop's changes as lines of JSON behind a head line. Opening it merges the
 * lines and writes the file anew beside the old one, which is then replaced; a
 * last line that was torn by a crash was never answered and is dropped.
 */
export function openStateFile(path: string, wanted: ShopSeed): StateFile {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const head = readHead(lines[0]) ?? { v: 1, shape: wanted };
  const merged = mergeLines(lines.slice(1));
  let refreshToken = merged.refreshToken;
  const begin = (port: number | undefined): number => {
    const fresh = `${path}.new`;
    const text = [{ ...head, ...(port ? { port } : {}) }, merged].map((line) => JSON.stringify(line));
    writeFileSync(fresh, `${text.join('\n')}\n`);
    renameSync(fresh, path);
    return openSync(path, 'a');
  };
  let file = begin(head.port);
  return {
    shape: head.shape,
    port: head.port,
    restore: (store, access) => {
      store.restore(merged);
      if (refreshToken !== '') access.restore(refreshToken);
      else refreshToken = access.refreshToken;
    },
    save: (store, access) => {
      const { listings, receipts, removed } = store.takeChanges();
      const rotated = access.refreshToken !== refreshToken;
      if (!rotated && listings.length + receipts.length + removed.length === 0) return;
      refreshToken = access.refreshToken;
      const line: Line = { listings, receipts, removed, nextId: store.nextId, refreshToken };
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
    remember: (port) => {
      if (port === head.port) return;
      closeSync(file);
      file = begin(port);
    },
    close: () => closeSync(file),
  };
}

function mergeLines(lines: readonly string[]): Line {
  const listings = new Map<number, ListingRow>();
  const receipts = new Map<number, ReceiptRow>();
  const removed = new Set<number>();
  let nextId = 0;
  let refreshToken = '';
  for (const text of lines) {
    const line = parse<Line>(text);
    if (!line) continue;
    for (const row of line.listings) listings.set(row.id, row);
    for (const row of line.receipts) receipts.set(row.id, row);
    for (const id of line.removed) {
      listings.delete(id);
      removed.add(id);
    }
    nextId = Math.max(nextId, line.nextId);
    refreshToken = line.refreshToken || refreshToken;
  }
  return {
    listings: [...listings.values()],
    receipts: [...receipts.values()],
    removed: [...removed],
    nextId,
    refreshToken,
  };
}

function readHead(line: string | undefined): Head | null {
  const parsed = parse<Partial<Head>>(line ?? '');
  return parsed?.v === 1 && parsed.shape ? (parsed as Head) : null;
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
