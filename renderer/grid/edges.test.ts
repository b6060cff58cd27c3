import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edgeOfLine, isFilled } from './edges.ts';

const line = (text: string) => (at: number) => (text[at] === '?' ? undefined : text[at] === 'x');
const edge = (text: string, from: number, step: 1 | -1) => edgeOfLine(from, step, text.length, line(text));

describe('the edge of the data', () => {
  it.each([
    ['xxx..xx', 0, 1, 2],
    ['xxx..xx', 2, 1, 5],
    ['xxx..xx', 3, 1, 5],
    ['xxx..xx', 5, 1, 6],
    ['xxx....', 2, 1, 6],
    ['.......', 3, 1, 6],
    ['xxxxxxx', 6, 1, 6],
    ['xxx..xx', 6, -1, 5],
    ['xxx..xx', 5, -1, 2],
    ['..x..', 2, -1, 0],
    ['xx?x', 0, 1, undefined],
    ['x.?x', 0, 1, undefined],
    ['xx.?', 0, 1, 1],
  ] as const)('in %s from %i by %i is %s', (text, from, step, expected) => {
    expect(edge(text, from, step)).toBe(expected);
  });

  it('is never passed: going on gets to the end, and every stop before it touches filled cells', () => {
    const cells = fc.array(fc.constantFrom('x', '.'), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(cells, fc.nat(), (all, start) => {
        const text = all.join('');
        let at = start % text.length;
        for (let hops = 0; at < text.length - 1; hops += 1) {
          const next = edge(text, at, 1) ?? -1;
          expect(next).toBeGreaterThan(at);
          expect(next === text.length - 1 || text[next] === 'x').toBe(true);
          expect(hops).toBeLessThan(text.length);
          at = next;
        }
      }),
    );
  });

  it('takes false and zero for filled, and empty texts and lists for empty', () => {
    expect([0, false, '0', ['a']].map((value) => isFilled(value))).toEqual([true, true, true, true]);
    expect([null, undefined, '', []].map((value) => isFilled(value))).toEqual([false, false, false, false]);
  });
});
