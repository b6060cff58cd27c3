/** What a key press asks for. `unit` is how far: one cell, one page, or to the edge of the sheet. */
export type GridCommand =
  | { readonly name: 'move' | 'extend'; readonly direction: Direction; readonly unit: Unit }
  | { readonly name: 'rowEdge' | 'sheetEdge'; readonly end: 'start' | 'end'; readonly extend: boolean }
  | { readonly name: 'tab' | 'enter'; readonly step: 1 | -1 }
  | { readonly name: 'type'; readonly text: string }
  | { readonly name: SimpleCommand };

export type Direction = 'up' | 'down' | 'left' | 'right';
export type Unit = 'cell' | 'page' | 'edge';

export type SimpleCommand =
  | 'edit'
  | 'openList'
  | 'clear'
  | 'clearAndEdit'
  | 'toggle'
  | 'cancel'
  | 'selectAll'
  | 'selectRows'
  | 'selectColumns'
  | 'fillDown'
  | 'fillRight'
  | 'setSelection'
  | 'undo'
  | 'redo'
  | 'find'
  | 'goTo'
  | 'copyWithHeaders'
  | 'pasteSpecial'
  | 'findNext'
  | 'findPrevious'
  | 'replace'
  | 'filter'
  | 'bulkEdit'
  | 'save'
  | 'activate'
  | 'contextMenu'
  | 'openGroups'
  | 'closeGroups'
  | 'leave';

/** The part of a keyboard event that matters; `command` is Ctrl, or Cmd on a Mac. */
export interface KeyPress {
  readonly key: string;
  readonly command: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  /** AltGr and dead keys write characters even though Ctrl and Alt are down. */
  readonly altGraph: boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const WITH_COMMAND: Readonly<Record<string, SimpleCommand>> = {
  a: 'selectAll',
  d: 'fillDown',
  r: 'fillRight',
  f: 'find',
  h: 'replace',
  g: 'goTo',
  s: 'save',
  y: 'redo',
  z: 'undo',
  enter: 'setSelection',
  ' ': 'selectColumns',
};

const WITH_COMMAND_SHIFT: Readonly<Record<string, SimpleCommand>> = {
  z: 'redo',
  l: 'filter',
  c: 'copyWithHeaders',
  v: 'pasteSpecial',
  e: 'bulkEdit',
  ' ': 'selectAll',
};

/** null: not ours; the browser, the menu or the clipboard events have it. */
export function commandOf(press: KeyPress): GridCommand | null {
  const { key, command, shift, alt } = press;
  const direction = ARROWS[key];
  if (direction) return arrow(direction, press);
  if (!press.altGraph && command && !alt) return commandKey(press);
  if (alt && !press.altGraph) return altKey(press);
  switch (key) {
    case 'PageUp':
    case 'PageDown':
      return { name: shift ? 'extend' : 'move', direction: key === 'PageUp' ? 'up' : 'down', unit: 'page' };
    case 'Home':
    case 'End':
      return { name: 'rowEdge', end: key === 'Home' ? 'start' : 'end', extend: shift };
    case 'Tab':
      return { name: 'tab', step: shift ? -1 : 1 };
    case 'Enter':
      return { name: 'enter', step: shift ? -1 : 1 };
    case 'F2':
      return { name: 'edit' };
    case 'F3':
      return { name: shift ? 'findPrevious' : 'findNext' };
    case 'F6':
      return { name: 'leave' };
    case 'F10':
      return shift ? { name: 'contextMenu' } : null;
    case 'ContextMenu':
      return { name: 'contextMenu' };
    case 'Escape':
      return { name: 'cancel' };
    case 'Delete':
      return { name: 'clear' };
    case 'Backspace':
      return { name: 'clearAndEdit' };
    case ' ':
      return shift ? { name: 'selectRows' } : { name: 'toggle' };
    case 'Process':
    case 'Dead':
      return { name: 'type', text: '' };
    default:
      return /^.$/su.test(key) ? { name: 'type', text: key } : null;
  }
}

function arrow(direction: Direction, { command, shift, alt }: KeyPress): GridCommand | null {
  if (alt && shift && !command && direction === 'right') return { name: 'openGroups' };
  if (alt && shift && !command && direction === 'left') return { name: 'closeGroups' };
  if (alt) return direction === 'down' && !command ? { name: 'openList' } : null;
  return { name: shift ? 'extend' : 'move', direction, unit: command ? 'edge' : 'cell' };
}

function commandKey({ key, shift }: KeyPress): GridCommand | null {
  if (key === 'Home' || key === 'End') {
    return { name: 'sheetEdge', end: key === 'Home' ? 'start' : 'end', extend: shift };
  }
  const name = (shift ? WITH_COMMAND_SHIFT : WITH_COMMAND)[key.toLowerCase()];
  return name ? { name } : null;
}

function altKey({ key, shift }: KeyPress): GridCommand | null {
  switch (key) {
    case 'Enter':
      return { name: 'activate' };
    case 'PageUp':
    case 'PageDown':
      return {
        name: shift ? 'extend' : 'move',
        direction: key === 'PageUp' ? 'left' : 'right',
        unit: 'page',
      };
    default:
      return null;
  }
}
