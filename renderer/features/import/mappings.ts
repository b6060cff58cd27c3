import type { ImportPlan } from '#shared/contract/workspace.ts';
import { useScreenState } from '../../lib/screen-state.ts';

/** Columns as a person set them, by the header of the file; the newest last. */
export interface Mappings {
  readonly list: readonly Readonly<Record<string, string>>[];
}

/** Settings of a screen are small: old layouts are forgotten. */
const MAX = 12;
const MAX_CHARS = 16_000;
const NONE: Mappings = { list: [] };

export function useMappings(): readonly [Mappings, (mappings: Mappings) => void] {
  return useScreenState<Mappings>('import.mappings', NONE);
}

/** The mapping that a person gave to a file with these columns; null when there is none or it is in use. */
export function recalled(mappings: Mappings, plan: ImportPlan): Readonly<Record<string, string>> | null {
  if (plan.format !== 'generic') return null;
  const header = signature(plan.columns.map(({ header }) => header));
  const known = mappings.list.findLast((mapping) => signature(Object.keys(mapping)) === header);
  if (known === undefined) return null;
  const same = plan.columns.every(({ header, target }) => header === '' || known[header] === (target ?? ''));
  return same ? null : known;
}

export function remembered(mappings: Mappings, mapping: Readonly<Record<string, string>>): Mappings {
  const header = signature(Object.keys(mapping));
  const list = [...mappings.list.filter((other) => signature(Object.keys(other)) !== header), mapping];
  let kept = list.slice(-MAX);
  while (kept.length > 0 && JSON.stringify(kept).length > MAX_CHARS) kept = kept.slice(1);
  return { list: kept };
}

/** The order of columns does not matter, nor does a name that stands twice. */
function signature(headers: readonly string[]): string {
  return JSON.stringify([...new Set(headers.filter((header) => header !== ''))].sort());
}
