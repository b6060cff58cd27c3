import type { IHeaderComp, IHeaderParams } from 'ag-grid-community';
import type { SheetCore } from './sheet-core.ts';

/**
 * A column head: label and sort mark. Clicks are the pointer gestures' (the
 * head also selects columns), the engine sorts, and AG only lays it out.
 */
export class SheetHeader implements IHeaderComp {
  private readonly element = document.createElement('div');
  private readonly label = document.createElement('span');
  private readonly mark = document.createElement('span');
  /** Selects the column, as the upper edge of a table column does in Excel. */
  private readonly grip = document.createElement('span');

  private params: IHeaderParams | null = null;
  private readonly showSort = (): void => {
    if (this.params) this.refresh(this.params);
  };

  init(params: IHeaderParams): void {
    this.element.className = 'qs-head';
    this.label.className = 'qs-head-label';
    this.mark.className = 'qs-head-sort';
    this.mark.setAttribute('aria-hidden', 'true');
    this.grip.className = 'qs-head-grip';
    this.grip.setAttribute('aria-hidden', 'true');
    this.element.append(this.label, this.mark, this.grip);
    this.refresh(params);
    (params.context as SheetCore).heads.add(this.showSort);
  }

  destroy(): void {
    (this.params?.context as SheetCore | undefined)?.heads.delete(this.showSort);
  }

  getGui(): HTMLElement {
    return this.element;
  }

  refresh(params: IHeaderParams): boolean {
    this.params = params;
    const core = params.context as SheetCore;
    const key = params.column.getColId();
    const { sort } = core;
    const at = sort.findIndex((entry) => entry.key === key);
    const direction = sort[at]?.direction;
    this.label.textContent = params.displayName;
    this.mark.className = `qs-head-sort${direction ? ` qs-sort-${direction}` : ''}`;
    this.mark.textContent = direction && sort.length > 1 ? String(at + 1) : '';
    if (core.column(key)?.sortable) {
      const order = direction === undefined ? 'none' : direction === 'asc' ? 'ascending' : 'descending';
      params.eGridHeader.setAttribute('aria-sort', order);
    }
    return true;
  }
}
