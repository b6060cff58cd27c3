import { fillSeries, naturalMode } from '#shared/grid/fill-series.ts';
import type { FillMode } from '#shared/grid/fill-series.ts';
import type { Rect } from '#shared/grid/rect.ts';
import { selectRect } from '#shared/grid/selection.ts';
import { transposed } from '#shared/grid/tsv.ts';
import type { TextBlock } from '#shared/grid/tsv.ts';
import { canonicalTexts } from './cell-texts.ts';
import type { GridColumn } from './contract.ts';
import type { Operations, TargetedPaste } from './operations.ts';
import { holdsGroup } from './row-groups.ts';
import type { SheetCore } from './sheet-core.ts';

/** Canonical texts are read in this locale. */
const CANONICAL = 'en';

/** Ctrl+D, Ctrl+R and the fill handle. */
export class Filling {
  private readonly core: SheetCore;
  private readonly operations: Operations;

  constructor(core: SheetCore, operations: Operations) {
    this.core = core;
    this.operations = operations;
  }

  /** The first row of every range over the rest; of a single row, the row above over it. */
  async down(): Promise<void> {
    const fills = (this.core.selection?.rects ?? []).flatMap((rect) => {
      const single = rect.top === rect.bottom;
      if (single && rect.top === 0) return [];
      const row = single ? rect.top - 1 : rect.top;
      const target = single ? rect : { ...rect, top: rect.top + 1 };
      return [{ target, source: { ...rect, top: row, bottom: row } }];
    });
    const pastes: TargetedPaste[] = [];
    if (fills.some(({ source }) => holdsGroup(this.core, source.top, source.bottom))) return this.sayGroup();
    for (const { target, source } of fills) {
      pastes.push(this.paste(target, await canonicalTexts(this.core, source)));
    }
    if (pastes.length > 0) await this.operations.writeAll('fill', pastes);
  }

  /** The first column of every range over the rest; of a single column, the one to its left. */
  async right(): Promise<void> {
    const fills = (this.core.selection?.rects ?? []).flatMap((rect) => {
      const single = rect.left === rect.right;
      if (single && rect.left === 0) return [];
      const column = single ? rect.left - 1 : rect.left;
      const target = single ? rect : { ...rect, left: rect.left + 1 };
      return [{ target, source: { ...rect, left: column, right: column } }];
    });
    const pastes: TargetedPaste[] = [];
    for (const { target, source } of fills) {
      const texts = await canonicalTexts(this.core, source);
      const width = target.right - target.left + 1;
      pastes.push(
        this.paste(
          target,
          texts.map(([text = '']) => Array.from({ length: width }, () => text)),
        ),
      );
    }
    if (pastes.length > 0) await this.operations.writeAll('fill', pastes);
  }

  /** The handle: `target` lies below, above, right or left of `source`. Ctrl swaps series and copy. */
  async seriesTo(source: Rect, target: Rect, ctrl: boolean): Promise<void> {
    if (holdsGroup(this.core, source.top, source.bottom)) return this.sayGroup();
    const texts = await canonicalTexts(this.core, source);
    const vertical = source.left === target.left && source.right === target.right;
    const backwards = vertical ? target.top < source.top : target.left < source.left;
    const columns = this.core.mounted?.geometry.keys(source).map((key) => this.core.column(key)) ?? [];
    const height = target.bottom - target.top + 1;
    const width = target.right - target.left + 1;
    const block = vertical
      ? transposed(
          transposed(texts).map((cells, i) => this.series(cells, height, columns[i], ctrl, backwards)),
        )
      : texts.map((cells) => this.series(cells, width, columns[0], ctrl, backwards));
    await this.operations.writeAll('fill', [this.paste(target, block)]);
    this.core.select(
      selectRect({
        top: Math.min(source.top, target.top),
        left: Math.min(source.left, target.left),
        bottom: Math.max(source.bottom, target.bottom),
        right: Math.max(source.right, target.right),
      }),
      { reveal: false, speak: false },
    );
  }

  /** A fill would write what a group's row sums up. */
  private sayGroup(): void {
    this.core.announce(this.core.words.labels.groupReadOnly);
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

  private paste(target: Rect, block: TextBlock): TargetedPaste {
    const keys = this.core.mounted?.geometry.keys(target) ?? [];
    return {
      rect: target,
      paste: {
        kind: 'fill',
        fromRow: target.top,
        keys,
        block: this.operations.keepReadOnly(keys, block),
        rows: target.bottom - target.top + 1,
        locale: CANONICAL,
      },
    };
  }
}
