import { compileFind } from '#shared/grid/find-pattern.ts';
import { selectCell } from '#shared/grid/selection.ts';
import type { GridFindResult, GridRange } from './contract.ts';
import type { SheetCore } from './sheet-core.ts';

export interface FindWords {
  readonly text: string;
  readonly matchCase: boolean;
  readonly regex: boolean;
  readonly wholeCell: boolean;
}

/** `null`: the view changed meanwhile, or the source failed and said so. */
export type FindOutcome = { readonly found: GridFindResult } | { readonly problem: string } | null;

const NOTHING: FindWords = { text: '', matchCase: false, regex: false, wholeCell: false };
const EMPTY: GridFindResult = { row: null, key: null, matches: 0 };

/** Find in the view: the source searches, also in rows that are not loaded. */
export class FindSession {
  private readonly core: SheetCore;
  private words = NOTHING;
  private scope: readonly GridRange[] | null = null;
  /** The search under way: the next step starts where it ends. */
  private running: Promise<unknown> = Promise.resolve();

  constructor(core: SheetCore) {
    this.core = core;
  }

  /** What was looked for last. */
  get last(): FindWords {
    return this.words;
  }

  /** Whether patterns, whole cells and a scope are offered. */
  get rich(): boolean {
    return this.core.source.richFind === true;
  }

  open(text?: string): void {
    this.core.ui.set({ find: { text: text ?? this.words.text } });
  }

  close(): void {
    this.scope = null;
    this.core.ui.set({ find: null });
    this.core.focusActive(true);
  }

  /** Stays within what is selected now, until it is switched off; false when one cell is selected. */
  limitToSelection(on: boolean): boolean {
    const { ranges, cells } = this.core.describe();
    this.scope = on && cells > 1 ? ranges : null;
    return this.scope !== null;
  }

  /** From the active cell's row on, after the searches before it. */
  search(words: FindWords, direction: 'next' | 'previous', here: boolean): Promise<FindOutcome> {
    this.words = words;
    const step = this.running.then(() => this.find(words, direction, here));
    this.running = step;
    return step;
  }

  private async find(words: FindWords, direction: 'next' | 'previous', here: boolean): Promise<FindOutcome> {
    const { core, scope } = this;
    const { source } = core;
    const shown = core.mounted?.geometry.boxes.map((box) => box.key) ?? [];
    const keys = scope ? shown.filter((key) => scope.some((range) => range.keys.includes(key))) : shown;
    if (words.text === '' || keys.length === 0 || core.rows === 0) return { found: EMPTY };
    const compiled = compileFind(words.text, words);
    if (!compiled.ok) return { problem: compiled.message };
    const row = core.selection?.active.row ?? 0;
    const offset = here ? 0 : direction === 'next' ? 1 : -1;
    const from = (row + offset + core.rows) % core.rows;
    const { text, matchCase, regex, wholeCell } = words;
    const spans = scope?.map(({ fromRow, toRow }) => [fromRow, toRow] as const);
    const rich = this.rich ? { regex, wholeCell, ...(spans ? { spans } : {}) } : {};
    try {
      const found = await source.find({ text, keys, from, direction, matchCase, ...rich });
      if (source.viewId !== core.source.viewId) return null;
      this.show(found);
      return { found };
    } catch (error) {
      core.fail(error);
      return null;
    }
  }

  private show({ row, key }: GridFindResult): void {
    const { core } = this;
    if (row === null) return;
    const column = key === null ? -1 : (core.mounted?.geometry.columnOf(key) ?? -1);
    core.select(selectCell({ row, column: column >= 0 ? column : (core.selection?.active.column ?? 0) }));
  }

  /** How many rows and cells were found, or why nothing was looked for. */
  describe(outcome: FindOutcome): string {
    const { labels, locale } = this.core.words;
    if (outcome === null) return '';
    if ('problem' in outcome) return outcome.problem;
    const { matches, cells } = outcome.found;
    if (matches === 0) return labels.noMatches;
    return cells === undefined || cells === matches
      ? labels.matches(matches.toLocaleString(locale))
      : labels.matchesCells(matches.toLocaleString(locale), cells.toLocaleString(locale));
  }

  /** F3: on from the last search; opens the bar when there was none. */
  async step(direction: 'next' | 'previous'): Promise<void> {
    if (this.words.text === '') {
      this.open();
      return;
    }
    this.core.announce(this.describe(await this.search(this.words, direction, false)));
  }
}
