import { assertSeries, deviation, mean, type Series } from './forecast-series.ts';

export const DEMAND_CLASSES = ['smooth', 'erratic', 'intermittent', 'lumpy'] as const;
export type DemandClass = (typeof DEMAND_CLASSES)[number];

/** Mean interval between demands, and squared coefficient of variation of their sizes, at which a class ends. */
const ADI_LIMIT = 4 / 3;
const CV2_LIMIT = 0.5;

export interface DemandShape {
  /** Periods a demand; infinite without any. */
  readonly adi: number;
  /** Of the demand sizes that are not 0; null with fewer than two. */
  readonly cv2: number | null;
  /** null without any demand: there is nothing to tell a class by. */
  readonly class: DemandClass | null;
}

/** How regular a demand is in time (ADI) and in size (CV²). One single demand counts as even in size. */
export function demandShape(series: Series): DemandShape {
  assertSeries(series, 1);
  const sizes = series.filter((value) => value > 0);
  if (sizes.length === 0) return { adi: Number.POSITIVE_INFINITY, cv2: null, class: null };
  const adi = series.length / sizes.length;
  const cv2 = sizes.length < 2 ? null : (deviation(sizes, true) / mean(sizes)) ** 2;
  const often = adi < ADI_LIMIT;
  const even = (cv2 ?? 0) < CV2_LIMIT;
  return { adi, cv2, class: often ? (even ? 'smooth' : 'erratic') : even ? 'intermittent' : 'lumpy' };
}
