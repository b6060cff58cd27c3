import { canonicalText } from '#shared/grid/cell-text.ts';
import { parseCellText } from '#shared/grid/parse-cell.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { GridCell, GridColumn, GridOutcome, GridRejection, GridRow } from '../contract.ts';

const ADJECTIVES = [
  'Blue',
  'Handmade',
  'Vintage',
  'Linen',
  'Oak',
  'Brass',
  'Recycled',
  'Tall',
  'Small',
  'Glazed',
];
const NOUNS = ['mug', 'cushion', 'lamp', 'notebook', 'shelf', 'scarf', 'bowl', 'clock', 'planter', 'apron'];
const NOW = Date.UTC(2026, 10, 23, 9);

interface Written {
  readonly rid: number;
  readonly key: string;
  readonly before: WireValue;
  readonly after: WireValue;
}

export interface Command {
  readonly label: string;
  readonly cells: readonly Written[];
}

/** A deterministic catalogue that lives in the page: values are made from the rid, edits lie over them. */
export class MemoryTable {
  private readonly edits = new Map<string, Map<number, WireValue>>();
  private readonly done: Command[] = [];
  private readonly undone: Command[] = [];
  private readonly columns: ReadonlyMap<string, GridColumn>;

  constructor(columns: readonly GridColumn[]) {
    this.columns = new Map(columns.map((column) => [column.key, column]));
  }

  value(rid: number, key: string): WireValue {
    const edited = this.edits.get(key)?.get(rid);
    return edited === undefined ? original(rid, key) : edited;
  }

  /** What the first rows have in a column, most frequent first. */
  values(key: string, text: string): WireValue[] {
    const counts = new Map<string, { value: WireValue; count: number }>();
    for (let rid = 1; rid <= 200; rid += 1) {
      const value = this.value(rid, key);
      const shown = canonicalText(this.columns.get(key)?.type ?? 'text', value);
      if (shown === '' || !shown.toLowerCase().includes(text.toLowerCase())) continue;
      const entry = counts.get(shown) ?? { value, count: 0 };
      counts.set(shown, { value, count: entry.count + 1 });
    }
    return [...counts.values()].toSorted((a, b) => b.count - a.count).map(({ value }) => value);
  }

  row(rid: number, keys: readonly string[]): GridRow {
    const values: Record<string, WireValue> = {};
    const cells: Record<string, GridCell> = {};
    for (const key of keys) {
      values[key] = this.value(rid, key);
      const cell = this.cell(rid, key);
      if (cell) cells[key] = cell;
    }
    const states = Object.values(cells).map((cell) => cell.state);
    const state = states.includes('conflict')
      ? 'conflict'
      : states.includes('rejected')
        ? 'rejected'
        : (states[0] ?? (rid % 61 === 7 ? 'stale' : 'clean'));
    return {
      rid,
      id: `listing-${rid}`,
      values,
      cells,
      state,
      currency: 'EUR',
      readAt: NOW - (rid % 90) * 60_000,
    };
  }

  private cell(rid: number, key: string): GridCell | null {
    const at = NOW - 3 * 60_000;
    if (this.edits.get(key)?.has(rid)) return { state: 'dirty', channel: original(rid, key), at };
    if (key === 'price' && rid % 29 === 3) return { state: 'pending', channel: '9.00', at };
    if (key === 'price' && rid % 31 === 4) return { state: 'verified', channel: original(rid, key), at };
    if (key === 'quantity' && rid % 37 === 5) {
      return { state: 'conflict', channel: 12, theirs: 9, at };
    }
    if (key === 'title' && rid % 41 === 6) {
      const message = 'The title has 212 characters; the channel takes at most 200';
      return { state: 'rejected', channel: 'Old title', code: 'TITLE_TOO_LONG', message, at };
    }
    if (key === 'salePrice' && rid % 17 === 2) return { state: 'inherited', at };
    return null;
  }

