import type { Text } from '../../lib/text.ts';

/** Who did it: a person here, a script, or by its own name. */
export function actorText(actor: string, t: Text): string {
  return actor === 'user' || actor === 'cli' ? t(`publish.by.${actor}`) : actor;
}
