import { describe, expect, it } from 'vitest';
import type { Action } from '../lib/actions.ts';
import { actionFor, pressed, worksInText } from './hotkeys.ts';

const press = (
  key: string,
  modifiers: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
  code = '',
): Parameters<typeof pressed>[0] => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
});

const action = (id: string, shortcut: string, more: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'test',
  shortcut,
  run: () => undefined,
  ...more,
});

describe('shortcuts', () => {
  it('need exactly their modifiers', () => {
    expect(pressed(press('k', { ctrlKey: true }), 'mod+K')).toBe(true);
    expect(pressed(press('k', { metaKey: true }), 'mod+K')).toBe(true);
    expect(pressed(press('k'), 'mod+K')).toBe(false);
    expect(pressed(press('K', { ctrlKey: true, shiftKey: true }), 'mod+K')).toBe(false);
    expect(pressed(press('Z', { ctrlKey: true, shiftKey: true }), 'mod+shift+Z')).toBe(true);
  });

  it('go by the place of a digit where Alt types another sign', () => {
    expect(pressed(press('¡', { altKey: true }, 'Digit1'), 'alt+1')).toBe(true);
    expect(pressed(press('&', { altKey: true }, 'Digit1'), 'alt+1')).toBe(true);
    expect(pressed(press('2', { altKey: true }, 'Digit2'), 'alt+1')).toBe(false);
  });

  it('leave a text field its own keys', () => {
    expect(worksInText('mod+Z')).toBe(false);
    expect(worksInText('P')).toBe(false);
    expect(worksInText('alt+ArrowLeft')).toBe(false);
    expect(worksInText('mod+K')).toBe(true);
    expect(worksInText('alt+3')).toBe(true);
    expect(worksInText('F1')).toBe(true);
    const undo = action('undo', 'mod+Z');
    expect(actionFor(press('z', { ctrlKey: true }), [undo], true)).toBeUndefined();
    expect(actionFor(press('z', { ctrlKey: true }), [undo], false)).toBe(undo);
  });

  it('mean the latest offer that is enabled and bound', () => {
    const shell = action('shell', 'F5');
    const screen = action('screen', 'F5');
    expect(actionFor(press('F5'), [shell, screen], false)).toBe(screen);
    expect(actionFor(press('F5'), [shell, { ...screen, disabled: true }], false)).toBe(shell);
    expect(actionFor(press('F5'), [shell, { ...screen, bind: false }], false)).toBe(shell);
  });
});
