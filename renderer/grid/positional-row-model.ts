import { BeanStub, RowNode } from 'ag-grid-community';
import type { IRowModel, Module, NamedBean } from 'ag-grid-community';

/** The data of every row: its position and nothing else. The row there is looked up by rid. */
export interface Stub {
  readonly at: number;
}

export interface RowCounter {
  setRowCount(rows: number): void;
}

/** What the grid's `context` must offer so that the screen can drive the row model. */
export interface RowModelContext {
  onRowModel(model: RowCounter): void;
  readonly rows: number;
}

/** Nodes kept without a sweep; a sweep keeps those near the rendered rows. */
const MAX_NODES = 5_000;
const KEEP_NEAR = 500;

/**
 * A row model of N rows of one height that creates a node only when the grid
 * asks for its position. Mounting, sorting and filtering cost the same for ten
 * rows as for a million: the order of a view is our id array, never AG's.
 *
 * It stands in the place of the infinite row model, whose shape it has, under
 * that name. It relies on interfaces that AG Grid exports but does not promise,
 * which is why the version is pinned and a browser test covers it.
 */
class PositionalRowModel extends BeanStub implements IRowModel, NamedBean, RowCounter {
  readonly beanName = 'rowModel' as const;
  readonly hierarchical = false;
  rootNode: RowNode | null = null;
  private readonly nodes = new Map<number, RowNode<Stub>>();
  private rows = 0;
  private rowHeight = 32;

  postConstruct(): void {
    this.rootNode = new RowNode(this.beans);
    this.rootNode.level = -1;
    this.rowHeight = this.gos.get('rowHeight') ?? this.rowHeight;
    this.addManagedPropertyListener('rowHeight', () => this.changeRowHeight());
  }

  start(): void {
    const context = this.gos.get('context') as RowModelContext;
    context.onRowModel(this);
    this.setRowCount(context.rows);
    this.beans.eventSvc.dispatchEventOnce({ type: 'rowCountReady' });
  }

  override destroy(): void {
    this.dropNodes(() => true);
    super.destroy();
    this.rootNode = null;
  }

  setRowCount(rows: number): void {
    this.rows = rows;
    this.dropNodes((at) => at >= rows);
    this.modelUpdated();
  }

  private changeRowHeight(): void {
    const height = this.gos.get('rowHeight');
    if (!height || height === this.rowHeight) return;
    this.rowHeight = height;
    for (const [at, node] of this.nodes) {
      node.setRowHeight(height);
      node.setRowTop(height * at);
    }
    this.modelUpdated();
  }

  private modelUpdated(): void {
    this.beans.eventSvc.dispatchEvent({
      type: 'modelUpdated',
      newPage: false,
      newPageSize: false,
      newData: false,
      keepRenderedRows: true,
      animate: false,
    });
  }

  private dropNodes(gone: (at: number) => boolean): void {
    for (const [at, node] of this.nodes) {
      if (!gone(at)) continue;
      node._destroy(false);
      this.nodes.delete(at);
    }
  }

  /** Rows that are rendered, focused or near keep their node, for the renderer holds on to it. */
  private sweep(): void {
    const { rowRenderer, focusSvc } = this.beans;
    const first = rowRenderer.firstRenderedRow - KEEP_NEAR;
    const last = rowRenderer.lastRenderedRow + KEEP_NEAR;
    const focused = focusSvc.getFocusedCell()?.rowIndex;
    this.dropNodes((at) => (at < first || at > last) && at !== focused);
  }

  getRow(index: number): RowNode<Stub> | undefined {
    if (index < 0 || index >= this.rows) return undefined;
    const known = this.nodes.get(index);
    if (known) return known;
    if (this.nodes.size >= MAX_NODES) this.sweep();
    const node = new RowNode<Stub>(this.beans);
    node.setRowHeight(this.rowHeight);
    node.uiLevel = 0;
    node.setRowIndex(index);
    node.setRowTop(this.rowHeight * index);
    node.setDataAndId({ at: index }, String(index));
    this.nodes.set(index, node);
    return node;
  }

  getRowNode(id: string): RowNode | undefined {
    return this.nodes.get(Number(id));
  }

  isRowPresent(node: RowNode): boolean {
    return node.rowIndex !== null && this.nodes.get(node.rowIndex) === node;
  }

  getRowCount(): number {
    return this.rows;
  }

  getTopLevelRowCount(): number {
    return this.rows;
  }

  getTopLevelRowDisplayedIndex(index: number): number {
    return index;
  }

  getRowIndexAtPixel(pixel: number): number {
    return Math.max(0, Math.min(Math.floor(pixel / this.rowHeight), this.rows - 1));
  }

  getRowBounds(index: number): { rowTop: number; rowHeight: number } {
    return { rowTop: this.rowHeight * index, rowHeight: this.rowHeight };
  }

  isEmpty(): boolean {
    return false;
  }

  isRowsToRender(): boolean {
    return true;
  }

  getOverlayType(): null {
    return null;
  }

  getNodesInRangeForSelection(): RowNode[] {
    return [];
  }

  /** Only nodes that exist: callers mean rendered rows. */
  forEachNode(callback: (node: RowNode, index: number) => void): void {
    for (const [at, node] of this.nodes) callback(node, at);
  }

  getType(): 'infinite' {
    return 'infinite';
  }

  isLastRowIndexKnown(): boolean {
    return true;
  }

  ensureRowHeightsValid(): boolean {
    return false;
  }

  resetRowHeights(): void {
    // Every row has the one height.
  }

  onRowHeightChanged(): void {
    // Every row has the one height.
  }
}

export function positionalRowModelModule(version: string): Module {
  return {
    moduleName: 'InfiniteRowModel',
    version,
    rowModels: ['infinite'],
    beans: [PositionalRowModel],
  };
}
