import { useEffect, useRef } from 'react';
import type { GridOption } from './contract.ts';

interface OptionListProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly GridOption[];
  readonly highlight: number;
  readonly empty: string;
  readonly onPick: (option: GridOption) => void;
}

// These are the roles of the combobox pattern: a native select cannot be filtered by a field that keeps the focus.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-to-interactive-role */
/** The list below a select editor; the field keeps the keyboard. */
export function OptionList({ id, label, options, highlight, empty, onPick }: OptionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[highlight]?.scrollIntoView({ block: 'nearest' });
  }, [highlight]);
  return (
    <>
      <ul ref={list} id={id} className="qs-options" role="listbox" aria-label={label}>
        {options.map((option, i) => (
          <li
            key={option.value}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === highlight}
            className="qs-option"
            onPointerDown={(event) => {
              event.preventDefault();
              onPick(option);
            }}
          >
            {option.label}
          </li>
        ))}
      </ul>
      {options.length === 0 && <div className="qs-options qs-options-empty">{empty}</div>}
    </>
  );
}
