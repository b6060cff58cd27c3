import type { SheetGeometry } from './geometry.ts';

interface Axes {
  readonly vertical: boolean;
  readonly horizontal: boolean;
}

/** Pixels a frame for each pixel that the pointer is outside, and at most. */
const SPEED = 0.35;
const MAX_STEP = 120;
const MIN_STEP = 4;

/** Scrolls while a drag holds the pointer outside the cells, faster the farther it is. */
export class AutoScroll {
  private readonly geometry: SheetGeometry;
  private readonly onStep: (x: number, y: number) => void;
  private frame = 0;
  private pointer = { x: 0, y: 0 };
  private axes: Axes = { vertical: false, horizontal: false };

  constructor(geometry: SheetGeometry, onStep: (x: number, y: number) => void) {
    this.geometry = geometry;
    this.onStep = onStep;
  }

  track(x: number, y: number, axes: Axes): void {
    this.pointer = { x, y };
    this.axes = axes;
    const { dx, dy } = this.step();
    if (dx === 0 && dy === 0) this.stop();
    else if (this.frame === 0) this.frame = requestAnimationFrame(this.tick);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  private readonly tick = (): void => {
    const { dx, dy } = this.step();
    this.frame = 0;
    if (dx === 0 && dy === 0) return;
    const { viewport } = this.geometry;
    if (dy !== 0) viewport.scrollTop += dy;
    if (dx !== 0) viewport.scrollLeft += dx;
    this.onStep(this.pointer.x, this.pointer.y);
    this.frame = requestAnimationFrame(this.tick);
  };

  private step(): { dx: number; dy: number } {
    const { viewport, leftWidth, rightWidth } = this.geometry;
    const body = this.geometry.body();
    const { x, y } = this.pointer;
    // Over the pinned columns a drag first brings the columns behind them into view.
    const left = body.left + (viewport.scrollLeft > 0 ? leftWidth : 0);
    const right = body.right - (this.atRightEnd() ? 0 : rightWidth);
    return {
      dx: this.axes.horizontal ? outside(x, left, right) : 0,
      dy: this.axes.vertical ? outside(y, body.top, body.bottom) : 0,
    };
  }

  private atRightEnd(): boolean {
    const { viewport } = this.geometry;
    return viewport.scrollLeft >= viewport.scrollWidth - viewport.clientWidth - 1;
  }
}

function outside(at: number, from: number, to: number): number {
  const distance = at < from ? at - from : at > to ? at - to : 0;
  if (distance === 0) return 0;
  const size = Math.min(MAX_STEP, Math.max(MIN_STEP, Math.abs(distance) * SPEED));
  return Math.round(Math.sign(distance) * size);
}
