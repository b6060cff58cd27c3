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

/** The list below a select editor; the field keeps the keyboard. */
export function OptionList({ id, label, options, highlight, empty, onPick }: OptionListProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[highlight]?.scrollIntoView({ block: 'nearest' });
  }, [highlight, options]);
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
