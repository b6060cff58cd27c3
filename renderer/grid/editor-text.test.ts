import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastTag, moveLine, withTag } from './editor-text.ts';

const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',') });

describe('lines of an editor', () => {
  it('moves the line of the caret, keeps the caret in it, and back again', () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 5 }), fc.nat(), (lines, pick) => {
        const text = lines.join('\n');
        const caret = pick % (text.length + 1);
        const at = text.slice(0, caret).split('\n').length - 1;
        const down = moveLine(text, caret, 1);
        expect(down === null).toBe(at === lines.length - 1);
        expect(down?.text.split('\n')[at + 1]).toBe(down ? lines[at] : undefined);
        expect(down && moveLine(down.text, down.caret, -1)).toEqual(down && { text, caret });
      }),
    );
  });

  it('completes the tag being typed and leaves those before it', () => {
    expect(lastTag('red, blu')).toBe('blu');
    expect(withTag('red, blu', 'blue')).toBe('red, blue');
    expect(withTag('blu', 'blue')).toBe('blue');
    expect(withTag('red,', 'blue')).toBe('red, blue');
  });
});
