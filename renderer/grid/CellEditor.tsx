import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import type { Editing } from './editing.ts';
import { editorKind } from './editing.ts';
import { scrollBehind, useEditorBox } from './editor-box.ts';
import { insertText, moveLine, withTag } from './editor-text.ts';
import { DatePicker, HtmlPreview } from './EditorParts.tsx';
import type { GridOption } from './contract.ts';
import { OptionList } from './OptionList.tsx';
import { matchOptions } from './option-match.ts';
import type { SheetCore } from './sheet-core.ts';
import type { EditorSession } from './sheet-ui.ts';
import { useSuggestions } from './use-suggestions.ts';

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
  const options = kind === 'select' ? (column.optionsOf?.(session.row) ?? column.options ?? []) : [];
  const [text, setText] = useState(session.text);
  const [typed, setTyped] = useState(session.typed);
  /** The list shows everything until something is typed. */
  const [narrowed, setNarrowed] = useState(session.typed);
  const free = kind === 'text' || kind === 'tags';
  const [listed, setListed] = useState(session.openList);
  const offers = useSuggestions(
    core,
    column,
    text,
    free && (listed || ((kind === 'tags' || column.suggest === true) && narrowed)),
  );
  const shown = free ? offers : narrowed ? matchOptions(options, text) : options;
  /** -1: nothing of the suggestions is taken unless the person goes to it. */
  const [highlight, setHighlight] = useState(() =>
    Math.max(
      free ? -1 : 0,
      session.typed && !free
        ? 0
        : options.findIndex((option) => option.value === session.row.values[column.key]),
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
    setHighlight(free ? -1 : 0);
    editing.setDraft(next);
  };

  const take = (option: GridOption): void =>
    change(kind === 'tags' ? withTag(text, option.value) : option.value);

  /** A select writes the highlighted option, unless the text was emptied to clear the cell. */
  const settle = (): void => {
    const option = shown[highlight];
    if (free && option) take(option);
    if (kind !== 'select' || !option || (text === '' && column.clearable && narrowed)) return;
    editing.setDraft(option.label);
  };

  const commit = (everywhere = false): boolean => {
    settle();
    const done = editing.close({ everywhere });
    if (!done) setTouched(true);
    return done;
  };

  /** Alt+arrows put a picture or a bullet before another. */
  const shiftLine = (step: 1 | -1): void => {
    const input = field.current;
    const moved = input && moveLine(input.value, input.selectionStart ?? 0, step);
    if (!moved) return;
    input.value = moved.text;
    input.setSelectionRange(moved.caret, moved.caret);
    change(moved.text);
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
    } else if (event.altKey && long && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      shiftLine(key === 'ArrowDown' ? 1 : -1);
    } else if (event.altKey && free && key === 'ArrowDown') {
      event.preventDefault();
      setListed(true);
    } else if ((kind === 'select' || shown.length > 0) && (key === 'ArrowUp' || key === 'ArrowDown')) {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      const from = highlight === -1 && step === -1 ? 0 : highlight;
      setHighlight((from + step + shown.length) % Math.max(1, shown.length));
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
  const listing = kind === 'select' || shown.length > 0;
  const combobox = listing
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
  if (column.type === 'html') classes.push('qs-editor-html');
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
      {kind === 'money' && (
        <span className="qs-editor-unit" aria-hidden="true">
          {session.row.currency}
        </span>
      )}
      {column.type === 'html' && <HtmlPreview html={text} label={labels.preview(column.header)} />}
      {listing && (
        <OptionList
          id={`${id}-list`}
          label={column.header}
          options={shown}
          highlight={highlight}
          empty={labels.noMatches}
          onPick={(option) => {
            if (free) {
              take(option);
              return;
            }
            editing.setDraft(option.label);
            editing.close();
          }}
        />
      )}
      {long && (
        <div className="qs-editor-hint">
          <span>{column.type === 'images' ? labels.imagesHint : labels.editorHint}</span>
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
