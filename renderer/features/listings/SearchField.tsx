import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useText } from '../../lib/text.ts';
import styles from './listings.module.css';

const APPLY_AFTER_MS = 180;

export interface SearchFieldProps {
  readonly input: RefObject<HTMLInputElement | null>;
  /** The text that the view was opened with. */
  readonly applied: string;
  readonly onApply: (text: string) => void;
  /** Puts the keyboard back into the spreadsheet. */
  readonly onLeave: () => void;
}

/** Applies what is typed a moment after the last key; Enter at once, Escape clears. */
export function SearchField({ input, applied, onApply, onLeave }: SearchFieldProps) {
  const t = useText();
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const text = draft ?? applied;
  const apply = (next: string): void => {
    clearTimeout(timer.current);
    setDraft(null);
    if (next !== applied) onApply(next);
  };
  return (
    <TextInput
      ref={input}
      className={styles['search'] ?? ''}
      aria-label={t('listings.search')}
      placeholder={t('listings.search')}
      leftSection={<IconSearch size={14} />}
      value={text}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setDraft(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => apply(next), APPLY_AFTER_MS);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'ArrowDown') {
          event.preventDefault();
          apply(text);
          onLeave();
        } else if (event.key === 'Escape') {
          event.preventDefault();
          apply('');
          onLeave();
        }
      }}
    />
  );
}
