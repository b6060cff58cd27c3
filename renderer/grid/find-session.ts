import { selectCell } from '#shared/grid/selection.ts';
import type { SheetCore } from './sheet-core.ts';

/** Find in the view: the source searches, also in rows that are not loaded. */
export class FindSession {
  private readonly core: SheetCore;
  private text = '';
  private matchCase = false;
  /** The search under way: the next step starts where it ends. */
  private running: Promise<unknown> = Promise.resolve();

  constructor(core: SheetCore) {
    this.core = core;
  }

  open(text?: string): void {
    this.core.ui.set({ find: { text: text ?? this.text } });
  }

  close(): void {
    this.core.ui.set({ find: null });
    this.core.focusActive(true);
  }

  /** From the active cell's row on, after the searches before it; null when the view was changed meanwhile. */
  search(
    text: string,
    matchCase: boolean,
    direction: 'next' | 'previous',
    here: boolean,
  ): Promise<number | null> {
    this.text = text;
    this.matchCase = matchCase;
    const step = this.running.then(() => this.find(text, matchCase, direction, here));
    this.running = step;
    return step;
  }

  private async find(
    text: string,
    matchCase: boolean,
    direction: 'next' | 'previous',
    here: boolean,
  ): Promise<number | null> {
    const { core } = this;
    const { source } = core;
    const keys = core.mounted?.geometry.boxes.map((box) => box.key) ?? [];
    if (text === '' || keys.length === 0 || core.rows === 0) return 0;
    const row = core.selection?.active.row ?? 0;
    const offset = here ? 0 : direction === 'next' ? 1 : -1;
    const from = (row + offset + core.rows) % core.rows;
    try {
      const found = await source.find({ text, keys, from, direction, matchCase });
      if (source.viewId !== core.source.viewId) return null;
      if (found.row !== null) {
        const column = found.key === null ? -1 : (core.mounted?.geometry.columnOf(found.key) ?? -1);
        core.select(
          selectCell({ row: found.row, column: column >= 0 ? column : (core.selection?.active.column ?? 0) }),
        );
      }
      return found.matches;
    } catch (error) {
      core.fail(error);
      return null;
    }
  }

  /** F3: on from the last search; opens the bar when there was none. */
  async step(direction: 'next' | 'previous'): Promise<void> {
    if (this.text === '') {
      this.open();
      return;
    }
    const matches = await this.search(this.text, this.matchCase, direction, false);
    const { labels, locale } = this.core.words;
    if (matches === null) return;
    this.core.announce(matches === 0 ? labels.noMatches : labels.matches(matches.toLocaleString(locale)));
  }
}
