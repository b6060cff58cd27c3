import { readCell } from './cell-view.ts';
import type { CellVerdict, GridColumn, GridEditorKind } from './contract.ts';
import type { Operations } from './operations.ts';
import type { SheetCore } from './sheet-core.ts';
import type { EditorSession } from './sheet-ui.ts';

/** Which editor a column opens; `none` for read-only ones and for booleans, which toggle. */
export function editorKind(column: GridColumn): GridEditorKind {
  if (!column.editable) return 'none';
  if (column.editor) return column.editor;
  switch (column.type) {
    case 'html':
    case 'images':
      return 'longText';
    case 'enum':
      return 'select';
    case 'dateTime':
      return 'date';
    case 'boolean':
    case 'readonly':
      return 'none';
    default:
      return column.type;
  }
}

/** Opens and closes the one cell editor; AG's own editing is never used. */
export class Editing {
  private readonly core: SheetCore;
  private readonly operations: Operations;
  private draft = '';

  constructor(core: SheetCore, operations: Operations) {
    this.core = core;
    this.operations = operations;
  }

  /** What the open editor holds now. */
  setDraft(text: string): void {
    this.draft = text;
  }

  get session(): EditorSession | null {
    return this.core.ui.get().editor;
  }

  /** False when the active cell has no editor (or is a boolean, which toggles). */
  open({ text, list = false }: { text?: string; list?: boolean }): boolean {
    const active = this.core.activeCell();
    if (!active?.row || !active.column.editable) {
      if (active && text !== undefined) {
        this.core.announce(this.core.words.labels.readOnlyColumn(active.column.header));
      }
      return false;
    }
    if (active.row.group) {
      this.core.announce(this.core.words.labels.groupReadOnly);
      return false;
    }
    const lock = active.column.lock?.(active.row);
    if (lock) {
      this.core.announce(lock.reason);
      return false;
    }
    if (editorKind(active.column) === 'none') {
      if (text === undefined) void this.operations.toggle();
      return true;
    }
    const { selection } = this.core;
    if (!selection) return false;
    this.core.reveal(selection.active);
    this.draft = text ?? active.text;
    this.core.forgetCopied();
    this.core.ui.set({
      editor: {
        at: selection.active,
        column: active.column,
        row: active.row,
        text: this.draft,
        typed: text !== undefined,
        openList: list,
      },
    });
    this.core.paint();
    return true;
  }

  verdict(): CellVerdict | null {
    const { session } = this;
    return session && readCell(session.column, this.draft, session.row, this.core.words.locale);
  }

  /** Writes the draft and closes; false when the draft is refused, which keeps the editor open. */
  close(options: { everywhere?: boolean } = {}): boolean {
    const { session } = this;
    if (!session) return true;
    const changed = this.draft !== session.text || session.typed || options.everywhere === true;
    if (changed) {
      const verdict = this.verdict();
      if (verdict && !verdict.ok) {
        this.core.announce(verdict.message);
        return false;
      }
    }
    this.end();
    if (options.everywhere) void this.operations.setSelection(this.draft);
    else if (changed) void this.operations.edit(session.at, session.column, session.row, this.draft);
    return true;
  }

  cancel(): void {
    this.end();
  }

  private end(): void {
    this.core.ui.set({ editor: null });
    this.core.focusActive(true);
    this.core.paint();
  }

  activate(): void {
    const active = this.core.activeCell();
    if (active) this.core.props.onActivate?.(active);
  }
}
