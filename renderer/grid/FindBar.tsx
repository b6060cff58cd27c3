import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { FindOutcome, FindSession, FindWords } from './find-session.ts';
import type { CellWords } from './cell-view.ts';

interface FindBarProps {
  readonly find: FindSession;
  readonly initial: string;
  readonly words: CellWords;
}

const OPTIONS = [
  ['matchCase', 'Aa'],
  ['wholeCell', '[ ]'],
  ['regex', '.*'],
] as const;

/** The search field over the grid's corner: Enter and Shift+Enter step, Escape closes. */
export function FindBar({ find, initial, words: { labels } }: FindBarProps) {
  const [wanted, setWanted] = useState<FindWords>(() => ({ ...find.last, text: initial }));
  const [scoped, setScoped] = useState(false);
  const [outcome, setOutcome] = useState<FindOutcome>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const search = async (next: FindWords, direction: 'next' | 'previous', here: boolean): Promise<void> => {
    const result = await find.search(next, direction, here);
    setOutcome(next.text === '' ? null : result);
  };
  const change = (part: Partial<FindWords>): void => {
    const next = { ...wanted, ...part };
    setWanted(next);
    setOutcome(null);
    if (part.text === undefined && next.text !== '') void search(next, 'next', true);
  };
  const limit = (on: boolean): void => {
    setScoped(find.limitToSelection(on));
    setOutcome(null);
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
      void search(wanted, event.shiftKey ? 'previous' : 'next', outcome === null);
    } else {
      closeOnEscape(event);
    }
  };

  const failed = outcome !== null && ('problem' in outcome || outcome.found.matches === 0);
  const button = { type: 'button', onKeyDown: closeOnEscape, className: 'qs-find-button' } as const;

  return (
    <search className="qs-find">
      <input
        ref={field}
        className="qs-find-field"
        type="text"
        value={wanted.text}
        aria-label={labels.find}
        placeholder={labels.find}
        aria-invalid={failed}
        spellCheck={false}
        onKeyDown={onKeyDown}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <output className="qs-find-status">{find.describe(outcome)}</output>
      {OPTIONS.filter(([name]) => find.rich || name === 'matchCase').map(([name, sign]) => (
        <button
          {...button}
          key={name}
          aria-pressed={wanted[name]}
          aria-label={labels[name]}
          title={labels[name]}
          onClick={() => change({ [name]: !wanted[name] })}
        >
          {sign}
        </button>
      ))}
      {find.rich && (
        <button
          {...button}
          className="qs-find-button qs-find-scope"
          aria-pressed={scoped}
          aria-label={labels.inSelection}
          title={labels.inSelection}
          onClick={() => limit(!scoped)}
        />
      )}
      <button
        {...button}
        className="qs-find-button qs-find-previous"
        aria-label={labels.findPrevious}
        title={`${labels.findPrevious} (Shift+F3)`}
        onClick={() => void search(wanted, 'previous', false)}
      />
      <button
        {...button}
        className="qs-find-button qs-find-next"
        aria-label={labels.findNext}
        title={`${labels.findNext} (F3)`}
        onClick={() => void search(wanted, 'next', outcome === null)}
      />
      <button
        {...button}
        className="qs-find-button qs-find-close"
        aria-label={labels.closeFind}
        title={`${labels.closeFind} (Esc)`}
        onClick={() => find.close()}
      />
    </search>
  );
}
