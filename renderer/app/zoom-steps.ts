/** The steps that Ctrl+plus and Ctrl+minus take, as Chromium's. */
export const ZOOM_STEPS = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const;

/** The next step above or below `zoom`; the end stays where it is. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  if (direction === 1) return ZOOM_STEPS.find((step) => step > zoom) ?? ZOOM_STEPS.at(-1) ?? zoom;
  return ZOOM_STEPS.findLast((step) => step < zoom) ?? ZOOM_STEPS[0];
}
