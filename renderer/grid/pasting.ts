import type { Rect } from '#shared/grid/rect.ts';
import { selectRect } from '#shared/grid/selection.ts';
import { transposed } from '#shared/grid/tsv.ts';
import type { TextBlock } from '#shared/grid/tsv.ts';
import type { GridPasteOptions } from './contract.ts';
import type { Operations, TargetedPaste } from './operations.ts';
import { planPaste } from './paste-plan.ts';
import type { SheetCore } from './sheet-core.ts';

/** The range where the person looks is known already, and the outcome has just been spoken. */
const STILL = { reveal: false, speak: false } as const;

/** A block of texts into the selection, once, tiled or into every range; or moved from where it was cut. */
export class Pasting {
  private readonly core: SheetCore;
  private readonly operations: Operations;

  constructor(core: SheetCore, operations: Operations) {
    this.core = core;
    this.operations = operations;
  }

  /** `moved` is cleared in the same step: cut cells that arrive at their place. */
  async paste(source: TextBlock, options: GridPasteOptions = {}, moved: readonly Rect[] = []): Promise<void> {
    const { core, operations } = this;
    const { mounted, selection } = core;
    if (!mounted || !selection) return;
    const block = options.transpose ? transposed(source) : source;
    const plan = planPaste(block, selection, mounted.geometry.size);
    if (!plan) {
      core.announce(core.words.labels.pasteRanges);
      return;
    }
    const cleared = moved.map((rect) => this.target(rect, [[]], ''));
    const pastes = plan.rects.map((rect) =>
      this.target(rect, plan.block, options.skipEmpty ? null : undefined),
    );
    await operations.writeAll(moved.length > 0 ? 'cut' : 'paste', [...cleared, ...pastes]);
    if (plan.rects.length === 1) core.select(selectRect(plan.rect), STILL);
    if (plan.clipped > 0) core.announce(core.words.labels.pasteClipped(operations.count(plan.clipped)));
  }

  /** `empty` stands for cells that are '' or not in the block; undefined leaves them as they are. */
  private target(rect: Rect, block: TextBlock, empty: string | null | undefined): TargetedPaste {
    const { core, operations } = this;
    const keys = core.mounted?.geometry.keys(rect) ?? [];
    const filler = (key: string): string | null =>
      empty === '' && core.column(key)?.clearable !== true ? null : (empty ?? null);
    const texts =
      empty === undefined ? block : block.map((row) => keys.map((key, i) => (row[i] ? row[i] : filler(key))));
    return {
      rect,
      paste: {
        kind: 'paste',
        fromRow: rect.top,
        keys,
        block: operations.keepReadOnly(keys, texts),
        rows: rect.bottom - rect.top + 1,
        locale: core.words.locale,
      },
    };
  }
}
