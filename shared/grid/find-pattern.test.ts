import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFind, runsAway } from './find-pattern.ts';

const plain = { matchCase: false, wholeCell: false, regex: false } as const;

const matches = (text: string, cell: string, options: Partial<typeof plain> | object = {}): boolean => {
  const compiled = compileFind(text, { ...plain, ...options });
  if (!compiled.ok) throw new Error(compiled.message);
  return new RegExp(compiled.pattern.source, compiled.pattern.flags.replace('g', '')).test(cell);
};

describe('find patterns', () => {
  it('finds any text literally, with every option', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), fc.string(), (text, before, after) => {
        const compiled = compileFind(text, { ...plain, matchCase: true });
        expect(compiled.ok).toBe(true);
        expect(matches(text, text, { wholeCell: true, matchCase: true })).toBe(true);
        const hay = before + text + after;
        expect(matches(text, hay, { matchCase: true })).toBe(true);
      }),
    );
  });

  it.each([
    ['Mug', 'blue mug', {}, true],
    ['Mug', 'blue mug', { matchCase: true }, false],
    ['mug', 'blue mug', { wholeCell: true }, false],
    ['a.c', 'abc', {}, false],
    ['a.c', 'abc', { regex: true }, true],
    ['^SKU-0+(\\d)', 'SKU-0007', { regex: true }, true],
    ['a|b', 'xb', { regex: true, wholeCell: true }, false],
  ])('%s in %s with %o is %s', (text, cell, options, expected) => {
    expect(matches(text, cell, options)).toBe(expected);
  });

  it('refuses what is no pattern and what could run for ever, and says so', () => {
    expect(compileFind('(', { ...plain, regex: true })).toMatchObject({ ok: false, code: 'BAD_PATTERN' });
    for (const text of [
      '(a+)+$',
      '(a|a)*b',
      '(?:x*)*',
      '((a)+b?)+',
      '([a-z]+)*',
      '(a{2,})+',
      '(.*a)+',
      '(a|ab)+',
    ]) {
      expect(compileFind(text, { ...plain, regex: true }), text).toMatchObject({ code: 'SLOW_PATTERN' });
    }
    for (const text of [
      '(a+)',
      '(red|blue)+',
      'a+b*',
      '(\\d{3})+',
      '[(a+)]+',
      '\\(a+\\)+',
      '(a+)?',
      '(?:ab)+',
    ]) {
      expect(runsAway(text), text).toBe(false);
    }
  });

  it('never throws, and what it lets through ends quickly on a hostile text', () => {
    const source = fc.string({
      unit: fc.constantFrom('a', 'b', '(', ')', '+', '*', '|', '?', '[', ']', '\\', '{2,}'),
    });
    fc.assert(
      fc.property(source, (text) => {
        const compiled = compileFind(text, { ...plain, regex: true });
        if (!compiled.ok) return;
        const started = Date.now();
        `${'a'.repeat(28)}!`.replace(compiled.pattern, '');
        expect(Date.now() - started).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });
});
