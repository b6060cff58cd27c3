import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { ShopShape } from '../kit/start.ts';
import type { AnyRow, TermRow } from './rows.ts';
import type { Store } from './store.ts';

export interface StateFile {
  /** The shape that the file was begun with; it wins over what is asked for now. */
  readonly shape: ShopShape;
  /** Port of the last run: with the same one the addresses of pictures stay the same. */
  readonly port: number | undefined;
  restore(store: Store): void;
  /** Appends what changed since the last call; it is in the file before the answer goes out. */
  save(store: Store): void;
  remember(port: number): void;
  close(): void;
}

interface Head {
  readonly v: 1;
  readonly shape: ShopShape;
  readonly port?: number;
}

interface Line {
  readonly rows?: readonly AnyRow[];
  readonly removed?: readonly string[];
  readonly tags?: readonly TermRow[];
  readonly nextId: number;
}

/**
 * A shop's changes as lines of JSON behind a head line. Opening it merges the
 * lines and writes the file anew beside the old one, which is then replaced;
 * a last line that was torn by a crash was never answered and is dropped.
 */
export function openStateFile(path: string, wanted: ShopShape): StateFile {
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const head = readHead(lines[0]) ?? { v: 1, shape: wanted };
  const merged = mergeLines(lines.slice(1));
  const knownTags = new Set(merged.tags?.map((tag) => tag.id));
  const seeded = new Set<number>();
  const rewrite = (port: number | undefined): number => {
    const fresh = `${path}.new`;
    writeFileSync(
      fresh,
      `${JSON.stringify({ ...head, ...(port ? { port } : {}) })}\n${JSON.stringify(merged)}\n`,
    );
    renameSync(fresh, path);
    return openSync(path, 'a');
  };
  let file = rewrite(head.port);
  return {
    shape: head.shape,
    port: head.port,
    restore: (store) => {
      for (const id of store.tags.keys()) seeded.add(id);
      store.restore({
        rows: merged.rows ?? [],
        removed: merged.removed ?? [],
        tags: merged.tags ?? [],
        nextId: merged.nextId,
      });
    },
    save: (store) => {
      const { rows, removed } = store.takeChanges();
      if (rows.length === 0 && removed.length === 0) return;
      const tags = [...store.tags.values()].filter((tag) => !seeded.has(tag.id) && !knownTags.has(tag.id));
      for (const tag of tags) knownTags.add(tag.id);
      const line: Line = { rows, removed, tags, nextId: store.nextId };
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
    remember: (port) => {
      if (port === head.port) return;
      closeSync(file);
      file = rewrite(port);
    },
    close: () => closeSync(file),
  };
}

function readHead(line: string | undefined): Head | null {
  const parsed = parse<Partial<Head>>(line ?? '');
  return parsed?.v === 1 && parsed.shape ? (parsed as Head) : null;
}

function mergeLines(lines: readonly string[]): Line {
  const rows = new Map<string, AnyRow>();
  const removed = new Set<string>();
  const tags = new Map<number, TermRow>();
  let nextId = 0;
  for (const text of lines) {
    const line = parse<Line>(text);
    if (!line) continue;
    for (const row of line.rows ?? []) {
      rows.set(`${row.kind} ${row.id}`, row);
      removed.delete(`${row.kind} ${row.id}`);
    }
    for (const name of line.removed ?? []) {
      rows.delete(name);
      removed.add(name);
    }
    for (const tag of line.tags ?? []) tags.set(tag.id, tag);
    nextId = Math.max(nextId, line.nextId);
  }
  return { rows: [...rows.values()], removed: [...removed], tags: [...tags.values()], nextId };
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}
