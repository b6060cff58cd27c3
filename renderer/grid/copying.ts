import { decodeClipboard, encodeClipboard } from '#shared/grid/clipboard.ts';
import type { ClipboardTexts } from '#shared/grid/clipboard.ts';
import type { Rect } from '#shared/grid/rect.ts';
import { canonicalTexts, loadedTexts, localise } from './cell-texts.ts';
import type { Operations } from './operations.ts';
import type { Pasting } from './pasting.ts';
import type { SheetCore } from './sheet-core.ts';

/** Beyond this the clipboard would hold tens of megabytes; an export is the right tool. */
const MAX_COPY_CELLS = 1_000_000;

/**
 * Copy, cut and paste by the document's clipboard events: they come for
 * Ctrl+C, for the menu and for `webContents.copy()` alike, and the event
 * target is BODY while a cell has the focus.
 */
export class Copying {
  private readonly core: SheetCore;
  private readonly operations: Operations;
  private readonly pasting: Pasting;
  /** Ctrl+Shift+V was pressed: the next paste asks how. */
  private special = false;
  /** Texts of unloaded rows, waiting for the copy event that is asked for next. */
  private prepared: ClipboardTexts | null = null;

  constructor(core: SheetCore, operations: Operations, pasting: Pasting) {
    this.core = core;
    this.operations = operations;
    this.pasting = pasting;
  }

  /** The paste event of the key that is down opens the choice of how to paste. */
  expectSpecial(): void {
    this.special = true;
    document.addEventListener('keyup', () => (this.special = false), { capture: true, once: true });
  }

  listen(): () => void {
    document.addEventListener('copy', this.onCopy, true);
    document.addEventListener('cut', this.onCut, true);
    document.addEventListener('paste', this.onPaste, true);
    return () => {
      document.removeEventListener('copy', this.onCopy, true);
      document.removeEventListener('cut', this.onCut, true);
      document.removeEventListener('paste', this.onPaste, true);
    };
  }

  /** Cells have the keyboard: not an editor, the search field or another part of the window. */
  private owns(): boolean {
    const { activeElement } = document;
    return (
      this.core.mounted?.root.contains(activeElement) === true &&
      !(activeElement instanceof HTMLInputElement) &&
      !(activeElement instanceof HTMLTextAreaElement)
    );
  }

  private readonly onCopy = (event: ClipboardEvent): void => {
    if (this.prepared && event.clipboardData) {
      write(event, this.prepared);
      return;
    }
    if (this.owns()) this.copyInto(event);
  };

  private readonly onCut = (event: ClipboardEvent): void => {
    if (!this.owns()) return;
    void this.cutCells(event);
  };

  private readonly onPaste = (event: ClipboardEvent): void => {
    if (!this.owns() || !event.clipboardData) return;
    event.preventDefault();
    event.stopPropagation();
    const text = event.clipboardData.getData('text/plain');
    const html = event.clipboardData.getData('text/html');
    if (text === '' && html === '') return;
    const block = decodeClipboard({ text, html });
    const { cut } = this.core;
    if (this.special) this.core.ui.set({ special: block });
    else if (cut && sameLines(cut.text, text)) void this.pasting.paste(block, {}, cut.rects);
    else void this.pasting.paste(block);
  };

  /** null when there is nothing that may be copied; the reason was spoken. */
  private copyInto(event: ClipboardEvent): Copy | null {
    const rects = this.copyRects();
    if (!rects) return null;
    event.preventDefault();
    event.stopPropagation();
    const loaded = rects.map((rect) => loadedTexts(this.core, rect));
    const complete = loaded.filter((block) => block !== null);
    if (complete.length === rects.length) {
      const texts = this.encode(rects, complete);
      write(event, texts);
      this.copied(rects);
      return { rects, text: Promise.resolve(texts.text) };
    }
    return { rects, text: this.copyUnloaded(rects) };
  }

  async copy(): Promise<void> {
    const rects = this.copyRects();
    if (rects) await this.copyUnloaded(rects);
  }

  async copyWithHeaders(): Promise<void> {
    const rects = this.copyRects();
    if (rects) await this.copyUnloaded(rects, true);
  }

  async cut(): Promise<void> {
    const rects = this.copyRects();
    if (rects) await this.afterCut({ rects, text: this.copyUnloaded(rects) });
  }

  private async cutCells(event: ClipboardEvent): Promise<void> {
    const copy = this.copyInto(event);
    if (copy) await this.afterCut(copy);
  }

  /** Cut cells stay until they are pasted, as in Excel, where the writes can move them in one step. */
  private async afterCut({ rects, text }: Copy): Promise<void> {
    if (!this.core.props.writes.pasteAll) {
      await this.operations.clear('cut');
      return;
    }
    const copied = await text;
    if (copied !== null) this.core.cut = { rects, text: copied };
  }

