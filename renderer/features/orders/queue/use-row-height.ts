import { useSettings } from '../../../lib/settings.ts';

const HEIGHTS = { compact: 28, normal: 32, comfortable: 40 } as const;

/** Pixels of a row in the person's density; the same as `--qs-row-height`. */
export function useRowHeight(): number {
  return HEIGHTS[useSettings().settings.density];
}
