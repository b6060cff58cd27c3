import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { headActions } from './head-actions.ts';
import type { HeadMenuState } from './head-actions.ts';
import type { SheetCore } from './sheet-core.ts';

/** CSS pixels; the menu stays inside the grid. */
const MENU_WIDTH = 190;

/** What can be done with a column: sort, freeze, move, fit, hide. Opens at its head. */
export function HeadMenu({ core, state }: { readonly core: SheetCore; readonly state: HeadMenuState }) {
  const list = useRef<HTMLDivElement>(null);
  const actions = headActions(core, state.key);
  useEffect(() => {
    list.current?.querySelector<HTMLButtonElement>('button:enabled')?.focus();
  }, []);

  const close = (): void => {
    core.ui.set({ headMenu: null });
    core.mounted?.api.setFocusedHeader(state.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const items = [...(list.current?.querySelectorAll<HTMLButtonElement>('button:enabled') ?? [])];
      const at = items.findIndex((item) => item === document.activeElement);
      items[(at + step + items.length) % items.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      close();
    }
    event.stopPropagation();
  };
  const { left, top, width } = core.mounted?.root.getBoundingClientRect() ?? new DOMRect();
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={core.column(state.key)?.header}
      className="qs-head-menu"
      style={{ left: Math.min(state.x - left, width - MENU_WIDTH), top: state.y - top }}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const inside = event.relatedTarget instanceof Node && list.current?.contains(event.relatedTarget);
        if (!inside) core.ui.set({ headMenu: null });
      }}
    >
      {actions.map(({ name, label, run }) => (
        <button
          key={name}
          type="button"
          role="menuitem"
          className="qs-option"
          disabled={run === null}
          onClick={() => {
            run?.();
            close();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
