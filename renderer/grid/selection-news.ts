import type { GridSelection } from './contract.ts';
import type { SheetCore } from './sheet-core.ts';

/** A drag asks once it pauses, not at every step. */
const STATS_DELAY_MS = 60;
const SPEECH_DELAY_MS = 400;

/**
 * What follows a change of the selection with a delay: figures over the ranges,
 * worked out by the source also for rows that are not loaded, and the spoken
 * size of the selection.
 */
export class SelectionNews {
  private readonly core: SheetCore;
  private statsTimer = 0;
  private speechTimer = 0;
  private request = 0;

  constructor(core: SheetCore) {
    this.core = core;
  }

  /** `speak` false: something that matters more than the size of the selection has just been said. */
  changed(selection: GridSelection, speak: boolean): void {
    const { onStatsChange } = this.core.props;
    window.clearTimeout(this.statsTimer);
    window.clearTimeout(this.speechTimer);
    this.request += 1;
    onStatsChange?.(null);
    if (selection.cells <= 1) return;
    if (onStatsChange) this.statsTimer = window.setTimeout(() => void this.readStats(), STATS_DELAY_MS);
    if (!speak) return;
    this.speechTimer = window.setTimeout(() => this.speak(selection), SPEECH_DELAY_MS);
  }

  /** Values under the selection may be others now: the figures shown stay until the new ones are there. */
  valuesChanged(): void {
    const { selection, props } = this.core;
    if (!selection || !props.onStatsChange || this.core.describe().cells <= 1) return;
    window.clearTimeout(this.statsTimer);
    this.request += 1;
    this.statsTimer = window.setTimeout(() => void this.readStats(), STATS_DELAY_MS);
  }

  /** Keeps the size of the selection from being spoken over what is said now. */
  hush(): void {
    window.clearTimeout(this.speechTimer);
  }

  stop(): void {
    window.clearTimeout(this.statsTimer);
    window.clearTimeout(this.speechTimer);
    this.request += 1;
  }

  private async readStats(): Promise<void> {
    const { core, request } = this;
    try {
      const stats = await core.source.stats(core.ranges(core.selectedRects()));
      if (request === this.request) core.props.onStatsChange?.(stats);
    } catch (error) {
      if (request === this.request) core.fail(error);
    }
  }

  private speak({ ranges, rows, columns, cells }: GridSelection): void {
    const { labels, locale } = this.core.words;
    const number = (value: number): string => value.toLocaleString(locale);
    this.core.ui.announce(
      ranges.length === 1
        ? labels.selected(number(rows), number(columns))
        : labels.selectedCells(number(cells)),
    );
  }
}
