import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, RefObject, WheelEvent } from 'react';
import { canonicalDate } from '#shared/grid/date-text.ts';
import type { Editing } from './editing.ts';
import { editorKind } from './editing.ts';
import { OptionList } from './OptionList.tsx';
import { matchOptions } from './option-match.ts';
import type { SheetCore } from './sheet-core.ts';
import type { EditorSession } from './sheet-ui.ts';

interface CellEditorProps {
  readonly core: SheetCore;
  readonly editing: Editing;
  readonly session: EditorSession;
  /** The grid's box, which the editor is placed in. */
  readonly host: RefObject<HTMLElement | null>;
  /** Tab, Enter and arrows after a commit. */
  readonly onWalk: (name: 'tab' | 'enter', step: 1 | -1) => void;
  readonly onArrow: (key: string) => void;
}

const ARROWS = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/** One editor for every type: a field over the cell, with what the type needs beside or below it. */
export function CellEditor({ core, editing, session, host, onWalk, onArrow }: CellEditorProps) {
  const { column, at } = session;
  const { labels, locale } = core.words;
  const kind = editorKind(column);
  const long = kind === 'longText';
  const options = kind === 'select' ? (column.options ?? []) : [];
  const [text, setText] = useState(session.text);
  const [typed, setTyped] = useState(session.typed);
  /** The list shows everything until something is typed. */
  const [narrowed, setNarrowed] = useState(session.typed);
  const shown = narrowed ? matchOptions(options, text) : options;
  const [highlight, setHighlight] = useState(() =>
    Math.max(
      0,
      session.typed ? 0 : options.findIndex((option) => option.value === session.row.values[column.key]),
    ),
  );
  const [touched, setTouched] = useState(false);
  const box = useEditorBox(core, session, host);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const id = useId();

  useLayoutEffect(() => {
    const input = field.current;
    if (!input) return;
    input.focus();
    const end = input.value.length;
    if (session.typed || long) input.setSelectionRange(end, end);
    else input.select();
  }, [session, long]);

  const change = (next: string): void => {
    setText(next);
    setTouched(true);
    setNarrowed(true);
    setHighlight(0);
    editing.setDraft(next);
  };

  /** A select writes the highlighted option, unless the text was emptied to clear the cell. */
  const settle = (): void => {
    const option = shown[highlight];
    if (kind !== 'select' || !option || (text === '' && column.clearable && narrowed)) return;
    editing.setDraft(option.label);
  };

  const commit = (everywhere = false): boolean => {
    settle();
    const done = editing.close({ everywhere });
    if (!done) setTouched(true);
    return done;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    const command = event.ctrlKey || event.metaKey;
    if (key === 'Escape') {
      event.preventDefault();
      editing.cancel();
    } else if (key === 'Enter' && (event.altKey || (long && event.shiftKey))) {
      event.preventDefault();
      if (long) insertText(field.current, '\n', change);
    } else if (key === 'Enter') {
      event.preventDefault();
      if (commit(command) && !command) onWalk('enter', event.shiftKey ? -1 : 1);
    } else if (key === 'Tab') {
      event.preventDefault();
      if (commit()) onWalk('tab', event.shiftKey ? -1 : 1);
    } else if (key === 'F2') {
      event.preventDefault();
      setTyped(!typed);
    } else if (kind === 'select' && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      setHighlight((highlight + step + shown.length) % Math.max(1, shown.length));
    } else if (typed && !command && !event.shiftKey && !event.altKey && ARROWS.has(key)) {
      event.preventDefault();
      if (commit()) onArrow(key);
    }
  };

  /** Leaving for another part of the window keeps the work when it is valid. */
  const onBlur = (event: React.FocusEvent): void => {
    if (event.relatedTarget instanceof Node && frame.current?.contains(event.relatedTarget)) return;
    if (editing.session === session && document.hasFocus()) commit();
  };

  const verdict = touched && kind !== 'select' ? editing.verdict() : null;
  const wrong = verdict && !verdict.ok && text !== session.text ? verdict.message : null;
  const shared = {
    ref: field,
    id: `${id}-field`,
    className: 'qs-editor-field',
    value: text,
    spellCheck: long || column.type === 'text',
    'aria-label': labels.cell(column.header, (at.row + 1).toLocaleString(locale)),
    'aria-invalid': wrong !== null,
    'aria-describedby': wrong === null ? undefined : `${id}-error`,
    onChange: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value),
  };
  const combobox =
    kind === 'select'
      ? {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': `${id}-list`,
          'aria-activedescendant': shown[highlight] ? `${id}-list-${highlight}` : undefined,
          'aria-autocomplete': 'list' as const,
        }
      : {};
  const classes = ['qs-editor', `qs-editor-${kind}`];
  if (wrong !== null) classes.push('qs-editor-wrong');
  if (box.hidden) classes.push('qs-editor-away');

  return (
    <div
      ref={frame}
      className={classes.join(' ')}
      style={box.style}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      onWheel={(event) => scrollBehind(core, event)}
      role="presentation"
    >
      {long ? (
        <textarea {...shared} rows={7} />
      ) : (
        <input
          {...shared}
          {...combobox}
          type="text"
          inputMode={
            kind === 'integer' ? 'numeric' : kind === 'money' || kind === 'decimal' ? 'decimal' : 'text'
          }
          autoComplete="off"
        />
      )}
      {kind === 'date' && (
        <DatePicker
          value={session.row.values[column.key]}
          label={column.header}
          onPick={(picked) => {
            change(picked);
            field.current?.focus();
          }}
        />
      )}
      {kind === 'select' && (
        <OptionList
          id={`${id}-list`}
          label={column.header}
          options={shown}
          highlight={highlight}
          empty={labels.noMatches}
          onPick={(option) => {
            editing.setDraft(option.label);
            editing.close();
          }}
        />
      )}
      {long && (
        <div className="qs-editor-hint">
          <span>{labels.editorHint}</span>
          <span>{Array.from(text).length.toLocaleString(locale)}</span>
        </div>
      )}
      {wrong !== null && (
        <div className="qs-editor-error" id={`${id}-error`} role="alert">
          {wrong}
        </div>
      )}
    </div>
  );
}

