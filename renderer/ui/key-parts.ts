export interface KeyPart {
  /** What to show, or the name of a word where the languages differ. */
  readonly text: string;
  readonly word: boolean;
}

const MAC: Readonly<Record<string, string>> = { mod: '⌘', meta: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧' };
const WORDS = new Set(['ctrl', 'shift', 'delete', 'space', 'home', 'end', 'pageup', 'pagedown', 'escape']);
const ARROWS: Readonly<Record<string, string>> = {
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
  enter: '↵',
  plus: '+',
};

/** `mod+shift+P` as the keys to draw. */
export function keyParts(keys: string, mac: boolean): KeyPart[] {
  return keys.split('+').map((raw) => {
    const key = raw.trim().toLowerCase();
    const symbol = (mac ? MAC[key] : undefined) ?? ARROWS[key];
    if (symbol !== undefined) return { text: symbol, word: false };
    const name = key === 'mod' || key === 'meta' ? 'ctrl' : key;
    if (WORDS.has(name)) return { text: name, word: true };
    return {
      text: name.length === 1 ? name.toUpperCase() : name[0]?.toUpperCase() + name.slice(1),
      word: false,
    };
  });
}
