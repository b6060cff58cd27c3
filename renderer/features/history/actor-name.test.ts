import { describe, expect, it } from 'vitest';
import type { Text } from '../../lib/text.ts';
import { actorName } from './actor-name.ts';

const t = ((key: string) => `<${key}>`) as Text;

describe('actorName', () => {
  it('names people, the command line and shops', () => {
    expect(actorName('user', t)).toBe('<history.actor.user>');
    expect(actorName('cli', t)).toBe('<history.actor.cli>');
    expect(actorName('channel:Harbour & Home', t)).toBe('Harbour & Home');
    expect(actorName('channel:Shop: North', t)).toBe('Shop: North');
  });

  it('shows whom it does not know by name, and the program as itself', () => {
    expect(actorName('ada', t)).toBe('ada');
    expect(actorName('system', t)).toBe('<history.actor.other>');
  });
});
