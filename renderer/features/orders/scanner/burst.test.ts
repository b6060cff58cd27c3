import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BURST, feed, NO_BURST, type BurstOptions, type KeyStroke } from './burst.ts';

function listen(strokes: readonly KeyStroke[], options: BurstOptions = DEFAULT_BURST) {
  let burst = NO_BURST;
  const scans: string[] = [];
  const keys: string[] = [];
  for (const stroke of strokes) {
    const step = feed(burst, stroke, options);
    burst = step.burst;
    if (step.event.kind === 'scan') scans.push(step.event.code);
    if (step.event.kind === 'key') keys.push(stroke.key);
  }
  return { scans, keys };
}

/** Keys of a scanner, `gap` ms apart, from `at` on. */
function scanned(code: string, at: number, gap: number, suffix: 'Enter' | 'Tab' = 'Enter'): KeyStroke[] {
  return [...Array.from(code), suffix].map((key, index) => ({ key, at: at + index * gap, modified: false }));
}
const typed = (keys: readonly string[], at: number, gap = 120): KeyStroke[] =>
  keys.map((key, index) => ({ key, at: at + index * gap, modified: false }));

const anyCode = fc
  .string({
    unit: fc.constantFrom(...'ABCXYZabcxyz0123456789-_/. '.split('')),
    minLength: 3,
    maxLength: 40,
  })
  .filter((code) => code.trim() === code && code.length >= 3);

describe('a scanner', () => {
  it('at 50 scans a second loses and doubles none', () => {
    const strokes: KeyStroke[] = [];
    const codes = Array.from({ length: 500 }, (_, index) => `QS-${String(index).padStart(6, '0')}`);
    codes.forEach((code, index) => strokes.push(...scanned(code, index * 20, 20 / 11)));
    expect(listen(strokes)).toEqual({ scans: codes, keys: [] });
  });

  it('is heard with Enter or Tab behind the code, at any speed and in any case', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ code: anyCode, gap: fc.integer({ min: 0, max: 35 }), tab: fc.boolean() }), {
          maxLength: 20,
        }),
        (scans) => {
          let at = 0;
          const strokes = scans.flatMap(({ code, gap, tab }) => {
            const keys = scanned(code, at, gap, tab ? 'Tab' : 'Enter');
            at += keys.length * gap + 1;
            return keys;
          });
          expect(listen(strokes).scans).toEqual(scans.map(({ code }) => code));
        },
      ),
    );
  });

  it('is heard while Shift comes and goes for the capitals', () => {
    const strokes = scanned('AbC', 0, 4).flatMap((stroke): KeyStroke[] =>
      /[A-Z]/.test(stroke.key) && stroke.key.length === 1
        ? [{ key: 'Shift', at: stroke.at, modified: false }, stroke]
        : [stroke],
    );
    expect(listen(strokes)).toEqual({ scans: ['AbC'], keys: [] });
  });

  it('is told from keys that a person hit just before it', () => {
    expect(listen([...typed(['n'], 0), ...scanned('4006381333931', 45, 4)]).scans).toEqual(['4006381333931']);
    expect(listen([...typed(['n'], 0), ...scanned('4006381333931', 400, 4)]).scans).toEqual([
      '4006381333931',
    ]);
  });

  it('with a prefix is heard by that alone', () => {
    const options = { ...DEFAULT_BURST, prefix: '~' };
    expect(listen([...typed(['x'], 0), ...scanned('~A-1', 10, 5)], options).scans).toEqual(['A-1']);
    expect(listen(scanned('A-1', 0, 5), options)).toEqual({ scans: [], keys: ['Enter'] });
  });
});

describe('a person', () => {
  it('who types is no scanner, whatever they type', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'abc123-'.split(''), 'Enter', 'Tab', 'Backspace', 'ArrowDown'), {
          maxLength: 60,
        }),
        fc.integer({ min: 60, max: 400 }),
        (keys, gap) => {
          const heard = listen(typed(keys, 0, gap));
          expect(heard.scans).toEqual([]);
          expect(heard.keys).toEqual(keys.filter((key) => key.length > 1));
        },
      ),
    );
  });

  it('presses Enter, and Enter it is', () => {
    expect(listen(typed(['Enter', 'Enter', 'Backspace', 'Escape'], 0, 5)).keys).toEqual([
      'Enter',
      'Enter',
      'Backspace',
      'Escape',
    ]);
  });

  it('uses a shortcut, and it never becomes part of a code', () => {
    const strokes: KeyStroke[] = [...scanned('ABC', 0, 4).slice(0, 3), { key: 'k', at: 14, modified: true }];
    expect(listen([...strokes, ...scanned('DEF', 20, 4)])).toEqual({ scans: ['DEF'], keys: ['k'] });
  });

  it('and a scanner together: all scans are heard, all command keys too', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyCode, fc.constantFrom('Enter', 'Backspace', 'Delete', 'Escape')), {
          maxLength: 30,
        }),
        (acts) => {
          let at = 0;
          const isKey = (act: string): boolean => ['Enter', 'Backspace', 'Delete', 'Escape'].includes(act);
          const strokes = acts.flatMap((act) => {
            const keys = isKey(act) ? typed([act], at) : scanned(act, at, 3);
            at += keys.length * 3 + 90;
            return keys;
          });
          expect(listen(strokes)).toEqual({
            scans: acts.filter((act) => !isKey(act)),
            keys: acts.filter(isKey),
          });
        },
      ),
    );
  });
});
