import type { Action } from '../lib/actions.ts';

/** Actions by their heading, in the order of first appearance; second shortcuts (without a label) are left out. */
export function byGroup(actions: readonly Action[]): [string, Action[]][] {
  const groups = new Map<string, Action[]>();
  for (const action of actions) {
    if (action.label === '') continue;
    const members = groups.get(action.group);
    if (members) members.push(action);
    else groups.set(action.group, [action]);
  }
  return [...groups];
}
