import type { Params } from '#shared/contract/methods.ts';
import type { PickMode } from '#shared/domain/warehouse/wave-plan.ts';

export const CUT_OFFS = ['any', 'now', 'day'] as const;

export interface WaveForm {
  readonly due: (typeof CUT_OFFS)[number];
  readonly shipping: string;
  readonly from: string;
  readonly to: string;
  readonly lines: 'any' | 'single' | 'multi';
  readonly mode: PickMode;
  readonly totes: number;
  /** 0 = as many as fit. */
  readonly units: number;
}

export const FIRST_FORM: WaveForm = {
  due: 'any',
  shipping: '',
  from: '',
  to: '',
  lines: 'any',
  mode: 'multi',
  totes: 8,
  units: 0,
};

const AISLE = /^([a-z]{1,2}|\d{1,5})$/i;

/** Null while an aisle is typed in part: one end alone is that one aisle. */
export function criteriaOf(form: WaveForm, nowMs: number): Params<'waves.preview'> | null {
  const from = form.from.trim();
  const to = form.to.trim();
  const ends = [from || to, to || from].filter((aisle) => aisle !== '');
  if (ends.some((aisle) => !AISLE.test(aisle))) return null;
  const [first, last] = ends;
  return {
    mode: form.mode,
    totes: form.totes,
    ...(form.units > 0 ? { units: form.units } : {}),
    ...(form.due === 'any' ? {} : { dueBy: nowMs + (form.due === 'day' ? 86_400_000 : 0) }),
    ...(form.shipping.trim() === '' ? {} : { shipping: form.shipping.trim() }),
    ...(first !== undefined && last !== undefined ? { aisles: { from: first, to: last } } : {}),
    ...(form.lines === 'any' ? {} : { lines: form.lines }),
  };
}
