import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FindSession } from './find-session.ts';
import type { CellWords } from './cell-view.ts';

interface FindBarProps {
  readonly find: FindSession;
  readonly initial: string;
  readonly words: CellWords;
}

/** The search field over the grid's corner: Enter and Shift+Enter step, Escape closes. */
export function FindBar({ find, initial, words }: FindBarProps) {
  const { labels, locale } = words;
  const [text, setText] = useState(initial);
  const [matchCase, setMatchCase] = useState(false);
  const [matches, setMatches] = useState<number | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const search = async (
    wanted: string,
    withCase: boolean,
    direction: 'next' | 'previous',
    here: boolean,
  ): Promise<void> => {
    const found = await find.search(wanted, withCase, direction, here);
    if (found !== null) setMatches(wanted === '' ? null : found);
  };

  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    find.close();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === 'F3') {
      event.preventDefault();
      void search(text, matchCase, event.shiftKey ? 'previous' : 'next', matches === null);
    } else {
      closeOnEscape(event);
    }
  };

  const status =
    matches === null ? '' : matches === 0 ? labels.noMatches : labels.matches(matches.toLocaleString(locale));

  return (
    <search className="qs-find">
      <input
        ref={field}
        className="qs-find-field"
        type="text"
        value={text}
        aria-label={labels.find}
        placeholder={labels.find}
        aria-invalid={matches === 0}
        spellCheck={false}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMatches(null);
        }}
      />
      <output className="qs-find-status">{status}</output>
      <button
        type="button"
        onKeyDown={closeOnEscape}
        className="qs-find-button"
        aria-pressed={matchCase}
        aria-label={labels.matchCase}
        title={labels.matchCase}
        onClick={() => {
          setMatchCase(!matchCase);
          void search(text, !matchCase, 'next', true);
        }}
      >
        Aa
      </button>
      <button
        type="button"
        onKeyDown={closeOnEscape}
        className="qs-find-button qs-find-previous"
        aria-label={labels.findPrevious}
        title={`${labels.findPrevious} (Shift+F3)`}
        onClick={() => void search(text, matchCase, 'previous', false)}
      />
      <button
        type="button"
        onKeyDown={closeOnEscape}
        className="qs-find-button qs-find-next"
        aria-label={labels.findNext}
        title={`${labels.findNext} (F3)`}
        onClick={() => void search(text, matchCase, 'next', matches === null)}
      />
      <button
        type="button"
        onKeyDown={closeOnEscape}
        className="qs-find-button qs-find-close"
        aria-label={labels.closeFind}
        title={`${labels.closeFind} (Esc)`}
        onClick={() => find.close()}
      />
    </search>
  );
}
