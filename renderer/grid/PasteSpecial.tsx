import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { TextBlock } from '#shared/grid/tsv.ts';
import type { Pasting } from './pasting.ts';
import type { SheetCore } from './sheet-core.ts';

interface PasteSpecialProps {
  readonly core: SheetCore;
  readonly pasting: Pasting;
  readonly block: TextBlock;
}

const OPTIONS = ['transpose', 'skipEmpty'] as const;

/** Ctrl+Shift+V: how to paste what is on the clipboard. Enter pastes, Escape closes. */
export function PasteSpecial({ core, pasting, block }: PasteSpecialProps) {
  const { labels, locale } = core.words;
  const [options, setOptions] = useState({ transpose: false, skipEmpty: false });
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const width = Math.max(...block.map((row) => row.length));

  const close = (): void => {
    core.ui.set({ special: null });
    core.focusActive(true);
  };
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <form
      className="qs-find qs-paste-special"
      aria-label={labels.pasteSpecial}
      onSubmit={(event) => {
        event.preventDefault();
        close();
        void pasting.paste(block, options);
      }}
    >
      <span className="qs-find-status">
        {labels.size(block.length.toLocaleString(locale), width.toLocaleString(locale))}
      </span>
      {OPTIONS.map((name, i) => (
        <label key={name}>
          <input
            ref={i === 0 ? first : null}
            type="checkbox"
            onKeyDown={closeOnEscape}
            checked={options[name]}
            onChange={(event) => setOptions({ ...options, [name]: event.currentTarget.checked })}
          />
          {labels[name]}
        </label>
      ))}
      <button type="submit" onKeyDown={closeOnEscape} className="qs-find-button qs-paste-button">
        {labels.paste}
      </button>
      <button
        type="button"
        onKeyDown={closeOnEscape}
        className="qs-find-button qs-find-close"
        aria-label={labels.close}
        title={`${labels.close} (Esc)`}
        onClick={close}
      />
    </form>
  );
}
