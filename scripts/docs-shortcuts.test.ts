import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inRoot } from './paths.mjs';

const NAMES: Readonly<Record<string, string>> = {
  mod: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  plus: '+',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** `mod+shift+E` as the sheet for people writes it: `Ctrl+Shift+E`. */
function written(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}

/** Shortcuts that the window's actions name: where they are offered, and in the tables of keys. */
function offered(): string[] {
  const sources = globSync('renderer/**/*.{ts,tsx}', { cwd: inRoot() })
    .filter((file) => !/\.test\.|node_modules/.test(file))
    .map((file) => readFileSync(inRoot(file), 'utf8'));
  return sources.flatMap((text) => [
    ...[...text.matchAll(/\bshortcut: '([^']+)'/g)].map((match) => match[1] ?? ''),
    ...[...text.matchAll(/\b[A-Z]+_KEYS\b[^=]*= \{([^}]*)\}/g)].flatMap((table) =>
      [...(table[1] ?? '').matchAll(/: '([^']+)'/g)].map((match) => match[1] ?? ''),
    ),
  ]);
}

it('docs/shortcuts.md names every key that an action of the window has', () => {
  const sheet = readFileSync(inRoot('docs/shortcuts.md'), 'utf8');
  const named = new Set([...sheet.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''));
  // `?` is written as what is on the key.
  named.add('Shift+?');
  const keys = offered().map(written);
  expect(keys).toContain('Ctrl+K');
  expect(keys).toContain('Alt+Shift+B');
  expect(keys.filter((key) => !named.has(key))).toEqual([]);
});
