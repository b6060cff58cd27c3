import type { GridOption } from './contract.ts';

/** Options that the typed text could mean: those that start with it before those that contain it. */
export function matchOptions(options: readonly GridOption[], text: string): readonly GridOption[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return options;
  const starts = (option: GridOption): boolean =>
    option.label.toLowerCase().startsWith(wanted) || option.value.toLowerCase().startsWith(wanted);
  const contains = (option: GridOption): boolean => option.label.toLowerCase().includes(wanted);
  return [...options.filter(starts), ...options.filter((option) => !starts(option) && contains(option))];
}
