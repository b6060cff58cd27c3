import type { SheetGeometry } from './geometry.ts';
import type { GridApi } from 'ag-grid-community';

const REST_MS = 200;

/**
 * AG can ignore the last scroll event of a programmatic scroll and then show
 * nothing until the next one. When scrolling has come to rest and the rendered
 * rows do not cover the view, that event is sent again.
 */
export function watchScroll(api: GridApi, geometry: SheetGeometry): () => void {
  const { viewport } = geometry;
  let timer = 0;
  const check = (): void => {
    if (geometry.rows === 0 || api.isDestroyed()) return;
    const top = Math.floor(viewport.scrollTop / geometry.rowHeight);
    const height = viewport.clientHeight - geometry.headHeight();
    const bottom = Math.min(
      geometry.rows - 1,
      Math.floor((viewport.scrollTop + height - 1) / geometry.rowHeight),
    );
    const rendered = new Set(api.getRenderedNodes().map((node) => node.rowIndex));
    if (!rendered.has(top) || !rendered.has(bottom)) viewport.dispatchEvent(new Event('scroll'));
  };
  const onScroll = (): void => {
    window.clearTimeout(timer);
    timer = window.setTimeout(check, REST_MS);
  };
  viewport.addEventListener('scroll', onScroll, { passive: true });
  return () => {
    window.clearTimeout(timer);
    viewport.removeEventListener('scroll', onScroll);
  };
}
