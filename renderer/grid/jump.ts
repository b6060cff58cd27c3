import type { CellAt } from '#shared/grid/rect.ts';

/** Longest wait for rows that were asked for; then their place is shown without them. */
const PATIENCE_MS = 80;

/** One way to a cell at a time: the last one asked for counts. */
export class Jump {
  private readonly scrollTo: (cell: CellAt) => void;
  private target: CellAt | null = null;
  private timer = 0;

  constructor(scrollTo: (cell: CellAt) => void) {
    this.scrollTo = scrollTo;
  }

  to(cell: CellAt, loaded: boolean): void {
    this.forget();
    if (loaded) {
      this.scrollTo(cell);
      return;
    }
    this.target = cell;
    this.timer = window.setTimeout(() => this.go(), PATIENCE_MS);
  }

  /** Rows came; the way is free when the target is among them. */
  arrived(isLoaded: (cell: CellAt) => boolean): void {
    if (this.target && isLoaded(this.target)) this.go();
  }

  forget(): void {
    window.clearTimeout(this.timer);
    this.target = null;
  }

  private go(): void {
    const { target } = this;
    this.forget();
    if (target) this.scrollTo(target);
  }
}
