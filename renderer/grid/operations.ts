import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { CellAt, Rect } from '#shared/grid/rect.ts';
import { readCell } from './cell-view.ts';
import type {
  CellVerdict,
  GridColumn,
  GridOperation,
  GridOutcome,
  GridPaste,
  GridRange,
  GridRow,
} from './contract.ts';
import type { SheetCore } from './sheet-core.ts';

/** A paste and the rectangle it fills. */
export interface TargetedPaste {
  readonly rect: Rect;
  readonly paste: GridPaste;
}

/** Every change of cells: one call of the writes each, its outcome shown and spoken, then fresh rows. */
export class Operations {
  private readonly core: SheetCore;

  constructor(core: SheetCore) {
    this.core = core;
  }

  /** Writes one cell from typed text; nothing happens when the text is refused or says the same. */
  async edit(at: CellAt, column: GridColumn, row: GridRow, text: string): Promise<CellVerdict> {
    const verdict = readCell(column, text, row, this.core.words.locale);
    if (!verdict.ok) return verdict;
    const before = row.values[column.key];
    if (JSON.stringify(before ?? null) === JSON.stringify(verdict.value) && before !== undefined)
      return verdict;
    const change = { rid: row.rid, id: row.id, key: column.key, value: verdict.value };
    this.core.cache.patch(row.rid, column.key, verdict.value, { state: 'dirty' });
    this.core.refreshAll();
    await this.run('edit', [{ fromRow: at.row, toRow: at.row, keys: [column.key] }], () =>
      this.core.props.writes.edit([change]),
    );
    return verdict;
  }

  /** Space on a boolean: all selected booleans of the column become what the active one is not. */
  async toggle(): Promise<void> {
    const active = this.core.activeCell();
    if (!active?.row || active.column.type !== 'boolean' || !active.column.editable) return;
    if (active.row.group || active.column.lock?.(active.row)) return;
    const value = active.row.values[active.key] !== true;
    const rects = this.core.selectedRects();
    const keys = new Set(rects.flatMap((rect) => this.core.mounted?.geometry.keys(rect) ?? []));
    if ([...keys].every((key) => this.core.column(key)?.type === 'boolean')) {
      const ranges = this.editableRanges(rects);
      this.show(ranges, value);
      await this.run('set', ranges, () => this.core.props.writes.set(ranges, value));
    } else {
      await this.edit({ row: active.rowIndex, column: 0 }, active.column, active.row, String(value));
    }
  }

  async clear(operation: 'clear' | 'cut' = 'clear'): Promise<void> {
    const ranges = this.editableRanges(this.core.selectedRects(), (column) => column.clearable);
    if (ranges.length === 0) return this.sayReadOnly();
    this.show(ranges, null);
    await this.run(operation, ranges, () => this.core.props.writes.clear(ranges));
  }

  /** Ctrl+Enter: the typed text into every selected cell of the active cell's kind. */
  async setSelection(text: string): Promise<CellVerdict> {
    const active = this.core.activeCell();
    if (!active?.row) return { ok: false, code: 'NOT_LOADED', message: this.core.words.labels.loading };
    const verdict = readCell(active.column, text, active.row, this.core.words.locale);
    if (!verdict.ok) return verdict;
    const ranges = this.editableRanges(
      this.core.selectedRects(),
      (column) => column.type === active.column.type && (verdict.value !== null || column.clearable),
    );
    this.show(ranges, verdict.value);
    await this.run('set', ranges, () => this.core.props.writes.set(ranges, verdict.value));
    return verdict;
  }

  async undo(direction: 'undo' | 'redo'): Promise<void> {
    const { core } = this;
    const { labels } = core.words;
    core.ui.busy(1);
    const done = core.writes.begin();
    const marked = core.refusals.size > 0;
    try {
      const result = await core.props.writes[direction]();
      core.refusals.clear();
      core.invalidate();
      if (marked) core.refreshAll();
      core.props.onUndo?.(result, direction);
      if (!result) {
        core.announce(direction === 'undo' ? labels.nothingToUndo : labels.nothingToRedo);
        return;
      }
      const say = direction === 'undo' ? labels.undone : labels.redone;
      const since =
        result.changedSince > 0 ? `. ${labels.changedSince(this.count(result.changedSince))}` : '';
      core.announce(say(result.label, this.count(result.applied)) + since);
    } catch (error) {
      core.fail(error);
    } finally {
      core.ui.busy(-1);
      done();
    }
  }

