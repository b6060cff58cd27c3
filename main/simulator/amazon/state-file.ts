import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { Tables } from './changes.ts';
import type { AccountSeed } from './seed.ts';

interface Head {
  readonly v: 1;
  readonly shape: AccountSeed;
  readonly port?: number;
}

export interface StateFile {
  /** The shape that the file was begun with; it wins over what is asked for now. */
  readonly shape: AccountSeed;
  /** Port of the last run: with the same one the addresses of pictures stay the same. */
  readonly port: number | undefined;
  /** What changed since the shape was seeded. */
  readonly tables: Tables;
  /** Appends what changed; it is in the file before the answer goes out. */
  save(tables: Tables | null): void;
  remember(port: number): void;
  close(): void;
}

/**
 * An account's changes as lines of JSON behind a head line. Opening it merges
 * the lines and writes the file anew beside the old one, which is then replaced;
 * a last line that was torn by a crash was never answered and is dropped.
 */
export function openStateFile(path: string, wanted: AccountSeed): StateFile {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const head = readHead(lines[0]) ?? { v: 1, shape: wanted };
  const tables = merged(lines.slice(1));
  const begin = (port: number | undefined): number => {
    const fresh = `${path}.new`;
    const text = [{ ...head, ...(port ? { port } : {}) }, tables].map((line) => JSON.stringify(line));
    writeFileSync(fresh, `${text.join('\n')}\n`);
    renameSync(fresh, path);
    return openSync(path, 'a');
  };
  let file = begin(head.port);
  return {
    shape: head.shape,
    port: head.port,
    tables,
    save: (changed) => {
      if (changed !== null) writeSync(file, `${JSON.stringify(changed)}\n`);
    },
    remember: (port) => {
      if (port === head.port) return;
      closeSync(file);
      file = begin(port);
    },
    close: () => closeSync(file),
  };
}

function merged(lines: readonly string[]): Tables {
  const listings = new Map<string, Tables['listings'][number]>();
  const removed = new Set<string>();
  const rows = { orders: new Map(), documents: new Map(), feeds: new Map(), reports: new Map() };
  for (const text of lines) {
    const line = parse<Tables>(text);
    if (!line) continue;
    for (const sku of line.removed) {
      listings.delete(sku);
      removed.add(sku);
    }
    for (const row of line.listings) {
      listings.set(row.sku, row);
      removed.delete(row.sku);
    }
    for (const [name, table] of Object.entries(rows)) {
      for (const row of line[name as keyof typeof rows]) table.set(row.id, row);
    }
  }
  return {
    listings: [...listings.values()],
    removed: [...removed],
    orders: [...rows.orders.values()] as Tables['orders'][number][],
    documents: [...rows.documents.values()] as Tables['documents'][number][],
    feeds: [...rows.feeds.values()] as Tables['feeds'][number][],
    reports: [...rows.reports.values()] as Tables['reports'][number][],
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