function DatePicker(props: { value: unknown; label: string; onPick: (date: string) => void }) {
  const { value, label, onPick } = props;
  const initial = typeof value === 'string' ? canonicalDate(value).slice(0, 10) : '';
  return (
    <input
      className="qs-editor-date"
      type="date"
      aria-label={label}
      tabIndex={-1}
      defaultValue={initial}
      onChange={(event) => {
        if (event.currentTarget.value !== '') onPick(event.currentTarget.value);
      }}
    />
  );
}

function insertText(
  input: (HTMLInputElement & HTMLTextAreaElement) | null,
  text: string,
  change: (next: string) => void,
): void {
  if (!input) return;
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  change(input.value);
}

/** The wheel over the editor scrolls the sheet, as it does over the cell, unless a list or a long text takes it. */
function scrollBehind(core: SheetCore, event: WheelEvent): void {
  const target = event.target instanceof Element ? event.target.closest('textarea, ul') : null;
  const viewport = core.mounted?.geometry.viewport;
  if (!viewport || event.ctrlKey || (target && target.scrollHeight > target.clientHeight)) return;
  viewport.scrollBy({ left: event.deltaX, top: event.deltaY, behavior: 'instant' });
}

/** Follows its cell while the grid scrolls; out of sight it stays open and focused. */
function useEditorBox(
  core: SheetCore,
  session: EditorSession,
  host: RefObject<HTMLElement | null>,
): { style: CSSProperties; hidden: boolean } {
  const [box, setBox] = useState<{ style: CSSProperties; hidden: boolean }>({ style: {}, hidden: false });
  useLayoutEffect(() => {
    const geometry = core.mounted?.geometry;
    if (!geometry) return undefined;
    const place = (): void => {
      const cell = geometry.cellBox(session.at);
      const outer = host.current?.getBoundingClientRect();
      if (!cell || !outer) return;
      const body = geometry.body();
      const hidden =
        cell.top + cell.height <= body.top ||
        cell.top >= body.bottom ||
        cell.left + cell.width <= body.left ||
        cell.left >= body.right;
      setBox({
        hidden,
        style: {
          left: cell.left - outer.left,
          top: cell.top - outer.top,
          minWidth: cell.width,
          minHeight: cell.height,
          maxWidth: Math.max(cell.width, body.right - cell.left),
        },
      });
    };
    place();
    geometry.viewport.addEventListener('scroll', place, { passive: true });
    window.addEventListener('resize', place);
    return () => {
      geometry.viewport.removeEventListener('scroll', place);
      window.removeEventListener('resize', place);
    };
  }, [core, session, host]);
  return box;
}
