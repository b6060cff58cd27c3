import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFind } from './find-pattern.ts';

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
      '.*.*.*x',
      'a*a*a*a*b',
      '(?:.*,){4}x',
      '(a?){30}a{30}',
      '(.{1,10}){1,10}',
      '(a|b(c|cd)*)*x',
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
      expect(compileFind(text, { ...plain, regex: true }), text).toMatchObject({ ok: true });
    }
  });

  it('says how long a text a pattern may be tried on', () => {
    const longest = (text: string): number => {
      const compiled = compileFind(text, { ...plain, regex: true });
      return compiled.ok ? compiled.longest : 0;
    };
    // One open repeat, tried at every character; more only where words or other characters part them.
    expect(longest('.*x')).toBeGreaterThan(30_000);
    expect(longest('\\d+\\s*kg|lb')).toBeGreaterThan(20_000);
    expect(longest('[^,]*,[^,]*,[^,]*,x')).toBeGreaterThan(30_000);
    expect(longest('black.*cotton.*large')).toBeGreaterThan(2_000);
    expect(longest('black.*cotton.*large')).toBeGreaterThan(longest('b.*c.*l'));
    expect(longest('^.*x')).toBeGreaterThan(longest('.*x'));
    expect(compileFind('(', plain)).toMatchObject({ ok: true, longest: Infinity });
  });

  it.each([
    ['.*x', 'a'],
    ['.*.*x', 'a'],
    ['a*a*b', 'a'],
    ['foo.*bar.*baz', 'foobar'],
    ['(\\d{1,3}\\.)*x', '123.'],
  ])('%s ends within seconds on the longest text it is tried on', (text, unit) => {
    const compiled = compileFind(text, { ...plain, regex: true });
    if (!compiled.ok) throw new Error(compiled.message);
    // A third of the length is a third of the time or less, whatever the degree.
    const length = Math.floor(Math.min(compiled.longest, 32_000) / 3);
    const started = Date.now();
    expect(unit.repeat(length).slice(0, length).replace(compiled.pattern, '')).toHaveLength(length);
    expect(Date.now() - started).toBeLessThan(3_000);
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
        `${'a'.repeat(200)}!`.replace(compiled.pattern, '');
        expect(Date.now() - started).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });
});
