import { isSingle, rectOf, subtract } from '#shared/grid/rect.ts';
import type { Rect } from '#shared/grid/rect.ts';
import { isOneCell } from '#shared/grid/selection.ts';
import type { Selection } from '#shared/grid/selection.ts';
import type { Pane, SheetGeometry } from './geometry.ts';

export interface OverlayState {
  readonly selection: Selection | null;
  /** What a fill would cover, while the handle is dragged. */
  readonly fill: Rect | null;
  /** What was copied last. */
  readonly copied: Rect | null;
  /** Whether the fill handle is offered. */
  readonly handle: boolean;
  /** The open editor draws its own border. */
  readonly editing: boolean;
}

/**
 * Paints ranges as a handful of rectangles inside the scrolling container:
 * their number follows the number of ranges, never their size, and vertical
 * scrolling needs no script at all. Rows are stacking contexts of their own,
 * so the centre part is clipped instead of slipping under the pinned cells.
 */
export class SelectionOverlay {
  readonly handle: HTMLElement;
  private readonly root: HTMLElement;
  private readonly panes: Readonly<Record<Pane, HTMLElement>>;
  private readonly geometry: SheetGeometry;
  private clip = '';

  constructor(geometry: SheetGeometry) {
    this.geometry = geometry;
    this.root = element('qs-overlay');
    this.root.setAttribute('aria-hidden', 'true');
    this.panes = {
      left: element('qs-overlay-pane qs-overlay-left'),
      centre: element('qs-overlay-pane qs-overlay-centre'),
      right: element('qs-overlay-pane qs-overlay-right'),
    };
    this.handle = element('qs-fill-handle');
    this.root.append(this.panes.left, this.panes.right, this.panes.centre);
    geometry.container.append(this.root);
  }

  /** Keeps the centre from showing over the pinned columns; call on horizontal scroll and resize. */
  updateClip(): void {
    const { viewport, leftWidth, rightWidth } = this.geometry;
    const width = Math.max(viewport.clientWidth, viewport.scrollWidth);
    const right = width - viewport.scrollLeft - viewport.clientWidth + rightWidth;
    const clip = `inset(0 ${Math.max(0, right)}px 0 ${viewport.scrollLeft + leftWidth}px)`;
    if (clip === this.clip) return;
    this.clip = clip;
    this.root.style.width = `${width}px`;
    this.panes.centre.style.clipPath = clip;
    this.panes.right.style.left = `${viewport.clientWidth - rightWidth}px`;
  }

  paint({ selection, fill, copied, handle, editing }: OverlayState): void {
    // The handle stays in the document: a browser forgets the first click of a double click on a node that leaves it.
    for (const pane of Object.values(this.panes)) {
      for (const piece of pane.querySelectorAll(':scope > :not(.qs-fill-handle)')) piece.remove();
    }
    this.updateClip();
    if (selection) this.paintSelection(selection, editing);
    if (copied) this.draw(copied, 'qs-ants');
    if (fill) this.draw(fill, 'qs-fill-preview');
    const only = selection?.rects.length === 1 ? selection.rects[0] : undefined;
    const offered = only !== undefined && handle && !editing;
    this.handle.hidden = !offered;
    if (offered) this.placeHandle(only);
  }

  private paintSelection(selection: Selection, editing: boolean): void {
    const active = rectOf(selection.active, selection.active);
    const plain = isOneCell(selection);
    for (const rect of selection.rects) {
      this.markRowHeads(rect);
      if (plain) continue;
      for (const part of subtract(rect, active)) this.draw(part, 'qs-range');
      if (!isSingle(rect)) this.draw(rect, 'qs-range-border');
    }
    if (!editing) this.draw(active, 'qs-active');
  }

  private markRowHeads(rect: Rect): void {
    const { headWidth, rowHeight } = this.geometry;
    const mark = element('qs-head-mark');
    place(mark, 0, rect.top * rowHeight, headWidth, (rect.bottom - rect.top + 1) * rowHeight);
    this.panes.left.append(mark);
  }

  /** A rectangle that crosses panes has no border where it is cut. */
  private draw(rect: Rect, className: string): void {
    const parts = this.geometry.paneBoxes(rect);
    for (const [i, part] of parts.entries()) {
      const piece = element(className);
      if (i > 0) piece.classList.add('qs-cut-left');
      if (i < parts.length - 1) piece.classList.add('qs-cut-right');
      const offset = part.pane === 'centre' ? this.geometry.leftWidth : 0;
      place(piece, offset + part.left, part.top, part.width, part.height);
      this.panes[part.pane].append(piece);
    }
  }

  private placeHandle(rect: Rect): void {
    const corner = rectOf({ row: rect.bottom, column: rect.right }, { row: rect.bottom, column: rect.right });
    const part = this.geometry.paneBoxes(corner)[0];
    if (!part) return;
    const offset = part.pane === 'centre' ? this.geometry.leftWidth : 0;
    this.handle.style.left = `${offset + part.left + part.width}px`;
    this.handle.style.top = `${part.top + part.height}px`;
    const pane = this.panes[part.pane];
    if (this.handle.parentElement !== pane) pane.append(this.handle);
  }

  destroy(): void {
    this.root.remove();
  }
}

function element(className: string): HTMLElement {
  const created = document.createElement('div');
  created.className = className;
  return created;
}

function place(target: HTMLElement, left: number, top: number, width: number, height: number): void {
  const { style } = target;
  style.left = `${left}px`;
  style.top = `${top}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}