  /** The text that went to the clipboard; null when it could not be read or written. */
  private async copyUnloaded(rects: readonly Rect[], headers = false): Promise<string | null> {
    this.core.ui.busy(1);
    try {
      const blocks: string[][][] = [];
      for (const rect of rects) blocks.push(await canonicalTexts(this.core, rect));
      const texts = this.encode(rects, blocks, headers);
      await this.writeLate(texts);
      this.copied(rects);
      return texts.text;
    } catch (error) {
      this.core.fail(error);
      return null;
    } finally {
      this.core.ui.busy(-1);
    }
  }

  /** After the event has passed: the asynchronous clipboard, or a copy event of our own where it is not allowed. */
  private async writeLate(texts: ClipboardTexts): Promise<void> {
    try {
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/plain': new Blob([texts.text], { type: 'text/plain' }),
          'text/html': new Blob([texts.html], { type: 'text/html' }),
        }),
      ]);
    } catch {
      this.prepared = texts;
      try {
        if (!document.execCommand('copy')) throw new Error('The clipboard cannot be written');
      } finally {
        this.prepared = null;
      }
    }
  }

  /** The ranges in reading order when they can be put side by side or below each other. */
  private copyRects(): readonly Rect[] | null {
    const { core } = this;
    const { labels, locale } = core.words;
    const rects = core.selection?.rects;
    const [first] = rects ?? [];
    if (!rects || !first || core.rows === 0) return null;
    const cells = core.describe().cells;
    if (cells > MAX_COPY_CELLS) {
      core.announce(labels.copyTooLarge(MAX_COPY_CELLS.toLocaleString(locale)));
      return null;
    }
    if (sameRows(rects, first)) return rects.toSorted((a, b) => a.left - b.left);
    if (sameColumns(rects, first)) return rects.toSorted((a, b) => a.top - b.top);
    core.announce(labels.copyRanges);
    return null;
  }

  private join(rects: readonly Rect[], blocks: readonly (readonly (readonly string[])[])[]): string[][] {
    const parts = blocks.map((block, i) => localise(this.core, rects[i] ?? NOWHERE, block));
    const [first = []] = parts;
    return rects.length > 1 && sameRows(rects, rects[0] ?? NOWHERE)
      ? first.map((_, row) => parts.flatMap((part) => part[row] ?? []))
      : parts.flat();
  }

  private encode(
    rects: readonly Rect[],
    blocks: readonly (readonly (readonly string[])[])[],
    headers = false,
  ): ClipboardTexts {
    const [first] = rects;
    const beside = rects.length > 1 && sameRows(rects, first ?? NOWHERE) ? rects : rects.slice(0, 1);
    const columns = beside
      .flatMap((rect) => this.core.mounted?.geometry.keys(rect) ?? [])
      .map((key) => this.core.column(key));
    const heads = headers ? [columns.map((column) => column?.header ?? '')] : [];
    const texts = columns.map((column) => !NUMERIC.has(column?.type ?? 'text'));
    return encodeClipboard([...heads, ...this.join(rects, blocks)], { texts });
  }

  private copied(rects: readonly Rect[]): void {
    const { core } = this;
    core.forgetCopied();
    core.copied = rects.length === 1 ? (rects[0] ?? null) : null;
    core.paint();
    const { labels, locale } = core.words;
    core.announce(labels.copied(core.describe().cells.toLocaleString(locale)));
  }
}

/** What a copy covers and the text it puts on the clipboard. */
interface Copy {
  readonly rects: readonly Rect[];
  readonly text: Promise<string | null>;
}

/** Columns that a spreadsheet may read as numbers and dates. */
const NUMERIC: ReadonlySet<string> = new Set(['money', 'integer', 'decimal', 'dateTime', 'boolean']);

/** Systems write newlines on the clipboard in their own way. */
function sameLines(a: string, b: string): boolean {
  return a.replace(/\r\n?/g, '\n') === b.replace(/\r\n?/g, '\n');
}

const NOWHERE: Rect = { top: 0, left: 0, bottom: -1, right: -1 };

function sameRows(rects: readonly Rect[], first: Rect): boolean {
  return rects.every((rect) => rect.top === first.top && rect.bottom === first.bottom);
}

function sameColumns(rects: readonly Rect[], first: Rect): boolean {
  return rects.every((rect) => rect.left === first.left && rect.right === first.right);
}

function write(event: ClipboardEvent, texts: ClipboardTexts): void {
  event.preventDefault();
  event.stopPropagation();
  event.clipboardData?.setData('text/plain', texts.text);
  event.clipboardData?.setData('text/html', texts.html);
}
