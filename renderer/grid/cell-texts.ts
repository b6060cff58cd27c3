import { canonicalText, localText } from '#shared/grid/cell-text.ts';
import type { Rect } from '#shared/grid/rect.ts';
import { MAX_WINDOW_ROWS } from './contract.ts';
import type { SheetCore } from './sheet-core.ts';

/** Canonical texts of a rectangle when every row of it is loaded and up to date, else null. */
export function loadedTexts(core: SheetCore, rect: Rect): string[][] | null {
  if (!core.writes.settled) return null;
  const keys = core.mounted?.geometry.keys(rect) ?? [];
  const columns = keys.map((key) => core.column(key));
  const block: string[][] = [];
  for (let at = rect.top; at <= rect.bottom; at += 1) {
    const row = core.cache.fresh(at);
    // What a group's row says, the source writes as it writes all texts.
    if (!row || row.group) return null;
    block.push(
      columns.map((column) => (column ? canonicalText(column.type, row.values[column.key] ?? null) : '')),
    );
  }
  return block;
}

/**
 * Canonical texts of a rectangle, after the writes under way; rows that are not
 * loaded are read from the source, page by page.
 */
export async function canonicalTexts(core: SheetCore, rect: Rect): Promise<string[][]> {
  await core.writes.done();
  const loaded = loadedTexts(core, rect);
  if (loaded) return loaded;
  const keys = core.mounted?.geometry.keys(rect) ?? [];
  const { source } = core;
  const block: string[][] = [];
  for (let from = rect.top; from <= rect.bottom; from += MAX_WINDOW_ROWS) {
    const toRow = Math.min(rect.bottom, from + MAX_WINDOW_ROWS - 1);
    const page = await source.text({ fromRow: from, toRow, keys });
    for (const row of page) block.push([...row]);
  }
  return block;
}

/** Canonical texts as the user's spreadsheet writes them. */
export function localise(core: SheetCore, rect: Rect, block: readonly (readonly string[])[]): string[][] {
  const keys = core.mounted?.geometry.keys(rect) ?? [];
  const types = keys.map((key) => core.column(key)?.type ?? 'text');
  return block.map((row) => row.map((text, i) => localText(types[i] ?? 'text', text, core.words.locale)));
}
