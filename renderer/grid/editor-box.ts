import { useLayoutEffect, useState } from 'react';
import type { CSSProperties, RefObject, WheelEvent } from 'react';
import type { SheetCore } from './sheet-core.ts';
import type { EditorSession } from './sheet-ui.ts';

/** The wheel over the editor scrolls the sheet, as it does over the cell, unless a list or a long text takes it. */
export function scrollBehind(core: SheetCore, event: WheelEvent): void {
  const target = event.target instanceof Element ? event.target.closest('textarea, ul') : null;
  const viewport = core.mounted?.geometry.viewport;
  if (!viewport || event.ctrlKey || (target && target.scrollHeight > target.clientHeight)) return;
  viewport.scrollBy({ left: event.deltaX, top: event.deltaY, behavior: 'instant' });
}

/** Follows its cell while the grid scrolls; out of sight it stays open and focused. */
export function useEditorBox(
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