  /** Parses and writes texts; null keeps a cell. One command. */
  write(
    label: string,
    cells: Iterable<{ rid: number; key: string; text?: string | null; value?: WireValue }>,
    locale: string,
  ): GridOutcome {
    const written: Written[] = [];
    const rejected: GridRejection[] = [];
    let unchanged = 0;
    for (const { rid, key, text, value } of cells) {
      const column = this.columns.get(key);
      if (!column || (text === null && value === undefined)) continue;
      const parsed =
        typeof text === 'string'
          ? parseCellText(
              {
                name: column.header,
                type: column.type,
                clearable: column.clearable,
                options: column.options,
              },
              text,
              { locale, currency: 'EUR' },
            )
          : ({ ok: true, value: value ?? null } as const);
      if (!column.editable || !parsed.ok) {
        const code = parsed.ok ? 'READ_ONLY' : parsed.code;
        const message = parsed.ok ? `${column.header} cannot be edited` : parsed.message;
        rejected.push({ id: `listing-${rid}`, key, code, message });
        continue;
      }
      const before = this.value(rid, key);
      if (same(before, parsed.value)) unchanged += 1;
      else written.push({ rid, key, before, after: parsed.value });
    }
    this.apply(written, 'after');
    if (written.length > 0) {
      this.done.push({ label, cells: written });
      this.undone.length = 0;
    }
    return {
      commandId: written.length > 0 ? String(this.done.length) : null,
      applied: written.length,
      unchanged,
      rejected: rejected.slice(0, 1_000),
      rejectedTotal: rejected.length,
    };
  }

  undo(): Command | null {
    const command = this.done.pop();
    if (!command) return null;
    this.apply(command.cells, 'before');
    this.undone.push(command);
    return command;
  }

  redo(): Command | null {
    const command = this.undone.pop();
    if (!command) return null;
    this.apply(command.cells, 'after');
    this.done.push(command);
    return command;
  }

  private apply(cells: readonly Written[], side: 'before' | 'after'): void {
    for (const cell of cells) {
      let column = this.edits.get(cell.key);
      if (!column) this.edits.set(cell.key, (column = new Map()));
      const value = cell[side];
      if (same(value, original(cell.rid, cell.key))) column.delete(cell.rid);
      else column.set(cell.rid, value);
    }
  }
}

function same(a: WireValue, b: WireValue): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** Hostile on purpose: padded and exponent-like SKUs, quotes, newlines, empty cells. */
export function original(rid: number, key: string): WireValue {
  const mix = (rid * 2_654_435_761) >>> 0;
  switch (key) {
    case 'sku':
      return rid % 50 === 9 ? '1E5' : `SKU-${String(rid).padStart(6, '0')}`;
    case 'title':
      return rid % 43 === 8
        ? `Say "${NOUNS[mix % 10] ?? ''}"\nin two lines`
        : `${ADJECTIVES[mix % 10] ?? ''} ${NOUNS[(mix >>> 8) % 10] ?? ''} no. ${rid}`;
    case 'price':
      return (((mix % 9_000) + 199) / 100).toFixed(2);
    case 'salePrice':
      return rid % 3 === 0 ? (((mix % 5_000) + 99) / 100).toFixed(2) : null;
    case 'quantity':
      return mix % 120;
    case 'status':
      return ['publish', 'draft', 'pending', 'private'][mix % 4] ?? 'draft';
    case 'manageStock':
      return mix % 3 !== 0;
    case 'account':
      return rid % 2 === 0 ? 'Woo Berlin' : 'Etsy Studio';
    case 'tags':
      return mix % 4 === 0 ? [] : ['home', NOUNS[mix % 10] ?? ''];
    case 'description':
      return `<p>${ADJECTIVES[mix % 10] ?? ''} and ${ADJECTIVES[(mix >>> 4) % 10] ?? ''}, made for <b>daily use</b>. Ships in two days from the workshop.</p>`;
    case 'images':
      return Array.from({ length: mix % 4 }, (_, i) => ({
        src: `https://img.example/${rid}/${i}.jpg`,
        alt: '',
      }));
    case 'gtin':
      return String(4_000_000_000_000 + (mix % 1_000_000_000));
    case 'weight':
      return ((mix % 4_000) / 1_000).toString();
    case 'saleFrom':
      return rid % 3 === 0
        ? new Date(NOW - (mix % 90) * 86_400_000).toISOString().slice(0, 10) + 'T00:00:00.000Z'
        : null;
    case 'saleTo':
      return null;
    default:
      return `${key.slice(9)}-${mix % 1_000}`;
  }
}
