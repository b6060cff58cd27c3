import { fillSeries, naturalMode } from '#shared/grid/fill-series.ts';
import type { FillMode } from '#shared/grid/fill-series.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { CellAt, Rect } from '#shared/grid/rect.ts';
import { selectRect } from '#shared/grid/selection.ts';
import { canonicalTexts } from './cell-texts.ts';
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
import { planPaste } from './paste-plan.ts';
import type { SheetCore } from './sheet-core.ts';

/** Canonical texts are read in this locale. */
const CANONICAL = 'en';

/** The result of the operation has just been spoken, and the range is where the person looks. */
const STILL = { reveal: false, speak: false } as const;

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

  async paste(block: readonly (readonly string[])[]): Promise<void> {
    const { core } = this;
    const { mounted, selection } = core;
    if (!mounted || !selection) return;
    const plan = planPaste(block, selection, mounted.geometry.size);
    if (!plan) {
      core.announce(core.words.labels.pasteRanges);
      return;
    }
    const { rect } = plan;
    const pastes = plan.rects.map((target): GridPaste & { rect: Rect } => {
      const keys = mounted.geometry.keys(target);
      return {
        rect: target,
        kind: 'paste',
        fromRow: target.top,
        keys,
        block: this.keepReadOnly(keys, plan.block),
        rows: target.bottom - target.top + 1,
        locale: core.words.locale,
      };
    });
    if (!pastes.some(({ keys }) => keys.some((key) => core.column(key)?.editable))) return this.sayReadOnly();
    for (const { rect: target, ...paste } of pastes) {
      await this.run('paste', core.ranges([target]), () => core.props.writes.paste(paste));
    }
    if (plan.rects.length === 1) core.select(selectRect(rect), STILL);
    if (plan.clipped > 0) core.announce(core.words.labels.pasteClipped(this.count(plan.clipped)));
  }

  /** Ctrl+D: the first row of every range over the rest; of a single row, the row above over it. */
  async fillDown(): Promise<void> {
    for (const rect of this.core.selection?.rects ?? []) {
      const single = rect.top === rect.bottom;
      if (single && rect.top === 0) continue;
      const target = single ? rect : { ...rect, top: rect.top + 1 };
      const row = single ? rect.top - 1 : rect.top;
      await this.copyInto({ ...rect, top: row, bottom: row }, target);
    }
  }

  /** Ctrl+R: the first column of every range over the rest; of a single column, the one to its left. */
  async fillRight(): Promise<void> {
    for (const rect of this.core.selection?.rects ?? []) {
      const single = rect.left === rect.right;
      if (single && rect.left === 0) continue;
      const target = single ? rect : { ...rect, left: rect.left + 1 };
      const column = single ? rect.left - 1 : rect.left;
      const texts = await canonicalTexts(this.core, { ...rect, left: column, right: column });
      const width = target.right - target.left + 1;
      await this.fill(
        target,
        texts.map(([text = '']) => Array.from({ length: width }, () => text)),
      );
    }
  }

  private async copyInto(source: Rect, target: Rect): Promise<void> {
    await this.fill(target, await canonicalTexts(this.core, source));
  }

  /** The fill handle: `target` lies below, above, right or left of `source`. Ctrl swaps series and copy. */
  async fillSeriesTo(source: Rect, target: Rect, ctrl: boolean): Promise<void> {
    const texts = await canonicalTexts(this.core, source);
    const vertical = source.left === target.left && source.right === target.right;
    const backwards = vertical ? target.top < source.top : target.left < source.left;
    const columns = this.core.mounted?.geometry.keys(source).map((key) => this.core.column(key)) ?? [];
    const block = vertical
      ? transpose(
          transpose(texts).map((cells, i) =>
            this.series(cells, target.bottom - target.top + 1, columns[i], ctrl, backwards),
          ),
        )
      : texts.map((cells) => this.series(cells, target.right - target.left + 1, columns[0], ctrl, backwards));
    await this.fill(target, block);
    this.core.select(
      selectRect({
        top: Math.min(source.top, target.top),
        left: Math.min(source.left, target.left),
        bottom: Math.max(source.bottom, target.bottom),
        right: Math.max(source.right, target.right),
      }),
      STILL,
    );
  }

  private series(
    cells: readonly string[],
    count: number,
    column: GridColumn | undefined,
    ctrl: boolean,
    backwards: boolean,
  ): string[] {
    const options = { type: column?.type ?? 'text', locale: this.core.words.locale, backwards } as const;
    const natural = naturalMode(cells, options);
    const mode: FillMode = ctrl ? (natural === 'copy' ? 'series' : 'copy') : 'auto';
    const texts = fillSeries(cells, count, { ...options, mode });
    return backwards ? texts.toReversed() : texts;
  }

  private async fill(target: Rect, block: readonly (readonly string[])[]): Promise<void> {
    const keys = this.core.mounted?.geometry.keys(target) ?? [];
    if (!keys.some((key) => this.core.column(key)?.editable)) return this.sayReadOnly();
    await this.run('fill', this.core.ranges([target]), () =>
      this.core.props.writes.paste({
        kind: 'fill',
        fromRow: target.top,
        keys,
        block: this.keepReadOnly(keys, block),
        rows: target.bottom - target.top + 1,
        locale: CANONICAL,
      }),
    );
  }

  async undo(direction: 'undo' | 'redo'): Promise<void> {
    const { core } = this;
    const { labels } = core.words;
    core.ui.busy(1);
    const done = core.beginWrite();
    try {
      const result = await core.props.writes[direction]();
      core.refusals.clear();
      core.invalidate();
      core.refreshAll();
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
  private keepReadOnly(keys: readonly string[], block: readonly (readonly string[])[]): (string | null)[][] {
    const editable = keys.map((key) => this.core.column(key)?.editable === true);
    return block.map((row) => keys.map((_, i) => (editable[i] ? (row[i] ?? null) : null)));
  }

  private editableRanges(
    rects: readonly Rect[],
    also: (column: GridColumn) => boolean = () => true,
  ): GridRange[] {
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
      if (rid === undefined) continue;
      for (const { fromRow, toRow, keys } of ranges) {
        if (at < fromRow || at > toRow) continue;
        for (const key of keys) core.cache.patch(rid, key, value, { state: 'dirty' });
      }
    }
    core.refreshAll();
  }

  private sayReadOnly(): void {
    const { labels } = this.core.words;
    const active = this.core.activeCell();
    this.core.announce(
      active && !active.column.editable && this.core.selection?.rects.length === 1
        ? labels.readOnlyColumn(active.column.header)
        : labels.nothingEditable,
    );
  }

  private count(cells: number): string {
    return cells.toLocaleString(this.core.words.locale);
  }

  private async run(
    operation: GridOperation,
    ranges: readonly GridRange[],
    write: () => Promise<GridOutcome>,
  ): Promise<void> {
    const { core } = this;
    if (ranges.length === 0) return this.sayReadOnly();
    core.refusals.clear();
    core.copied = null;
    core.ui.busy(1);
    const done = core.beginWrite();
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
      core.refreshAll();
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

function transpose(rows: readonly (readonly string[])[]): string[][] {
  return Array.from({ length: rows[0]?.length ?? 0 }, (_, column) => rows.map((row) => row[column] ?? ''));
}
