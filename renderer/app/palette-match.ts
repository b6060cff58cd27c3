import type { Action } from '../lib/actions.ts';

/** Every word of the query begins a word of the label, the group or the keywords. */
export function matchesQuery({ label, group, keywords = '' }: Action, query: string): boolean {
  const words = `${label} ${group} ${keywords}`.toLocaleLowerCase().split(/[\s/&-]+/);
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((part) => words.some((word) => word.startsWith(part)));
}
