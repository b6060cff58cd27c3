import { useEffect, useRef, useState } from 'react';
import { goTo } from './go-to.ts';
import type { SheetCore } from './sheet-core.ts';

/** Ctrl+G: a row number or a code; Enter goes there, Escape closes. */
export function GoToBar({ core }: { readonly core: SheetCore }) {
  const { labels } = core.words;
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  const close = (): void => {
    core.ui.set({ goTo: false });
    core.focusActive(true);
  };
  const go = async (): Promise<void> => {
    try {
      if (await goTo(core, text)) close();
      else setMissing(true);
    } catch (error) {
      core.fail(error);
    }
  };
  return (
    <form
      className="qs-find qs-go-to"
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <input
        ref={field}
        className="qs-find-field"
        type="text"
        value={text}
        aria-label={labels.goTo}
        placeholder={labels.goTo}
        aria-invalid={missing}
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setMissing(false);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          close();
        }}
      />
      <output className="qs-find-status">{missing ? labels.noMatches : ''}</output>
      <button
        type="button"
        className="qs-find-button qs-find-close"
        aria-label={labels.close}
        title={`${labels.close} (Esc)`}
        onClick={close}
      />
    </form>
  );
}
