import { selectCell } from '#shared/grid/selection.ts';
import type { SheetCore } from './sheet-core.ts';

/**
 * Goes to a row by its number as it is shown (1-based, grouped or not), else to
 * the next row whose code columns hold the text. False when there is none.
 */
export async function goTo(core: SheetCore, wanted: string): Promise<boolean> {
  const text = wanted.trim();
  const digits = text.replace(/[\s.,'\u2019\u00a0\u202f]/g, '');
  const column = core.selection?.active.column ?? 0;
  if (/^\d{1,9}$/.test(digits)) {
    const row = Number(digits) - 1;
    if (row >= 0 && row < core.rows) {
      core.select(selectCell({ row, column }));
      return true;
    }
  }
  const keys = codeColumns(core);
  if (text === '' || keys.length === 0 || core.rows === 0) return false;
  const from = core.selection?.active.row ?? 0;
  const { row, key } = await core.source.find({ text, keys, from, direction: 'next', matchCase: false });
  if (row === null) return false;
  const at = key === null ? -1 : (core.mounted?.geometry.columnOf(key) ?? -1);
  core.select(selectCell({ row, column: at >= 0 ? at : column }));
  return true;
}

/** The columns that name a row: those in the mono face, else the first one. */
function codeColumns(core: SheetCore): string[] {
  const shown = core.displayedKeys();
  const codes = shown.filter((key) => core.column(key)?.mono === true);
  return codes.length > 0 ? codes : shown.slice(0, 1);
}
