import { describe, expect, it } from 'vitest';
import { ZOOM_STEPS, zoomStep } from './zoom-steps.ts';

describe('zoom', () => {
  it('goes up and down the same steps and stops at the ends', () => {
    for (const [index, step] of ZOOM_STEPS.entries()) {
      expect(zoomStep(step, 1)).toBe(ZOOM_STEPS[index + 1] ?? step);
      expect(zoomStep(step, -1)).toBe(ZOOM_STEPS[index - 1] ?? step);
    }
  });

  it('finds the next step from between two', () => {
    expect(zoomStep(1.2, 1)).toBe(1.25);
    expect(zoomStep(1.2, -1)).toBe(1.1);
  });
});
