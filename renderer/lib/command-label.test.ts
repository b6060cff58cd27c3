import { describe, expect, it } from 'vitest';
import german from '../locales/de/history.json';
import english from '../locales/en/history.json';
import { COMMAND_KEYS, commandLabel } from './command-label.ts';
import type { Text } from './text.ts';

const t = ((key: string, values?: unknown) => `${key} ${JSON.stringify(values)}`) as Text;

describe('commandLabel', () => {
  it('takes the facts out of what the engine wrote', () => {
    expect(commandLabel('Ship order 1148', t)).toBe('history.command.shipOrder {"name":"1148"}');
    expect(commandLabel('Move 3 of MUG-1', t)).toBe('history.command.move {"count":3,"name":"MUG-1"}');
    expect(commandLabel('Paste 3 x 12', t)).toBe('history.command.paste {"rows":3,"columns":12}');
    expect(commandLabel('Back to 2026-11-24T09:00:00.000Z', t)).toBe(
      'history.command.backTo {"at":"2026-11-24T09:00:00.000Z"}',
    );
  });

  it('leaves the names of people and screens alone', () => {
    for (const label of ['Price = price * 1.1 in 8 rows', 'Pick and pack for spring', 'Einfügen 3 × 1', '']) {
      expect(commandLabel(label, t)).toBe(label);
    }
  });

  it.each([
    ['English', english],
    ['German', german],
  ])('has every text in %s', (_language, texts) => {
    expect(COMMAND_KEYS.filter((key) => !(key in texts))).toEqual([]);
  });
});
