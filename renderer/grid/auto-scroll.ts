import type { SheetGeometry } from './geometry.ts';

interface Axes {
  readonly vertical: boolean;
  readonly horizontal: boolean;
}

/** Pixels a second for each pixel that the pointer is outside; not slower and not faster than these. */
const SPEED = 100;
const MIN_SPEED = 400;
const MAX_SPEED = 15_000;
/** Inside the edge already: a maximised window ends where the pointer does. */
const EDGE = 12;
/** A long frame must not throw the view far away. */
const MAX_FRAME_S = 0.05;

/** Scrolls while a drag holds the pointer outside the cells, faster the farther it is. */
export class AutoScroll {
  private readonly geometry: SheetGeometry;
  private readonly onStep: (x: number, y: number) => void;
  private frame = 0;
  private last = 0;
  private pointer = { x: 0, y: 0 };
  private axes: Axes = { vertical: false, horizontal: false };

  constructor(geometry: SheetGeometry, onStep: (x: number, y: number) => void) {
    this.geometry = geometry;
    this.onStep = onStep;
  }

  track(x: number, y: number, axes: Axes): void {
    this.pointer = { x, y };
    this.axes = axes;
    const { dx, dy } = this.speed();
    if (dx === 0 && dy === 0) this.stop();
    else if (this.frame === 0) {
      this.last = performance.now();
      this.frame = requestAnimationFrame(this.tick);
    }
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  private readonly tick = (now: number): void => {
    const { dx, dy } = this.speed();
    const seconds = Math.min(MAX_FRAME_S, Math.max(0, now - this.last) / 1000);
    this.last = now;
    this.frame = 0;
    if (dx === 0 && dy === 0) return;
    const { viewport } = this.geometry;
    if (dy !== 0) viewport.scrollTop += away(dy * seconds);
    if (dx !== 0) viewport.scrollLeft += away(dx * seconds);
    this.onStep(this.pointer.x, this.pointer.y);
    this.frame = requestAnimationFrame(this.tick);
  };

  private speed(): { dx: number; dy: number } {
    const { viewport, leftWidth, rightWidth } = this.geometry;
    const body = this.geometry.body();
    const { x, y } = this.pointer;
    // Over the pinned columns a drag first brings the columns behind them into view.
    const left = body.left + (viewport.scrollLeft > 0 ? leftWidth : 0);
    const right = body.right - (this.atRightEnd() ? 0 : rightWidth);
    return {
      dx: this.axes.horizontal ? outside(x, left + (left > body.left ? 0 : EDGE), right - EDGE) : 0,
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
  return Math.sign(distance) * Math.min(MAX_SPEED, Math.max(MIN_SPEED, Math.abs(distance) * SPEED));
}

/** At least one pixel, or a slow frame would never move. */
function away(pixels: number): number {
  return Math.sign(pixels) * Math.max(1, Math.round(Math.abs(pixels)));
}
