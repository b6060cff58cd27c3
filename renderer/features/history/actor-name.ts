import type { Text } from '../../lib/text.ts';

/** Who made a command, in words; an actor that is nobody's kind is shown by its own name. */
export function actorName(actor: string, t: Text): string {
  const [kind = '', ...rest] = actor.split(':');
  const name = rest.join(':');
  if (name !== '') return name;
  switch (kind) {
    case 'user':
    case 'cli':
      return t(`history.actor.${kind}`);
    case '':
    case 'engine':
    case 'system':
    case 'channel':
      return t('history.actor.other');
    default:
      return kind;
  }
}