  /** null keeps a cell: read-only columns between editable ones are stepped over. */
  keepReadOnly(keys: readonly string[], block: readonly (readonly (string | null)[])[]): (string | null)[][] {
    const editable = keys.map((key) => this.core.column(key)?.editable === true);
    return block.map((row) => keys.map((_, i) => (editable[i] ? (row[i] ?? null) : null)));
  }

  /** Pastes into the rectangles they were made for: one undo step where the writes can, else one each. */
  async writeAll(operation: GridOperation, pastes: readonly TargetedPaste[]): Promise<void> {
    const { core } = this;
    const { writes } = core.props;
    const [first] = pastes;
    if (!first || !pastes.some(({ paste }) => paste.keys.some((key) => core.column(key)?.editable))) {
      this.sayReadOnly();
      return;
    }
    const together = writes.pasteAll?.bind(writes);
    if (pastes.length > 1 && together) {
      const ranges = core.ranges(pastes.map(({ rect }) => rect));
      await this.run(operation, ranges, () => together(pastes.map(({ paste }) => paste)));
      return;
    }
    for (const { paste, rect } of pastes) {
      await this.run(operation, core.ranges([rect]), () => writes.paste(paste));
    }
  }

  editableRanges(rects: readonly Rect[], also: (column: GridColumn) => boolean = () => true): GridRange[] {
    return this.core.ranges(rects).flatMap((range) => {
      const keys = range.keys.filter((key) => {
        const column = this.core.column(key);
        return column?.editable === true && also(column);
      });
      return keys.length === 0 ? [] : [{ ...range, keys }];
    });
  }

  /** Shows the value in the rendered cells before the engine has confirmed it; fresh rows follow every write. */
  private show(ranges: readonly GridRange[], value: WireValue): void {
    const { core } = this;
    for (const node of core.mounted?.api.getRenderedNodes() ?? []) {
      const at = node.rowIndex ?? -1;
      const rid = core.ridAt(at);
      if (rid === undefined || rid < 0) continue;
      for (const { fromRow, toRow, keys } of ranges) {
        if (at < fromRow || at > toRow) continue;
        for (const key of keys) core.cache.patch(rid, key, value, { state: 'dirty' });
      }
    }
    core.refreshAll();
  }

  sayReadOnly(): void {
    const { labels } = this.core.words;
    const active = this.core.activeCell();
    this.core.announce(
      active && !active.column.editable && this.core.selection?.rects.length === 1
        ? labels.readOnlyColumn(active.column.header)
        : labels.nothingEditable,
    );
  }

  count(cells: number): string {
    return cells.toLocaleString(this.core.words.locale);
  }

  private async run(
    operation: GridOperation,
    ranges: readonly GridRange[],
    write: () => Promise<GridOutcome>,
  ): Promise<void> {
    const { core } = this;
    if (ranges.length === 0) return this.sayReadOnly();
    const marked = core.refusals.size > 0;
    core.refusals.clear();
    core.forgetCopied();
    core.ui.busy(1);
    const done = core.writes.begin();
    try {
      const outcome = await write();
      this.noteRefusals(outcome, ranges);
      core.props.onOutcome?.(operation, outcome);
      core.announce(this.describe(operation, outcome));
    } catch (error) {
      core.fail(error);
    } finally {
      core.ui.busy(-1);
      core.invalidate();
      // Fresh rows are on their way; only marks of refused cells must not wait for them.
      if (marked || core.refusals.size > 0) core.refreshAll();
      core.paint();
      done();
    }
  }

  private describe(operation: GridOperation, { applied, rejectedTotal }: GridOutcome): string {
    const { labels } = this.core.words;
    const parts: string[] = [];
    if (applied > 0) parts.push(labels.done[operation](this.count(applied)));
    if (rejectedTotal > 0) parts.push(labels.rejected(this.count(rejectedTotal)));
    return parts.length === 0 ? labels.unchanged : parts.join(', ');
  }

  /** Rejections name rows by public id; only loaded rows of the ranges can show theirs. */
  private noteRefusals(outcome: GridOutcome, ranges: readonly GridRange[]): void {
    if (outcome.rejected.length === 0) return;
    const messages = new Map(outcome.rejected.map(({ id, key, message }) => [`${id} ${key}`, message]));
    for (const { fromRow, toRow, keys } of ranges) {
      for (let at = fromRow; at <= Math.min(toRow, fromRow + NOTED_ROWS); at += 1) {
        const row = this.core.rowAt(at);
        if (!row) continue;
        for (const key of keys) {
          const message = messages.get(`${row.id} ${key}`);
          if (message !== undefined) this.core.refusals.set(`${row.rid} ${key}`, message);
        }
      }
    }
  }
}

/** No more rows than the cache holds can be on screen with a note. */
const NOTED_ROWS = 10_000;
