import type { Action } from '../lib/actions.ts';

interface Hotkey {
  readonly key: string;
  readonly mod: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

/** `mod+shift+P`: modifiers in any order, the key last. `mod` is Ctrl, on a Mac also Command. */
export function parseHotkey(shortcut: string): Hotkey {
  const parts = shortcut.toLowerCase().split('+');
  const key = parts.pop() ?? '';
  const has = (...names: string[]): boolean => parts.some((part) => names.includes(part));
  return { key, mod: has('mod', 'ctrl', 'meta'), alt: has('alt'), shift: has('shift') };
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export function pressed(event: KeyPress, shortcut: string): boolean {
  const { key, mod, alt, shift } = parseHotkey(shortcut);
  if ((event.ctrlKey || event.metaKey) !== mod || event.altKey !== alt || event.shiftKey !== shift)
    return false;
  // Alt+digit types a sign on some keyboards, so digits go by their place.
  if (/^\d$/.test(key)) return event.code === `Digit${key}` || event.code === `Numpad${key}`;
  return event.key.toLowerCase() === (key === 'plus' ? '+' : key);
}

/** Keys that a text field has its own use for. */
const TEXT_KEYS = new Set(['z', 'y', 'a', 'c', 'x', 'v', 'arrowleft', 'arrowright', 'backspace', 'delete']);
const NOT_TEXT = new Set(['button', 'checkbox', 'radio', 'range', 'submit', 'reset', 'file', 'color']);

export function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TEXT.has(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** False for keys that would take something from a person who types. */
export function worksInText(shortcut: string): boolean {
  const { key, mod, alt } = parseHotkey(shortcut);
  return /^f\d{1,2}$/.test(key) || ((mod || alt) && !TEXT_KEYS.has(key));
}

/** The action that a key press means, among those offered. The last offer wins: a screen's over the shell's. */
export function actionFor(event: KeyPress, actions: readonly Action[], inText: boolean): Action | undefined {
  return actions.findLast(
    ({ shortcut, bind, disabled }) =>
      shortcut !== undefined &&
      bind !== false &&
      disabled !== true &&
      pressed(event, shortcut) &&
      (!inText || worksInText(shortcut)),
  );
}
