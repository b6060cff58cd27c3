import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import type { EventRow, OrderRow, ProductRow, VariantRow } from './rows.ts';
import type { ShopSeed } from './seed.ts';
import type { AnyRow, Store } from './store.ts';

/** A variant as it lies in the file: a map has no JSON of its own. */
type StoredVariant = Omit<VariantRow, 'levels'> & { readonly levels: readonly (readonly [number, number])[] };
type StoredRow = ProductRow | OrderRow | StoredVariant;

interface Head {
  readonly v: 1;
  readonly shape: ShopSeed;
  readonly port?: number;
}

interface Line {
  readonly rows: readonly StoredRow[];
  readonly removed: readonly string[];
  readonly events: readonly EventRow[];
  readonly nextId: number;
}

export interface StateFile {
  /** The shape that the file was begun with; it wins over what is asked for now. */
  readonly shape: ShopSeed;
  /** Port of the last run: with the same one the addresses of pictures stay the same. */
  readonly port: number | undefined;
  restore(store: Store): void;
  /** Appends what changed since the last call; it is in the file before the answer goes out. */
  save(store: Store): void;
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
  const begin = (port: number | undefined, content: readonly Line[]): number => {
    const fresh = `${path}.new`;
    const text = [{ ...head, ...(port ? { port } : {}) }, ...content].map((line) => JSON.stringify(line));
    writeFileSync(fresh, `${text.join('\n')}\n`);
    renameSync(fresh, path);
    return openSync(path, 'a');
  };
  let file = begin(head.port, [merged]);
  return {
    shape: head.shape,
    port: head.port,
    restore: (store) => store.restore({ ...merged, rows: merged.rows.map(fromStored) }),
    save: (store) => {
      const { rows, removed, events } = store.takeChanges();
      if (rows.length + removed.length + events.length === 0) return;
      const line: Line = { rows: rows.map(toStored), removed, events, nextId: store.nextId };
      writeSync(file, `${JSON.stringify(line)}\n`);
    },
    remember: (port) => {
      if (port === head.port) return;
      closeSync(file);
      file = begin(port, [merged]);
    },
    close: () => closeSync(file),
  };
}

function toStored(row: AnyRow): StoredRow {
  return row.kind === 'variant' ? { ...row, levels: [...row.levels] } : row;
}

function fromStored(row: StoredRow): AnyRow {
  return row.kind === 'variant' ? { ...row, levels: new Map(row.levels) } : row;
}

function mergeLines(lines: readonly string[]): Line {
  const rows = new Map<string, StoredRow>();
  const removed = new Set<string>();
  const events = new Map<number, EventRow>();
  let nextId = 0;
  for (const text of lines) {
    const line = parse<Line>(text);
    if (!line) continue;
    for (const row of line.rows) rows.set(`${row.kind} ${row.id}`, row);
    for (const name of line.removed) {
      rows.delete(name);
      removed.add(name);
    }
    for (const event of line.events) events.set(event.id, event);
    nextId = Math.max(nextId, line.nextId);
  }
  return { rows: [...rows.values()], removed: [...removed], events: [...events.values()], nextId };
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
